"""Messages between the server and its processes: a JSON head and some bytes, no pickle.

What a process that decodes strangers' files sends is never trusted: lengths are bounded
before they are read, and the reader takes from the head only what it knows.
"""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct(">II")
MAX_HEAD = 16_000_000
MAX_BODY = 256_000_000


class FrameError(Exception):
    """The other side sent something that is no message."""


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """One message as bytes."""
    text = json.dumps(head).encode("utf-8")
    return _HEAD.pack(len(text), len(body)) + text + body


def write(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message and flush it."""
    stream.write(pack(head, body))
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read one message, or None at the end."""
    start = stream.read(_HEAD.size)
    if len(start) < _HEAD.size:
        return None
    head_size, body_size = _HEAD.unpack(start)
    return _head(stream.read(head_size)), stream.read(body_size)


async def read_async(
    stream: asyncio.StreamReader, *, max_body: int = MAX_BODY
) -> tuple[dict[str, Any], bytes]:
    """Read one message.

    Raises:
        FrameError: it is too long or malformed.
        asyncio.IncompleteReadError: the other side ended.
    """
    head_size, body_size = _HEAD.unpack(await stream.readexactly(_HEAD.size))
    if head_size > MAX_HEAD or body_size > max_body:
        raise FrameError("a message is too long")
    head = _head(await stream.readexactly(head_size))
    return head, await stream.readexactly(body_size)


def _head(data: bytes) -> dict[str, Any]:
    try:
        head = json.loads(data)
    except ValueError as error:
        raise FrameError("a message is not JSON") from error
    if not isinstance(head, dict):
        raise FrameError("a message has no head")
    return head
