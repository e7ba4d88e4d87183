"""The process that opens strangers' files: it may compute and answer, and nothing else.

The recording is its standard input, already open; no path reaches it. Once everything it
needs is imported it gives up new files, sockets, long computing and much memory, and only
then looks at the first byte. Run as ``python -m analyzer.web.decode_child``.
"""

from __future__ import annotations

import io
import json
import os
import sys
import wave
from contextlib import suppress
from typing import Any, BinaryIO

from analyzer.errors import CallcheckError
from analyzer.web import frames

ORDER = "CALLCHECK_DECODE"
"""Environment variable with the order as JSON (arguments would show in a process list)."""
_STEP = 0.02
_DESCRIPTORS = 256


def main() -> None:
    """Decode standard input and answer on standard output."""
    order: dict[str, Any] = json.loads(os.environ[ORDER])
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _try_everything_once()
    _give_up_the_rest(order)
    _decode(os.fdopen(0, "rb", closefd=False), order, answer)


def _decode(source: BinaryIO, order: dict[str, Any], answer: BinaryIO) -> None:
    from analyzer.audio.decode import decode

    told = 0.0

    def progress(share: float) -> None:
        nonlocal told
        if share >= told + _STEP:
            told = share
            frames.write(answer, {"type": "progress", "share": share})

    try:
        waveform = decode(
            source, name=order["name"], channel=order["channel"],
            max_duration_s=order["max_duration_s"], progress=progress,
        )  # fmt: skip
    except CallcheckError as error:
        head = {"type": "error", "message": error.message, "next_step": error.next_step}
        frames.write(answer, head)
        return
    except MemoryError:
        frames.write(answer, {"type": "limit"})
        return
    if order["keep_audio"]:
        from analyzer.report.html.audio import encode

        data, media_type = encode(waveform)
        frames.write(answer, {"type": "audio", "media_type": media_type}, data)
    found: dict[str, Any] = {"type": "waveform", "warnings": list(waveform.warnings)}
    frames.write(answer, found, waveform.samples.astype("<i2").tobytes())


def _try_everything_once() -> None:
    """Decode and encode a moment of silence, so that nothing is left to import later."""
    from analyzer.audio.decode import decode
    from analyzer.report.html.audio import encode

    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(3200))
    encode(decode(sound, name="silence"))
    with suppress(CallcheckError):
        decode(io.BytesIO(b"no recording"), name="none")


def _give_up_the_rest(order: dict[str, Any]) -> None:
    """Lower this process's limits for good; systems without them keep the time limit."""
    try:
        import resource
    except ImportError:  # Windows: the server still ends this process on time
        return
    lowest = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, int(order["cpu_s"])),
        (resource.RLIMIT_AS, _address_space() + int(order["memory_bytes"])),
        (resource.RLIMIT_NOFILE, _highest_descriptor() + 1),
    )
    for which, most in lowest:
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # a system that does not know this limit
            continue


def _address_space() -> int:
    """Bytes of address space in use (a generous guess where it cannot be read)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 2_000_000_000


def _highest_descriptor() -> int:
    return max((number for number in range(_DESCRIPTORS) if _is_open(number)), default=2)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
    sys.exit(0)
