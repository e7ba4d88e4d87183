from __future__ import annotations

import sys
import types

import numpy as np
import pytest

from analyzer.audio import microphone
from analyzer.audio.microphone import Capture, InputDevice
from analyzer.errors import DeviceError, RecordingError
from analyzer.resources import sample_recording

BUILT_IN = InputDevice(0, "Built-in Microphone", 1, 44_100.0, False)
HEADSET = InputDevice(3, "USB Headset", 2, 48_000.0, True)


class PortAudioError(Exception):
    pass


class FakeStream:
    """A sound card that delivers two blocks when it is started."""

    def __init__(self, fake, **options):
        self.fake, self.options = fake, options
        if fake.broken:
            raise PortAudioError("Device unavailable")

    def start(self):
        frames = self.options["blocksize"]
        overflow = types.SimpleNamespace(input_overflow=True)
        for status in (None, overflow):
            block = np.full(frames, 1000, np.int16).tobytes()
            self.options["callback"](memoryview(block), frames, None, status)

    def stop(self):
        self.fake.stopped = True

    def close(self):
        self.fake.closed = True


@pytest.fixture
def sound_card(monkeypatch):
    fake = types.ModuleType("sounddevice")
    fake.PortAudioError = PortAudioError
    fake.broken, fake.rates = False, {16_000}
    fake.default = types.SimpleNamespace(device=(3, 4))
    fake.devices = [
        {"name": "Built-in Microphone", "max_input_channels": 1, "default_samplerate": 44_100.0},
        {"name": "Speakers", "max_input_channels": 0, "default_samplerate": 48_000.0},
        {"name": "Monitor", "max_input_channels": 0, "default_samplerate": 48_000.0},
        {"name": "USB Headset", "max_input_channels": 2, "default_samplerate": 48_000.0},
    ]
    fake.query_devices = lambda: fake.devices

    def check_input_settings(*, samplerate, **_):
        if samplerate not in fake.rates:
            raise PortAudioError("Invalid sample rate")

    fake.check_input_settings = check_input_settings
    fake.RawInputStream = lambda **options: FakeStream(fake, **options)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


@pytest.mark.parametrize(
    ("system", "words"),
    [("Linux", "libportaudio2"), ("Darwin", "brew install portaudio"), ("Windows", "pip install"),
     ("Plan9", "PortAudio for your system")],
)  # fmt: skip
def test_missing_portaudio_says_how_to_get_it(monkeypatch, system, words):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    monkeypatch.setattr("platform.system", lambda: system)
    with pytest.raises(DeviceError, match="PortAudio") as error:
        microphone.input_devices()
    assert words in error.value.next_step
    assert "callcheck check RECORDING" in error.value.next_step
    assert error.value.exit_code == 4


def test_missing_sounddevice_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(DeviceError, match="sounddevice") as error:
        microphone.input_devices()
    assert "pip install sounddevice" in error.value.next_step


def test_input_devices_lists_microphones_alone(sound_card):
    assert microphone.input_devices() == [BUILT_IN, HEADSET]


@pytest.mark.parametrize(
    ("wanted", "chosen"), [(None, HEADSET), ("0", BUILT_IN), ("headset", HEADSET)]
)
def test_choose_device(wanted, chosen):
    assert microphone.choose_device(wanted, [BUILT_IN, HEADSET]) == chosen


@pytest.mark.parametrize("wanted", ["1", "telephone", "e"])
def test_choose_device_that_is_not_there_or_not_clear(wanted):
    with pytest.raises(DeviceError, match="microphone"):
        microphone.choose_device(wanted, [BUILT_IN, HEADSET])


def test_choose_device_without_any_says_what_to_do():
    with pytest.raises(DeviceError, match="No microphone was found") as error:
        microphone.choose_device(None, [])
    assert "callcheck check RECORDING" in error.value.next_step


def test_microphone_delivers_blocks_and_counts_overflows(sound_card):
    capture = Capture()
    with microphone.microphone(capture, BUILT_IN):
        assert len(capture.next_block(1.0)) == 1600
        assert len(capture.next_block(1.0)) == 1600
        assert len(capture.next_block(0.01)) == 0
    assert capture.overflows == 1
    assert sound_card.stopped
    assert sound_card.closed


def test_microphone_of_another_rate_is_brought_to_16_khz(sound_card):
    sound_card.rates = {48_000}
    capture = Capture()
    with microphone.microphone(capture, HEADSET):
        got = sum(len(capture.next_block(0.1)) for _ in range(2))
    assert got == pytest.approx(3200, abs=100)


def test_microphone_that_cannot_be_opened_is_named(sound_card):
    sound_card.broken = True
    with (
        pytest.raises(DeviceError, match="Built-in Microphone cannot be opened"),
        microphone.microphone(Capture(), BUILT_IN),
    ):
        pass


def test_recorded_stream_goes_through_the_callback_whole():
    from analyzer.audio.decode import decode

    capture, blocks = Capture(), []
    with microphone.recorded_stream(capture, sample_recording()):
        while (block := capture.next_block(5.0)) is not None:
            blocks.append(block)
    assert np.array_equal(np.concatenate(blocks), decode(sample_recording()).samples)


def test_recorded_stream_of_no_recording_is_an_error(tmp_path):
    file = tmp_path / "no.wav"
    file.write_text("nothing")
    with pytest.raises(RecordingError), microphone.recorded_stream(Capture(), file):
        pass
