"""Every wrong input gets one clear line on stderr, exit code 3, and nothing on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RUBBISH = np.random.default_rng(0).bytes(3000)

WRONG = {
    "text named .wav": ("call.wav", b"Hello, this is Emily Carter.\n", "text, not a recording"),
    "empty recording": ("call.wav", b"", "the file is empty"),
    "empty text": ("call.txt", b"", "the file is empty"),
    "PDF named .wav": ("call.wav", PDF, "not a recording callcheck can read"),
    "rubbish named .mp3": ("call.mp3", RUBBISH, "not a recording callcheck can read"),
    "binary .txt": ("call.txt", RUBBISH, "not a text file"),
    "rubbish without an ending": ("call", RUBBISH, "not a recording callcheck can read"),
    "nothing without an ending": ("call", b"", "the file is empty"),
    "head of a wav": ("call.wav", b"RIFF\x00\x00\x00\x00WAVE", "call.wav: "),
}


def assert_refused(done, name: str) -> None:
    assert done.returncode == 3
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith(f"callcheck: {name}: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", WRONG)
def test_check_refuses(callcheck, tmp_path, what):
    name, content, message = WRONG[what]
    path = tmp_path / name
    path.write_bytes(content)
    done = callcheck("check", path, "--no-save")
    assert_refused(done, name)
    assert message in done.stderr
    assert str(tmp_path) not in done.stderr


@pytest.mark.parametrize("name", ["draft", "draft.v2", "Follow up 3.3.2026"])
def test_check_takes_a_text_whatever_its_name(callcheck, tmp_path, name):
    text = "Hello Ms. Patel, this is Gráinne Cusack. Thank you for your time. " * 200
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = callcheck("check", tmp_path / name, "--no-save", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["transcript"]["text"] == text


@pytest.mark.parametrize("name", ["missing.wav", "missing.txt"])
def test_check_refuses_a_missing_file(callcheck, name):
    done = callcheck("check", name, "--no-save")
    assert_refused(done, name)
    assert "there is no such file" in done.stderr


def test_check_refuses_a_folder(callcheck, tmp_path):
    (tmp_path / "calls").mkdir()
    done = callcheck("check", tmp_path / "calls", "--no-save")
    assert_refused(done, "calls")
    assert "this is a folder" in done.stderr


def test_check_refuses_empty_standard_input(callcheck):
    done = callcheck("check", "-", "--no-save")
    assert_refused(done, "standard input")


@pytest.mark.parametrize("format_", ["json", "csv", "html", "md"])
def test_check_refuses_in_every_format_and_writes_nothing(callcheck, tmp_path, format_):
    output = tmp_path / "out"
    done = callcheck("check", "missing.wav", "--no-save", "--format", format_, "--output", output)
    assert_refused(done, "missing.wav")
    assert not output.exists()


def test_check_silence_says_that_no_speech_was_found(callcheck):
    done = callcheck("check", SAMPLES / "silence.ogg", "--no-save", "--model", "builtin")
    assert done.returncode == 3
    assert "No speech was found" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_check_half_an_mp3_warns(callcheck, tmp_path, encode):
    from analyzer.audio.decode import decode

    whole = decode(SAMPLES / "strong-voicemail.ogg").samples.astype(float)[None] / 32768
    path = encode(
        tmp_path / "call.mp3", whole, rate=16_000, codec="libmp3lame", container="mp3",
        bit_rate=64_000,
    )  # fmt: skip
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    done = callcheck("check", path, "--no-save", "--model", "builtin")
    assert done.returncode == 0
    assert "damaged or cut off" in done.stdout + done.stderr
    assert "Score" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_check_ten_minutes(callcheck, tmp_path, encode):
    from analyzer.audio.decode import decode

    one = decode(SAMPLES / "long.ogg").samples.astype(float) / 32768
    ten = np.concatenate([one, one])[None, : 600 * 16_000]
    path = encode(tmp_path / "call.wav", ten, rate=16_000, codec="pcm_s16le", container="wav")
    done = callcheck("check", path, "--no-save", "--model", "builtin", timeout=300)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Score" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "call.wav", "--kind", "letter"],
        ["check", "call.wav", "--min-score", "101"],
        ["check", "call.wav", "--no-such-option"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_exits_with_2(callcheck, arguments):
    done = callcheck(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_check_with_a_model_that_is_not_there_exits_with_4(callcheck):
    done = callcheck("check", SAMPLES / "weak.ogg", "--model", "no-such-model", "--no-save")
    assert done.returncode == 4
    assert done.stdout == ""
    assert "no-such-model" in done.stderr
    assert "Traceback" not in done.stderr
