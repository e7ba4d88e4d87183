"""Examine a Vosk model's folder before Vosk sees it, and name what is missing."""

from __future__ import annotations

from pathlib import Path

from analyzer.errors import ModelError

# vosk-api src/model.cc: with am/final.mdl the "v2" layout is read, else the flat "v1" one.
_ACOUSTIC = "am/final.mdl"
_CONFIGURATION = ("conf/mfcc.conf", "conf/model.conf")
_GRAPHS = (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"))


def examine_model_folder(folder: Path) -> Path:
    """Return the folder that really holds the model, going into one nested folder.

    Raises:
        ModelError: there is no such folder, or a file of the model is missing.
    """
    if not folder.exists():
        raise ModelError(
            f"There is no speech model at {folder}.",
            next_step="callcheck models list shows those installed.",
        )
    if not folder.is_dir():
        raise ModelError(
            f"{folder.name} is a file, not a model folder.",
            next_step=f"callcheck models add {folder.name} installs a downloaded model.",
        )
    root = _model_root(folder)
    missing = [name for name in (_ACOUSTIC, *_CONFIGURATION) if not (root / name).is_file()]
    if not any(all((root / name).is_file() for name in graph) for graph in _GRAPHS):
        missing.append("graph/HCLG.fst (or graph/HCLr.fst with graph/Gr.fst)")
    if missing:
        raise ModelError(
            f"{folder.name} is not a complete Vosk model: {', '.join(missing)} missing.",
            next_step="Give the folder that holds am, conf and graph, or fetch the model again.",
        )
    return root


def _model_root(folder: Path) -> Path:
    if (folder / "am").is_dir():
        return folder
    nested = [child for child in folder.iterdir() if (child / "am").is_dir()]
    return nested[0] if len(nested) == 1 else folder
