"""Train the encoder: word-piece tagging plus presence of each check in each joined item."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from augment import SoundAlikes, load_names
from corpus import load_corpus
from evaluate import presence_scores, report
from labels import LABELS
from network import TaggingEncoder, load_tokenizer
from sequences import N_CHECKS, Composer, Sequence, Variation
from torch.nn.functional import binary_cross_entropy_with_logits

PIECES_A_BATCH = 700
PRESENCE_WEIGHT = 0.6
TAG_POSITIVE_WEIGHT = 2.0
START_SEED = 7  # of the head: alike in every run, so that runs can be compared and averaged


def batches(sequences: list[Sequence], rng: random.Random) -> list[list[Sequence]]:
    """Group sequences of like length, about ``PIECES_A_BATCH`` pieces each, shuffled."""
    ordered = sorted(sequences, key=lambda s: len(s.ids) + rng.random() * 8)
    groups: list[list[Sequence]] = [[]]
    for sequence in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(sequence.ids) > PIECES_A_BATCH:
            groups.append([])
        groups[-1].append(sequence)
    rng.shuffle(groups)
    return groups


def losses(model: TaggingEncoder, batch: list[Sequence]) -> torch.Tensor:
    """Tagging loss over pieces plus presence loss over joined items."""
    length = max(len(s.ids) for s in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    attention = torch.zeros(len(batch), length, dtype=torch.long)
    target = torch.zeros(len(batch), length, len(LABELS))
    mask = torch.zeros(len(batch), length, len(LABELS))
    for row, sequence in enumerate(batch):
        n = len(sequence.ids)
        ids[row, :n] = torch.tensor(sequence.ids)
        attention[row, :n] = 1
        target[row, :n] = torch.from_numpy(sequence.target)
        mask[row, :n] = torch.from_numpy(sequence.mask)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(ids, attention)
    logits = logits.float()
    weight = torch.where(target > 0, TAG_POSITIVE_WEIGHT, 1.0) * mask
    tagging = binary_cross_entropy_with_logits(logits, target, weight=weight, reduction="sum")
    tagging = tagging / mask[..., 0].sum().clamp(min=1)
    pooled, wanted = _pooled(logits, batch)
    known = wanted >= 0
    presence = binary_cross_entropy_with_logits(
        pooled[known], wanted[known], reduction="sum"
    ) / max(1, len(wanted))
    return tagging + PRESENCE_WEIGHT * presence


def _pooled(logits: torch.Tensor, batch: list[Sequence]) -> tuple[torch.Tensor, torch.Tensor]:
    """Highest logit of each check in each joined item, and whether it should be there."""
    rows, wanted = [], []
    for number, sequence in enumerate(batch):
        pieces = logits[number, : len(sequence.ids), :N_CHECKS]
        for item in range(len(sequence.present)):
            inside = torch.from_numpy(sequence.segment == item)
            rows.append(pieces[inside].amax(0))
            wanted.append(torch.from_numpy(sequence.present[item]))
    return torch.stack(rows), torch.stack(wanted)


def train(
    *, corpus_folder: Path, names_folder: Path | None, output: Path, epochs: int, seed: int,
    rate: float, without: Iterable[str] = (), start: Path | None = None,
    limit: int | None = None, use_dev: bool = False,
) -> None:  # fmt: skip
    """Train and write ``output`` (a torch state).

    It begins with the pretrained weights and a new head, or with ``start``, another such state.
    """
    random.seed(seed)
    np.random.seed(seed)
    rng = random.Random(seed)
    corpus = load_corpus(corpus_folder, without=without)
    items = corpus.train + (corpus.dev if use_dev else [])
    if limit:
        items = rng.sample(items, limit)
    composer = Composer(
        load_tokenizer(),
        names=load_names(names_folder),
        sounds=SoundAlikes(item.text for item in corpus.train),
        variation=Variation(),
    )
    torch.manual_seed(START_SEED)
    model = TaggingEncoder()
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    torch.manual_seed(seed)
    head = list(model.head.parameters())
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 40}], weight_decay=0.01
    )
    plan = [batches(composer.epoch(items, rng), rng) for _ in range(epochs)]
    steps = sum(len(epoch) for epoch in plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 60) * max(0.02, 1 - step / steps)
    )
    print(f"{len(items)} items, {steps} steps", flush=True)
    started, done = time.monotonic(), 0
    for number, epoch in enumerate(plan, 1):
        model.train()
        total = 0.0
        for batch in epoch:
            loss = losses(model, batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            done += 1
            if done % 100 == 0:
                print(f"  step {done}/{steps} {time.monotonic() - started:.0f} s", flush=True)
        torch.save(model.state_dict(), output)
        print(f"epoch {number}: loss {total / len(epoch):.4f}", flush=True)
        if corpus.dev and not use_dev:
            print(report(*presence_scores(model, corpus.dev)), flush=True)


def main() -> None:
    """Command line; see ``project.yml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--names", default="none", help="folder of name lists, or none")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--without", nargs="*", default=[], help="folders of the corpus to leave out"
    )
    parser.add_argument("--start", type=Path, default=None, help="weights to go on from")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--use-dev", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    train(
        corpus_folder=given.corpus,
        names_folder=None if given.names == "none" else Path(given.names),
        output=given.output,
        epochs=given.epochs, seed=given.seed, rate=given.rate,
        without=given.without, start=given.start,
        limit=given.limit, use_dev=given.use_dev,
    )  # fmt: skip


if __name__ == "__main__":
    main()
