"""The registry, and the small formats: JSON, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import numpy as np
import pytest

from analyzer.audio.waveform import Waveform
from analyzer.checklist.assessment import Assessment, SourceInfo
from analyzer.errors import UsageError
from analyzer.report.formats import FORMATS, render
from analyzer.report.options import RenderOptions


def test_formats_all_render_every_status(any_assessment: Assessment) -> None:
    for name in FORMATS:
        text = render(name, any_assessment)
        assert text.endswith("\n") or name == "html"
        assert len(text) > 100


def test_formats_unknown_name_lists_the_known() -> None:
    with pytest.raises(UsageError, match="table, json, html, md, csv"):
        render("pdf", None)  # type: ignore[arg-type]


def test_formats_redaction_leaves_the_recording_out(strong: Assessment) -> None:
    sound = Waveform(np.zeros(8000, dtype=np.int16))
    assert "data:audio" in render("html", strong, options=RenderOptions(waveform=sound))
    private = render("html", strong, options=RenderOptions(waveform=sound, redact=True))
    assert "data:audio" not in private
    assert "jordan" not in private


def test_formats_import_nothing_heavy() -> None:
    code = (
        "import sys; import analyzer.report.formats, analyzer.report.options;"
        "print([m for m in ('rich', 'jinja2', 'av', 'numpy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_json_is_the_published_form(any_assessment: Assessment) -> None:
    data = json.loads(render("json", any_assessment))
    assert data == any_assessment.to_dict()
    assert data["schema"] == "callcheck/assessment@1"
    assert Assessment.model_validate(data) == any_assessment


def test_csv_round_trip(any_assessment: Assessment) -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", any_assessment))))
    assert len(rows) == 1
    row = rows[0]
    score = any_assessment.score
    assert row["score"] == ("" if score is None else str(score))
    assert row["status"] == any_assessment.status
    for check in any_assessment.checks:
        assert row[f"{check.id}_verdict"] == check.verdict
        assert int(row[f"{check.id}_points"]) == check.points
    if score is not None:
        points = sum(int(row[f"{check.id}_points"]) for check in any_assessment.checks)
        assert points + int(row["adjustments"]) == score
    assert row["version_callcheck"] == "0.1.0"


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1.wav", "+1.wav", "@x.wav", "-1.wav"])
def test_csv_text_is_no_formula(typed: Assessment, name: str) -> None:
    named = typed.model_copy(update={"source": SourceInfo(name=name, duration_s=None)})
    row = next(csv.DictReader(io.StringIO(render("csv", named))))
    assert row["id"] == f"'{name}"


def test_csv_is_two_lines_whatever_the_text(typed: Assessment) -> None:
    named = typed.model_copy(update={"source": SourceInfo(name='a\n"b",c.txt', duration_s=None)})
    text = render("csv", named)
    assert len(text.splitlines()) == 2
    assert next(csv.DictReader(io.StringIO(text)))["id"] == 'a "b",c.txt'


def test_markdown_shows_checks_advice_and_transcript(strong: Assessment) -> None:
    text = render("md", strong)
    assert text.startswith(f"# Score {strong.score} of 100, grade {strong.grade}\n")
    assert "| ✓ | Says who is calling | 14/14 | “this is jordan reyes” at 0:02 |" in text
    assert "## What would raise the score most" in text
    assert "> hello ms patel" in text


def test_markdown_explain_adds_up(pushy: Assessment) -> None:
    text = render("md", pushy, options=RenderOptions(explain=True))
    assert "| **subtotal** | **22** of 100 |" in text
    assert f"| **score** | **{pushy.score}** |" in text


def test_markdown_escapes_what_was_typed(typed: Assessment) -> None:
    text = "# a | <b>x</b> [y](z) *q*\n1. b\n- c"
    info = typed.transcript.model_copy(update={"text": text, "utterances": []})
    shown = render("md", typed.model_copy(update={"transcript": info, "checks": []}))
    assert r"> \# a \| \<b\>x\</b\> \[y\](z) \*q\*" in shown
    assert "> 1\\. b\n> \\- c\n" in shown
