"""Choose the thresholds on the development calls, never on the test set.

``present_from`` is shared by all required checks (best mean F1) and by all forbidden ones (best
mean F0.7: a false alarm hurts a blameless caller more than a miss). Thresholds of each check's
own were tried and did worse where it counts: fitted on three of the four kinds of development
calls and measured on the fourth, macro F1 was 0.902 against 0.916 for a shared 0.5.
``absent_below`` lies ``DOUBT`` logits lower: in between a verdict is unclear.
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
FORBIDDEN_BETA = 0.7
AS_GOOD = 0.0025  # the curve is flat round its peak, which is a matter of chance
_GRID = np.arange(0.3, 0.81, 0.05)


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
    """The middle one of the thresholds as good as the best: F-beta averaged over the columns."""
    known, true = labels >= 0, labels == 1
    values = []
    for threshold in _GRID:
        said = (scores >= threshold) & known
        tp, fp, fn = (said & true).sum(0), (said & ~true).sum(0), (~said & true).sum(0)
        f_beta = (1 + beta**2) * tp / np.maximum(1, (1 + beta**2) * tp + beta**2 * fn + fp)
        values.append(float(f_beta.mean()))
    good = [t for t, value in zip(_GRID, values, strict=True) if value >= max(values) - AS_GOOD]
    return round(float(good[(len(good) - 1) // 2]), 2)


def thresholds(
    scores: NDArray[np.float64], labels: NDArray[np.int8]
) -> dict[str, dict[str, float]]:
    """Both thresholds of every check."""
    result = {}
    for group, beta in ((CHECKS[: -len(FORBIDDEN)], 1.0), (FORBIDDEN, FORBIDDEN_BETA)):
        columns = [CHECKS.index(check) for check in group]
        present = best_threshold(scores[:, columns], labels[:, columns], beta=beta)
        logit = math.log(present / (1 - present)) - DOUBT
        absent = round(1 / (1 + math.exp(-logit)), 3)
        for check in group:
            result[check] = {"absent_below": absent, "present_from": present}
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
