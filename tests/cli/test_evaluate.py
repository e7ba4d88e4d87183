"""``callcheck evaluate`` on a few transcripts that leave no doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CALLS = [
    {
        "id": "good", "kind": "voicemail",
        "text": "Hello Ms. Patel, my name is Emily Carter. Thank you for taking the time to meet "
                "with me.",
        "labels": {"self_identification": True, "thanks_for_time": True, "pushiness": False,
                   "contact_info": None},
    },
    {
        "id": "turns", "kind": "call",
        "text": "Manager: My name is Tom Becker. Please call me on 555-201-0134.\nMe: Hello.",
        "labels": {"self_identification": False, "contact_info": False, "pushiness": False},
    },
    {
        "id": "missed", "kind": "voicemail", "text": "Good bye.",
        "labels": {"contact_info": True, "pushiness": False},
    },
]  # fmt: skip


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(map(json.dumps, CALLS)), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", [[], ["--speech-like"]])
def test_figures_as_json(callcheck, labelled, form):
    done = callcheck("evaluate", labelled, "--format", "json", "--misses", *form)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    rows = {row["check"]: row for row in data["checks"]}
    assert data["calls"] == 3
    assert (rows["self_identification"]["tp"], rows["self_identification"]["fp"]) == (1, 0)
    assert (rows["contact_info"]["positives"], rows["contact_info"]["fn"]) == (1, 1)
    assert rows["pushiness"]["f1"] is None
    assert [(miss["id"], miss["check"]) for miss in data["misses"]] == [("missed", "contact_info")]
    assert data["word_error_rate"] is None


def test_figures_as_a_table(callcheck, labelled):
    done = callcheck("evaluate", labelled, "--sources", "rules", "--misses")
    assert done.returncode == 0, done.stderr
    assert "self_identification" in done.stdout
    assert "macro F1" in done.stdout
    assert "missed contact_info: missed" in done.stdout


def test_labels_without_a_check_are_named(callcheck, labelled):
    row = {**CALLS[2], "labels": {"contact_inof": True, "shoe_size": False}}
    labelled.write_text(json.dumps(row), encoding="utf-8")
    done = callcheck("evaluate", labelled, "--sources", "rules", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["calls"] == 1
    slip, other = done.stderr.splitlines()
    assert "'contact_inof'" in slip
    assert "did you mean contact_info?" in slip
    assert "'shoe_size'" in other
    assert "did you mean" not in other


def test_mistakes_are_one_line_and_exit_with_3(callcheck, labelled, tmp_path):
    labelled.write_text('{"text": "a"}\n', encoding="utf-8")
    done = callcheck("evaluate", labelled)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("callcheck: calls.jsonl line 1: ")
    labelled.write_text("\n".join(map(json.dumps, CALLS)), encoding="utf-8")
    done = callcheck("evaluate", labelled, "--audio", tmp_path / "none")
    assert done.returncode == 3
    assert "no recording is named after a line's id" in done.stderr
