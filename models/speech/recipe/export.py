"""Put a trained network and a decoding graph together into a Vosk model folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from .kaldi_files import MFCC_CONF, model_conf, write_acoustic_model
from .network import exported
from .training import load

SEARCH: Final = {"acoustic_scale": 0.8, "beam": 13.0, "lattice_beam": 6.0, "max_active": 5000}
"""Decoding settings, chosen on the development lines."""


def write_configuration(folder: Path, **search: float) -> None:
    """Write ``conf/``; `search` overrides settings of `SEARCH`."""
    (folder / "conf").mkdir(parents=True, exist_ok=True)
    (folder / "conf" / "mfcc.conf").write_text(MFCC_CONF, "utf-8")
    settings = {**SEARCH, **search}
    text = model_conf(
        acoustic_scale=settings["acoustic_scale"],
        beam=settings["beam"],
        lattice_beam=settings["lattice_beam"],
        max_active=int(settings["max_active"]),
    )
    (folder / "conf" / "model.conf").write_text(text, "utf-8")


def describe(folder: Path, version: str, date: str, report: dict[str, Any]) -> None:
    """Write ``model.json``: what the model is and what was measured (a report of `evaluate`)."""
    words = (folder / "graph" / "words.txt").read_text("utf-8").splitlines()
    symbols = {"<eps>", "#0", "<s>", "</s>", "[unk]"}
    known = [line.split()[0] for line in words if line.split()[0] not in symbols]
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "model.json"]
    content = {
        "name": "callcheck-builtin-en-us",
        "version": version,
        "date": date,
        "language": "en-US",
        "trained_on": "synthetic voices only",
        "licence": "Apache-2.0; see LICENSES.md",
        "sample_rate": 16000,
        "vocabulary": len(known),
        "unknown_word": "[unk]" if len(known) + len(symbols) == len(words) else None,
        "bytes": sum(path.stat().st_size for path in files),
        "measured": report,
    }
    (folder / "model.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def write_model(network: Path, graph: Path, folder: Path) -> None:
    """Write a model folder from ``network.pt`` and a graph folder."""
    trained, priors = load(network)
    write_acoustic_model(folder / "am" / "final.mdl", exported(trained), priors)
    write_configuration(folder)
    target = folder / "graph"
    if target.resolve() != graph.resolve():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(graph, target)
