"""How it was said: length, pace, fillers, pauses, how soon the name came.

Measured from word times; bands and their sources stand in the rule pack (``pack.yaml``).
Typed text has no delivery.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analyzer.checklist.assessment import Adjustment, Kind
from analyzer.checklist.rules import Band, DeliveryBands
from analyzer.language.reading import FILLERS
from analyzer.speech.transcript import Transcript, Word

_SHORTEST_FOR_PACE_S = 8.0  # pace over a few words says nothing
TITLES = {
    "brevity": "length",
    "pace": "pace",
    "fillers": "hesitations",
    "pauses": "long pauses",
    "early_introduction": "your name early on",
}


@dataclass(frozen=True)
class Measure:
    """One measured thing and its band."""

    id: str
    value: float | None
    band: Band

    @property
    def cost(self) -> int:
        """Whole points outside the band, at most the band's own limit."""
        if self.value is None:
            return 0
        outside = 0.0
        if self.band.low is not None and self.value < self.band.low:
            outside = self.band.low - self.value
        if self.band.high is not None and self.value > self.band.high:
            outside = self.value - self.band.high
        return min(self.band.max_cost, int(outside / self.band.per_point + 0.5))

    @property
    def advice(self) -> str:
        """One sentence for whoever is outside the band, else an empty string."""
        if self.value is None:
            return ""
        if self.band.low is not None and self.value < self.band.low:
            return self.band.advice_low
        if self.band.high is not None and self.value > self.band.high:
            return self.band.advice_high
        return ""


def measure(
    transcript: Transcript,
    bands: DeliveryBands,
    *,
    kind: Kind,
    name_at_s: float | None,
    name_said: bool,
) -> list[Measure]:
    """Measure a recording's delivery; an empty list for typed text.

    Args:
        name_at_s: when the caller's name was said, in seconds, or None.
        name_said: whether it was said at all; without it there is nothing to time.
    """
    words = [word for u in transcript.caller_utterances for word in u.words]
    if not transcript.is_spoken or not words:
        return []
    spoken_s = _end(words[-1]) - _start(words[0])
    content = [word for word in words if word.text.lower() not in FILLERS]
    fillers = len(words) - len(content)
    pauses = _pauses(words, bands.pause_s)
    enough = spoken_s >= _SHORTEST_FOR_PACE_S
    brevity = bands.brevity_voicemail if kind == "voicemail" else bands.brevity_call
    return [
        Measure("brevity", round(spoken_s, 1), brevity),
        Measure("pace", round(len(content) / spoken_s * 60) if enough else None, bands.pace),
        Measure(
            "fillers", round(100 * fillers / len(words), 1) if len(words) >= 10 else None,
            bands.fillers,
        ),
        Measure("pauses", float(len(pauses)), bands.pauses),
        Measure(
            "early_introduction",
            round(name_at_s - _start(words[0]), 1) if name_said and name_at_s is not None else None,
            bands.early_introduction,
        ),
    ]  # fmt: skip


def adjustments(measures: list[Measure], bands: DeliveryBands) -> list[Adjustment]:
    """Costs, largest first, together at most ``bands.max_cost``."""
    left = bands.max_cost
    rows = []
    for item in sorted(measures, key=lambda m: (-m.cost, m.id)):
        cost = min(item.cost, left)
        if cost > 0:
            rows.append(
                Adjustment(id=item.id, points=-cost, reason=f"{TITLES[item.id]}: {_shown(item)}")
            )
            left -= cost
    return rows


def as_dict(
    measures: list[Measure],
    transcript: Transcript,
    bands: DeliveryBands,
    *,
    filler_recall: float | None = None,
) -> dict[str, Any]:
    """The ``delivery`` part of the JSON: each measure with unit, band, advice and source.

    Args:
        filler_recall: share of the fillers said that the recogniser hears, where measured.
    """
    if not measures:
        return {}
    words = [word for u in transcript.caller_utterances for word in u.words]
    rows: dict[str, Any] = {
        item.id: {
            "value": item.value,
            "unit": item.band.unit,
            "low": item.band.low,
            "high": item.band.high,
            "cost": item.cost,
            "advice": item.advice,
            "source": item.band.source,
        }
        for item in measures
    }
    rows["fillers"]["at_least"] = sum(1 for w in words if w.text.lower() in FILLERS)
    if filler_recall is not None:
        rows["fillers"]["recall"] = filler_recall
    rows["pauses"]["at_s"] = [{"start_s": a, "end_s": b} for a, b in _pauses(words, bands.pause_s)]
    return rows


def _shown(item: Measure) -> str:
    limit = item.band.high
    if item.band.low is not None and item.value is not None and item.value < item.band.low:
        limit = item.band.low
    return f"{item.value:g} {item.band.unit} (band's edge {limit:g})"


def _pauses(words: list[Word], least_s: float) -> list[tuple[float, float]]:
    """Silences between words, as (start, end) in seconds."""
    return [(_end(a), _start(b)) for a, b in pairwise(words) if _start(b) - _end(a) >= least_s]


def _start(word: Word) -> float:
    return word.start_s or 0.0


def _end(word: Word) -> float:
    return word.end_s or 0.0
