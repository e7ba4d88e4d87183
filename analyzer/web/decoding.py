"""Decode an upload in a limited process of its own, and end that process when it must."""

from __future__ import annotations

import asyncio
import json
import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Literal

from analyzer.errors import RecordingError
from analyzer.web import decode_child, frames
from analyzer.web.settings import TOKEN_VARIABLE, Settings

Channel = Literal["mix", "left", "right"]
Progress = Callable[[float], None]
_BYTES_A_SECOND = 32_000
_MEDIA_TYPES = ("audio/mpeg", "audio/wav")
_LONGEST_TEXT = 400
_MOST_WARNINGS = 5
_AGAIN = "Save it again as wav, mp3, m4a or ogg, and try that file."


@dataclass(frozen=True)
class Decoded:
    """A decoded recording.

    Attributes:
        samples: 16 kHz mono PCM16, little endian.
        audio: a small copy to play, or empty where none was asked for.
    """

    samples: bytes
    warnings: tuple[str, ...]
    audio: bytes = b""
    media_type: str = ""


async def decode_upload(
    upload: BinaryIO, *, name: str, channel: Channel, keep_audio: bool,
    settings: Settings, progress: Progress,
) -> Decoded:  # fmt: skip
    """Decode an open file.

    Raises:
        RecordingError: not a recording, too long, or more than the process may take.
    """
    order = {
        "name": name, "channel": channel, "max_duration_s": settings.max_duration_s,
        "keep_audio": keep_audio, "cpu_s": math.ceil(settings.decode_timeout_s),
        "memory_bytes": settings.memory_bytes,
    }  # fmt: skip
    upload.seek(0)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", decode_child.__name__,
        stdin=upload, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={**child_environment(), decode_child.ORDER: json.dumps(order)},
        start_new_session=True,
    )  # fmt: skip
    try:
        return await asyncio.wait_for(
            _answer(child, name, settings, progress), settings.decode_timeout_s
        )
    except asyncio.TimeoutError as error:
        raise _too_much(name) from error
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


def child_environment() -> dict[str, str]:
    """This process's environment without the token, with one thread for each library.

    ONNX Runtime reports its use to its makers unless it is told not to.
    """
    environment = {key: value for key, value in os.environ.items() if key != TOKEN_VARIABLE}
    settled = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}
    return {**environment, **settled}


async def _answer(
    child: asyncio.subprocess.Process, name: str, settings: Settings, progress: Progress
) -> Decoded:
    assert child.stdout is not None
    most = int((settings.max_duration_s + 10) * _BYTES_A_SECOND)
    audio, media_type = b"", ""
    while True:
        try:
            head, body = await frames.read_async(child.stdout, max_body=most)
        except (asyncio.IncompleteReadError, frames.FrameError) as error:
            raise _too_much(name) from error
        kind = head.get("type")
        if kind == "progress" and isinstance(head.get("share"), float):
            progress(min(1.0, max(0.0, head["share"])))
        elif kind == "audio" and head.get("media_type") in _MEDIA_TYPES:
            audio, media_type = body, head["media_type"]
        elif kind == "waveform":
            return Decoded(body[: len(body) // 2 * 2], _texts(head.get("warnings")),
                           audio, media_type)  # fmt: skip
        elif kind == "error":
            message, next_step = _texts([head.get("message"), head.get("next_step")])
            raise RecordingError(message, next_step=next_step)
        else:
            raise _too_much(name)


def _texts(values: object) -> tuple[str, ...]:
    """Short plain texts, whatever the other side sent."""
    if not isinstance(values, list):
        return ()
    return tuple(str(value or "")[:_LONGEST_TEXT] for value in values[:_MOST_WARNINGS])


def _too_much(name: str) -> RecordingError:
    return RecordingError(
        f"{name}: reading this file took more time or memory than a recording of a call needs.",
        next_step=_AGAIN,
    )
