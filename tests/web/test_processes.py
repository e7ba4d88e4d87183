"""The real processes: decoding is limited, recognition can be ended, nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

from analyzer.errors import RecordingError
from analyzer.resources import sample_recording
from analyzer.web.decoding import child_environment, decode_upload
from analyzer.web.engine import ProcessEngine
from analyzer.web.settings import Settings

pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def _decode(content: bytes, *, keep_audio: bool = False, **changes: Any) -> Any:
    told: list[float] = []

    async def run() -> Any:
        with tempfile.TemporaryFile() as upload:
            upload.write(content)
            return await decode_upload(
                upload, name="me.ogg", channel="mix", keep_audio=keep_audio,
                settings=Settings(**changes), progress=told.append,
            )  # fmt: skip

    return asyncio.run(run()), told


def test_decodes_as_the_command_line_does() -> None:
    from analyzer.audio.decode import decode

    decoded, told = _decode(sample_recording().read_bytes(), keep_audio=True)
    assert decoded.samples == decode(sample_recording()).samples.tobytes()
    assert decoded.media_type == "audio/mpeg"
    assert 1000 < len(decoded.audio) < 400_000
    assert told == sorted(told)
    assert told[-1] > 0.9


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [(b"\x00\x01 not a recording", {}, "not a recording"),
     (b"#EXTM3U\n/etc/passwd\n", {}, "not a recording"),
     (sample_recording().read_bytes(), {"max_duration_s": 5.0}, "limit is 0 minutes"),
     (sample_recording().read_bytes(), {"decode_timeout_s": 0.05}, "more time or memory")],
)  # fmt: skip
def test_refuses_by_name(content: bytes, changes: Any, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        _decode(content, **changes)


@linux
@pytest.mark.parametrize(
    ("attempt", "error"),
    [("open('/etc/hostname')", "OSError"),
     ("open('/tmp/callcheck-test-new-file', 'w')", "OSError"),
     ("__import__('socket').socket()", "OSError"),
     ("__import__('subprocess').run(['true'])", "OSError"),
     ("bytearray(3_000_000_000)", "MemoryError")],
)  # fmt: skip
def test_decoding_process_has_given_up_everything_else(attempt: str, error: str) -> None:
    code = f"""
import socket, subprocess, sys
from analyzer.web import decode_child as child
child._try_everything_once()
child._give_up_the_rest({{"cpu_s": 20, "memory_bytes": 500_000_000}})
try:
    {attempt}
except {error}:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        env=child_environment(), cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "refused", done.stderr


@linux
def test_decoding_process_is_ended_after_its_processor_time() -> None:
    code = """
from analyzer.web import decode_child as child
child._give_up_the_rest({"cpu_s": 1, "memory_bytes": 500_000_000})
while True: pass
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=60, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode < 0


def test_token_does_not_reach_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLCHECK_TOKEN", "secret-secret-secret")
    assert "CALLCHECK_TOKEN" not in child_environment()


def test_processes_report_to_nobody() -> None:
    assert child_environment()["ORT_DISABLE_TELEMETRY"] == "1"


def _ended(process_id: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_cancel_ends_recognition_and_the_next_one_works() -> None:
    async def run() -> tuple[int, Any]:
        engine = ProcessEngine(Settings(model="builtin"))
        content = sample_recording().read_bytes()
        with tempfile.TemporaryFile() as upload:
            upload.write(content)
            decoded = await decode_upload(
                upload, name="me.ogg", channel="mix", keep_audio=False, settings=Settings(),
                progress=lambda share: None,
            )  # fmt: skip
        hearing = asyncio.Event()

        def progress(step: str, share: float) -> None:
            hearing.set()

        def hear() -> Any:
            return engine.recording(
                decoded, name="me.ogg", kind="voicemail", profile=None, progress=progress
            )

        task = asyncio.create_task(hear())
        await hearing.wait()
        first = engine.hearing.process_id
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert engine.hearing.process_id is None
        heard = await hear()
        corrected = await engine.correct(
            heard.kept, "Hello Mr. Johnson, this is Emily Carter.", heard.assessment, None
        )
        script = await engine.script(
            {"kind": "voicemail", "style": "warm", "seed": 0, "draft": ""}, None
        )
        await engine.close()
        assert corrected.assessment.transcript.utterances[0].words[0].start_s is not None
        assert corrected.assessment.score < heard.assessment.score
        assert len(script["turns"]) >= 3
        assert first is not None
        return first, heard

    first, heard = asyncio.run(run())
    assert _ended(first)
    assert heard.assessment.score >= 80
