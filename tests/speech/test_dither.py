"""The same recording is heard the same way every time, however it is fed."""

from __future__ import annotations

from analyzer.audio.decode import decode
from analyzer.resources import sample_recording
from analyzer.speech.choose import choose_engine
from analyzer.speech.dither import Dithered


class Recorder:
    """Keeps what it is fed."""

    def __init__(self) -> None:
        self.data = b""

    def AcceptWaveform(self, data: bytes) -> bool:  # noqa: N802
        self.data += data
        return False


def test_noise_depends_on_the_place_alone() -> None:
    whole, pieces = Recorder(), Recorder()
    sound = bytes(40_000)
    Dithered(whole).AcceptWaveform(sound)
    feeding = Dithered(pieces)
    for start in range(0, len(sound), 1_234):
        feeding.AcceptWaveform(sound[start : start + 1_234])
    assert whole.data == pieces.data
    assert whole.data != sound


def test_noise_does_not_wrap_around_at_full_scale() -> None:
    loud = Recorder()
    Dithered(loud).AcceptWaveform(b"\xff\x7f" * 4000)
    assert min(loud.data[1::2]) == 0x7F


def test_the_same_recording_is_heard_alike_twice() -> None:
    engine = choose_engine("builtin")
    waveform = decode(sample_recording())
    assert engine.transcribe(waveform) == engine.transcribe(waveform)
