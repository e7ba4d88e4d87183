"""Unpack a model's zip safely: no path leaves the folder, no bomb, no links."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from analyzer.errors import ModelError

MAX_FILES = 2000
MAX_BYTES = 4_000_000_000
MAX_RATIO = 60
"""Most a zip may grow by; the official models grow by less than 3."""


def unpack(archive: Path, folder: Path) -> None:
    """Unpack ``archive`` into ``folder`` (made here, must not exist).

    Raises:
        ModelError: not a zip, damaged, or made to do harm; nothing is left behind.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            members = _checked(packed, archive)
            folder.mkdir(parents=True)
            for member in members:
                _extract(packed, member, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ModelError(
            f"{archive.name} is not a whole zip file ({error}).",
            next_step="Fetch it again.",
        ) from error
    except ModelError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _checked(packed: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    members = packed.infolist()
    total = sum(member.file_size for member in members)
    grown = total / max(1, archive.stat().st_size)
    if len(members) > MAX_FILES or total > MAX_BYTES or grown > MAX_RATIO:
        raise ModelError(
            f"{archive.name} would unpack to {total:,} bytes in {len(members)} files: "
            "that is no speech model."
        )
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        kind = stat.S_IFMT(member.external_attr >> 16)
        outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]
        if outside or (path.parts and path.parts[0].endswith(":")):
            raise ModelError(
                f"{archive.name} holds a file that would be written outside its folder "
                f"({member.filename}); it was not unpacked."
            )
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ModelError(
                f"{archive.name} holds a link or device ({member.filename}); it was not unpacked."
            )
    return members


def _extract(packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    target = folder / PurePosixPath(member.filename.replace("\\", "/"))
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with packed.open(member) as source, target.open("wb") as out:
        while chunk := source.read(1 << 16):
            left -= len(chunk)
            if left < 0:  # the directory lied about the size
                raise ModelError(f"{member.filename} is larger than the zip says.")
            out.write(chunk)
