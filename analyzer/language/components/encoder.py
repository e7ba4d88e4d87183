"""Component ``callcheck_encoder``: what the caller does, by a fine-tuned sentence encoder.

A MiniLM encoder (ONNX, int8) tags every word with the checks its words carry, the names in
it, and where a sentence ends. The recipe is in ``models/language/recipe``.

Writes ``doc.spans["encoder"]`` (spans labelled with check ids, scored),
``doc.user_data["encoder_scores"]`` (check id → highest probability), and token values
PERSON and ORG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList

from analyzer.errors import ModelError
from analyzer.language.reading import FILLERS, evidence_span, reading_of

NAME = "callcheck_encoder"
KEY = "encoder"
SCORES = "encoder_scores"
BOUNDARY = "BOUNDARY"
_NAMES = ("PERSON", "ORG")
_NAME_FROM = 0.5
_EVIDENCE_FROM = 0.4  # words this likely join a span whose best word is likelier
_SPAN_FROM = 0.1  # spans below this are not kept, even as a near miss
_PIECES = 250  # the encoder was trained on texts up to 160 pieces; 512 is its hard limit
_OVERLAP = 60


@dataclass(frozen=True)
class _Window:
    """A stretch of words that is run at once; ``keep`` are the words it decides."""

    doc: int
    first: int
    ids: list[int]
    owner: list[int]


class CallEncoder:
    """Runs the encoder over Docs made by ``analyzer.language.reading``."""

    def __init__(self, *, forms: tuple[str, ...] = ("spoken", "written")) -> None:
        self._forms = forms
        self._folder: Path | None = None
        self._session: Any = None
        self._tokenizer: Any = None
        self.labels: tuple[str, ...] = ()
        self._bytes: dict[str, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        return next(iter(self._run([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Run over many Docs, ``batch_size`` at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            yield from self._run(batch)

    def _run(self, docs: list[Doc]) -> list[Doc]:
        spoken = [[token.lower_ for token in doc] for doc in docs]
        by_token = self._probabilities(spoken)
        if "written" in self._forms:
            written = [[word.text for word in reading_of(doc).words] for doc in docs]
            differs = [not reading_of(doc).transcript.is_spoken and _is_written(w)
                       for doc, w in zip(docs, written, strict=True)]  # fmt: skip
            picked = [w for w, d in zip(written, differs, strict=True) if d]
            extra = iter(self._probabilities(picked))
            by_word: list[NDArray[np.float32] | None] = [
                next(extra) if d else None for d in differs
            ]
        else:
            by_word = [None] * len(docs)
        for doc, tokens, words in zip(docs, by_token, by_word, strict=True):
            self._annotate(doc, tokens, words)
        return docs

    def _annotate(
        self, doc: Doc, tokens: NDArray[np.float32], words: NDArray[np.float32] | None
    ) -> None:
        if words is not None and len(doc):
            on_tokens = words[np.array(reading_of(doc).token_word)]
            scores = (_highest(tokens) + _highest(words)) / 2
            tokens = (tokens + on_tokens) / 2
        else:
            scores = _highest(tokens, len(self.labels))
        doc.user_data[SCORES] = {
            label: float(scores[i])
            for i, label in enumerate(self.labels)
            if label not in (*_NAMES, BOUNDARY)
        }
        spans = []
        for column, label in enumerate(self.labels):
            if label in _NAMES:
                _mark_names(doc, tokens[:, column], label)
            elif label == BOUNDARY:
                doc.user_data["boundary"] = tokens[:, column]
            else:
                spans += _spans(doc, tokens[:, column], label, float(scores[column]))
        doc.spans[KEY] = sorted(spans, key=lambda s: (s.start, s.end, s.label_))

    def _probabilities(self, texts: list[list[str]]) -> list[NDArray[np.float32]]:
        """Probabilities of each text's words: arrays (words, labels)."""
        self._load()
        results = [np.zeros((len(t), len(self.labels)), np.float32) for t in texts]
        windows = [w for number, text in enumerate(texts) for w in self._windows(number, text)]
        windows.sort(key=lambda w: len(w.ids))
        for batch in _batches(windows):
            outputs = self._infer([w.ids for w in batch])
            for window, output in zip(batch, outputs, strict=True):
                target = results[window.doc]
                for piece, word in enumerate(window.owner):
                    np.maximum(target[word], output[piece + 1], out=target[word])
        return results

    def _windows(self, number: int, words: list[str]) -> Iterator[_Window]:
        if not words:
            return
        encoding = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        ids, owner = encoding.ids, encoding.word_ids
        start = 0
        while True:
            end = min(len(ids), start + _PIECES)
            framed = [self._cls, *ids[start:end], self._sep]
            yield _Window(number, start, framed, owner[start:end])
            if end == len(ids):
                return
            start = end - _OVERLAP

    def _infer(self, rows: list[list[int]]) -> NDArray[np.float32]:
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        output: NDArray[np.float32] = self._session.run(
            None, {"input_ids": ids, "attention_mask": mask}
        )[0]
        return output

    def _load(self) -> None:
        if self._session is not None:
            return
        import onnxruntime
        from tokenizers import Tokenizer

        if not self._bytes:
            raise ModelError("The language model has not been loaded from its folder.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            self._bytes["encoder.onnx"], options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_buffer(self._bytes["tokenizer.json"])
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls = tokenizer.token_to_id("[CLS]")
        self._sep = tokenizer.token_to_id("[SEP]")

    def from_files(self, folder: Path) -> CallEncoder:
        """Read ``encoder.onnx``, ``tokenizer.json`` and ``labels.json`` of a folder.

        Raises:
            ModelError: one of them is missing.
        """
        for name in ("encoder.onnx", "tokenizer.json", "labels.json"):
            path = folder / name
            if not path.is_file():
                raise ModelError(
                    f"The language model is incomplete: {name} is missing.",
                    next_step="Install callcheck again.",
                )
            self._bytes[name] = path.read_bytes()
        self.labels = tuple(json.loads(self._bytes["labels.json"]))
        self._session = None
        return self

    def to_disk(self, path: Path | str, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Write the component's files."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._bytes.items():
            (folder / name).write_bytes(data)

    def from_disk(
        self, path: Path | str, exclude: Iterable[str] = SimpleFrozenList()
    ) -> CallEncoder:
        """Read the component's files; see ``from_files``."""
        return self.from_files(Path(path))


def _is_written(words: list[str]) -> bool:
    return any(not w.replace("'", "").isalpha() or not w.islower() for w in words)


def _highest(rows: NDArray[np.float32], columns: int | None = None) -> NDArray[np.float32]:
    if len(rows) == 0:
        return np.zeros(columns if columns is not None else rows.shape[1], np.float32)
    result: NDArray[np.float32] = rows.max(axis=0)
    return result


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    for start in range(0, len(windows), 16):
        yield windows[start : start + 16]


def _mark_names(doc: Doc, column: NDArray[np.float32], label: str) -> None:
    for token, probability in zip(doc, column, strict=True):
        if probability >= _NAME_FROM and not token._.value:
            token._.value = label


def _spans(doc: Doc, column: NDArray[np.float32], label: str, best: float) -> list[Any]:
    """Runs of likely words, one span each; see ``_runs``.

    A run is kept when its best word is likely enough beside the transcript's best.
    """
    floor = max(_SPAN_FROM, min(_EVIDENCE_FROM, best * 0.6))
    spans = []
    for start, end in _runs(doc, column >= floor):
        span = evidence_span(doc, start, end, label)
        span._.score = float(column[start:end].max())
        span._.source = "encoder"
        spans.append(span)
    return spans


def _runs(doc: Doc, likely: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of likely tokens; one doubtful word, or hesitations, inside do not break a run."""
    runs: list[tuple[int, int]] = []
    for index in np.flatnonzero(likely):
        token = int(index)
        if runs and _joins(doc, runs[-1][1], token):
            runs[-1] = (runs[-1][0], token + 1)
        else:
            runs.append((token, token + 1))
    return runs


def _joins(doc: Doc, end: int, token: int) -> bool:
    between = [doc[i] for i in range(end, token)]
    content = [t for t in between if t.lower_ not in FILLERS]
    hard = any(doc[i]._.hard_start for i in range(end, token + 1))
    return not between or (len(content) <= 1 and not hard)


@Language.factory(NAME, default_config={"forms": ["spoken", "written"]})
def create_call_encoder(nlp: Language, name: str, forms: list[str]) -> CallEncoder:
    """Create the component; ``forms`` are the forms of a written text that are both read."""
    return CallEncoder(forms=tuple(forms))
