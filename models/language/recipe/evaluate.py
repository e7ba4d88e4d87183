"""Score the raw encoder on labelled items, before rules and thresholds are joined to it."""

from __future__ import annotations

import random

import numpy as np
import torch
from corpus import Item
from labels import CHECKS, FORBIDDEN, INDEX
from network import TaggingEncoder, load_tokenizer
from numpy.typing import NDArray
from spoken import speech_like, written


def presence_scores(
    model: TaggingEncoder, items: list[Item]
) -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    """Highest probability of each check in each item, in written and in speech-like form.

    Returns:
        group of each row ("call written" …), scores (rows, checks), and wanted 1/0/-1.
    """
    tokenizer = load_tokenizer()
    model.eval()
    groups, scores, wanted = [], [], []
    for item in items:
        label_row = np.zeros(len(CHECKS), np.float32)
        for label in item.labels & set(CHECKS):
            label_row[INDEX[label]] = 1
        for label in item.nulls & set(CHECKS):
            label_row[INDEX[label]] = -1
        for form in ("written", "speech"):
            words = (
                written(item)[0] if form == "written" else speech_like(item, random.Random(1))[0]
            )
            encoding = tokenizer.encode(words, is_pretokenized=True)
            ids = torch.tensor([encoding.ids[:512]])
            with torch.no_grad():
                logits = model(ids, torch.ones_like(ids))[0, 1:-1, : len(CHECKS)]
            scores.append(torch.sigmoid(logits.float().amax(0)).numpy())
            wanted.append(label_row)
            groups.append(f"{'call' if item.kind else 'segment'} {form}")
    return groups, np.stack(scores), np.stack(wanted)


def report(
    groups: list[str], scores: NDArray[np.float32], wanted: NDArray[np.float32],
    *, threshold: float = 0.5,
) -> str:  # fmt: skip
    """Macro F1 and the forbidden checks' precision and recall, by group."""
    lines = []
    for group in sorted(set(groups)):
        rows = np.array([g == group for g in groups])
        hit = (scores[rows] >= threshold) & (wanted[rows] >= 0)
        true = wanted[rows] == 1
        tp = (hit & true).sum(0)
        fp = (hit & (wanted[rows] == 0)).sum(0)
        fn = (~hit & true).sum(0)
        f1 = 2 * tp / np.maximum(1, 2 * tp + fp + fn)
        some = (tp + fn) > 0
        forbidden = [INDEX[label] for label in FORBIDDEN]
        t, f, n = tp[forbidden].sum(), fp[forbidden].sum(), fn[forbidden].sum()
        lines.append(
            f"  {group}: n {rows.sum()} macro F1 {f1[some].mean():.3f}; forbidden P "
            f"{t / max(1, t + f):.3f} R {t / max(1, t + n):.3f}; lowest "
            + ", ".join(f"{CHECKS[i]} {f1[i]:.2f}" for i in np.argsort(f1 + (~some))[:4])
        )
    return "\n".join(lines)
