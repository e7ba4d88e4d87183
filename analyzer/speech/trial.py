"""Load a model in a child process first, so that a native abort is an error and no crash.

Kaldi calls ``abort()`` on many kinds of damaged model, which no exception handler sees.
What passed once is remembered by size and time of its files.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from analyzer.errors import ModelError
from analyzer.speech.quiet import engine_lines_shown

_SECONDS = 180.0
_SILENCE_SAMPLES = 8000


def require_loadable(folder: Path, *, name: str) -> None:
    """Try the model in a child process, unless this very model passed before.

    Raises:
        ModelError: it does not load.
    """
    stamp = _stamp_file(folder)
    if stamp.is_file():
        return
    try:
        done = subprocess.run(
            [sys.executable, "-m", "analyzer.speech.trial", str(folder)],
            capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ModelError(
            f"The speech model {name} did not load within {_SECONDS:.0f} seconds."
        ) from error
    if engine_lines_shown():
        print(done.stderr.decode("utf-8", "replace"), end="", file=sys.stderr)
    if done.returncode != 0:
        raise ModelError(
            f"The speech model {name} is damaged: the recogniser could not load it "
            f"({_reason(done)}).",
            next_step=f"callcheck models remove {name}, then fetch it again.",
        )
    _remember(stamp)


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    errors = [line for line in lines if "ERROR" in line or "ASSERT" in line]
    if errors:
        return errors[0].strip()[:160]
    return f"it ended with signal {-done.returncode}" if done.returncode < 0 else "it gave up"


def _stamp_file(folder: Path) -> Path:
    from platformdirs import user_cache_path

    digest = hashlib.sha256(str(folder.resolve()).encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    cache = user_cache_path("callcheck", appauthor=False)
    return cache / "models-that-load" / digest.hexdigest()[:32]


def _remember(stamp: Path) -> None:
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.touch()
    except OSError:
        pass  # without a cache the trial is merely made again next time


def _load(folder: str) -> None:
    import vosk

    from analyzer.audio.waveform import SAMPLE_RATE

    recogniser = vosk.KaldiRecognizer(vosk.Model(folder), SAMPLE_RATE)
    recogniser.AcceptWaveform(bytes(2 * _SILENCE_SAMPLES))
    recogniser.FinalResult()


if __name__ == "__main__":
    try:
        _load(sys.argv[1])
    except Exception as error:
        print(f"ERROR {error}", file=sys.stderr)
        sys.exit(1)
