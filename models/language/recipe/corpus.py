"""Read the corpus: marked-up lines become words with the labels each word carries.

The mark-up is explained in ``../corpus/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from labels import CHECKS, CODES

_HEAD = re.compile(r"^#\s*scenario:(?P<scenario>.*?)\|\s*split:\s*(?P<split>\w+)")
_WHOLE = re.compile(r"^(?P<kind>voicemail|call)\s*\|(?P<scenario>[^|]*)\|\s*(?P<text>.*)$")
_NULLS = re.compile(r"\s~(?P<codes>[A-Z]+(?:,[A-Z]+)*)\s*$")
_OPEN = re.compile(r"\[([A-Z]+):\s*")
_WORD = re.compile(r"\S+")


class MarkupError(ValueError):
    """A line of the corpus has a wrong bracket or code."""


@dataclass(frozen=True)
class Item:
    """One labelled text.

    Attributes:
        words: white-space words as written.
        tags: for each word, the labels of the spans it stands in.
        labels: labels present in the item (a superset of all tags).
        nulls: labels that two careful people could dispute; not trained on, not scored.
        spans_known: whether ``tags`` are complete; if not, only ``labels`` are known.
        kind: voicemail, call, or "" for a segment.
        heard: whether a recogniser wrote it down, so that it has a spoken form only.
    """

    words: tuple[str, ...]
    tags: tuple[frozenset[str], ...]
    labels: frozenset[str]
    nulls: frozenset[str] = frozenset()
    spans_known: bool = True
    kind: str = ""
    scenario: str = ""
    source: str = ""
    heard: bool = False

    @property
    def text(self) -> str:
        """The text as written."""
        return " ".join(self.words)


@dataclass
class Corpus:
    """Items by split."""

    train: list[Item] = field(default_factory=list)
    dev: list[Item] = field(default_factory=list)


def parse_markup(marked: str) -> tuple[str, list[tuple[int, int, str]], frozenset[str]]:
    """Return plain text, spans (start, end, label) in characters, and disputed labels.

    Raises:
        MarkupError: an unknown code, or a bracket without its fellow.
    """
    match = _NULLS.search(marked)
    nulls: frozenset[str] = frozenset()
    if match:
        nulls = frozenset(_label(code) for code in match["codes"].split(","))
        marked = marked[: match.start()]
    plain: list[str] = []
    length = 0
    open_spans: list[tuple[str, int]] = []
    spans: list[tuple[int, int, str]] = []
    position = 0
    while position < len(marked):
        opening = _OPEN.match(marked, position)
        if opening:
            open_spans.append((_label(opening[1]), length))
            position = opening.end()
        elif marked[position] == "]":
            if not open_spans:
                raise MarkupError("a ] without its [")
            label, start = open_spans.pop()
            spans.append((start, length, label))
            position += 1
        elif marked[position] == "[":
            raise MarkupError("a [ without a code")
        else:
            plain.append(marked[position])
            length += 1
            position += 1
    if open_spans:
        raise MarkupError(f"[{open_spans[-1][0]} is never closed")
    return "".join(plain), spans, nulls


def _label(code: str) -> str:
    if code not in CODES:
        raise MarkupError(f"unknown code {code}")
    return CODES[code]


def parse_item(line: str, *, scenario: str = "", source: str = "") -> Item:
    """Parse one line of a corpus file, segment or whole transcript."""
    whole = _WHOLE.match(line)
    kind = whole["kind"] if whole else ""
    text, spans, nulls = parse_markup(whole["text"] if whole else line)
    words, tags = [], []
    for match in _WORD.finditer(text):
        words.append(match.group())
        tags.append(
            frozenset(
                lab for start, end, lab in spans if start < match.end() and end > match.start()
            )
        )
    labels = frozenset(label for _, _, label in spans)
    return Item(
        tuple(words), tuple(tags), labels, nulls - labels, True, kind,
        whole["scenario"].strip() if whole else scenario, source,
    )  # fmt: skip


def read_marked_file(path: Path) -> Iterator[tuple[str, Item]]:
    """Yield (split, item) for each line of a marked-up file."""
    split, scenario = "train", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head = _HEAD.match(line)
        if head:
            split, scenario = head["split"], head["scenario"].strip()
        elif line.strip() and not line.startswith("#"):
            try:
                item = parse_item(line.strip(), scenario=scenario, source=f"{path.stem}:{number}")
            except MarkupError as error:
                raise MarkupError(f"{path.name} line {number}: {error}") from error
            if item.words:
                yield split, item


def read_segment_labels(path: Path) -> Iterator[Item]:
    """Yield segments labelled as a whole: JSON lines ``{"text", "labels"}``."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        words = tuple(row["text"].split())
        labels = frozenset(row["labels"]) & frozenset(CHECKS)
        if words:
            yield Item(
                words, (frozenset(),) * len(words), labels,
                spans_known=not labels, source=f"{path.stem}:{number}",
            )  # fmt: skip


def read_heard(path: Path) -> Iterator[Item]:
    """Yield calls as a recogniser heard them, labels carried over (see ``hear.py``)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            row = json.loads(line)
            tags = tuple(frozenset(tag) for tag in row["tags"])
            yield Item(
                tuple(row["words"]), tags, frozenset().union(*tags), frozenset(row["nulls"]),
                kind=row["kind"], scenario=row["scenario"], source=f"{path.stem}:{number}",
                heard=True,
            )  # fmt: skip


def load_corpus(folder: Path, *, without: Iterable[str] = ()) -> Corpus:
    """Load every file under ``folder``, dropping repeated texts (the first one stays).

    ``without`` names folders in it to leave out.
    """
    corpus = Corpus()
    seen: set[str] = set()

    def add(split: str, item: Item) -> None:
        key = re.sub(r"[^a-z0-9 ]", "", item.text.lower())
        if key not in seen:
            seen.add(key)
            (corpus.dev if split == "dev" else corpus.train).append(item)

    left_out = set(without)
    files = [path for path in sorted(folder.rglob("*.txt")) if path.parent.name not in left_out]
    for path in files:
        for split, item in read_marked_file(path):
            if split == "dev":
                add(split, item)
    for path in files:
        for split, item in read_marked_file(path):
            if split != "dev":
                add(split, item)
    for path in sorted(folder.rglob("*.jsonl")):
        read = read_heard if path.parent.name == "heard" else read_segment_labels
        for item in read(path):
            add("train", item)
    return corpus
