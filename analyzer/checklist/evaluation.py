"""Measure the checks against labelled transcripts: how often each is right.

``unclear`` counts as not detected and is also counted apart; labels of ``null`` are not
scored; a check with no positive is left out of the macro mean. Intervals: Wilson's for
proportions, a bootstrap over transcripts for F1 (2,000 draws, fixed seed).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from analyzer.checklist.detection import detect
from analyzer.checklist.findings import Finding
from analyzer.checklist.rules import RulePack
from analyzer.checklist.verdicts import Detection
from analyzer.errors import LabelledSetError
from analyzer.speech.transcript import Transcript

Sources = Literal["both", "encoder", "rules"]
_DRAWS = 2000
_Z = 1.959964  # 97.5th percentile of the normal distribution


@dataclass(frozen=True)
class LabelledCall:
    """One labelled transcript."""

    id: str
    kind: str
    text: str
    labels: dict[str, bool | None]


@dataclass
class Outcome:
    """What the detector said of one call."""

    call: LabelledCall
    findings: dict[str, Finding]
    heard: str | None = None


@dataclass(frozen=True)
class Rate:
    """A proportion with its 95 % interval; None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class CheckFigures:
    """One check's counts and rates."""

    check: str
    positives: int
    negatives: int
    tp: int
    fp: int
    fn: int
    unclear: int
    precision: Rate
    recall: Rate
    f1: float | None


@dataclass(frozen=True)
class Figures:
    """Everything ``callcheck evaluate`` prints."""

    calls: int
    checks: tuple[CheckFigures, ...]
    macro_f1: Rate
    required_f1: float | None
    forbidden_precision: Rate
    forbidden_recall: Rate
    misses: tuple[dict[str, Any], ...] = field(default=())
    word_error_rate: float | None = None


def read_labelled(path: Path) -> list[LabelledCall]:
    """Read labelled transcripts, one JSON object a line.

    Raises:
        LabelledSetError: a line is not of the form in ``docs/contracts.md``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelledSetError(
            f"{path.name}: the file cannot be read.", next_step="Give a .jsonl file of UTF-8 text."
        ) from error
    calls = [
        _labelled(line, f"{path.name} line {number}")
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    if not calls:
        raise LabelledSetError(f"{path.name}: there are no labelled transcripts in this file.")
    return calls


def _labelled(line: str, where: str) -> LabelledCall:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise LabelledSetError(f"{where}: this is not JSON ({error.msg}).") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise LabelledSetError(f'{where}: "text" must be there and be text.')
    labels = row.get("labels")
    if not isinstance(labels, dict) or any(
        v is not None and not isinstance(v, bool) for v in labels.values()
    ):
        raise LabelledSetError(f'{where}: "labels" must give true, false or null for each check.')
    kind = row.get("kind", "voicemail")
    if kind not in ("voicemail", "call"):
        raise LabelledSetError(f'{where}: "kind" must be voicemail or call.')
    return LabelledCall(str(row.get("id", where)), kind, row["text"], labels)


def outcomes(
    calls: Iterable[LabelledCall], transcripts: Iterable[Transcript], pack: RulePack,
    *, sources: Sources = "both",
) -> Iterator[Outcome]:  # fmt: skip
    """Run the detector over transcripts of labelled calls."""
    from analyzer.checklist.phrase_rules import phrase_rules
    from analyzer.language.pipeline import shared_reader

    reader = shared_reader(phrase_rules(pack))
    for call, doc in zip(calls, reader.read_many(transcripts), strict=True):
        findings = detect(doc, pack, sources=sources)
        yield Outcome(call, {finding.check_id: finding for finding in findings})


def figures(results: list[Outcome], pack: RulePack) -> Figures:
    """Count and compute the figures of many outcomes."""
    import numpy as np

    checks = [check.id for check in pack.checks]
    forbidden = [i for i, check in enumerate(pack.checks) if check.polarity == "forbidden"]
    tp, fp, fn, unclear = (np.zeros((len(results), len(checks)), int) for _ in range(4))
    positive, negative = (np.zeros((len(results), len(checks)), int) for _ in range(2))
    for row, outcome in enumerate(results):
        for column, check in enumerate(checks):
            label = outcome.call.labels.get(check)
            if label is None:
                continue
            detection = outcome.findings[check].detection
            said = detection is Detection.PRESENT
            positive[row, column], negative[row, column] = label, not label
            tp[row, column], fp[row, column] = said and label, said and not label
            fn[row, column] = label and not said
            unclear[row, column] = detection is Detection.DOUBTFUL
    rows = tuple(
        _check_figures(check, *(int(m[:, i].sum()) for m in (positive, negative, tp, fp, fn,
                                                             unclear)))
        for i, check in enumerate(checks)
    )  # fmt: skip
    f1s = [row.f1 for row in rows if row.f1 is not None and row.positives]
    wanted = [r.f1 for i, r in enumerate(rows) if i not in forbidden and r.positives]
    t, f, n = (int(m[:, forbidden].sum()) for m in (tp, fp, fn))
    return Figures(
        calls=len(results),
        checks=rows,
        macro_f1=_bootstrapped(tp, fp, fn, sum(f1s) / len(f1s) if f1s else None),
        required_f1=sum(x or 0.0 for x in wanted) / len(wanted) if wanted else None,
        forbidden_precision=wilson(t, t + f),
        forbidden_recall=wilson(t, t + n),
        misses=tuple(_misses(results, checks)),
    )


def _check_figures(
    check: str, positives: int, negatives: int, tp: int, fp: int, fn: int, unclear: int
) -> CheckFigures:
    denominator = 2 * tp + fp + fn
    return CheckFigures(
        check, positives, negatives, tp, fp, fn, unclear,
        wilson(tp, tp + fp), wilson(tp, tp + fn), 2 * tp / denominator if denominator else None,
    )  # fmt: skip


def wilson(hits: int, total: int) -> Rate:
    """A proportion with Wilson's 95 % score interval (Wilson 1927)."""
    if total == 0:
        return Rate(None, None, None)
    share = hits / total
    spread = 1 + _Z**2 / total
    centre = (share + _Z**2 / (2 * total)) / spread
    half = _Z * ((share * (1 - share) + _Z**2 / (4 * total)) / total) ** 0.5 / spread
    return Rate(share, max(0.0, centre - half), min(1.0, centre + half))


def _bootstrapped(tp: Any, fp: Any, fn: Any, value: float | None) -> Rate:
    import numpy as np

    if value is None:
        return Rate(None, None, None)
    generator = np.random.default_rng(20_240_501)
    draws = []
    for _ in range(_DRAWS):
        weights = np.bincount(generator.integers(0, len(tp), len(tp)), minlength=len(tp))
        t, f, n = (weights @ m for m in (tp, fp, fn))
        some = (t + n) > 0
        if some.any():
            draws.append(float((2 * t[some] / (2 * t + f + n)[some]).mean()))
    low, high = np.percentile(draws, [2.5, 97.5])
    return Rate(value, float(low), float(high))


def _misses(results: list[Outcome], checks: list[str]) -> Iterator[dict[str, Any]]:
    for outcome in results:
        text = outcome.heard or outcome.call.text
        for check in checks:
            label = outcome.call.labels.get(check)
            finding = outcome.findings[check]
            said = finding.detection is Detection.PRESENT
            if label is None or said == label:
                continue
            spans = finding.evidence or ((finding.near,) if finding.near else ())
            yield {
                "id": outcome.call.id,
                "check": check,
                "error": "missed" if label else "false alarm",
                "unclear": finding.detection is Detection.DOUBTFUL,
                "score": finding.score,
                "quotes": [text[s.start_char : s.end_char] for s in spans],
                "sources": [s.source for s in spans],
                "text": text,
            }
