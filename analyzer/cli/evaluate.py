"""``callcheck evaluate``: how often are the checks right on labelled transcripts?"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.choices import TableOrJson

if TYPE_CHECKING:
    from analyzer.checklist.evaluation import Figures, LabelledCall, Rate
    from analyzer.checklist.rules import RulePack
    from analyzer.speech.transcript import Transcript


_MOST_NAMED = 10


class Sources(str, Enum):
    """What the detection may use."""

    both = "both"
    encoder = "encoder"
    rules = "rules"


def evaluate(
    labelled: Annotated[Path, typer.Argument(help="Labelled transcripts, one JSON object a line.")],
    speech_like: Annotated[
        bool,
        typer.Option(
            "--speech-like", help="Lower-case the text, drop punctuation, say numbers as words."
        ),
    ] = False,
    audio: Annotated[
        Path | None,
        typer.Option(help="Folder with a recording ID.* for each line: recognise those instead."),
    ] = None,
    model: Annotated[str, typer.Option(help="Speech model for --audio.")] = "auto",
    rules: Annotated[Path | None, typer.Option(help="Folder of a rule pack of your own.")] = None,
    sources: Annotated[
        Sources, typer.Option(help="Use the encoder alone, the rules alone, or both.")
    ] = Sources.both,
    format_: Annotated[
        TableOrJson, typer.Option("--format", help="How to show the figures.")
    ] = TableOrJson.table,
    misses: Annotated[bool, typer.Option("--misses", help="List every error.")] = False,
) -> None:
    """Print precision, recall and F1 of each check with counts and 95 % intervals.

    An unclear verdict counts as not detected and is also counted apart. With --audio the
    recordings are recognised first and the word error rate is printed too.
    """
    from analyzer.checklist.evaluation import figures, outcomes, read_labelled
    from analyzer.checklist.loader import load_pack
    from analyzer.errors import UsageError

    if audio is not None and speech_like:
        raise UsageError(
            "--speech-like and --audio do not go together.",
            next_step="With --audio the words are those recognised; leave --speech-like out.",
        )
    calls = read_labelled(labelled)
    pack = load_pack(rules)
    _note_labels_without_a_check(calls, pack)
    transcripts, calls, rate = _transcripts(calls, audio, model, speech_like=speech_like)
    results = list(outcomes(calls, transcripts, pack, sources=sources.value))
    for outcome, transcript in zip(results, transcripts, strict=True):
        outcome.heard = transcript.text
    _print(figures(results, pack), pack, rate, as_json=format_.value == "json", misses=misses)


def _note_labels_without_a_check(calls: list[LabelledCall], pack: RulePack) -> None:
    """Say which labels are not scored because the pack has no such check: a slip, or a pack's."""
    from analyzer.cli.messages import note
    from analyzer.errors import did_you_mean

    known = [check.id for check in pack.checks]
    for label in sorted({label for call in calls for label in call.labels} - set(known)):
        meant = did_you_mean(label, known)
        unknown = f"Labels of {label!r} are not scored: {pack.label} has no such check"
        note(f"{unknown}; {meant}" if meant else f"{unknown}.")


def _transcripts(
    calls: list[LabelledCall], audio: Path | None, model: str, *, speech_like: bool
) -> tuple[list[Any], list[LabelledCall], float | None]:
    from analyzer.speech.typed import typed_transcript

    if audio is None:
        transcripts = [typed_transcript(call.text) for call in calls]
        return [_spoken(t) for t in transcripts] if speech_like else transcripts, calls, None
    from analyzer.speech.word_errors import recognise_folder

    transcripts, heard, rate = recognise_folder(audio, calls, model=model)
    _note_calls_without_a_recording(calls, heard)
    return transcripts, heard, rate


def _note_calls_without_a_recording(calls: list[LabelledCall], heard: list[LabelledCall]) -> None:
    """Say which calls the figures leave out."""
    from analyzer.cli.messages import note

    found = {call.id for call in heard}
    missing = [call.id for call in calls if call.id not in found]
    if not missing:
        return
    named = ", ".join(missing[:_MOST_NAMED]) + (", …" if len(missing) > _MOST_NAMED else "")
    have = "has" if len(missing) == 1 else "have"
    note(f"{len(missing)} of {len(calls)} calls {have} no recording: {named}")


def _spoken(transcript: Transcript) -> Transcript:
    """The caller's words in spoken form; labels of turns are gone from it."""
    from analyzer.language.spoken_form import spoken_text
    from analyzer.speech.typed import typed_transcript

    words = (word.text for turn in transcript.caller_utterances for word in turn.words)
    return typed_transcript(spoken_text(" ".join(words)))


def _print(
    result: Figures, pack: RulePack, rate: float | None, *, as_json: bool, misses: bool
) -> None:
    import json
    import sys
    from dataclasses import asdict

    from analyzer.cli.messages import write_result
    from analyzer.report.options import RenderOptions
    from analyzer.report.view import in_ascii

    if as_json:
        data = asdict(result)
        data["word_error_rate"] = rate
        data["versions"] = {"rules": pack.label}
        if not misses:
            data.pop("misses")
        write_result(json.dumps(data, indent=2))
        return
    lines = [*_lines(result, rate), *(_miss(miss) for miss in result.misses if misses)]
    shown = "\n".join(lines)
    write_result(shown if RenderOptions.for_stream(sys.stdout).unicode else in_ascii(shown))


def _miss(miss: dict[str, Any]) -> str:
    quotes = " | ".join(miss["quotes"])
    return (
        f"{miss['id']} {miss['check']}: {miss['error']}"
        f"{' (unclear)' if miss['unclear'] else ''} score {miss['score']:.2f}"
        + (f' "{quotes}"' if quotes else "")
    )


def _lines(result: Figures, rate: float | None) -> list[str]:
    lines = [
        f"{'check':24}{'pos':>5}{'neg':>5}{'tp':>5}{'fp':>4}{'fn':>4}{'uncl':>5}"
        f"  {'precision (95 %)':20}{'recall (95 %)':20}{'F1':>5}"
    ]
    for row in result.checks:
        f1 = "  –" if row.f1 is None or not row.positives else f"{row.f1:.3f}"
        lines.append(
            f"{row.check:24}{row.positives:5}{row.negatives:5}{row.tp:5}{row.fp:4}{row.fn:4}"
            f"{row.unclear:5}  {_rate(row.precision):20}{_rate(row.recall):20}{f1:>5}"
        )
    lines.append("")
    lines.append(f"calls {result.calls}")
    lines.append(f"macro F1            {_rate(result.macro_f1)}")
    lines.append(f"forbidden precision {_rate(result.forbidden_precision)}")
    lines.append(f"forbidden recall    {_rate(result.forbidden_recall)}")
    if rate is not None:
        lines.append(f"word error rate     {rate:.3f}")
    return lines


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "–"
    return f"{rate.value:.3f} ({rate.low:.2f}–{rate.high:.2f})"
