"""Choose the two thresholds of each check on the development calls, never on the test set.

``present_from`` is the score that gives the best F1 (F0.7 for forbidden checks, whose false
alarms hurt a blameless caller more); among scores within a hair of the best, the median.
With few examples it is drawn towards 0.5. ``absent_below`` lies ``DOUBT`` logits lower: in
between a verdict is unclear.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np
from corpus import load_corpus
from labels import CHECKS, FORBIDDEN
from numpy.typing import NDArray

from analyzer.checklist.detection import detect
from analyzer.checklist.loader import load_pack
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.language.pipeline import Reader
from analyzer.language.spoken_form import spoken_text
from analyzer.speech.typed import typed_transcript

DOUBT = 0.9
PRIOR_WEIGHT = 15.0
_GRID = np.arange(0.2, 0.91, 0.01)
_HAIR = 0.004


def dev_scores(corpus_folder: Path) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Scores and labels (1, 0, or -1 disputed) of the dev calls, written and speech-like."""
    pack = load_pack()
    reader = Reader(phrase_rules(pack))
    items = [item for item in load_corpus(corpus_folder).dev if item.kind]
    texts = [item.text for item in items] + [spoken_text(item.text) for item in items]
    scores = np.zeros((len(texts), len(CHECKS)))
    labels = np.zeros((len(texts), len(CHECKS)), np.int8)
    docs = reader.read_many(typed_transcript(text) for text in texts)
    for row, (doc, item) in enumerate(zip(docs, items + items, strict=True)):
        found = {finding.check_id: finding.score for finding in detect(doc, pack)}
        for column, check in enumerate(CHECKS):
            scores[row, column] = found[check]
            labels[row, column] = 1 if check in item.labels else (-1 if check in item.nulls else 0)
    return scores, labels


def best_threshold(scores: NDArray[np.float64], labels: NDArray[np.int8], *, beta: float) -> float:
    """The threshold with the best F-beta, drawn towards 0.5 when positives are few."""
    known = labels >= 0
    score, true = scores[known], labels[known] == 1
    values = []
    for threshold in _GRID:
        said = score >= threshold
        tp, fp, fn = (said & true).sum(), (said & ~true).sum(), (~said & true).sum()
        values.append((1 + beta**2) * tp / max(1, (1 + beta**2) * tp + beta**2 * fn + fp))
    near_best = [t for t, v in zip(_GRID, values, strict=True) if v >= max(values) - _HAIR]
    found = float(np.median(near_best))
    positives = float(true.sum())
    return (found * positives + 0.5 * PRIOR_WEIGHT) / (positives + PRIOR_WEIGHT)


def thresholds(
    scores: NDArray[np.float64], labels: NDArray[np.int8]
) -> dict[str, dict[str, float]]:
    """Both thresholds of every check."""
    result = {}
    for column, check in enumerate(CHECKS):
        beta = 0.7 if check in FORBIDDEN else 1.0
        present = best_threshold(scores[:, column], labels[:, column], beta=beta)
        logit = math.log(present / (1 - present)) - DOUBT
        result[check] = {
            "absent_below": round(1 / (1 + math.exp(-logit)), 3),
            "present_from": round(present, 3),
        }
    return result


def main() -> None:
    """Command line; writes ``calibration.json`` into the pipeline's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("pipeline", type=Path)
    given = parser.parse_args()
    scores, labels = dev_scores(given.corpus)
    data = {
        "calls": len(scores) // 2,
        "thresholds": thresholds(scores, labels),
    }
    (given.pipeline / "calibration.json").write_text(json.dumps(data, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
