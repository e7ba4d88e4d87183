"""The profiles kept under the data folder, one an application, found by name or by path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import ProfileError
from analyzer.practice.data_folder import data_folder, private_file, private_folder
from analyzer.practice.profile import Profile, load_profile

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True)
class NamedProfile:
    """A profile and the name that history knows it by."""

    name: str
    profile: Profile
    path: Path


def profiles_folder() -> Path:
    """Where profiles are kept by name; it may not exist yet."""
    return data_folder() / "profiles"


def kept_names() -> list[str]:
    """Names of the kept profiles, in order."""
    folder = profiles_folder()
    return sorted(path.stem for path in folder.glob("*.yaml")) if folder.is_dir() else []


def find_profile(given: str | Path) -> NamedProfile:
    """Load a profile from a file, or a kept one by its name; a file of that name comes first.

    Raises:
        ProfileError: there is neither, or it has a mistake.
    """
    path = Path(given)
    if not path.exists() and _NAME.fullmatch(str(given)):
        kept = profiles_folder() / f"{given}.yaml"
        if not kept.exists():
            known = ", ".join(kept_names())
            raise ProfileError(
                f"There is no profile {given}: no such file, and none is kept by this name"
                f"{f' (kept: {known})' if known else ''}.",
                next_step=f"callcheck profile new {given} makes one.",
            )
        path = kept
    return NamedProfile(path.stem, load_profile(path), path)


def keep_path(name: str) -> Path:
    """Where a profile of this name is kept.

    Raises:
        ProfileError: the name cannot be a file's name everywhere.
    """
    if not _NAME.fullmatch(name):
        raise ProfileError(
            f"{name!r} cannot be a profile's name.",
            next_step="Use up to forty letters, digits, - and _, such as acme-engineer.",
        )
    return profiles_folder() / f"{name}.yaml"


def as_yaml(profile: Profile) -> str:
    """The profile as YAML, without what is not known; it loads back as the same profile."""
    import yaml

    data = _known(profile.model_dump(mode="json"))
    if not data:
        return "{}\n"
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000))


def write_profile(path: Path, profile: Profile) -> None:
    """Write a profile, readable by its owner alone, whole or not at all.

    Raises:
        ProfileError: it cannot be written.
    """
    import os

    try:
        if path.parent == profiles_folder():
            private_folder(path.parent.parent)
            private_folder(path.parent)
        temporary = private_file(path.with_name(f".{path.name}.{os.getpid()}"))
        temporary.write_text(as_yaml(profile), encoding="utf-8")
        os.replace(temporary, path)
    except OSError as error:
        raise ProfileError(f"{path} cannot be written ({error.strerror}).") from error


def _known(data: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in data.items():
        inner = _known(value) if isinstance(value, dict) else value
        if inner not in (None, [], {}, False):
            kept[key] = inner
    return kept
