"""Component ``callcheck_encoder``: what the caller does, by a fine-tuned sentence encoder.

A MiniLM encoder (ONNX, int8) tags every word with the checks its words carry, the names in
it, and where a sentence ends. The recipe is in ``models/language/recipe``.

Writes ``doc.spans["encoder"]`` (spans labelled with check ids, scored),
``doc.user_data["encoder_scores"]`` (check id → highest probability), and token values
PERSON and ORG.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList

from analyzer.errors import ModelError
from analyzer.language.reading import FILLERS, evidence_span, reading_of
from analyzer.language.spoken_form import is_written

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
    """A stretch that is run at once: its word pieces, and the word each belongs to."""

    ids: list[int]
    owner: list[int]


class CallEncoder:
    """Runs the encoder over Docs made by ``analyzer.language.reading``."""

    def __init__(self, *, forms: tuple[str, ...] = ("written",)) -> None:
        self._forms = forms
        self._session: Any = None
        self._tokenizer: Any = None
        self.labels: tuple[str, ...] = ()
        self._bytes: dict[str, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        read = [self._as_written(doc)] if self._reads_written(doc) else []
        if not read or "spoken" in self._forms:
            read.append(self._probabilities([token.lower_ for token in doc]))
        self._annotate(doc, read)
        return doc

    def _reads_written(self, doc: Doc) -> bool:
        reading = reading_of(doc)
        typed = "written" in self._forms and not reading.transcript.is_spoken
        return typed and is_written([word.text for word in reading.words])

    def _as_written(self, doc: Doc) -> NDArray[np.float32]:
        """Probabilities of the transcript's words as they were typed, for each token."""
        reading = reading_of(doc)
        words = self._probabilities([word.text for word in reading.words])
        on_tokens: NDArray[np.float32] = words[np.array(reading.token_word, np.int64)]
        return on_tokens

    def _annotate(self, doc: Doc, read: list[NDArray[np.float32]]) -> None:
        scores = np.mean([_highest(form) for form in read], axis=0)
        tokens = np.mean(read, axis=0)
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

    def _probabilities(self, words: list[str]) -> NDArray[np.float32]:
        """Probabilities of one text's words: (words, labels)."""
        self._load()
        result: NDArray[np.float32] = np.zeros((len(words), len(self.labels)), np.float32)
        for window in self._windows(words):
            np.maximum.at(result, window.owner, self._infer(window.ids)[1:-1])
        return result

    def _windows(self, words: list[str]) -> Iterator[_Window]:
        if not words:
            return
        encoding = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        ids, owner = encoding.ids, encoding.word_ids
        start = 0
        while True:
            end = min(len(ids), start + _PIECES)
            framed = [self._cls, *ids[start:end], self._sep]
            yield _Window(framed, owner[start:end])
            if end == len(ids):
                return
            start = end - _OVERLAP

    def _infer(self, pieces: list[int]) -> NDArray[np.float32]:
        """Probabilities (pieces, labels) of one window.

        One window at a time: int8 activations are scaled by the largest value in the run, so
        that in a batch a text's scores would depend on its neighbours.
        """
        ids = np.array([pieces], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        output: NDArray[np.float32] = self._session.run(None, feed)[0][0]
        return output

    def _load(self) -> None:
        if self._session is not None:
            return
        onnxruntime = _quiet_onnxruntime()
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


def _quiet_onnxruntime() -> Any:
    """Import ONNX Runtime with its usage reports off: nothing leaves this machine."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when the library is loaded
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def _highest(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = rows.max(axis=0, initial=0.0)
    return result


def _mark_names(doc: Doc, column: NDArray[np.float32], label: str) -> None:
    for index in np.flatnonzero(column >= _NAME_FROM):
        token = doc[int(index)]
        if not token._.value:
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
    hard = any(i in reading_of(doc).hard_starts for i in range(end, token + 1))
    return not between or (len(content) <= 1 and not hard)


@Language.factory(NAME, default_config={"forms": ["written"]})
def create_call_encoder(nlp: Language, name: str, forms: list[str]) -> CallEncoder:
    """Create the component; ``forms`` are the forms in which a typed text is read.

    With both, their mean counts. What a recogniser wrote has its spoken form alone.
    """
    return CallEncoder(forms=tuple(forms))
