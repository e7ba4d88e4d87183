"""Train the network on feature shards: frame-wise cross-entropy, one core, bfloat16."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from .features import CEPSTRA, SUBSAMPLING
from .network import Network, Shape
from .phones import PDF_COUNT
from .throats import loudness_curve, other_throat, smeared

IGNORED: Final = -100


@dataclass(frozen=True)
class Plan:
    """How to train: `chunk` output frames a sample, `batch` samples a step, `steps` in all.

    With `seconds`, training ends by then and the learning rate falls accordingly: for a machine
    that is busy with other things.
    """

    steps: int
    seconds: float | None = None
    batch: int = 16
    chunk: int = 150
    peak_rate: float = 1.5e-3
    last_rate: float = 2e-5
    smoothing: float = 0.02
    seed: int = 0


class Shards:
    """Feature shards in memory: `frames` (n, 40) half floats and `labels` (m,), with bounds."""

    def __init__(self, paths: Sequence[Path]) -> None:
        parts = [np.load(path) for path in paths]
        self.frames = np.concatenate([part["frames"] for part in parts])
        self.labels = np.concatenate([part["labels"] for part in parts])
        counts = np.concatenate([part["frame_counts"] for part in parts])
        self.label_counts = np.concatenate([part["label_counts"] for part in parts])
        self.frame_counts = counts
        self.frame_starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self.label_starts = np.concatenate([[0], np.cumsum(self.label_counts)[:-1]])

    def chunk(
        self, utterance: int, start: int, size: int, context: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return frames and labels of `size` output frames from `start` (may reach outside).

        Outside an utterance the edge frame repeats, as Vosk does, and labels are `IGNORED`.
        """
        first = SUBSAMPLING * start - context
        span = SUBSAMPLING * (size - 1) + 1 + 2 * context
        at = np.clip(np.arange(first, first + span), 0, self.frame_counts[utterance] - 1)
        frames = self.frames[self.frame_starts[utterance] + at].astype(np.float32)
        labels = np.full(size, IGNORED, np.int64)
        low, high = max(0, -start), min(size, int(self.label_counts[utterance]) - start)
        base = self.label_starts[utterance] + start
        labels[low:high] = self.labels[base + low : base + high]
        return frames, labels


def disturb(frames: npt.NDArray[np.float32], rng: np.random.Generator) -> None:
    """Change a (time, 40) chunk in place: another throat and channel, fading, blur, short gaps."""
    if rng.random() < 0.6:
        frames[:] = frames @ other_throat(rng).T
    if rng.random() < 0.4:
        frames[:, 0] += loudness_curve(len(frames), rng)
    if rng.random() < 0.25:
        frames[:] = smeared(frames)
    if rng.random() < 0.5:
        fall = np.exp(-np.arange(CEPSTRA) / 4.0)
        frames += (rng.normal(size=CEPSTRA) * fall * rng.uniform(0, 6)).astype(np.float32)
    if rng.random() < 0.3:
        length = int(rng.integers(3, 14))
        start = int(rng.integers(0, len(frames) - length))
        frames[start : start + length] = frames[start : start + length].mean(0)


class Trainer:
    """Holds the data, the network and the optimiser.

    `start` is a saved network to go on from; the learning rate follows the plan from its beginning.
    """

    def __init__(
        self, shards: Shards, shape: Shape, plan: Plan, folder: Path, start: Path | None = None
    ) -> None:
        torch.manual_seed(plan.seed)
        torch.set_num_threads(1)
        self.shards, self.plan, self.folder = shards, plan, folder
        self.rng = np.random.default_rng(plan.seed)
        sample = shards.frames[::50].astype(np.float32)
        self.network = Network(
            shape, torch.tensor(sample.mean(0)), torch.tensor(sample.std(0) + 1e-3)
        )
        if start:
            self.network, _ = load(start)
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        rest = [p for p in self.network.parameters() if p.ndim == 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 1e-2}, {"params": rest, "weight_decay": 0.0}]
        )
        self.held = set(range(0, len(shards.label_counts), 101))

    def _chunks(self) -> list[tuple[int, int]]:
        """Return one epoch's (utterance, start) chunks in random order."""
        found = []
        size = self.plan.chunk
        for utterance, count in enumerate(self.shards.label_counts):
            if utterance not in self.held:
                first = -int(self.rng.integers(0, size // 3))
                found += [(utterance, start) for start in range(first, int(count) - 10, size)]
        order = self.rng.permutation(len(found))
        return [found[index] for index in order]

    def _batch(self, chunks: Sequence[tuple[int, int]], train: bool) -> tuple[Tensor, Tensor]:
        context = self.network.shape.context
        pairs = [self.shards.chunk(u, s, self.plan.chunk, context) for u, s in chunks]
        if train:
            for frames, _ in pairs:
                disturb(frames, self.rng)
        stacked = torch.from_numpy(np.stack([frames for frames, _ in pairs]))
        return stacked, torch.from_numpy(np.stack([labels for _, labels in pairs]))

    def _done(self, step: int, seconds: float) -> float:
        """Return the share of the training that is behind us, 0 to 1."""
        late = seconds / self.plan.seconds if self.plan.seconds else 0.0
        return min(1.0, max(step / self.plan.steps, late))

    def _rate(self, step: int, done: float) -> float:
        plan = self.plan
        warm = min(1.0, (step + 1) / 200)
        left = 1 - done
        return plan.last_rate + (plan.peak_rate - plan.last_rate) * warm * left

    def held_accuracy(self) -> float:
        """Return the share of held-back frames whose phone the network gets right."""
        self.network.eval()
        right = total = 0
        size = self.plan.chunk
        chunks = [
            (u, s) for u in sorted(self.held)[:400]
            for s in range(0, int(self.shards.label_counts[u]), size)
        ]  # fmt: skip
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for start in range(0, len(chunks), 64):
                frames, labels = self._batch(chunks[start : start + 64], train=False)
                guess = self.network(frames).argmax(2)
                valid = labels != IGNORED
                right += int(((guess // 2 == labels // 2) & valid).sum())
                total += int(valid.sum())
        self.network.train()
        return right / max(1, total)

    def run(self, save_every: int = 400, log: Any = print) -> None:
        """Train to the end of the plan, saving ``network.pt`` as it goes."""
        self.network.train()
        queue: list[tuple[int, int]] = []
        started, loss_sum = time.monotonic(), 0.0
        for step in range(self.plan.steps):
            done = self._done(step, time.monotonic() - started)
            if done >= 1:
                break
            if len(queue) < self.plan.batch:
                queue = self._chunks()
            chunks = [queue.pop() for _ in range(self.plan.batch)]
            for group in self.optimiser.param_groups:
                group["lr"] = self._rate(step, done)
            frames, labels = self._batch(chunks, train=True)
            with torch.autocast("cpu", torch.bfloat16):
                scores = self.network(frames)
            loss = functional.cross_entropy(
                scores.float().reshape(-1, PDF_COUNT), labels.reshape(-1),
                ignore_index=IGNORED, label_smoothing=self.plan.smoothing,
            )  # fmt: skip
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
            self.optimiser.step()
            loss_sum += loss.item()
            if (step + 1) % 50 == 0:
                seconds = time.monotonic() - started
                mean = loss_sum / 50
                log(f"{seconds:6.0f} s  {step + 1}/{self.plan.steps}  loss {mean:.3f}", flush=True)
                loss_sum = 0.0
            if (step + 1) % save_every == 0:
                self.save()
        self.save()
        log(f"phones right, held back: {self.held_accuracy():.4f}", flush=True)

    def save(self) -> None:
        """Write the network, its shape and the label frequencies."""
        priors = np.bincount(self.shards.labels, minlength=PDF_COUNT) + 1.0
        payload = {
            "state": self.network.state_dict(),
            "shape": json.dumps(asdict(self.network.shape)),
            "priors": torch.tensor(priors / priors.sum()),
        }
        part = self.folder / "network.part"
        torch.save(payload, part)
        part.rename(self.folder / "network.pt")


def load(path: Path) -> tuple[Network, npt.NDArray[np.float64]]:
    """Return a saved network, ready to export, and the frequencies of its 80 labels."""
    payload = torch.load(path, weights_only=True)
    sizes = json.loads(payload["shape"])
    shape = Shape(sizes["width"], sizes["bottleneck"], tuple(sizes["strides"]))
    network = Network(shape, torch.zeros(CEPSTRA), torch.ones(CEPSTRA))
    network.load_state_dict(payload["state"])
    network.eval()
    return network, payload["priors"].numpy()
