from __future__ import annotations

import numpy as np
import pytest

from analyzer.audio.level import SILENCE_DBFS, levels_of, rms_dbfs

TIME = np.arange(16_000) / 16_000


def tone(amplitude):
    return (np.sin(2 * np.pi * 200 * TIME) * amplitude).clip(-32768, 32767).astype(np.int16)


@pytest.mark.parametrize(
    ("samples", "clips", "quiet"),
    [
        (tone(8_000), False, False),
        (tone(100), False, True),
        (tone(60_000), True, False),
        (np.zeros(16_000, np.int16), False, True),
    ],
)
def test_levels_warn_of_clipping_and_quiet(samples, clips, quiet):
    levels = levels_of(samples)
    assert (levels.clips, levels.too_quiet) == (clips, quiet)
    assert len(levels.warnings) == clips + quiet


def test_levels_are_in_db_below_full_scale():
    levels = levels_of(tone(32_767 / 2))
    assert levels.peak_dbfs == pytest.approx(-6.0, abs=0.1)
    assert levels.speech_dbfs == pytest.approx(-9.0, abs=0.1)
    assert levels_of(np.zeros(0, np.int16)).peak_dbfs == SILENCE_DBFS
    assert levels_of(np.full(10, -32768, np.int16)).clipped_share == 1.0


def test_levels_are_of_the_voice_and_not_of_the_pauses():
    spoken = np.concatenate([tone(8_000), np.zeros(64_000, np.int16)])
    assert not levels_of(spoken).too_quiet


def test_rms_of_nothing_is_silence():
    assert rms_dbfs(np.zeros(0, np.int16)) == SILENCE_DBFS
