"""The one way through the house: recording → words → spans → findings → score.

This module joins the steps and does none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.checklist.assessment import Assessment, Kind
from analyzer.checklist.loader import KINDS, load_pack
from analyzer.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from analyzer.audio.decode import Channel
    from analyzer.audio.waveform import Waveform
    from analyzer.checklist.rules import RulePack
    from analyzer.practice.profile import Profile
    from analyzer.speech.engine import SpeechEngine
    from analyzer.speech.transcript import Transcript

Progress = Callable[[str, float], None]
"""Called with the step's name ("decode", "recognise", "read") and its share done, 0 to 1."""


def assess_recording(
    path: str | Path,
    *,
    kind: Kind = "voicemail",
    model: str = "auto",
    profile: Profile | str | Path | None = None,
    rules: str | Path | None = None,
    channel: Channel = "mix",
    today: date | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Assess a recording.

    Args:
        path: any common audio format.
        kind: what the recording is of.
        model: ``auto``, ``builtin``, the name of an installed model, or a path.
        profile: a profile, or the path of one.
        rules: folder of a rule pack; the built-in one without.
        channel: the caller's channel in a stereo recording.
        today: the day of the call, for relative dates (default: the profile's, else today).
        progress: told how far each step is.

    Raises:
        CallcheckError: by name, when something cannot be read or is missing.
    """
    from analyzer.audio.decode import decode
    from analyzer.speech.choose import choose_engine

    waveform = decode(path, channel=channel, progress=_step(progress, "decode"))
    return assess_waveform(
        waveform, kind=kind, engine=choose_engine(model), profile=profile, rules=rules,
        today=today, progress=progress,
    )[0]  # fmt: skip


def assess_waveform(
    waveform: Waveform,
    *,
    kind: Kind = "voicemail",
    engine: SpeechEngine,
    profile: Profile | str | Path | None = None,
    rules: str | Path | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> tuple[Assessment, Transcript]:
    """Assess a decoded recording; the transcript is returned for a later correction."""
    profile = _profile(profile)
    _pack(rules, kind)  # a mistake in it is told before the long part
    transcript = engine.transcribe(waveform, progress=_step(progress, "recognise"))
    from analyzer.audio.level import levels_of
    from analyzer.speech.gate import judge

    gate = judge(transcript, waveform, engine)
    assessment = assess_transcript(
        transcript, kind=kind, profile=profile, rules=rules, name=waveform.name,
        duration_s=round(waveform.duration_s, 2), provisional=engine.provisional,
        warnings=[*waveform.warnings, *gate.warnings], status=gate.status, reason=gate.reason,
        doubtful=gate.doubtful, levels=levels_of(waveform.samples), today=today,
        filler_recall=getattr(engine, "filler_recall", None), progress=progress,
    )  # fmt: skip
    return assessment, transcript


def assess_text(
    text: str,
    *,
    kind: Kind = "voicemail",
    profile: Profile | str | Path | None = None,
    rules: str | Path | None = None,
    name: str = "text",
    today: date | None = None,
) -> Assessment:
    """Assess a typed transcript, with or without labelled turns (``Me: …``).

    Raises:
        CallcheckError: by name, when the profile or the rules have a mistake.
    """
    from analyzer.speech.typed import typed_transcript

    loaded = _profile(profile)
    caller = loaded.candidate.name if loaded and loaded.candidate else None
    return assess_transcript(
        typed_transcript(text, caller_name=caller), kind=kind, profile=loaded, rules=rules,
        name=name, today=today,
    )  # fmt: skip


def assess_transcript(
    transcript: Transcript,
    *,
    kind: Kind = "voicemail",
    profile: Profile | str | Path | None = None,
    rules: str | Path | None = None,
    name: str = "text",
    today: date | None = None,
    progress: Progress | None = None,
    **about: Any,
) -> Assessment:
    """Assess what was heard or typed.

    ``about`` carries what is known of the recording: ``duration_s``, ``provisional``,
    ``warnings``, ``status``, ``reason``, ``doubtful``, ``levels``; see ``checklist.compose.About``.
    """
    from analyzer.checklist.compose import About, compose
    from analyzer.checklist.detection import detect
    from analyzer.checklist.phrase_rules import phrase_rules
    from analyzer.language.pipeline import shared_reader
    from analyzer.speech.typed import why_unscored

    pack = _pack(rules, kind)
    unscored = why_unscored(transcript)
    if unscored and about.get("status", "scored") == "scored":
        about |= {"status": unscored[0], "reason": unscored[1]}
    reader = shared_reader(phrase_rules(pack))
    doc = reader.read(transcript)
    findings = detect(doc, pack)
    if progress:
        progress("read", 1.0)
    return compose(
        doc=doc, findings=findings, pack=pack, kind=kind, profile=_profile(profile),
        today=today, about=About(name=name, pipeline=reader.version, **about),
    )  # fmt: skip


def _pack(rules: str | Path | None, kind: str) -> RulePack:
    if kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}.", next_step=f"Use {' or '.join(KINDS)}.")
    return load_pack(rules)


def _profile(profile: Profile | str | Path | None) -> Profile | None:
    if profile is None or not isinstance(profile, (str, Path)):
        return profile
    from analyzer.practice.profile import load_profile

    return load_profile(Path(profile))


def _step(progress: Progress | None, name: str) -> Callable[[float], None] | None:
    if progress is None:
        return None
    return lambda share: progress(name, share)
