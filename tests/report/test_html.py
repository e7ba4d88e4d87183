"""The page: complete in itself, safe with any text, and its pieces in their places."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import wave
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from analyzer.audio.waveform import SAMPLE_RATE, Waveform
from analyzer.checklist.assessment import Assessment, Evidence
from analyzer.report.html import audio, render_body, render_html, report_css, report_js
from analyzer.report.html.timeline import timeline
from analyzer.report.html.transcript import blocks

HOSTILE = """<script>alert("x")</script> '"><img src=x onerror=alert(1)> {{ 911*7 }} &amp;"""
_VOID = {"meta", "link", "br", "input", "img", "rect", "circle", "line", "path"}


class Page(HTMLParser):
    """Collects elements, and checks that they nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


@pytest.fixture(scope="module")
def tone() -> Waveform:
    at = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    return Waveform((8000 * np.sin(2 * np.pi * 440 * at)).astype(np.int16), name="tone.wav")


def hostile(assessment: Assessment) -> Assessment:
    """The same assessment with hostile text wherever there is text."""

    def poison(value: Any, key: str = "") -> Any:
        fixed = {"id", "check", "status", "kind", "grade", "verdict", "schema"}
        if isinstance(value, dict):
            return {k: poison(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [poison(item, key) for item in value]
        return HOSTILE if isinstance(value, str) and key not in fixed else value

    data = poison(assessment.to_dict())
    data["versions"] = {HOSTILE: HOSTILE}
    for check in data["checks"]:
        for item in check["evidence"]:
            item["start_char"], item["end_char"] = 3, 12
    return Assessment.model_validate(data)


def test_html_elements_nest_and_ids_are_unique(any_assessment: Assessment, tone: Waveform) -> None:
    page = Page(render_html(any_assessment, waveform=tone))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = {value[1:] for value in page.values("href") if value.startswith("#")}
    assert targets <= set(ids)
    for label in page.values("aria-labelledby"):
        assert label in ids


def test_html_asks_the_network_for_nothing(any_assessment: Assessment, tone: Waveform) -> None:
    html = render_html(any_assessment, waveform=tone)
    assert not re.search(r"https?:|//[a-z]|url\(|@import", re.sub(r"base64,[^\"]+", "", html))
    page = Page(html)
    assert all(v.startswith("data:audio/") for v in page.values("src"))
    assert all(v.startswith("#") for v in page.values("href"))


def test_html_policy_allows_just_its_own_parts(strong: Assessment, tone: Waveform) -> None:
    html = render_html(strong, waveform=tone)
    policy = next(
        attrs["content"] or ""
        for _, attrs in Page(html).elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        found = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert found is not None
        digest = hashlib.sha256(found.group(1).encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "media-src data:" in policy
    assert "media-src" not in render_html(strong)
    page = Page(html)
    assert page.values("style") == []
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]


def test_html_escapes_hostile_text_everywhere(any_assessment: Assessment) -> None:
    page = Page(render_html(hostile(any_assessment)))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert "6377" not in render_body(hostile(any_assessment))


def test_html_assets_cannot_end_their_element() -> None:
    assert "</" not in report_js()
    assert "</" not in report_css()


def test_html_without_recording_has_timeline_but_no_player(strong: Assessment) -> None:
    html = render_html(strong)
    assert "<audio" not in html
    assert 'class="cc-timeline' in html
    assert "<button" not in html


def test_html_typed_text_has_neither_player_nor_timeline(typed: Assessment, tone: Waveform) -> None:
    html = render_html(typed, waveform=tone)
    assert "<audio" not in render_body(typed, audio_url="/audio")
    assert 'class="cc-timeline' not in html
    assert "Thank you for your time" in html
    assert '<span class="cc-speaker">Manager</span>' in html


def test_html_no_speech_gives_the_reason_and_no_score(no_speech: Assessment) -> None:
    html = render_body(no_speech)
    assert "Check the microphone and record again." in html
    assert "How the score adds up" not in html
    assert "of 100" not in html


def test_html_body_embeds_the_given_address(strong: Assessment) -> None:
    body = render_body(strong, audio_url='/audio/1?a="b')
    assert body.lstrip().startswith('<article class="cc-report"')
    assert 'src="/audio/1?a=&#34;b"' in body
    assert "<h1" not in body


def test_html_every_finding_can_be_played(pushy: Assessment, tone: Waveform) -> None:
    elements = Page(render_html(pushy, waveform=tone)).elements
    bars = [attrs for _, attrs in elements if attrs.get("class") == "cc-bar"]
    said = [item for check in pushy.checks for item in check.evidence]
    assert len(bars) == 2 * len(said)  # drawn for wide and for narrow pages
    for attrs in bars:
        assert (attrs["role"], attrs["tabindex"]) == ("button", "0")
        assert (attrs["aria-label"] or "").startswith("Play ")
    expected = {(str(item.start_s), str(item.end_s)) for item in said}
    assert {(attrs["data-start"], attrs["data-end"]) for attrs in bars} == expected


def _marked(assessment: Assessment, number: int) -> str:
    return "".join(
        piece.text
        for block in blocks(assessment)
        for run in block.runs
        if any(h.number == number for h in run.highlights)
        for piece in run.pieces
    )


@pytest.mark.parametrize("name", ["strong", "pushy", "typed"])
def test_transcript_marks_exactly_the_evidence(name: str, request: pytest.FixtureRequest) -> None:
    assessment: Assessment = request.getfixturevalue(name)
    for number, check in enumerate(assessment.checks, 1):
        assert _marked(assessment, number) == "".join(item.quote for item in check.evidence)


def test_transcript_shows_every_word_once(strong: Assessment, typed: Assessment) -> None:
    for assessment in (strong, typed):
        shown = " ".join(
            "".join(piece.text for run in block.runs for piece in run.pieces)
            for block in blocks(assessment)
        )
        words = [w.text for u in assessment.transcript.utterances for w in u.words]
        assert shown.split() == words


def test_transcript_overlapping_spans_share_their_words(strong: Assessment) -> None:
    runs = [run for block in blocks(strong) for run in block.runs if len(run.highlights) > 1]
    assert ["".join(p.text for p in run.pieces) for run in runs] == [
        "our talk about the new warehouse"
    ]
    assert runs[0].classes == "cc-unclear cc-pass"


def test_transcript_ignores_evidence_outside_the_text(strong: Assessment) -> None:
    outside = Evidence(quote="x", start_char=9000, end_char=9001, start_s=None, end_s=None)
    check = strong.checks[0].model_copy(update={"evidence": [outside]})
    odd = strong.model_copy(update={"checks": [check]})
    assert "cc-report" in render_body(odd.model_copy(update={"transcript": strong.transcript}))


def test_transcript_marks_doubted_words(strong: Assessment) -> None:
    doubted = [
        piece.text
        for block in blocks(strong)
        for run in block.runs
        for piece in run.pieces
        if piece.unsure
    ]
    assert "interviewed" in doubted
    assert "hello" not in doubted


def test_timeline_stays_within_its_width(any_assessment: Assessment) -> None:
    drawn = timeline(any_assessment)
    if any_assessment.source.duration_s is None:
        assert drawn is None
        return
    assert drawn is not None
    bars = [bar for lane in drawn.wide.lanes for bar in lane.bars]
    for box in [*drawn.words, *drawn.pauses, *bars]:
        assert 0 <= box.x <= box.x + box.width <= 100.01
    assert all(0 <= x <= 100 for x, _ in drawn.ticks)
    assert 1 <= len(drawn.ticks) <= 8


def test_timeline_draws_the_pauses_that_delivery_names(strong: Assessment) -> None:
    drawn = timeline(strong)
    assert drawn is not None
    assert [pause.label for pause in drawn.pauses] == ["pause, 1.6 s"]


def test_audio_decodes_to_the_same_length(tone: Waveform) -> None:
    import av

    data, media_type = audio.encode(tone)
    assert media_type == "audio/mpeg"
    assert len(data) < 0.3 * 2 * len(tone.samples)
    with av.open(io.BytesIO(data)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert samples == pytest.approx(len(tone.samples), abs=0.15 * SAMPLE_RATE)


def test_audio_falls_back_to_wav(tone: Waveform, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Waveform) -> bytes:
        raise ValueError("no such codec")

    monkeypatch.setattr(audio, "_mp3", refuse)
    data, media_type = audio.encode(tone)
    assert media_type == "audio/wav"
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getnchannels()) == (SAMPLE_RATE, 1)
        assert file.readframes(file.getnframes()) == tone.samples.tobytes()
