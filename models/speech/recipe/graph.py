"""The decoding graph: lexicon and language model composed, then spelled out in transition ids.

Phones are context independent, so there is no context transducer. The unknown word is carried
through determinisation as one made-up phone and only then becomes a loop over all phones, which
keeps the graph small.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import kaldifst  # type: ignore[import-untyped]

from .kaldi_files import forward_id, loop_id
from .language_model import BackoffModel, acceptor
from .lexicon import UNKNOWN, Pronunciations
from .phones import (
    CMU_PHONES,
    LAST_PHONE_ID,
    POSITION_INDEX,
    POSITION_PHONES,
    with_positions,
)

SILENCE_ID: Final = 1
FIRST_MARK: Final = LAST_PHONE_ID + 1
"""Id of ``#0``; the other disambiguation symbols follow it."""


@dataclass(frozen=True)
class Costs:
    """Graph weights: chance of a pause after a word; costs of the unknown word and its phones.

    `unknown` is paid once a word (None: no unknown word), `unknown_phone` once a phone, besides
    `unknown_scale` times the phone's own surprise.
    """

    pause: float = 0.3
    unknown: float | None = 9.0
    unknown_phone: float = 0.0
    unknown_scale: float = 1.0


def word_ids(words: list[str]) -> dict[str, int]:
    """Return Kaldi's word numbering, with the empty word and the sentence marks."""
    symbols = ["<eps>", *words, "#0", "<s>", "</s>"]
    return {word: index for index, word in enumerate(symbols)}


def _marked(lexicon: Pronunciations) -> tuple[list[tuple[str, tuple[int, ...]]], int]:
    """Return (word, phone ids) with disambiguation marks, and the highest mark's number."""
    entries = [(w, with_positions(p)) for w in sorted(lexicon) for p in lexicon[w]]
    copies = Counter(phones for _, phones in entries)
    prefixes = {phones[:n] for _, phones in entries for n in range(1, len(phones))}
    used: Counter[tuple[int, ...]] = Counter()
    marked = []
    for word, phones in entries:
        if copies[phones] > 1 or phones in prefixes:
            used[phones] += 1
            marked.append((word, (*phones, FIRST_MARK + used[phones])))
        else:
            marked.append((word, phones))
    return marked, max(used.values(), default=0)


def _lexicon_fst(
    lexicon: Pronunciations, ids: dict[str, int], costs: Costs
) -> tuple[kaldifst.StdVectorFst, int]:
    """Return the lexicon transducer and the id of the unknown word's made-up phone."""
    entries, marks = _marked(lexicon)
    silence_mark = FIRST_MARK + marks + 1
    placeholder = silence_mark + 1
    if costs.unknown is not None:
        entries.append((UNKNOWN, (placeholder,)))
    with_pause, without = -math.log(costs.pause), -math.log(1 - costs.pause)
    start, loop, silence, after = 0, 1, 2, 3
    lines = [
        f"{start} {loop} 0 0 {without}",
        f"{start} {silence} 0 0 {with_pause}",
        f"{silence} {after} {SILENCE_ID} 0 0",
        f"{after} {loop} {silence_mark} 0 0",
    ]
    fresh = 4
    for word, phones in entries:
        state = loop
        for place, phone in enumerate(phones):
            label = ids[word] if place == 0 else 0
            if place + 1 == len(phones):
                lines.append(f"{state} {loop} {phone} {label} {without}")
                lines.append(f"{state} {silence} {phone} {label} {with_pause}")
            else:
                lines.append(f"{state} {fresh} {phone} {label} 0")
                state, fresh = fresh, fresh + 1
    lines.append(f"{loop} 0")
    fst = kaldifst.compile("\n".join(lines) + "\n")
    kaldifst.add_self_loops(fst, [FIRST_MARK], [ids["#0"]])
    kaldifst.arcsort(fst, "olabel")
    return fst, placeholder


class _Expander:
    """Turns phone arcs into transition-id arcs, entering a phone before looping on it."""

    def __init__(self, fresh: int) -> None:
        self.fresh = fresh
        self.arcs: list[tuple[int, int, int, int, float]] = []
        self._bodies: dict[tuple[int, int], int] = {}
        self._unknowns: dict[int, int] = {}

    def new_state(self) -> int:
        """Return an unused state."""
        self.fresh += 1
        return self.fresh - 1

    def phone(self, source: int, target: int, phone: int, word: int, cost: float) -> None:
        """Add a phone between two states."""
        body = self._bodies.get((target, phone))
        if body is None:
            body = self._bodies[target, phone] = self.new_state()
            self.arcs.append((body, body, loop_id(phone), 0, 0.0))
            self.arcs.append((body, target, 0, 0, 0.0))
        self.arcs.append((source, body, forward_id(phone), word, cost))

    def unknown(
        self, source: int, target: int, word: int, cost: float, phones: dict[str, float]
    ) -> None:
        """Add a word of any three or more phones, each at its cost, between two states."""
        first = self._unknowns.get(target)
        if first is None:
            first, later = self.new_state(), self.new_state()
            self._unknowns[target] = first
            for name, phone_cost in phones.items():
                inner, last = POSITION_INDEX[f"{name}_I"], POSITION_INDEX[f"{name}_E"]
                self.phone(first, later, inner, 0, phone_cost)
                self.phone(later, later, inner, 0, phone_cost)
                self.phone(later, target, last, 0, phone_cost)
        for name, phone_cost in phones.items():
            self.phone(source, first, POSITION_INDEX[f"{name}_B"], word, cost + phone_cost)


def _phone_costs(lexicon: Pronunciations, model: BackoffModel, costs: Costs) -> dict[str, float]:
    """Return each phone's cost in an unknown word, from the phone frequencies of rare words."""
    counts: Counter[str] = Counter(dict.fromkeys(CMU_PHONES, 1))
    for word, variants in lexicon.items():
        if model.unigrams.get(word, 0.0) < 1e-4:
            counts.update(variants[0])
    total = sum(counts.values())
    return {
        phone: costs.unknown_phone - costs.unknown_scale * math.log(count / total)
        for phone, count in counts.items()
    }


Arc = tuple[int, int, int, int, float]


@dataclass(frozen=True)
class Joined:
    """Lexicon and language model, composed and determinised: phones in, words out.

    `arcs` are (source, target, phone id, word id, cost); `placeholder` is the made-up phone.
    """

    words: list[str]
    start: int
    arcs: list[Arc]
    finals: list[tuple[int, float]]
    placeholder: int


def join(lexicon: Pronunciations, model: BackoffModel, costs: Costs) -> Joined:
    """Compose the lexicon with the language model; unknown words still cost nothing."""
    words = sorted(lexicon) + ([UNKNOWN] if costs.unknown is not None else [])
    ids = word_ids(words)
    lexicon_fst, placeholder = _lexicon_fst(lexicon, ids, costs)
    extra = {} if costs.unknown is None else {UNKNOWN: 0.0}
    grammar = kaldifst.compile(acceptor(model, ids, extra))
    kaldifst.arcsort(grammar, "ilabel")
    fst = kaldifst.compose(lexicon_fst, grammar)
    kaldifst.determinize_star(fst, use_log=True)
    kaldifst.minimize_encoded(fst)
    arcs: list[Arc] = []
    finals: list[tuple[int, float]] = []
    start: int | None = None
    for line in fst.to_str().splitlines():
        parts = line.split()
        if start is None and parts:
            start = int(parts[0])
        if len(parts) >= 4:
            cost = float(parts[4]) if len(parts) > 4 else 0.0
            arcs.append((int(parts[0]), int(parts[1]), int(parts[2]), int(parts[3]), cost))
        elif parts:
            finals.append((int(parts[0]), float(parts[1]) if len(parts) > 1 else 0.0))
    if start is None:
        raise ValueError("the composed graph is empty")
    return Joined(words, start, arcs, finals, placeholder)


def write_graph(
    folder: Path, joined: Joined, phone_costs: dict[str, float], unknown: float
) -> tuple[int, int]:
    """Write ``HCLG.fst``, ``words.txt`` and ``phones/`` into a folder; return states and arcs."""
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    ids = word_ids(joined.words)
    (folder / "words.txt").write_text("".join(f"{w} {i}\n" for w, i in ids.items()), "utf-8")
    kinds = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
    boundary = [f"{SILENCE_ID} nonword\n"] + [
        f"{i} {kinds[POSITION_PHONES[i][-1]]}\n" for i in range(2, LAST_PHONE_ID + 1)
    ]
    (folder / "phones" / "word_boundary.int").write_text("".join(boundary), "utf-8")
    expander = _Expander(1 + max(max(arc[0], arc[1]) for arc in joined.arcs))
    for source, target, phone, word, cost in joined.arcs:
        if phone == joined.placeholder:
            expander.unknown(source, target, word, cost + unknown, phone_costs)
        elif 0 < phone <= LAST_PHONE_ID:
            expander.phone(source, target, phone, word, cost)
        else:
            expander.arcs.append((source, target, 0, word, cost))
    # The start state is the first the compiler meets.
    expander.arcs.sort(key=lambda arc: (arc[0] != joined.start, arc[0]))
    text = "".join(f"{s} {t} {i} {o} {c:.6g}\n" for s, t, i, o, c in expander.arcs)
    text += "".join(f"{s} {c:.6g}\n" for s, c in joined.finals)
    result = kaldifst.compile(text)
    kaldifst.arcsort(result, "ilabel")
    result.write(str(folder / "HCLG.fst"))
    return expander.fresh, len(expander.arcs)


def build_graph(
    folder: Path, lexicon: Pronunciations, model: BackoffModel, costs: Costs
) -> tuple[int, int]:
    """Make the whole graph in a folder; return its states and arcs."""
    phone_costs = _phone_costs(lexicon, model, costs)
    return write_graph(folder, join(lexicon, model, costs), phone_costs, costs.unknown or 0.0)
