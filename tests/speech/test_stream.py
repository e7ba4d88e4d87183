from __future__ import annotations

import random
import shutil

import numpy as np
import pytest

from analyzer.audio.decode import decode
from analyzer.resources import builtin_speech_model_folder, sample_recording
from analyzer.speech.choose import choose_engine
from analyzer.speech.stream import StreamingRecogniser
from analyzer.speech.vosk_engine import VoskEngine


@pytest.fixture(scope="module")
def waveform():
    return decode(sample_recording())


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """The built-in model without the noise that Kaldi adds by chance to what it hears."""
    source = builtin_speech_model_folder()
    folder = tmp_path_factory.mktemp("model")
    for name in ("am", "graph"):
        shutil.copytree(source / name, folder / name)
    shutil.copytree(source / "conf", folder / "conf")
    settings = folder / "conf" / "mfcc.conf"
    lines = [line for line in settings.read_text().splitlines() if "dither" not in line]
    settings.write_text("\n".join([*lines, "--dither=0", ""]))
    return VoskEngine(folder, name="without dither")


@pytest.mark.parametrize("seed", [1, 2])
def test_stream_words_are_those_of_the_file(waveform, engine, seed):
    stream = StreamingRecogniser(engine)
    rng, start, partials = random.Random(seed), 0, set()
    while start < len(waveform.samples):
        size = rng.choice([1, 160, 1600, 4000, 9001])
        stream.feed(waveform.samples[start : start + size])
        partials.add(stream.partial)
        start += size
    heard_before_the_end = stream.heard
    transcript = stream.finish()
    assert transcript == engine.transcribe(waveform)
    assert transcript.text.startswith(heard_before_the_end)
    assert len(partials) > 10


def test_stream_of_nothing_has_no_words():
    stream = StreamingRecogniser(choose_engine("builtin"))
    assert stream.finish().text == ""
    stream = StreamingRecogniser(choose_engine("builtin"))
    stream.feed(np.zeros(100, np.int16))
    assert list(stream.finish().words) == []
