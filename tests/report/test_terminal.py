"""The terminal checklist: plain and stable text, nothing told by colour alone."""

from __future__ import annotations

import io
import re

import pytest

from analyzer.checklist.assessment import Adjustment, Assessment
from analyzer.report.options import RenderOptions
from analyzer.report.terminal import render

PLAIN = RenderOptions()


def test_terminal_first_lines_tell_source_score_and_grade(strong: Assessment) -> None:
    lines = render(strong, options=PLAIN).splitlines()
    assert lines[0] == "voicemail.ogg · voicemail · 0:34 · model builtin-en"
    assert lines[1] == f"Score {strong.score} of 100, grade {strong.grade}"
    assert lines[2] == "provisional: fetch the official model for your own voice"


def test_terminal_plain_text_has_no_escapes_and_fits(any_assessment: Assessment) -> None:
    text = render(any_assessment, options=PLAIN)
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text == render(any_assessment, options=PLAIN)


def test_terminal_colour_adds_only_escapes(strong: Assessment) -> None:
    coloured = render(strong, options=RenderOptions(color=True))
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain.split() == render(strong, options=PLAIN).split()


def test_terminal_marks_every_check(strong: Assessment) -> None:
    text = render(strong, options=PLAIN)
    marks = {"pass": "✓", "fail": "✗", "unclear": "?", "not_applicable": "–"}
    for check in strong.checks:
        assert re.search(rf"^{re.escape(marks[check.verdict])} {check.title}", text, re.MULTILINE)


def test_terminal_failed_check_says_what_instead(pushy: Assessment) -> None:
    text = render(pushy, options=PLAIN)
    assert "nearest miss: “calls me back”" in text
    assert "say instead: “Whenever you have news, I would be glad to hear it.”" in text
    assert "“called you every single day” at 0:02" in text
    assert re.search(r"^✗ Pressures or complains +-20$", text, re.MULTILINE)


def test_terminal_no_speech_gives_reason_and_no_points(no_speech: Assessment) -> None:
    text = render(no_speech, options=PLAIN)
    assert "No score: no speech found" in text
    assert "Check the microphone and record again." in text
    assert not re.search(r"\d+/\d+", text)
    assert "There is no score to add up." in _explained(no_speech)


def test_terminal_without_unicode_is_ascii(pushy: Assessment) -> None:
    assert render(pushy, options=RenderOptions(unicode=False, explain=True)).isascii()


def test_terminal_text_of_the_caller_is_never_markup(strong: Assessment) -> None:
    check = strong.checks[0].model_copy(update={"title": "[bold]hi[/bold] \x1b[31m:smile:"})
    hostile = strong.model_copy(update={"checks": [check, *strong.checks[1:]]})
    text = render(hostile, options=PLAIN)
    assert "[bold]hi[/bold] [31m:smile:" in text
    assert "\x1b" not in text


def _explained(assessment: Assessment) -> str:
    """The arithmetic, from its heading to the next."""
    text = render(assessment, options=RenderOptions(explain=True))
    return text.partition("How the score adds up\n")[2].partition("\n\n")[0]


def _sums(text: str) -> tuple[list[int], int, list[int], int]:
    """Points of the checks, subtotal, adjustments, and score, as printed."""
    rows = [int(m) for m in re.findall(r"^[✓✗?] .*\(of \d+\) +(\d+)$", text, re.MULTILINE)]
    subtotal = re.search(r"subtotal \(of \d+\) +(\d+)$", text, re.MULTILINE)
    score = re.search(r"^ +score +(\d+)$", text, re.MULTILINE)
    assert subtotal is not None
    assert score is not None
    changes = [int(m) for m in re.findall(r" ([+-]\d+)$", text, re.MULTILINE)]
    return rows, int(subtotal.group(1)), changes, int(score.group(1))


@pytest.mark.parametrize("name", ["strong", "pushy", "typed"])
def test_explain_adds_up_as_printed(name: str, request: pytest.FixtureRequest) -> None:
    assessment: Assessment = request.getfixturevalue(name)
    rows, subtotal, changes, score = _sums(_explained(assessment))
    assert len(rows) == 13
    assert sum(rows) == subtotal
    assert subtotal + sum(changes) == score == assessment.score


def test_explain_shows_cap_and_floor(typed: Assessment) -> None:
    total = typed.score
    assert total is not None
    cap = Adjustment(id="no_name_cap", points=10 - total, reason="no name was said")
    capped = typed.model_copy(
        update={"score": 10, "grade": "F", "adjustments": [*typed.adjustments, cap]}
    )
    _, subtotal, changes, score = _sums(_explained(capped))
    assert subtotal + sum(changes) == score == 10


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_options_follow_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert RenderOptions.for_stream(_Terminal()).color
    monkeypatch.setenv("NO_COLOR", "1")
    assert not RenderOptions.for_stream(_Terminal()).color
    plain = RenderOptions.for_stream(io.StringIO())
    assert (plain.color, plain.width) == (False, 80)


def test_options_notice_a_narrow_encoding() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    assert not RenderOptions.for_stream(stream).unicode


def test_terminal_shows_facts_held_against_the_profile(strong: Assessment) -> None:
    text = render(strong, options=PLAIN)
    assert "✓ Candidate phone\n    “five five five oh one four two” at 0:26\n" in text
    assert "– Company\n    Northwind was not heard.\n" in text
