"""Every format a phone, browser or answering machine makes decodes to the same sound."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from analyzer.audio.decode import decode
from analyzer.errors import RecordingError

DATA = Path(__file__).parents[1] / "data"

WAV_CODECS = [
    "pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le",
    "pcm_mulaw", "pcm_alaw",
]  # fmt: skip
WAV_RATES = [8000, 16_000, 44_100, 48_000]
OTHERS = {
    "mp3": ("libmp3lame", "mp3", 44_100),
    "mp3-telephone": ("libmp3lame", "mp3", 8000),
    "m4a": ("aac", "ipod", 44_100),
    "aac": ("aac", "adts", 44_100),
    "ogg-opus": ("libopus", "ogg", 48_000),
    "webm": ("libopus", "webm", 48_000),
    "mkv": ("libopus", "matroska", 48_000),
    "flac": ("flac", "flac", 44_100),
    "flac-telephone": ("flac", "flac", 8000),
    "3gp-aac": ("aac", "3gp", 16_000),
}


@pytest.mark.parametrize("rate", WAV_RATES)
@pytest.mark.parametrize("codec", WAV_CODECS)
def test_decode_wav(tmp_path, encode, tone, pitch, codec, rate):
    path = encode(
        tmp_path / "a.wav", tone(700, 2, rate)[None], rate=rate, codec=codec, container="wav"
    )
    waveform = decode(path)
    assert waveform.samples.dtype == np.int16
    assert waveform.samples.ndim == 1
    assert waveform.duration_s == pytest.approx(2, abs=0.03)
    assert waveform.warnings == ()
    assert waveform.name == "a.wav"
    assert pitch(waveform.samples) == pytest.approx(700, abs=2)
    assert np.abs(waveform.samples[:7000]).max() < 400
    assert np.abs(waveform.samples[9000:30_000]).max() == pytest.approx(8192, rel=0.1)


@pytest.mark.parametrize("name", OTHERS)
def test_decode_compressed(tmp_path, encode, tone, pitch, name):
    codec, container, rate = OTHERS[name]
    path = encode(
        tmp_path / "a", tone(700, 2, rate)[None], rate=rate, codec=codec, container=container
    )
    waveform = decode(path)
    assert waveform.duration_s == pytest.approx(2, abs=0.12)
    assert waveform.warnings == ()
    assert pitch(waveform.samples) == pytest.approx(700, abs=2)
    assert np.abs(waveform.samples[:6000]).max() < 1000
    assert np.abs(waveform.samples[12_000:28_000]).max() == pytest.approx(8192, rel=0.25)


@pytest.mark.parametrize("name", ["greeting.amr", "greeting.3gp"])
def test_decode_amr(name):
    waveform = decode(DATA / name)
    assert waveform.duration_s == pytest.approx(3.3, abs=0.05)
    assert waveform.warnings == ()
    assert np.abs(waveform.samples).max() > 3000


@pytest.mark.parametrize(
    ("codec", "container", "rate"),
    [
        ("pcm_s16le", "wav", 44_100),
        ("pcm_f32le", "wav", 8000),
        ("pcm_mulaw", "wav", 8000),
        ("libmp3lame", "mp3", 44_100),
        ("aac", "ipod", 48_000),
        ("libopus", "ogg", 48_000),
        ("libopus", "webm", 48_000),
        ("flac", "flac", 48_000),
    ],
)
def test_decode_channel(tmp_path, encode, tone, pitch, codec, container, rate):
    both = np.stack([tone(400, 2, rate), tone(1100, 2, rate)])
    path = encode(tmp_path / "a", both, rate=rate, codec=codec, container=container)
    assert pitch(decode(path, channel="left").samples) == pytest.approx(400, abs=2)
    assert pitch(decode(path, channel="right").samples) == pytest.approx(1100, abs=2)
    mixed = np.abs(np.fft.rfft(decode(path).samples[8000:24_000].astype(float)))
    assert mixed[395:405].max() > 20 * np.median(mixed)
    assert mixed[1095:1105].max() > 20 * np.median(mixed)


def test_decode_channel_of_mono_is_the_sound(tmp_path, encode, tone):
    path = encode(
        tmp_path / "a", tone(400, 1, 16_000)[None], rate=16_000, codec="pcm_s16le", container="wav"
    )
    whole = decode(path).samples
    assert np.array_equal(whole, decode(path, channel="left").samples)
    assert np.array_equal(whole, decode(path, channel="right").samples)


def test_decode_opposite_channels_do_not_overflow(tmp_path, encode):
    loud = np.full(16_000, 0.999)
    path = encode(
        tmp_path / "a", np.stack([loud, loud]), rate=16_000, codec="pcm_s16le", container="wav"
    )
    assert decode(path).samples.min() > 30_000


@pytest.mark.parametrize(
    ("codec", "container", "rate", "ending"),
    [
        ("libmp3lame", "mp3", 44_100, ".wav"),
        ("pcm_s16le", "wav", 16_000, ".mp3"),
        ("aac", "ipod", 44_100, ".ogg"),
        ("libopus", "ogg", 48_000, ".amr"),
        ("libopus", "webm", 48_000, ".txt"),
        ("flac", "flac", 44_100, ".pdf"),
        ("pcm_s16le", "wav", 16_000, ""),
        ("aac", "3gp", 16_000, ".png"),
    ],
)
def test_decode_trusts_content_not_ending(
    tmp_path, encode, tone, pitch, codec, container, rate, ending
):
    path = encode(
        tmp_path / f"call{ending}", tone(700, 2, rate)[None],
        rate=rate, codec=codec, container=container,
    )  # fmt: skip
    assert pitch(decode(path).samples) == pytest.approx(700, abs=2)


@pytest.mark.parametrize(
    "name", ["call: me.wav", "http:call.wav", "-.wav", "anrufbeantworter ü 電話.wav", "50 %.wav"]
)
def test_decode_odd_file_names(tmp_path, monkeypatch, encode, tone, name):
    monkeypatch.chdir(tmp_path)
    whole = encode(
        tmp_path / "a", tone(700, 1, 16_000)[None], rate=16_000, codec="pcm_s16le", container="wav"
    )
    whole.rename(tmp_path / name)
    assert decode(name).name == name
    assert decode(Path(name)).duration_s == pytest.approx(1, abs=0.01)


def test_decode_open_file_and_bytes(tmp_path, encode, tone):
    path = encode(
        tmp_path / "a", tone(700, 1, 16_000)[None], rate=16_000, codec="flac", container="flac"
    )
    from_path = decode(path).samples
    with path.open("rb") as handle:
        assert np.array_equal(decode(handle, name="upload").samples, from_path)
    upload = decode(io.BytesIO(path.read_bytes()), name="upload")
    assert np.array_equal(upload.samples, from_path)
    assert upload.name == "upload"


def test_decode_is_deterministic(tmp_path, encode, tone):
    path = encode(
        tmp_path / "a", tone(700, 2, 44_100)[None], rate=44_100, codec="libmp3lame", container="mp3"
    )
    assert decode(path).samples.tobytes() == decode(path).samples.tobytes()


def test_decode_reports_progress(tmp_path, encode, tone):
    path = encode(
        tmp_path / "a", tone(700, 2, 16_000)[None], rate=16_000, codec="pcm_s16le", container="wav"
    )
    shares: list[float] = []
    decode(path, progress=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    assert shares[-1] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("codec", "container"), [("pcm_s16le", "wav"), ("libopus", "webm"), ("aac", "adts")]
)
def test_decode_refuses_what_is_too_long(tmp_path, encode, tone, codec, container):
    path = encode(
        tmp_path / "long", tone(700, 4, 48_000)[None], rate=48_000, codec=codec, container=container
    )
    with pytest.raises(RecordingError, match="the limit is"):
        decode(path, max_duration_s=3)
    assert decode(path, max_duration_s=5).duration_s == pytest.approx(4, abs=0.1)


def test_decode_streamed_wav_without_a_length(tmp_path, encode, tone):
    path = encode(
        tmp_path / "a", tone(700, 2, 16_000)[None], rate=16_000, codec="pcm_s16le", container="wav"
    )
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    for placeholder in (b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\xff\xff\xff\x7f"):
        data[at : at + 4] = placeholder
        path.write_bytes(data)
        waveform = decode(path)
        assert waveform.duration_s == pytest.approx(2, abs=0.03)
        assert waveform.warnings == ()


@pytest.mark.parametrize("ending", ["mp3", "aac"])
def test_decode_does_not_believe_a_guessed_length(tmp_path, encode, ending):
    # no frame count in the header: FFmpeg guesses the length from the first frame's bit rate,
    # which is far from the mean where a file begins quietly
    import av

    rng = np.random.default_rng(0)
    quiet_then_loud = np.concatenate([np.zeros(22_050), 0.5 * rng.standard_normal(66_150)])
    path = tmp_path / "a"
    codec, container = {"mp3": ("libmp3lame", "mp3"), "aac": ("aac", "adts")}[ending]
    options = {"write_xing": "0"} if ending == "mp3" else {}
    with av.open(str(path), "w", format=container, options=options) as out:
        stream = out.add_stream(codec, rate=22_050, layout="mono")
        if ending == "mp3":
            stream.codec_context.options = {"q": "2"}
        frame = av.AudioFrame.from_ndarray(
            quiet_then_loud[None].astype(np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 22_050
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    waveform = decode(path)
    assert waveform.duration_s == pytest.approx(4, abs=0.2)
    assert waveform.warnings == ()
