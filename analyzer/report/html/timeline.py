"""Where everything stands on the timeline, in percent of its width and pixels of height."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analyzer.report import view
from analyzer.report.html.transcript import anchor

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, CheckResult

TOP = 62
"""Pixels above the first lane."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True)
class Box:
    """A stretch of time: percent from the left, percent wide, and its words for people."""

    x: float
    width: float
    label: str
    start_s: float
    end_s: float
    target: str = ""


@dataclass(frozen=True)
class Label:
    """Where a lane's text stands: percent and pixels, as SVG takes them."""

    x: float
    dx: int
    y: int
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Lane:
    """One check's row of bars."""

    title: str
    verdict: str
    word: str
    mark: str
    bars: tuple[Box, ...]
    bar_y: int
    label: Label


@dataclass(frozen=True)
class Layout:
    """The lanes as drawn for a wide or a narrow page."""

    lanes: tuple[Lane, ...]
    height: int
    thickness: int


@dataclass(frozen=True)
class Timeline:
    """Everything drawn."""

    duration_s: float
    ticks: tuple[tuple[float, str], ...]
    words: tuple[Box, ...]
    pauses: tuple[Box, ...]
    wide: Layout
    narrow: Layout


def timeline(assessment: Assessment) -> Timeline | None:
    """Lay the recording out, or None for typed text."""
    words = [
        word
        for utterance in assessment.transcript.utterances
        for word in utterance.words
        if word.start_s is not None and word.end_s is not None
    ]
    duration = max([assessment.source.duration_s or 0.0] + [word.end_s or 0.0 for word in words])
    if duration <= 0:
        return None
    rows = _rows(assessment, duration)
    return Timeline(
        duration,
        tuple(_ticks(duration)),
        tuple(_box(w.start_s or 0.0, w.end_s or 0.0, duration, w.text) for w in words),
        tuple(_pauses(assessment, duration)),
        _wide(rows),
        _narrow(rows),
    )


def _box(start: float, end: float, duration: float, label: str, target: str = "") -> Box:
    start, end = min(start, duration), min(max(start, end), duration)
    x, width = 100 * start / duration, 100 * (end - start) / duration
    return Box(round(x, 3), round(width, 3), view.clean(label), start, end, target)


def _ticks(duration: float) -> Iterator[tuple[float, str]]:
    step = next((s for s in _STEPS if duration / s <= 7), _STEPS[-1])
    at = 0
    while at <= duration - 0.4 * step or at == 0:
        yield round(100 * at / duration, 3), view.clock(at)
        at += step


def _pauses(assessment: Assessment, duration: float) -> Iterator[Box]:
    """Yield the long pauses that the delivery part names."""
    for pause in assessment.delivery.get("pauses", {}).get("at_s", []):
        start, end = pause["start_s"], pause["end_s"]
        yield _box(start, end, duration, f"pause, {end - start:.1f} s")


_Row = tuple["CheckResult", tuple[Box, ...]]


def _rows(assessment: Assessment, duration: float) -> list[_Row]:
    """Checks that have bars, by when they were first heard."""
    rows: list[_Row] = []
    for check in assessment.checks:
        bars = tuple(
            _box(item.start_s, item.end_s, duration, item.quote, anchor(check.id, index))
            for index, item in enumerate(check.evidence)
            if item.start_s is not None and item.end_s is not None
        )
        if bars:
            rows.append((check, bars))
    return sorted(rows, key=lambda row: row[1][0].start_s)


def _lane(row: _Row, bar_y: int, label: Label) -> Lane:
    check, bars = row
    return Lane(
        view.clean(check.title),
        check.verdict,
        view.verdict_word(check),
        view.MARKS[check.verdict],
        bars,
        bar_y,
        label,
    )


def _wide(rows: list[_Row]) -> Layout:
    """Labels beside the bars, in the widest free stretch of the lane."""
    lanes = []
    for index, row in enumerate(rows):
        y = TOP + 28 * index
        lanes.append(_lane(row, y + 4, _beside(row[1], y + 17)))
    return Layout(tuple(lanes), TOP + 28 * len(rows) + 8, 18)


def _beside(bars: tuple[Box, ...], y: int) -> Label:
    room, best = bars[0].x, Label(bars[0].x, -8, y, "end")
    edges = [*(bar.x for bar in bars[1:]), 100.0]
    reach = 0.0
    for bar, following in zip(bars, edges, strict=True):
        reach = max(reach, bar.x + bar.width)
        if following - reach >= room:
            room, best = following - reach, Label(round(reach, 3), 8, y, "start")
    return best


def _narrow(rows: list[_Row]) -> Layout:
    """Labels above the first bar, leaning to where there is room."""
    lanes = []
    for index, row in enumerate(rows):
        y = TOP + 40 * index
        lanes.append(_lane(row, y + 18, _above(row[1][0], y + 12)))
    return Layout(tuple(lanes), TOP + 40 * len(rows) + 8, 14)


def _above(bar: Box, y: int) -> Label:
    end, middle = bar.x + bar.width, bar.x + bar.width / 2
    options = (
        (100 - bar.x, Label(bar.x, 0, y, "start")),
        (2 * min(middle, 100 - middle), Label(round(middle, 3), 0, y, "middle")),
        (end, Label(round(end, 3), 0, y, "end")),
    )
    return max(options, key=lambda option: option[0])[1]
