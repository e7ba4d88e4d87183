"""Every library that the code imports is declared, and those of an extra by that extra."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

tomllib = pytest.importorskip("tomllib", reason="Python 3.11 and newer read TOML")

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {"matplotlib": "charts", "pyarrow": "parquet"}
"""Libraries imported outside the page that are an extra's all the same."""
PINNED = {"pydantic_core": "pydantic"}
"""Libraries that another one brings in exactly one version, as a part of itself."""


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _names(requirements: list[str]) -> set[str]:
    return {_plain(line.split(">")[0].split("[")[0]) for line in requirements}


def _imports(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file and what it imports, by its first name."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield path, (node.module or "").partition(".")[0]


def test_every_import_is_declared() -> None:
    always = _names(PROJECT["dependencies"])
    extras = {key: _names(value) for key, value in PROJECT["optional-dependencies"].items()}
    known = packages_distributions()
    missing = set()
    for path, name in _imports(ROOT / "analyzer"):
        if name == "analyzer" or name in sys.stdlib_module_names:
            continue
        extra = "web" if (ROOT / "analyzer" / "web") in path.parents else EXTRAS.get(name, "")
        declared = always | extras.get(extra, set())
        given_by = {PINNED.get(name, name), *known.get(name, [])}
        if declared.isdisjoint(map(_plain, given_by)):
            missing.add(f"{path.relative_to(ROOT)}: {name}")
    assert not missing
