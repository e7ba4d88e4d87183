"""``callcheck rehearse``: script, record, checklist, what to change, and again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.record import DeviceOption, LiveOption, SilenceOption, show_cue_card
from analyzer.cli.script import Style

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment


def rehearse(
    profile: Annotated[str, typer.Option(help="Your details: me.yaml, or a kept profile's name.")],
    goal: Annotated[int, typer.Option(min=1, max=100, help="Stop at this score.")] = 85,
    call: Annotated[
        bool, typer.Option("--call", help="Practise a call: the manager's side is shown.")
    ] = False,
    rounds: Annotated[int, typer.Option(min=1, help="Stop after this many attempts.")] = 10,
    style: Annotated[Style, typer.Option(help="The tone of the script.")] = Style.warm,
    seed: Annotated[int, typer.Option(help="Another number gives other wording.")] = 0,
    folder: Annotated[Path, typer.Option(help="Keep the recordings in this folder.")] = Path("."),
    device: DeviceOption = None,
    silence: SilenceOption = 4.0,
    live: LiveOption = True,
    model: Annotated[str, typer.Option(help="Speech model, as in callcheck check.")] = "auto",
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Do not keep the attempts in the history.")
    ] = False,
    from_stream: Annotated[
        list[Path] | None,
        typer.Option("--from-stream", hidden=True, help="Feed recordings instead, in order."),
    ] = None,
) -> None:
    """Practise until the goal is reached: script, record, checklist, what to change, again."""
    from analyzer.cli import recorder
    from analyzer.cli.check import keep, show
    from analyzer.cli.messages import EXIT_BELOW_MINIMUM, note
    from analyzer.cli.profiles import profile_given
    from analyzer.cli.record import need_microphone
    from analyzer.practice.prompts import ManagerSide, conversation
    from analyzer.speech.choose import choose_engine

    named = profile_given(profile)
    recorder.wav_path(None, folder=folder)  # fail early
    streams = list(from_stream or [])
    if not streams:
        need_microphone(device)
    engine = choose_engine(model)
    recorder.show_notice()
    best: int | None = None
    for round_ in range(1, (len(streams) or rounds) + 1):
        settings = recorder.Settings(
            kind="call" if call else "voicemail", model=model, profile=named, device=device,
            live=live, silence_s=silence, stream=streams[round_ - 1] if streams else None,
        )  # fmt: skip
        note(f"Attempt {round_}, goal {goal}")
        show_cue_card(settings, style=style.value, seed=seed)
        manager = ManagerSide(conversation(named.profile, seed=seed + round_)) if call else None
        path = recorder.wav_path(None, folder=folder)
        take = recorder.record_to(path, settings, engine, manager=manager)
        assessment = recorder.assess_take(take, settings, engine)
        if not no_save:
            keep(assessment, named, told=True)
        show(assessment)
        score = assessment.score
        if score is not None:
            best = score if best is None else max(best, score)
        if score is not None and score >= goal:
            note(f"Goal reached: {score} of 100.")
            return
        note(_what_to_change(assessment, goal))
        if not streams and (round_ == rounds or not _again()):
            break
    note(f"The goal of {goal} was not reached" + (f"; best: {best}." if best is not None else "."))
    raise SystemExit(EXIT_BELOW_MINIMUM)


def _what_to_change(assessment: Assessment, goal: int) -> str:
    if assessment.score is None:
        return assessment.reason or "This attempt could not be scored."
    lines = [f"{assessment.score} of 100: {goal - assessment.score} short of the goal."]
    steps = [f"- {step.say or step.advice} (+{step.gain})" for step in assessment.next_steps]
    return "\n".join([*lines, *(["Next time, say:", *steps] if steps else [])])


def _again() -> bool:
    if not sys.stdin.isatty():
        return False
    print("Enter for another attempt, q to stop: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return bool(line) and not line.strip().lower().startswith("q")
