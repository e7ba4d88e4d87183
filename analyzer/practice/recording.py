"""Record one attempt: collect the sound, watch its level, and know when to stop."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from analyzer.audio.level import levels_of, rms_dbfs
from analyzer.audio.waveform import SAMPLE_RATE, Waveform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.audio.microphone import Capture
    from analyzer.speech.stream import StreamingRecogniser

MAX_RECORDING_S = 600.0
VOICE_DBFS = -45.0
"""Sound above this level counts as speaking, for stopping after a silence."""

_NO_SOUND_S = 10.0
StoppedBy = Literal["key", "silence", "end", "length", "no_sound"]


@dataclass
class Progress:
    """What is known while recording.

    Attributes:
        level_dbfs: level of the latest block.
        quiet_s: seconds since the voice was last heard; 0 before it was heard at all.
        partial, heard: words being said and words said, with live recognition.
        utterance_ended: whether an utterance ended with this block.
    """

    elapsed_s: float = 0.0
    level_dbfs: float = -96.0
    quiet_s: float = 0.0
    spoken: bool = False
    overflows: int = 0
    partial: str = ""
    heard: str = ""
    utterance_ended: bool = False


@dataclass(frozen=True)
class Take:
    """A finished recording.

    Attributes:
        overflows: how often sound was lost because the machine was too busy.
        warnings: what was wrong with the sound; the waveform's own are those of lost sound.
    """

    waveform: Waveform
    stopped_by: StoppedBy
    overflows: int
    warnings: tuple[str, ...] = field(default=())


def record_take(
    capture: Capture,
    *,
    name: str,
    stop: Callable[[], bool],
    silence_s: float = 4.0,
    recogniser: StreamingRecogniser | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    max_s: float = MAX_RECORDING_S,
) -> Take:
    """Collect what ``capture`` is fed until it is time to stop.

    Args:
        name: the recording's name in reports.
        stop: asked again and again whether the person wants to stop.
        silence_s: stop this long after the voice was last heard; 0 never does.
        recogniser: for live words; the recording is the same without it.
    """
    import numpy as np

    blocks: list[NDArray[np.int16]] = []
    progress = Progress()
    idle_s = 0.0
    while True:
        block = capture.next_block(0.1)
        progress.overflows = capture.overflows
        if block is None:
            stopped: StoppedBy = "end"
            break
        if len(block):
            idle_s = 0.0
            blocks.append(block)
            _follow(progress, block)
            if recogniser is not None:
                progress.utterance_ended = recogniser.feed(block)
                progress.partial, progress.heard = recogniser.partial, recogniser.heard
        else:
            idle_s += 0.1
        if on_progress is not None:
            on_progress(progress)
        reason = _reason_to_stop(progress, stop, silence_s=silence_s, max_s=max_s, idle_s=idle_s)
        if reason is not None:
            stopped = reason
            break
    samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    faults = _faults(capture.overflows, stopped)
    levels = levels_of(samples).warnings if len(samples) else []
    return Take(Waveform(samples, name, faults), stopped, capture.overflows, (*levels, *faults))


def wav_bytes(waveform: Waveform) -> bytes:
    """The recording as a WAV file: 16 kHz, mono, 16 bit."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(waveform.samples.tobytes())
    return out.getvalue()


def _follow(progress: Progress, block: NDArray[np.int16]) -> None:
    seconds = len(block) / SAMPLE_RATE
    progress.elapsed_s = round(progress.elapsed_s + seconds, 6)  # tenths must add up
    progress.level_dbfs = rms_dbfs(block)
    if progress.level_dbfs >= VOICE_DBFS:
        progress.spoken, progress.quiet_s = True, 0.0
    elif progress.spoken:
        progress.quiet_s = round(progress.quiet_s + seconds, 6)


def _reason_to_stop(
    progress: Progress, stop: Callable[[], bool], *, silence_s: float, max_s: float, idle_s: float
) -> StoppedBy | None:
    if stop():
        return "key"
    if silence_s and progress.quiet_s >= silence_s:
        return "silence"
    if progress.elapsed_s >= max_s:
        return "length"
    if idle_s >= _NO_SOUND_S:  # the device went away without a word
        return "no_sound"
    return None


def _faults(overflows: int, stopped: StoppedBy) -> tuple[str, ...]:
    found = []
    if overflows:
        times = "once" if overflows == 1 else f"{overflows} times"
        found.append(
            f"Sound was lost {times} because this computer was busy; close other programs, or "
            "record with --no-live."
        )
    if stopped == "no_sound":
        found.append("The microphone stopped delivering sound.")
    if stopped == "length":
        found.append(f"The recording was stopped after {MAX_RECORDING_S / 60:.0f} minutes.")
    return tuple(found)
