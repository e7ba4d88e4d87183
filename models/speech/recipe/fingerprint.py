"""What identifies a model folder; needs nothing but Python, so that the tests can ask."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

MODEL_FILES: Final = ("am/final.mdl", "graph/HCLG.fst", "conf/model.conf")


def fingerprint(model: Path) -> str:
    """Return what identifies a model folder (SHA-256 over its working files, 16 digits)."""
    digest = hashlib.sha256()
    for name in MODEL_FILES:
        digest.update((model / name).read_bytes())
    return digest.hexdigest()[:16]
