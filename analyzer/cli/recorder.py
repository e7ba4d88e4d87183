"""Record one attempt at a terminal: notice, cue card, meter, live words, warnings, WAV."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.audio.microphone import Capture
    from analyzer.checklist.assessment import Assessment, Kind
    from analyzer.practice.profiles import NamedProfile
    from analyzer.practice.prompts import ManagerSide
    from analyzer.practice.recording import Progress, Take
    from analyzer.practice.ticks import Ticks
    from analyzer.speech.vosk_engine import VoskEngine

NOTICE = (
    "Practise alone. Recording another person may need their consent, in some places by law.\n"
    "The recording stays on this machine, in a file of your own."
)
_METER_BARS = 20
_METER_FLOOR_DBFS = -60.0
_LAST_CHARACTERS = 60
_CALL_SILENCE_S = 8.0


@dataclass(frozen=True)
class Settings:
    """How to record; see ``callcheck record --help``."""

    kind: Kind
    model: str
    profile: NamedProfile | None
    device: str | None = None
    live: bool = True
    silence_s: float = 4.0
    stream: Path | None = None


def show_notice() -> None:
    """The first time, say what recording others may need, and wait for Enter."""
    from analyzer.cli.messages import note
    from analyzer.errors import CancelledError, HistoryError
    from analyzer.practice.data_folder import data_folder, private_file, private_folder

    marker = data_folder() / "recording-notice-shown"
    if marker.exists():
        return
    note(NOTICE)
    if sys.stdin.isatty():
        print("Press Enter to go on. ", end="", file=sys.stderr, flush=True)
        if not sys.stdin.readline():
            raise CancelledError("Nothing was recorded.")
    try:
        private_folder(marker.parent)
        private_file(marker)
    except OSError as error:
        raise HistoryError(f"{marker} cannot be written ({error.strerror}).") from error


def wav_path(given: Path | None, *, folder: Path = Path()) -> Path:
    """Where the recording goes: the given file, else one in the folder, named after the moment.

    Raises:
        UsageError: it cannot go there, or would replace another recording.
    """
    from analyzer.errors import UsageError

    if given is None and not folder.is_dir():
        raise UsageError(f"{folder} is no folder to keep recordings in.",
                         next_step="Make it first, or give --folder one that exists.")  # fmt: skip
    path = given or _named_after_now(folder)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UsageError(f"{path} cannot be a recording's file.",
                         next_step="Give --wav a file name in a folder that exists.")  # fmt: skip
    if path.exists():
        raise UsageError(f"{path} is already there.", next_step="Give --wav another file name.")
    return path


def _named_after_now(folder: Path) -> Path:
    name = f"callcheck-{datetime.now():%Y%m%d-%H%M%S}"
    path, number = folder / f"{name}.wav", 2
    while path.exists():
        path, number = folder / f"{name}-{number}.wav", number + 1
    return path


def record_to(
    path: Path, settings: Settings, engine: VoskEngine, *, manager: ManagerSide | None = None
) -> Take:
    """Record one attempt and keep it as a WAV file, whole or not at all."""
    from analyzer.audio.microphone import Capture
    from analyzer.cli.files import write_whole
    from analyzer.cli.keys import enter_pressed
    from analyzer.cli.messages import note
    from analyzer.practice.recording import record_take, wav_bytes
    from analyzer.practice.ticks import Ticks
    from analyzer.speech.quiet import engine_output
    from analyzer.speech.stream import StreamingRecogniser

    capture = Capture()
    source, name = _source(capture, settings)
    recogniser = ticks = None
    with engine_output(shown=False):
        if settings.live:
            recogniser = StreamingRecogniser(engine)
            profile = settings.profile.profile if settings.profile else None
            ticks = Ticks(kind=settings.kind, profile=profile)
        note(f"Recording from {name}. Press Enter to stop"
             + (f", or be silent for {settings.silence_s:g} seconds." if settings.silence_s
                else "."))  # fmt: skip
        with source, _display(ticks) as display:

            def follow(progress: Progress) -> None:
                line = manager.next_line(progress) if manager else None
                display(progress, line)

            take = record_take(
                capture, name=path.name, stop=enter_pressed, recogniser=recogniser,
                silence_s=_silence(settings, manager), on_progress=follow,
            )  # fmt: skip
    for warning in take.warnings:
        note(f"warning: {warning}")
    write_whole(path, wav_bytes(take.waveform))
    note(f"Recorded {take.waveform.duration_s:.0f} s to {path}")
    return take


def assess_take(take: Take, settings: Settings, engine: VoskEngine) -> Assessment:
    """Check what was recorded, as ``callcheck check`` would."""
    from analyzer import assess
    from analyzer.cli.progress import progress_bar
    from analyzer.speech.quiet import engine_output

    profile = settings.profile.profile if settings.profile else None
    with progress_bar() as progress, engine_output(shown=False):
        return assess.assess_waveform(
            take.waveform, kind=settings.kind, engine=engine, profile=profile, progress=progress
        )[0]


def _silence(settings: Settings, manager: ManagerSide | None) -> float:
    if manager is None or not settings.silence_s:
        return settings.silence_s
    return max(settings.silence_s, _CALL_SILENCE_S)  # replies are read before they are answered


def _source(capture: Capture, settings: Settings) -> tuple[AbstractContextManager[None], str]:
    from analyzer.audio import microphone

    if settings.stream is not None:
        return microphone.recorded_stream(capture, settings.stream), settings.stream.name
    device = microphone.choose_device(settings.device, microphone.input_devices())
    return microphone.microphone(capture, device), device.name


@contextmanager
def _display(ticks: Ticks | None) -> Iterator[Callable[[Progress, str | None], None]]:
    """A meter, the last words and the ticks, redrawn in place; the manager's lines stay."""
    if not sys.stderr.isatty():
        yield lambda progress, line: _plainly(progress, line, ticks)
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False)
    with Live(console=console, refresh_per_second=8, transient=True) as live:

        def show(progress: Progress, line: str | None) -> None:
            if line:
                live.console.print(f"Manager: {line}", style="bold cyan", markup=False)
            if ticks is not None and progress.utterance_ended:
                ticks.look_at(progress.heard)
            live.update(_drawn(progress, ticks))

        yield show


def _plainly(progress: Progress, line: str | None, ticks: Ticks | None) -> None:
    from analyzer.cli.messages import note

    if line:
        note(f"Manager: {line}")
    if ticks is not None and progress.utterance_ended:
        before = ticks.labels
        ticks.look_at(progress.heard)
        for label in ticks.labels:
            if label not in before:
                note(f"✓ {label}")


def _drawn(progress: Progress, ticks: Ticks | None) -> Any:
    from rich.text import Text

    from analyzer.audio.level import LOUD_DBFS

    share = 1 - max(_METER_FLOOR_DBFS, min(0.0, progress.level_dbfs)) / _METER_FLOOR_DBFS
    bars = round(share * _METER_BARS)
    loud = progress.level_dbfs > LOUD_DBFS
    minutes, seconds = divmod(int(progress.elapsed_s), 60)
    text = Text(f"● {minutes}:{seconds:02d} ", style="red")
    text.append("█" * bars + "░" * (_METER_BARS - bars), style="red" if loud else "green")
    if loud:
        text.append(" too loud", style="red")
    if progress.overflows:
        text.append(f" sound lost: {progress.overflows}", style="yellow")
    words = f"{progress.heard} {progress.partial}".strip()
    text.append(f"\n{words[-_LAST_CHARACTERS:]}", style="dim")
    if ticks is not None and ticks.labels:
        text.append("\n" + "   ".join(f"✓ {label}" for label in ticks.labels), style="green")
    return text
