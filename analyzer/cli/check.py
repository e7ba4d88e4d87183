"""``callcheck check``: a recording or a typed transcript in, a checklist score out."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.choices import Format, Kind

if TYPE_CHECKING:
    from analyzer.audio.waveform import Waveform
    from analyzer.checklist.assessment import Assessment
    from analyzer.cli.source import Source
    from analyzer.practice.profiles import NamedProfile
    from analyzer.speech.transcript import Transcript


class Channel(str, Enum):
    """Which channel of a stereo recording is the caller's."""

    mix = "mix"
    left = "left"
    right = "right"


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
        str | None,
        typer.Option(
            help="Your details (me.yaml, or a kept profile's name), to check facts and fill advice."
        ),
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
    edit: Annotated[
        bool, typer.Option("--edit", help="Correct the words in your editor before the report.")
    ] = False,
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
    from analyzer.cli.files import check_output
    from analyzer.cli.offer import offer_official_model
    from analyzer.cli.progress import progress_bar
    from analyzer.cli.source import read_source
    from analyzer.report.redact import private_strings

    check_output(output)
    named = _load_profile(profile)
    loaded = named.profile if named else None
    with progress_bar() as progress:
        source = read_source(
            recording, channel=channel.value, progress=lambda share: progress("decode", share)
        )
    if source.waveform is not None:
        offer_official_model(recording, model=model)
    with progress_bar() as progress:
        assessment, transcript = _assess(
            source, kind=kind.value, model=model, profile=loaded, rules=rules,
            verbose=verbose, progress=progress,
        )  # fmt: skip
    words = _corrected_words(assessment, correct=correct, edit=edit)
    if words is not None:
        assessment = _assess_again(
            words, assessment, transcript, source, profile=loaded, rules=rules
        )
    if not no_save:
        keep(assessment, named)
    show(
        assessment, waveform=None if no_audio else source.waveform, format_=format_.value,
        output=output, explain=explain, redact=redact, private=private_strings(loaded),
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


def keep(assessment: Assessment, profile: NamedProfile | None, *, told: bool = False) -> None:
    """Put the attempt in the history; failing that, say so and go on.

    Args:
        told: say its number as well.
    """
    from analyzer.cli.messages import note
    from analyzer.errors import HistoryError
    from analyzer.practice.history import save

    try:
        number = save(assessment, profile_name=profile.name if profile else None)
    except HistoryError as error:  # the result matters more than the record of it
        note(f"callcheck: not kept in the history: {error}")
        return
    if told:
        note(f"Kept as attempt {number}: callcheck history list")


def _assess(source: Source, *, kind: Any, model: str, profile: Any, rules: Path | None,
            verbose: bool, progress: Any) -> tuple[Assessment, Transcript | None]:  # fmt: skip
    from analyzer import assess

    if source.waveform is None:
        text = source.text or ""
        assessment = assess.assess_text(
            text, kind=kind, profile=profile, rules=rules, name=source.name
        )
        return assessment, None
    from analyzer.speech.choose import choose_engine
    from analyzer.speech.quiet import engine_output

    with engine_output(shown=verbose):
        return assess.assess_waveform(
            source.waveform, kind=kind, engine=choose_engine(model), profile=profile, rules=rules,
            progress=progress,
        )  # fmt: skip


def _corrected_words(assessment: Assessment, *, correct: Path | None, edit: bool) -> str | None:
    """The words the person put in place of those heard, or None."""
    from analyzer.speech.typed import read_typed_file

    words = read_typed_file(correct) if correct is not None else None
    if not edit:
        return words
    from analyzer.cli.editor import as_lines, edited

    heard = [
        " ".join(word.text for word in utterance.words)
        for utterance in assessment.transcript.utterances
    ]
    given = words or (
        as_lines(heard) if assessment.transcript.model else assessment.transcript.text
    )
    return edited(given) or words


def _assess_again(words: str, assessment: Assessment, transcript: Transcript | None,
                  source: Source, *, profile: Any, rules: Path | None) -> Assessment:  # fmt: skip
    """Score the corrected words; nothing is listened to again."""
    from analyzer import assess

    kind = assessment.kind
    if transcript is None or source.waveform is None:
        return assess.assess_text(words, kind=kind, profile=profile, rules=rules, name=source.name)
    from analyzer.audio.level import levels_of
    from analyzer.speech.correct import corrected

    return assess.assess_transcript(
        corrected(transcript, words), kind=kind, profile=profile, rules=rules, name=source.name,
        duration_s=assessment.source.duration_s, warnings=list(source.waveform.warnings),
        levels=levels_of(source.waveform.samples),
    )  # fmt: skip


def _load_profile(given: str | None) -> NamedProfile | None:
    if given is None:
        return None
    from analyzer.cli.profiles import profile_given

    return profile_given(given)


def _exit_for(assessment: Assessment, min_score: int | None) -> None:
    from analyzer.cli.messages import EXIT_BELOW_MINIMUM, EXIT_INPUT

    if assessment.status != "scored":
        raise SystemExit(EXIT_INPUT)
    if min_score is not None and (assessment.score or 0) < min_score:
        raise SystemExit(EXIT_BELOW_MINIMUM)
