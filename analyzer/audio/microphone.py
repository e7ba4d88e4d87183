"""Record from a microphone (PortAudio through sounddevice, imported only when used).

Whatever delivers sound calls ``Capture.callback``: the sound card's thread, or a recorded
stream that stands in for it.
"""

from __future__ import annotations

import platform
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.audio.waveform import SAMPLE_RATE
from analyzer.errors import DeviceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = SAMPLE_RATE // 10
"""Samples a callback: a tenth of a second."""

_INSTEAD = "You can also record with a telephone and run: callcheck check RECORDING."
_PORTAUDIO_HINTS = {
    "Linux": "Install PortAudio: sudo apt install libportaudio2 (Debian, Ubuntu), "
    "sudo dnf install portaudio (Fedora), sudo pacman -S portaudio (Arch).",
    "Darwin": "Install PortAudio: brew install portaudio.",
    "Windows": "Install sounddevice again, which brings PortAudio: "
    "pip install --force-reinstall sounddevice.",
}
_MICROPHONE_HINTS = {
    "Linux": "Plug one in, and check that arecord -l or pavucontrol shows it.",
    "Darwin": "Plug one in, and allow the terminal to use it: System Settings, Privacy & "
    "Security, Microphone.",
    "Windows": "Plug one in, and allow desktop apps to use it: Settings, Privacy, Microphone.",
}


@dataclass(frozen=True)
class InputDevice:
    """A microphone.

    Attributes:
        index: number to choose it by.
        rate: its own sample rate, Hz.
    """

    index: int
    name: str
    channels: int
    rate: float
    default: bool


class Capture:
    """Takes blocks of sound from another thread and keeps them in order.

    Attributes:
        overflows: how many times sound was lost because this machine was too busy.
    """

    def __init__(self) -> None:
        self.overflows = 0
        self._blocks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def callback(self, indata: Any, frames: int, time: Any, status: Any) -> None:
        """PortAudio's callback: int16 mono; copies and returns, never waits."""
        if status and getattr(status, "input_overflow", False):
            self.overflows += 1
        self._blocks.put(bytes(indata))

    def finished(self) -> None:
        """No more will come (a recorded stream ended, or the device went away)."""
        self._blocks.put(None)

    def next_block(self, timeout_s: float) -> NDArray[np.int16] | None:
        """The next block; empty when none came in time, None when no more will come."""
        import numpy as np

        try:
            block = self._blocks.get(timeout=timeout_s)
        except queue.Empty:
            return np.zeros(0, np.int16)
        return None if block is None else np.frombuffer(block, np.int16)


def input_devices() -> list[InputDevice]:
    """The microphones of this machine.

    Raises:
        DeviceError: PortAudio is missing, or it fails.
    """
    sounddevice = _sounddevice()
    try:
        found = sounddevice.query_devices()
        default = sounddevice.default.device[0]
    except sounddevice.PortAudioError as error:
        raise DeviceError(f"The sound devices cannot be listed ({error}).",
                          next_step=_INSTEAD) from error  # fmt: skip
    return [
        InputDevice(
            index, str(device["name"]), int(device["max_input_channels"]),
            float(device["default_samplerate"]), index == default,
        )
        for index, device in enumerate(found)
        if device["max_input_channels"] > 0
    ]  # fmt: skip


def choose_device(wanted: str | None, devices: list[InputDevice]) -> InputDevice:
    """The microphone of that number or part of a name; without one, the default.

    Raises:
        DeviceError: there is no microphone, or none of that name.
    """
    if not devices:
        raise DeviceError(
            "No microphone was found.",
            next_step=f"{_MICROPHONE_HINTS.get(platform.system(), 'Plug one in.')} {_INSTEAD}",
        )
    if wanted is None:
        return next((device for device in devices if device.default), devices[0])
    matching = [
        device
        for device in devices
        if wanted == str(device.index)
        or (not wanted.isdigit() and wanted.lower() in device.name.lower())
    ]
    if len(matching) != 1:
        what = "matches several microphones" if matching else "is no microphone of this machine"
        raise DeviceError(f"{wanted!r} {what}.", next_step="callcheck devices lists them.")
    return matching[0]


@contextmanager
def microphone(capture: Capture, device: InputDevice) -> Iterator[None]:
    """Let a microphone feed ``capture`` while the block runs.

    Raises:
        DeviceError: the device cannot be opened.
    """
    sounddevice = _sounddevice()
    rate = _usable_rate(sounddevice, device)
    feed = capture.callback if rate == SAMPLE_RATE else _resampling(capture.callback, rate)
    try:
        stream = sounddevice.RawInputStream(
            samplerate=rate, blocksize=rate // 10, device=device.index, channels=1,
            dtype="int16", callback=feed, finished_callback=capture.finished,
        )  # fmt: skip
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as error:
        raise DeviceError(
            f"The microphone {device.name} cannot be opened ({error}).",
            next_step=f"Choose another with --device; callcheck devices lists them. {_INSTEAD}",
        ) from error
    try:
        yield
    finally:
        stream.stop()
        stream.close()


@contextmanager
def recorded_stream(capture: Capture, path: Path) -> Iterator[None]:
    """Let a recording feed ``capture`` through the same callback, in a thread of its own.

    Raises:
        RecordingError: the file is not a recording.
    """
    from analyzer.audio.decode import decode

    samples = decode(path).samples
    stop = threading.Event()

    def play() -> None:
        """Deliver block by block, until the end or told to stop."""
        for start in range(0, len(samples), BLOCK):
            if stop.is_set():
                return
            block = samples[start : start + BLOCK]
            capture.callback(memoryview(block.tobytes()), len(block), None, None)
        capture.finished()

    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _sounddevice() -> Any:
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: the PortAudio library is not there
        what = "PortAudio" if isinstance(error, OSError) else "sounddevice"
        hint = _PORTAUDIO_HINTS.get(platform.system(), "Install PortAudio for your system.")
        if what == "sounddevice":
            hint = "Install it: pip install sounddevice."
        raise DeviceError(
            f"Recording needs {what}, which is not on this machine.",
            next_step=f"{hint} {_INSTEAD}",
        ) from error
    return sounddevice


def _usable_rate(sounddevice: Any, device: InputDevice) -> int:
    """16 kHz where the device takes it, else its own rate."""
    try:
        sounddevice.check_input_settings(
            device=device.index, channels=1, dtype="int16", samplerate=SAMPLE_RATE
        )
    except (sounddevice.PortAudioError, ValueError):
        return int(device.rate)
    return SAMPLE_RATE


def _resampling(callback: Any, rate: int) -> Any:
    """A callback that brings another sample rate to 16 kHz first."""
    import av
    import numpy as np

    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def feed(indata: Any, frames: int, time: Any, status: Any) -> None:
        """Take a block as PortAudio gives it, and pass it on at 16 kHz."""
        block = np.frombuffer(bytes(indata), np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
        frame.sample_rate = rate
        for piece in resampler.resample(frame):
            samples = piece.to_ndarray().astype(np.int16).tobytes()
            callback(samples, len(samples) // 2, time, status)

    return feed
