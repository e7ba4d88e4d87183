"""Output that cannot show every character: marks become ASCII, other letters are escaped."""

from __future__ import annotations

import json

import pytest

from analyzer.resources import resource


@pytest.fixture(autouse=True)
def ascii_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")


def test_history_shows_its_marks(callcheck) -> None:
    for name in ("weak", "strong-voicemail"):
        assert callcheck("check", resource(f"samples/{name}.txt")).returncode == 0
    compared = callcheck("history", "compare", 1, 2)
    assert compared.returncode == 0, compared.stderr
    assert " x " in compared.stdout
    trend = callcheck("history", "trend")
    assert trend.returncode == 0, trend.stderr
    assert "+ right   x wrong   ? unclear   - does not apply" in trend.stderr


def test_evaluate_shows_its_figures(callcheck, tmp_path) -> None:
    row = {"id": "one", "kind": "voicemail", "text": "Hello.", "labels": {"pushiness": False}}
    (tmp_path / "calls.jsonl").write_text(json.dumps(row))
    done = callcheck("evaluate", tmp_path / "calls.jsonl")
    assert done.returncode == 0, done.stderr
    assert "macro F1            -" in done.stdout


def test_a_name_with_an_accent_is_escaped(callcheck) -> None:
    said = "Hello Ms. Patel, this is Gráinne Cusack.".encode()
    table = callcheck("check", "-", "--no-save", stdin=said)
    assert table.returncode == 0, table.stderr
    assert "Gr\\u00e1inne" in table.stdout
    data = json.loads(callcheck("check", "-", "--no-save", "--format", "json", stdin=said).stdout)
    assert data["transcript"]["text"] == said.decode()
