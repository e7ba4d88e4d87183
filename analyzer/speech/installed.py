"""The models on this machine: install from a zip or a folder, verify, remove."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import ModelError, UsageError
from analyzer.speech.catalogue import OfficialModel
from analyzer.speech.choose import BUILTIN_NAME, installed_models, models_home
from analyzer.speech.download import Progress, download
from analyzer.speech.model_folder import examine_model_folder
from analyzer.speech.unpack import unpack

MANIFEST = "callcheck-manifest.json"
_ROOM = 4  # free space wanted, as a multiple of the zip's size


@dataclass(frozen=True)
class Verification:
    """What looking at an installed model found."""

    name: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def fetch(model: OfficialModel, *, progress: Progress | None = None) -> Path:
    """Download, check and install an official model; return its folder.

    Raises:
        ModelError: named in ``download`` and ``unpack``; what was installed is untouched.
    """
    home = _home()
    target = home / model.name
    if target.is_dir():
        return target
    free = shutil.disk_usage(home).free
    if free < model.size * _ROOM:
        raise ModelError(
            f"{model.name} needs about {model.size * _ROOM // 1_000_000} MB; "
            f"{free // 1_000_000} MB are free.",
            next_step="Free some space, or set CALLCHECK_MODELS to a folder that has it.",
        )
    archive = download(
        model.address, home / ".fetching" / f"{model.name}.zip",
        size=model.size, sha256=model.sha256, progress=progress,
    )  # fmt: skip
    try:
        return _install_zip(archive, model.name)
    finally:
        archive.unlink(missing_ok=True)


def add(source: Path, *, name: str | None = None) -> Path:
    """Install a model from a downloaded zip or an unpacked folder; return its folder.

    Raises:
        ModelError: it is no Vosk model, or one of this name is there already.
    """
    if not source.exists():
        raise ModelError(f"{source.name}: there is no such file or folder.")
    chosen = name or (source.name if source.is_dir() else source.name.removesuffix(".zip"))
    _require_free_name(chosen)
    if source.is_file():
        return _install_zip(source, chosen)
    root = examine_model_folder(source)
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".adding-") as temporary:
        copy = Path(temporary) / chosen
        shutil.copytree(root, copy, symlinks=False)
        return _put_in_place(copy, chosen)


def verify(name: str) -> Verification:
    """Compare an installed model with what was installed.

    Raises:
        ModelError: no model of this name is installed.
    """
    folder = _installed_folder(name)
    problems = []
    try:
        examine_model_folder(folder)
    except ModelError as error:
        problems.append(error.message)
    manifest = folder / MANIFEST
    if not manifest.is_file():
        problems.append("its list of files is missing; it was not installed by callcheck")
    else:
        listed = json.loads(manifest.read_text(encoding="utf-8"))
        for relative, expected in listed.items():
            path = folder / relative
            if not path.is_file():
                problems.append(f"{relative} is missing")
            elif _hash(path) != expected:
                problems.append(f"{relative} has changed")
    return Verification(name, tuple(problems))


def remove(name: str) -> Path:
    """Remove an installed model; return the folder it was in.

    Raises:
        ModelError: no model of this name is installed.
        UsageError: it is the built-in one.
    """
    if name == BUILTIN_NAME:
        raise UsageError("The built-in model is part of callcheck and cannot be removed.")
    folder = _installed_folder(name)
    doomed = Path(tempfile.mkdtemp(dir=_home(), prefix=".removing-"))
    folder.rename(doomed / name)  # at once gone for everybody else
    shutil.rmtree(doomed, ignore_errors=True)
    return folder


def _home() -> Path:
    home = models_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(
            f"The models' folder {home} cannot be made ({error.strerror}).",
            next_step="Set CALLCHECK_MODELS to a folder you may write to.",
        ) from error
    return home


def _installed_folder(name: str) -> Path:
    folder = models_home() / name
    if "/" in name or "\\" in name or name.startswith(".") or not folder.is_dir():
        known = ", ".join(p.name for p in installed_models()) or "none"
        raise ModelError(f"No model called {name} is installed.", next_step=f"Installed: {known}")
    return folder


def _require_free_name(name: str) -> None:
    if name == BUILTIN_NAME or name.startswith(".") or "/" in name:
        raise UsageError(f"A model cannot be called {name!r}.")
    if (models_home() / name).exists():
        raise ModelError(
            f"A model called {name} is installed already.",
            next_step=f"callcheck models remove {name} removes it.",
        )


def _install_zip(archive: Path, name: str) -> Path:
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".unpacking-") as temporary:
        unpacked = Path(temporary) / "model"
        unpack(archive, unpacked)
        return _put_in_place(examine_model_folder(unpacked), name)


def _put_in_place(root: Path, name: str) -> Path:
    files = sorted(p for p in root.rglob("*") if p.is_file() and p.name != MANIFEST)
    listed = {p.relative_to(root).as_posix(): _hash(p) for p in files}
    (root / MANIFEST).write_text(json.dumps(listed, indent=1), encoding="utf-8")
    target = models_home() / name
    root.rename(target)
    return target


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
