"""The catalogue of official Vosk models: what there is, where, how large, which hash."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

import yaml

from analyzer.errors import UsageError
from analyzer.resources import resource

CATALOGUE = "models/speech/official.yaml"


@dataclass(frozen=True)
class OfficialModel:
    """One model that can be fetched.

    Attributes:
        size: bytes of the published zip.
        sha256: of the zip, hexadecimal.
        memory_mb: what the makers say it needs.
        wer: the makers' word error rate, with the test set.
    """

    name: str
    address: str
    size: int
    sha256: str
    licence: str
    memory_mb: int
    wer: str
    about: str


@lru_cache(maxsize=1)
def official_models() -> tuple[OfficialModel, ...]:
    """Every model of the catalogue, the default first.

    ``CALLCHECK_MODELS_URL`` replaces the address up to the file name, for a mirror inside an
    organisation; size and hash are checked all the same.
    """
    data = yaml.safe_load(resource(CATALOGUE).read_text(encoding="utf-8"))
    mirror = os.environ.get("CALLCHECK_MODELS_URL")
    address = f"{mirror.rstrip('/')}/{{name}}.zip" if mirror else data["address"]
    models = [
        OfficialModel(
            row["name"], address.format(name=row["name"]), row["bytes"], row["sha256"],
            row["licence"], row["memory_mb"], row["wer"], row["about"],
        )
        for row in data["models"]
    ]  # fmt: skip
    return tuple(sorted(models, key=lambda m: m.name != data["default"]))


def official_model(name: str | None = None) -> OfficialModel:
    """The model of this name, or the default one.

    Raises:
        UsageError: the catalogue has none of this name.
    """
    models = official_models()
    if name is None:
        return models[0]
    for model in models:
        if model.name == name:
            return model
    raise UsageError(
        f"There is no official model called {name}.",
        next_step="Known: " + ", ".join(m.name for m in models),
    )
