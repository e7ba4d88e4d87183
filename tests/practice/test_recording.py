from __future__ import annotations

import io
import types
import wave

import numpy as np
import pytest

from analyzer.audio.microphone import Capture
from analyzer.practice.profile import Profile
from analyzer.practice.prompts import ManagerSide, conversation
from analyzer.practice.recording import Progress, record_take, wav_bytes
from analyzer.practice.ticks import Ticks

LOUD = np.full(1600, 6000, np.int16) * np.where(np.arange(1600) % 2, 1, -1).astype(np.int16)
QUIET = np.zeros(1600, np.int16)


def capture_of(*blocks, end=True, overflow=False):
    capture = Capture()
    status = types.SimpleNamespace(input_overflow=True) if overflow else None
    for block in blocks:
        capture.callback(block.tobytes(), len(block), None, status)
    if end:
        capture.finished()
    return capture


def never():
    return False


def test_recording_ends_with_the_stream_and_holds_all_of_it():
    take = record_take(capture_of(LOUD, QUIET), name="a.wav", stop=never)
    assert take.stopped_by == "end"
    assert np.array_equal(take.waveform.samples, np.concatenate([LOUD, QUIET]))
    assert take.waveform.name == "a.wav"


def test_recording_stops_on_the_key():
    pressed = iter([False, False, True])
    take = record_take(capture_of(*[LOUD] * 9, end=False), name="a", stop=lambda: next(pressed))
    assert take.stopped_by == "key"
    assert take.waveform.duration_s == pytest.approx(0.3)


def test_recording_stops_after_silence_but_not_before_the_voice():
    blocks = [*[QUIET] * 30, *[LOUD] * 3, *[QUIET] * 30]
    take = record_take(capture_of(*blocks), name="a", stop=never, silence_s=1.0)
    assert take.stopped_by == "silence"
    assert take.waveform.duration_s == pytest.approx(4.3)


def test_recording_goes_on_through_silence_when_told_so():
    take = record_take(capture_of(LOUD, *[QUIET] * 100), name="a", stop=never, silence_s=0)
    assert take.stopped_by == "end"


def test_recording_stops_at_its_longest_and_when_the_device_goes_away(monkeypatch):
    take = record_take(capture_of(*[LOUD] * 20), name="a", stop=never, max_s=1.0)
    assert take.stopped_by == "length"
    monkeypatch.setattr("analyzer.practice.recording._NO_SOUND_S", 0.2)
    take = record_take(capture_of(LOUD, end=False), name="a", stop=never)
    assert take.stopped_by == "no_sound"
    assert "stopped delivering" in take.warnings[0]


def test_recording_counts_and_reports_lost_sound():
    take = record_take(capture_of(LOUD, LOUD, overflow=True), name="a", stop=never)
    assert take.overflows == 2
    assert any("lost 2 times" in warning for warning in take.warnings)
    assert any("lost 2 times" in warning for warning in take.waveform.warnings)


@pytest.mark.parametrize(
    ("samples", "word"), [(QUIET + 20, "quiet"), (np.full(1600, 32767, np.int16), "clips")]
)
def test_recording_warns_of_level(samples, word):
    take = record_take(capture_of(samples), name="a", stop=never)
    assert any(word in warning for warning in take.warnings)


def test_recording_of_nothing_is_empty():
    assert record_take(capture_of(), name="a", stop=never).waveform.duration_s == 0


def test_wav_reads_back():
    take = record_take(capture_of(LOUD), name="a", stop=never)
    with wave.open(io.BytesIO(wav_bytes(take.waveform))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.readframes(1600) == LOUD.tobytes()


def test_manager_speaks_first_and_then_after_each_pause():
    side = ManagerSide(["one", "two", "three"])
    assert side.next_line(Progress()) == "one"
    assert side.next_line(Progress()) is None
    talking, pause = Progress(spoken=True), Progress(spoken=True, quiet_s=1.5)
    assert side.next_line(talking) is None
    assert side.next_line(Progress(spoken=True, quiet_s=0.5)) is None
    assert side.next_line(pause) == "two"
    assert side.next_line(pause) is None  # not before the caller has answered
    side.next_line(talking)
    assert side.next_line(pause) == "three"
    assert side.over


@pytest.mark.parametrize("seed", range(6))
def test_conversation_is_filled_in(seed):
    lines = conversation(Profile.model_validate({"manager": {"name": "Ms. Lee"}}), seed=seed)
    assert len(lines) >= 4
    assert "{" not in "".join(lines)
    assert "Ms. Lee" in lines[0]


def test_ticks_come_and_stay():
    ticks = Ticks(kind="voicemail", profile=None)
    assert ticks.labels == []
    ticks.look_at("hello mister johnson this is emily carter")
    assert ticks.labels == ["your name"]
    ticks.look_at("i interviewed for the assistant manager position on march third")
    assert ticks.labels == ["your name", "the job"]
