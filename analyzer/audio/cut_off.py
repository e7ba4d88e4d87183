"""Witnesses that a recording was cut off, for containers that FFmpeg reads without complaint.

FFmpeg takes the length of a cut-off wav from the file, not from its header, and reads half an
Ogg file as a shorter one. An MP4-like file (m4a, 3gp) without its index cannot be read at all.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

_STREAMED = 0x7FFF0000
"""A data size from here up is a placeholder: programs that write to a pipe do not know it."""

_OGG_PAGE_MAX = 27 + 255 + 255 * 255
_MP4_BOXES_MAX = 64


def declared_wav_seconds(handle: BinaryIO) -> float | None:
    """Return the length that a wav file's own header declares, or None."""
    handle.seek(0)
    if len(head := handle.read(12)) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None
    bytes_a_second = 0
    while len(header := handle.read(8)) == 8:
        name, size = header[:4], struct.unpack("<I", header[4:])[0]
        if name == b"data":
            known = bytes_a_second > 0 and 0 < size < _STREAMED
            return size / bytes_a_second if known else None
        if name == b"fmt ":
            chunk = handle.read(12)
            if len(chunk) < 12:
                return None
            bytes_a_second = struct.unpack("<I", chunk[8:])[0]
            size -= 12
        handle.seek(size + (size & 1), 1)
    return None


def ends_inside_ogg_page(handle: BinaryIO) -> bool:
    """Return whether the last page of an Ogg file is incomplete."""
    handle.seek(0)
    if handle.read(4) != b"OggS":
        return False
    length = handle.seek(0, 2)
    handle.seek(max(0, length - _OGG_PAGE_MAX))
    tail = handle.read()
    page = tail[tail.rfind(b"OggS") :]
    if len(page) < 27:
        return True
    segments = page[26]
    return len(page) < 27 + segments + sum(page[27 : 27 + segments])


def lacks_mp4_index(handle: BinaryIO) -> bool:
    """Return whether this is an MP4-like file whose index (``moov``) is missing."""
    handle.seek(0)
    position, length, started = 0, handle.seek(0, 2), False
    for _ in range(_MP4_BOXES_MAX):
        handle.seek(position)
        header = handle.read(16)
        if len(header) < 8:
            return started
        size, name = struct.unpack(">I", header[:4])[0], header[4:8]
        if not started and name != b"ftyp":
            return False
        started = True
        if name == b"moov":
            return False
        if size == 1 and len(header) == 16:
            size = struct.unpack(">Q", header[8:])[0]
        if size < 8 or position + size > length:
            return True
        position += size
    return False


def length_is_a_guess(handle: BinaryIO, container: str) -> bool:
    """Return whether FFmpeg only guesses a file's length, from its size and first bit rate.

    It does for raw streams, and for an mp3 that lacks the header with the number of frames.

    Args:
        handle: the file; its position is kept.
        container: FFmpeg's name of the format.
    """
    if container in ("aac", "ac3", "eac3"):
        return True
    if container != "mp3":
        return False
    position = handle.tell()
    handle.seek(0)
    head = handle.read(10)
    start = 0
    if len(head) == 10 and head[:3] == b"ID3":
        # four bytes of seven bits each
        start = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
        )
    handle.seek(start)
    frames = handle.read(4096)
    handle.seek(position)
    return not any(tag in frames for tag in (b"Xing", b"Info", b"VBRI"))
