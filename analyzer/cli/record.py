"""``callcheck record``: record an attempt, then check it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.choices import Format, Kind
from analyzer.cli.script import Style

if TYPE_CHECKING:
    from analyzer.cli.recorder import Settings

DeviceOption = Annotated[
    str | None, typer.Option(help="Microphone: a number or part of a name from callcheck devices.")
]
SilenceOption = Annotated[
    float, typer.Option(min=0, help="Stop after this many seconds of silence; 0: only on Enter.")
]
LiveOption = Annotated[
    bool, typer.Option("--live/--no-live", help="Show words and ticks while you speak.")
]


def record(
    profile: Annotated[
        str | None, typer.Option(help="Your details: me.yaml, or a kept profile's name.")
    ] = None,
    kind: Annotated[Kind, typer.Option(help="A voicemail or a call.")] = Kind.voicemail,
    script: Annotated[
        Path | None,
        typer.Option(help="Show this script as cue card (default: one from the profile)."),
    ] = None,
    style: Annotated[Style, typer.Option(help="The tone of the cue card.")] = Style.warm,
    seed: Annotated[int, typer.Option(help="Another number gives another cue card.")] = 0,
    wav: Annotated[
        Path | None, typer.Option(help="Keep the recording in this file (default: here).")
    ] = None,
    device: DeviceOption = None,
    silence: SilenceOption = 4.0,
    live: LiveOption = True,
    model: Annotated[str, typer.Option(help="Speech model, as in callcheck check.")] = "auto",
    format_: Annotated[
        Format, typer.Option("--format", help="How to show the result.")
    ] = Format.table,
    output: Annotated[
        Path | None, typer.Option(help="Write the result to this file instead of the terminal.")
    ] = None,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Do not keep this attempt in the history.")
    ] = False,
    from_stream: Annotated[
        Path | None, typer.Option("--from-stream", hidden=True, help="Feed a recording instead.")
    ] = None,
) -> None:
    """Record yourself and check the recording. Practise alone."""
    from analyzer.cli import recorder
    from analyzer.cli.check import keep, show
    from analyzer.cli.files import check_output
    from analyzer.cli.messages import EXIT_INPUT
    from analyzer.cli.profiles import profile_given
    from analyzer.speech.choose import choose_engine

    check_output(output)
    path = recorder.wav_path(wav)
    settings = recorder.Settings(
        kind=kind.value, model=model, profile=profile_given(profile) if profile else None,
        device=device, live=live, silence_s=silence, stream=from_stream,
    )  # fmt: skip
    if from_stream is None:
        need_microphone(device)
    engine = choose_engine(model)
    recorder.show_notice()
    show_cue_card(settings, script=script, style=style.value, seed=seed)
    take = recorder.record_to(path, settings, engine)
    assessment = recorder.assess_take(take, settings, engine)
    if not no_save:
        keep(assessment, settings.profile, told=True)
    show(assessment, waveform=take.waveform, format_=format_.value, output=output)
    if assessment.status != "scored":
        raise SystemExit(EXIT_INPUT)


def show_cue_card(
    settings: Settings, *, script: Path | None = None, style: str = "warm", seed: int = 0
) -> None:
    """Show what to say, on stderr: the given script, else one from the profile."""
    from analyzer.cli.messages import note

    if script is not None:
        from analyzer.speech.typed import read_typed_file

        text = read_typed_file(script)
    elif settings.profile is not None:
        from analyzer.cli.script import made_script
        from analyzer.practice.script.export import as_text

        made = made_script(settings.profile.profile, kind=settings.kind, style=style, seed=seed)
        text = as_text(made)
    else:
        return
    note("\n" + "\n".join(f"  {line}" for line in text.strip().splitlines()) + "\n")


def need_microphone(device: str | None) -> None:
    """Fail before anything else is asked when there is nothing to record with."""
    from analyzer.audio.microphone import choose_device, input_devices

    choose_device(device, input_devices())
