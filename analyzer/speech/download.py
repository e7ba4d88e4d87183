"""Download one file: resumed, size and hash checked, put in place only when whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analyzer.errors import ModelError

CONNECT_TIMEOUT_S = 15.0
STALL_TIMEOUT_S = 30.0
"""A line that gives nothing for this long is given up; what came is kept for a resume."""

_CHUNK = 1 << 14
_RESUME = "Run the same command again: it goes on where it stopped."

Progress = Callable[[int, int], None]
"""Called with the bytes there are and the bytes there will be."""


def download(
    address: str,
    target: Path,
    *,
    size: int,
    sha256: str,
    progress: Progress | None = None,
    stall_timeout_s: float = STALL_TIMEOUT_S,
) -> Path:
    """Fetch ``address`` to ``target``; an earlier part beside it is continued.

    Args:
        size: bytes the file must have.
        sha256: hexadecimal hash it must have.

    Raises:
        ModelError: no network, a stalled or cut line, a wrong length or a wrong hash.
            A part worth continuing stays beside ``target`` as ``.part``.
    """
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    if part.exists() and part.stat().st_size > size:
        part.unlink()
    if not part.exists() or part.stat().st_size < size:
        _receive(address, part, size, progress, stall_timeout_s)
    found = part.stat().st_size
    if found != size:
        raise ModelError(
            f"The download of {target.name} ended at {found:,} of {size:,} bytes.",
            next_step=_RESUME,
        )
    if _hash(part) != sha256:
        part.unlink()
        raise ModelError(
            f"The download of {target.name} is not the published file (its SHA-256 differs); "
            "it was thrown away.",
            next_step="Try again; if it happens twice, the server or the line alters it.",
        )
    part.replace(target)
    return target


def _receive(
    address: str, part: Path, size: int, progress: Progress | None, stall_timeout_s: float
) -> None:
    import requests
    from urllib3.exceptions import HTTPError

    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        with requests.get(
            address, headers=headers, stream=True, timeout=(CONNECT_TIMEOUT_S, stall_timeout_s)
        ) as response:
            mode = _mode(response, part, have, address)
            _write(response, part, mode, size, progress)
    except requests.exceptions.ConnectTimeout as error:
        raise _unreachable(address) from error
    except (requests.exceptions.Timeout, TimeoutError) as error:
        raise _cut("stalled", part) from error
    except requests.exceptions.ConnectionError as error:
        if part.exists() and part.stat().st_size > have:
            raise _cut("was cut", part) from error
        raise _unreachable(address) from error
    except (requests.exceptions.RequestException, HTTPError) as error:
        raise _cut("was cut", part) from error
    except OSError as error:
        raise ModelError(
            f"The download could not be kept ({error.strerror}).",
            next_step="Free some space, or set CALLCHECK_MODELS to a folder that has it.",
        ) from error


def _mode(response: Any, part: Path, have: int, address: str) -> str:
    """How to go on: append to the part, or begin anew where the server cannot resume."""
    if response.status_code == 206:
        start = str(response.headers.get("Content-Range", "")).removeprefix("bytes ").split("-")[0]
        return "ab" if start == str(have) else "wb"
    if response.status_code == 416 and part.exists():
        part.unlink()
        raise ModelError("The server could not continue the download.", next_step=_RESUME)
    if response.status_code != 200:
        raise ModelError(
            f"The server answered {response.status_code} for {address}.",
            next_step="Try later, or fetch the zip elsewhere and use callcheck models add FILE.zip",
        )
    return "wb"


def _write(response: Any, part: Path, mode: str, size: int, progress: Progress | None) -> None:
    with part.open(mode) as out:
        have = out.tell()
        for chunk in response.iter_content(_CHUNK):
            out.write(chunk)
            have += len(chunk)
            if have > size:
                out.close()
                part.unlink()
                raise ModelError(
                    f"The server sends more than the published {size:,} bytes; "
                    "the download was thrown away."
                )
            if progress:
                progress(have, size)


def _unreachable(address: str) -> ModelError:
    host = address.split("/")[2] if "//" in address else address
    return ModelError(
        f"{host} cannot be reached.",
        next_step="Check the network; or fetch the zip on another machine and use "
        "callcheck models add FILE.zip",
    )


def _cut(what: str, part: Path) -> ModelError:
    have = part.stat().st_size if part.exists() else 0
    return ModelError(f"The download {what} after {have:,} bytes.", next_step=_RESUME)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
