"""Compose the assessment: findings become verdicts, points, messages and next steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analyzer.checklist import delivery as delivery_of
from analyzer.checklist.advice import best_sentence
from analyzer.checklist.assessment import (
    Adjustment,
    Assessment,
    CheckResult,
    Evidence,
    Kind,
    NextStep,
    SourceInfo,
    Status,
    TranscriptInfo,
    UtteranceInfo,
    Verdict,
    WordInfo,
)
from analyzer.checklist.coaching import coaching_rows
from analyzer.checklist.details import known_details
from analyzer.checklist.doubt import doubted
from analyzer.checklist.facts import check_facts, confirmed, fact_infos
from analyzer.checklist.findings import EvidenceSpan, Finding
from analyzer.checklist.rules import Check, RulePack
from analyzer.checklist.scoring import NAME_CHECK, Line, gain_if_mended, total, worth
from analyzer.checklist.tips import tips
from analyzer.checklist.verdicts import DETECTED, VERDICTS, Detection, points_for
from analyzer.language.reading import Reading, reading_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analyzer.audio.level import Levels
    from analyzer.practice.profile import Profile

MAX_NEXT_STEPS = 3


@dataclass(frozen=True)
class About:
    """What is known of the recording, besides its words.

    Attributes:
        doubtful: stretches (start, end) in seconds that were probably misheard.
        levels: how loud the recording is, for advice.
        filler_recall: share of the fillers said that the recogniser hears, where measured.
    """

    name: str
    pipeline: str
    duration_s: float | None = None
    provisional: bool = False
    warnings: list[str] | tuple[str, ...] = ()
    status: Status = "scored"
    reason: str | None = None
    doubtful: tuple[tuple[float, float], ...] = ()
    levels: Levels | None = None
    filler_recall: float | None = None


def compose(
    *, doc: Doc, findings: list[Finding], pack: RulePack, kind: Kind,
    profile: Profile | None, today: date | None, about: About,
) -> Assessment:  # fmt: skip
    """Build the assessment from what the language step saw."""
    reading = reading_of(doc)
    findings = doubted(findings, reading, about.doubtful)
    judged = about.status == "scored"
    facts = check_facts(doc, findings, profile, today) if profile and judged else []
    findings = confirmed(findings, facts)
    details = known_details(doc, findings, profile)
    declared = _declared_fields(profile)
    results, lines = [], []
    for check, finding in zip(pack.checks, findings, strict=True):
        verdict = _verdict(check, finding, kind, about)
        line = _line(check, verdict, pack, kind, declared)
        lines.append(line)
        results.append(_result(check, finding, line, reading, details, declared))
    transcript = _transcript_info(reading)
    bands = pack.delivery
    measures = delivery_of.measure(
        reading.transcript, bands, kind=kind,
        name_at_s=_name_time(results), name_said=_name_said(results),
    )  # fmt: skip
    common: dict[str, Any] = {
        "status": about.status,
        "provisional": about.provisional,
        "kind": kind,
        "reason": about.reason,
        "warnings": list(about.warnings),
        "source": SourceInfo(name=about.name, duration_s=about.duration_s),
        "transcript": transcript,
        "versions": _versions(pack, about, reading),
        "plan": _plan(profile, today),
        "facts": fact_infos(facts, lambda span: _evidence(reading, span)),
    }
    if not judged:
        return Assessment(
            score=None, grade=None, checks=[_undecided(r) for r in results], adjustments=[],
            delivery={}, tips=[], next_steps=[], **common,
        )  # fmt: skip
    costs = delivery_of.adjustments(measures, bands)
    sum_ = total(lines, costs)
    return Assessment(
        score=sum_.score,
        grade=sum_.grade,
        checks=results,
        adjustments=list(sum_.adjustments),
        delivery={
            **delivery_of.as_dict(
                measures, reading.transcript, bands, filler_recall=about.filler_recall
            ),
            **coaching_rows(reading.transcript, about.levels),
        },
        tips=tips(doc, kind=kind, company=profile.company if profile else None),
        next_steps=_next_steps(lines, costs, pack, details),
        **common,
    )


def _verdict(check: Check, finding: Finding, kind: Kind, about: About) -> Verdict:
    if not check.applies_to(kind):
        return "not_applicable"
    return VERDICTS[check.polarity, finding.detection]


def _line(
    check: Check, verdict: Verdict, pack: RulePack, kind: Kind, declared: frozenset[str]
) -> Line:
    excused = check.advice_if_declared in declared
    return Line(
        check_id=check.id,
        title=check.title,
        verdict=verdict,
        required=check.polarity == "required",
        max_points=pack.weights[kind].get(check.id, 0),
        penalty=0 if excused else (check.penalty or 0),
    )


def _result(
    check: Check, finding: Finding, line: Line, reading: Reading,
    details: dict[str, str], declared: frozenset[str],
) -> CheckResult:  # fmt: skip
    verdict = line.verdict
    detected = DETECTED[finding.detection] if verdict != "not_applicable" else None
    return CheckResult(
        id=check.id,
        title=check.title,
        group=check.group,
        detected=detected,
        verdict=verdict,
        points=points_for(verdict, line.max_points) if line.required else 0,
        max_points=line.max_points,
        message=_message(check, verdict, excused=check.advice_if_declared in declared),
        say_instead=best_sentence(check.say_instead, details)
        if verdict in ("fail", "unclear")
        else None,
        looked_for=check.looked_for,
        nearest_miss=_quote(reading, finding.near) if _lacks(check, finding) else None,
        evidence=[_evidence(reading, span) for span in finding.evidence],
    )


def _lacks(check: Check, finding: Finding) -> bool:
    return check.polarity == "required" and finding.detection is Detection.ABSENT


def _message(check: Check, verdict: Verdict, *, excused: bool) -> str:
    if verdict == "not_applicable":
        return "Not looked at for this kind of call."
    if verdict == "fail" and excused:
        return (
            "You mention your other offer. Your profile says you have one: say it once, "
            "without pressure, and it costs nothing."
        )
    texts = {"pass": check.message.passed, "fail": check.message.fail}
    return texts.get(verdict, check.message.unclear)


def _quote(reading: Reading, span: EvidenceSpan | None) -> str | None:
    return reading.transcript.text[span.start_char : span.end_char] if span else None


def _evidence(reading: Reading, span: EvidenceSpan) -> Evidence:
    inside = [
        word
        for word in reading.words
        if word.start_char < span.end_char and word.end_char > span.start_char
    ]
    return Evidence(
        quote=reading.transcript.text[span.start_char : span.end_char],
        start_char=span.start_char,
        end_char=span.end_char,
        start_s=inside[0].start_s if inside else None,
        end_s=inside[-1].end_s if inside else None,
    )


def _undecided(result: CheckResult) -> CheckResult:
    return result.model_copy(
        update={
            "detected": None, "verdict": "unclear", "points": 0, "evidence": [],
            "message": "Not judged: see the reason above.", "say_instead": None,
            "nearest_miss": None,
        }
    )  # fmt: skip


def _next_steps(
    lines: list[Line], costs: list[Adjustment], pack: RulePack, details: dict[str, str]
) -> list[NextStep]:
    gains = [
        (gain_if_mended(lines, costs, line.check_id), line)
        for line in lines
        if line.verdict in ("fail", "unclear")
    ]
    # below the floor one mended check alone gains nothing: then by what each one loses
    useful = [g for g in gains if g[0] > 0] or [g for g in gains if worth(g[1]) > 0]
    ranked = sorted(useful, key=lambda g: (-g[0], -worth(g[1])))
    steps = []
    for gain, line in ranked[:MAX_NEXT_STEPS]:
        check = pack.check(line.check_id)
        advice = check.message.unclear if line.verdict == "unclear" else check.message.fail
        steps.append(
            NextStep(
                check=check.id, gain=gain, advice=advice,
                say=best_sentence(check.say_instead, details),
            )
        )  # fmt: skip
    return steps


def _transcript_info(reading: Reading) -> TranscriptInfo:
    transcript = reading.transcript
    return TranscriptInfo(
        text=transcript.text,
        model=transcript.model,
        utterances=[
            UtteranceInfo(
                speaker=utterance.speaker,
                start_s=utterance.start_s,
                end_s=utterance.end_s,
                words=[
                    WordInfo(text=w.text, start_s=w.start_s, end_s=w.end_s, confidence=w.confidence)
                    for w in utterance.words
                ],
            )
            for utterance in transcript.utterances
        ],
    )


def _name_said(results: list[CheckResult]) -> bool:
    return any(r.id == NAME_CHECK and r.detected for r in results)


def _name_time(results: list[CheckResult]) -> float | None:
    for result in results:
        if result.id == NAME_CHECK and result.evidence:
            return result.evidence[0].start_s
    return None


def _declared_fields(profile: Profile | None) -> frozenset[str]:
    return (
        frozenset({"other_offer"}) if profile is not None and profile.other_offer else frozenset()
    )


def _versions(pack: RulePack, about: About, reading: Reading) -> dict[str, str]:
    from analyzer import __version__

    versions = {"callcheck": __version__, "rules": pack.label, "language": about.pipeline}
    if reading.transcript.model:
        versions["speech"] = reading.transcript.model
    return versions


def _plan(profile: Profile | None, today: date | None) -> dict[str, Any]:
    if profile is None:
        return {}
    from analyzer.practice.plan_checks import plan_checks

    return plan_checks(profile, today=today)
