"""``callcheck check``: a recording or a typed transcript in, a checklist score out."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from analyzer.audio.waveform import Waveform
    from analyzer.checklist.assessment import Assessment
    from analyzer.cli.source import Source


class Kind(str, Enum):
    """What the recording is of."""

    voicemail = "voicemail"
    call = "call"


class Channel(str, Enum):
    """Which channel of a stereo recording is the caller's."""

    mix = "mix"
    left = "left"
    right = "right"


class Format(str, Enum):
    """How to show the result."""

    table = "table"
    json = "json"
    html = "html"
    md = "md"
    csv = "csv"


def check(
    recording: Annotated[
        str, typer.Argument(help="A recording, a typed transcript (.txt), or - for standard input.")
    ],
    kind: Annotated[Kind, typer.Option(help="What it is: a voicemail or a call.")] = Kind.voicemail,
    model: Annotated[
        str,
        typer.Option(
            help="Speech model: auto (an installed official one, else the built-in), builtin, "
            "a name, or a path. The built-in model hears synthetic voices, not people."
        ),
    ] = "auto",
    profile: Annotated[
        Path | None, typer.Option(help="Your details (me.yaml), to check facts and fill advice.")
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of a rule pack of your own.")] = None,
    channel: Annotated[
        Channel, typer.Option(help="Your channel in a stereo recording.")
    ] = Channel.mix,
    format_: Annotated[
        Format, typer.Option("--format", help="How to show the result.")
    ] = Format.table,
    output: Annotated[
        Path | None, typer.Option(help="Write the result to this file instead of the terminal.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic.")] = False,
    correct: Annotated[
        Path | None,
        typer.Option(help="Corrected transcript: score its words, keeping the times heard."),
    ] = None,
    min_score: Annotated[
        int | None, typer.Option(min=0, max=100, help="Exit with 1 below this score.")
    ] = None,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Do not keep this attempt in the history.")
    ] = False,
    no_audio: Annotated[
        bool, typer.Option("--no-audio", help="Leave the recording out of the HTML report.")
    ] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Mask names, numbers and addresses.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show what the speech engine says.")
    ] = False,
) -> None:
    """Check a recording or a transcript and print its checklist and score.

    Exit codes: 0 done, 1 below --min-score, 2 wrong options, 3 the input could not be read
    or understood, 4 something the tool needs is missing.
    """
    from analyzer.cli.progress import progress_bar
    from analyzer.cli.source import read_source

    _check_output(output)
    loaded = _load_profile(profile)
    with progress_bar() as progress:
        source = read_source(
            recording, channel=channel.value, progress=lambda share: progress("decode", share)
        )
        assessment = _assess(
            source, kind=kind.value, model=model, profile=loaded, rules=rules, correct=correct,
            verbose=verbose, progress=progress,
        )  # fmt: skip
    if not no_save:
        _save(assessment)
    show(
        assessment, waveform=None if no_audio else source.waveform, format_=format_.value,
        output=output, explain=explain, redact=redact, private=_private_strings(loaded),
    )  # fmt: skip
    _exit_for(assessment, min_score)


def show(
    assessment: Assessment,
    *,
    waveform: Waveform | None = None,
    format_: str = "table",
    output: Path | None = None,
    explain: bool = False,
    redact: bool = False,
    private: tuple[str, ...] = (),
) -> None:
    """Render an assessment to stdout, or to a file (whole or not at all)."""
    import sys

    from analyzer.cli.messages import note, write_result
    from analyzer.report.formats import render
    from analyzer.report.options import RenderOptions

    if output is None:
        options = RenderOptions.for_stream(
            sys.stdout, explain=explain, waveform=waveform, redact=redact, private=private
        )
        write_result(render(format_, assessment, options=options))
        return
    from analyzer.cli.files import write_whole

    options = RenderOptions(explain=explain, waveform=waveform, redact=redact, private=private)
    write_whole(output, render(format_, assessment, options=options))
    note(f"Written to {output}")


def _assess(source: Source, *, kind: Any, model: str, profile: Any, rules: Path | None,
            correct: Path | None, verbose: bool, progress: Any) -> Assessment:  # fmt: skip
    from analyzer import assess

    if source.waveform is None:
        text = source.text or ""
        return assess.assess_text(text, kind=kind, profile=profile, rules=rules, name=source.name)
    from analyzer.speech.choose import choose_engine
    from analyzer.speech.quiet import engine_output

    with engine_output(shown=verbose):
        assessment, transcript = assess.assess_waveform(
            source.waveform, kind=kind, engine=choose_engine(model), profile=profile, rules=rules,
            progress=progress,
        )  # fmt: skip
    if correct is None:
        return assessment
    from analyzer.speech.correct import corrected
    from analyzer.speech.typed import read_typed_file

    return assess.assess_transcript(
        corrected(transcript, read_typed_file(correct)), kind=kind, profile=profile, rules=rules,
        name=source.name, duration_s=assessment.source.duration_s,
        warnings=list(source.waveform.warnings),
    )  # fmt: skip


def _load_profile(path: Path | None) -> Any:
    if path is None:
        return None
    from analyzer.practice.profile import load_profile

    return load_profile(path)


def _private_strings(profile: Any) -> tuple[str, ...]:
    """What of the profile must not stand in a redacted report."""
    if profile is None:
        return ()
    candidate, manager = profile.candidate, profile.manager
    values = [profile.company]
    values += [candidate.name, candidate.phone, candidate.email] if candidate else []
    values += [manager.name] if manager else []
    return tuple(str(value) for value in values if value)


def _check_output(output: Path | None) -> None:
    from analyzer.errors import UsageError

    if output is not None and output.is_dir():
        raise UsageError(f"{output} is a folder.", next_step="Give --output a file name.")
    if output is not None and not output.parent.exists():
        raise UsageError(f"The folder {output.parent} does not exist.", next_step="Make it first.")


def _save(assessment: Assessment) -> None:
    from analyzer.cli.messages import note
    from analyzer.errors import HistoryError
    from analyzer.practice.history import save

    try:
        save(assessment)
    except HistoryError as error:  # the result matters more than the record of it
        note(f"callcheck: not kept in the history: {error}")


def _exit_for(assessment: Assessment, min_score: int | None) -> None:
    from analyzer.cli.messages import EXIT_BELOW_MINIMUM, EXIT_INPUT

    if assessment.status != "scored":
        raise SystemExit(EXIT_INPUT)
    if min_score is not None and (assessment.score or 0) < min_score:
        raise SystemExit(EXIT_BELOW_MINIMUM)
