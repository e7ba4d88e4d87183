"""Damaged files, and files that are no recordings: one named error, or sound and a warning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analyzer.audio.decode import decode
from analyzer.errors import RecordingError

DATA = Path(__file__).parents[1] / "data"

# codec, container, rate, options: every format of which half can be kept
HALVES = {
    "wav-8-bit": ("pcm_u8", "wav", 8000),
    "wav-16-bit": ("pcm_s16le", "wav", 44_100),
    "wav-24-bit": ("pcm_s24le", "wav", 48_000),
    "wav-float": ("pcm_f32le", "wav", 16_000),
    "wav-mu-law": ("pcm_mulaw", "wav", 8000),
    "wav-a-law": ("pcm_alaw", "wav", 8000),
    "mp3": ("libmp3lame", "mp3", 44_100),
    "aac": ("aac", "adts", 44_100),
    "ogg": ("libopus", "ogg", 48_000),
    "webm": ("libopus", "webm", 48_000),
    "flac": ("flac", "flac", 44_100),
}


@pytest.fixture
def noisy(tone):
    """A tone with noise over it, so that lossless codecs give every second the same size."""

    def make(seconds: float, rate: int):
        samples = tone(700, seconds, rate)
        return (samples + 0.02 * np.random.default_rng(0).standard_normal(len(samples)))[None]

    return make


@pytest.mark.parametrize("name", HALVES)
def test_decode_half_a_file_keeps_half_and_warns(tmp_path, encode, noisy, pitch, name):
    codec, container, rate = HALVES[name]
    path = encode(tmp_path / "a", noisy(8, rate), rate=rate, codec=codec, container=container)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    waveform = decode(path)
    assert 2.9 < waveform.duration_s < 4.2
    assert len(waveform.warnings) == 1
    assert pitch(waveform.samples) == pytest.approx(700, abs=2)


def test_decode_half_an_amr(tmp_path):
    data = (DATA / "greeting.amr").read_bytes()
    path = tmp_path / "a.amr"
    path.write_bytes(data[: len(data) // 2])
    waveform = decode(path)
    assert waveform.duration_s == pytest.approx(1.65, abs=0.1)
    assert waveform.warnings


def test_decode_half_an_m4a_with_its_index_in_front(tmp_path, noisy):
    import av

    path = tmp_path / "a.m4a"
    with av.open(
        str(path), "w", format="ipod", container_options={"movflags": "+faststart"}
    ) as out:
        stream = out.add_stream("aac", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            noisy(8, 44_100).astype(np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 44_100
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    waveform = decode(path)
    assert 2.9 < waveform.duration_s < 4.2
    assert waveform.warnings


@pytest.mark.parametrize("container", ["ipod", "3gp"])
def test_decode_half_an_mp4_without_its_index_says_so(tmp_path, encode, noisy, container):
    path = encode(
        tmp_path / "call.m4a", noisy(4, 16_000), rate=16_000, codec="aac", container=container
    )
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(RecordingError, match=r"call\.m4a: the recording is cut off"):
        decode(path)


@pytest.mark.parametrize("name", [*HALVES, "m4a"])
def test_decode_corrupt_middle_keeps_the_rest(tmp_path, encode, noisy, name):
    codec, container, rate = {**HALVES, "m4a": ("aac", "ipod", 44_100)}[name]
    path = encode(tmp_path / "a", noisy(8, rate), rate=rate, codec=codec, container=container)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 300] = np.random.default_rng(1).bytes(300)
    path.write_bytes(data)
    # an Ogg page with a wrong checksum is left out whole: a second each here
    assert 5.5 < decode(path).duration_s < 8.3


def test_decode_trailing_rubbish_is_ignored(tmp_path, encode, noisy):
    path = encode(
        tmp_path / "a.wav", noisy(2, 16_000), rate=16_000, codec="pcm_s16le", container="wav"
    )
    path.write_bytes(path.read_bytes() + b"LIST\x04\x00\x00\x00abcd" + b"rubbish")
    waveform = decode(path)
    assert waveform.duration_s == pytest.approx(2, abs=0.02)
    assert waveform.warnings == ()


def _png() -> bytes:
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "08d763f8cfc000000301010018dd8db00000000049454e44ae426082"
    )


NO_RECORDINGS = {
    "text": b"Hello Mr. Johnson, this is Emily Carter.\n" * 40,
    "one line": b"hello",
    "pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "png": _png(),
    "html": b"<!doctype html><html><body>hello</body></html>",
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(60),
    "zeros": bytes(5000),
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.wav\n#EXT-X-ENDLIST\n",
    "concat list": b"ffconcat version 1.0\nfile other.wav\n",
    "subtitles": b"1\n00:00:01,000 --> 00:00:02,000\nhello\n",
    "riff head alone": b"RIFF\x24\x00\x00\x00WAVE",
    "wav without data": b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    b"\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00",
    "ogg head alone": b"OggS\x00\x02" + bytes(21),
    "id3 head alone": b"ID3\x04\x00\x00\x00\x00\x0f\x76",
    "amr head alone": b"#!AMR\n",
    "flac head alone": b"fLaC\x00\x00\x00\x22",
}


@pytest.mark.parametrize("what", NO_RECORDINGS)
def test_decode_refuses_what_is_no_recording(tmp_path, what):
    (tmp_path / "other.wav").write_bytes(b"")
    path = tmp_path / "call.wav"
    path.write_bytes(NO_RECORDINGS[what])
    with pytest.raises(RecordingError) as caught:
        decode(path)
    assert caught.value.message.startswith("call.wav: ")
    assert caught.value.next_step
    assert str(tmp_path) not in str(caught.value)


def test_decode_opens_no_file_that_a_playlist_names(tmp_path, encode, noisy):
    encode(tmp_path / "other.wav", noisy(1, 16_000), rate=16_000, codec="pcm_s16le",
           container="wav")  # fmt: skip
    path = tmp_path / "call.wav"
    for what in ("playlist", "concat list"):
        path.write_bytes(NO_RECORDINGS[what])
        with pytest.raises(RecordingError):
            decode(path)


def test_decode_silent_video(tmp_path):
    import av

    path = tmp_path / "video.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    for name in ("video.mp4", "video.wav"):
        path = path.rename(tmp_path / name)
        with pytest.raises(RecordingError, match="no sound in this file"):
            decode(path)


def test_decode_empty_file(tmp_path):
    path = tmp_path / "call.mp3"
    path.write_bytes(b"")
    with pytest.raises(RecordingError, match=r"call\.mp3: the file is empty"):
        decode(path)


def test_decode_folder(tmp_path):
    with pytest.raises(RecordingError, match="this is a folder"):
        decode(tmp_path)


def test_decode_missing_file(tmp_path):
    with pytest.raises(RecordingError, match=r"call\.wav: there is no such file"):
        decode(tmp_path / "call.wav")


def test_decode_device(tmp_path):
    with pytest.raises(RecordingError, match="not an ordinary file"):
        decode("/dev/null")


def test_decode_header_that_lies_about_the_length(tmp_path, encode, noisy):
    path = encode(tmp_path / "a", noisy(1, 16_000), rate=16_000, codec="pcm_s16le", container="wav")
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = (0x70000000).to_bytes(4, "little")  # 16 hours
    path.write_bytes(data)
    assert decode(path).duration_s == pytest.approx(1, abs=0.02)


def test_decode_header_with_an_impossible_rate(tmp_path, encode, noisy):
    path = encode(tmp_path / "a", noisy(1, 16_000), rate=16_000, codec="pcm_s16le", container="wav")
    data = bytearray(path.read_bytes())
    data[24:28] = (1).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(RecordingError):
        decode(path)
