"""The samples get what their labels say, but for the differences that are listed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzer.audio.decode import decode
from analyzer.checklist.loader import load_pack

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ROWS: dict[str, dict[str, Any]] = {
    row["id"]: row
    for row in map(json.loads, (SAMPLES / "labels.jsonl").read_text("utf-8").splitlines())
}
STARTS = ["strong", "weak", "pushy", "candidates", "decision", "offers", "wrong-contact",
          "unprepared", "rambling", "long", "silence"]  # fmt: skip


@cache
def checked(name: str) -> dict[str, Any]:
    from analyzer import assess_recording

    row = ROWS[name]
    return assess_recording(SAMPLES / row["file"], kind=row["kind"], model="builtin").to_dict()


def wanted_verdict(row: dict[str, Any], check: str, polarity: str) -> str:
    if row["status"] != "scored":
        return "unclear"
    return "pass" if row["labels"][check] == (polarity == "required") else "fail"


def differences(name: str) -> dict[str, str]:
    got = {check["id"]: check["verdict"] for check in checked(name)["checks"]}
    return {
        check.id: got[check.id]
        for check in load_pack().checks
        if got[check.id] != wanted_verdict(ROWS[name], check.id, check.polarity)
    }


@pytest.mark.parametrize("start", STARTS)
def test_samples_have_one_of_each_kind(start):
    assert [name for name in ROWS if name.startswith(start)]


def test_samples_are_small():
    files = [SAMPLES / row["file"] for row in ROWS.values()]
    assert len(files) >= 10
    assert sum(path.stat().st_size for path in files) < 3_000_000


def test_every_recording_has_labels():
    assert {path.name for path in SAMPLES.glob("*.ogg")} == {r["file"] for r in ROWS.values()}


@pytest.mark.parametrize("name", ROWS)
def test_labels_are_whole(name):
    row = ROWS[name]
    assert set(row["labels"]) == {check.id for check in load_pack().checks}
    assert all(isinstance(label, bool) for label in row["labels"].values())
    script = SAMPLES / f"{name}.txt"
    assert row["text"] == (script.read_text("utf-8") if script.exists() else "")
    assert (row["status"] == "scored") == (row["score_range"] is not None)


def test_strong_voicemail_is_no_longer_than_a_minute():
    assert decode(SAMPLES / "strong-voicemail.ogg").duration_s <= 60


def test_long_is_longer_than_five_minutes():
    assert decode(SAMPLES / "long.ogg").duration_s > 300


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_sample_gets_what_its_labels_say(name):
    result, row = checked(name), ROWS[name]
    known = {check: known["verdict"] for check, known in row["known_differences"].items()}
    assert result["status"] == row["status"]
    assert differences(name) == known, "fix it, or list it in labels.jsonl and README.md"
    if row["score_range"] is None:
        assert result["score"] is None
        assert result["grade"] is None
    else:
        low, high = row["score_range"]
        assert low <= result["score"] <= high


@pytest.mark.slow
def test_pushy_sample_shows_its_pushiness_with_quote_and_time():
    result = checked("pushy")
    finding = next(check for check in result["checks"] if check["id"] == "pushiness")
    assert finding["verdict"] == "fail"
    assert finding["evidence"]
    for evidence in finding["evidence"]:
        assert evidence["quote"]
        assert 0 < evidence["start_s"] < evidence["end_s"] < result["source"]["duration_s"]
    assert result["score"] <= checked("strong-voicemail")["score"] - 20


def test_readme_lists_the_known_differences():
    text = (SAMPLES / "README.md").read_text("utf-8").split("## Known differences")[1]
    cells = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and "---" not in line
    ][1:]
    listed = {(row[0].removesuffix(".ogg"), row[1], row[2]) for row in cells}
    assert listed == {
        (name, check, known["verdict"])
        for name, row in ROWS.items()
        for check, known in row["known_differences"].items()
    }
    assert all(
        known["reason"] for row in ROWS.values() for known in row["known_differences"].values()
    )
