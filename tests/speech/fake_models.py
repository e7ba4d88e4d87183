"""A tiny stand-in for a published model, and the state of a server that misbehaves."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

MODEL_FILES = {
    "tiny-model/am/final.mdl": b"acoustic" * 40_000,
    "tiny-model/conf/mfcc.conf": b"--sample-frequency=16000\n",
    "tiny-model/conf/model.conf": b"--beam=13\n",
    "tiny-model/graph/HCLG.fst": bytes(range(256)) * 40,
}


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


@dataclass
class Server:
    """Serves ``body``; ``fault`` says how it misbehaves; ``ranges`` are those asked for."""

    address: str
    body: bytes
    fault: str = ""
    ranges: list[str | None] = field(default_factory=list)
