"""Render the training texts with every engine into a folder of wave files and an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

from .voices import SAMPLE_RATE, Espeak, Festival, Flite, Rendering, Request


def renderings(requests: Sequence[Request]) -> Iterator[Rendering]:
    """Yield the speech of requests to any mix of engines; unusable ones are skipped."""
    espeak: Espeak | None = None
    flite = Flite()
    batch: list[Request] = []
    for request in requests:
        if request.engine == "flite":
            rendering = flite.render(request)
        elif request.engine == "espeak":
            espeak = espeak or Espeak()
            rendering = espeak.render(request)
        else:
            batch.append(request)
            if len(batch) == 50:
                yield from Festival().render_all(batch)
                batch = []
            continue
        if rendering is not None:
            yield rendering
    if batch:
        yield from Festival().render_all(batch)


def write_set(requests: Iterable[Request], folder: Path) -> int:
    """Write each request's speech as ``NAME.wav`` and a line of ``index.jsonl``; return the count.

    The index appears only when the set is complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "index.part"
    count = 0
    with part.open("w", encoding="utf-8") as index:
        for rendering in renderings(list(requests)):
            wave = np.clip(np.round(rendering.samples * 32768), -32768, 32767).astype(np.int16)
            soundfile.write(folder / f"{rendering.request.name}.wav", wave, SAMPLE_RATE)
            index.write(json.dumps(rendering.record()) + "\n")
            count += 1
    part.rename(folder / "index.jsonl")
    return count
