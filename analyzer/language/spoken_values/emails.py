"""E-mail addresses as they are spoken: "j dot smith at example dot com".

An address is known by its "at", a domain after it that ends in a known ending, and
something that can stand before it; a bare "at" in a sentence has no such domain.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.spoken_values.digits import DIGIT_WORDS, SINGLE, read_group
from analyzer.language.spoken_values.found import Found
from analyzer.language.spoken_values.numbers import TEENS, TENS, read_cardinal

ENDINGS = frozenset(
    "com org net edu gov co io uk us ca au nz ie eu in de fr es it nl se no dk fi pl pt ch at be "
    "info biz me dev app ai ac mil int tech online site name pro jobs cloud email xyz za ng ke "
    "gh pk bd lk sg my hk jp cn kr br mx ar test example invalid".split()
)
_HEARD_AS = {"calm": "com", "come": "com", "comm": "com"}
_SEPARATORS = {
    "dot": ".", "period": ".", "point": ".", "underscore": "_", "dash": "-", "hyphen": "-",
    "minus": "-", "plus": "+",
}  # fmt: skip
_PROVIDERS = frozenset({"gmail", "hotmail", "yahoo", "outlook", "icloud", "aol", "protonmail"})
_STOPS = frozenset(
    "is at to it's its that's thats on me my address email emails mail e e-mail the by via or and "
    "i'm an through using with send reach write for so as of in you can here again yes yeah okay "
    "ok be was will would could please just this from your mine which drop message contact "
    "up us them him her out about also best but if use try i'd i'll reached one's "
    "address's id name there".split()
)
_MAILBOXES = frozenset({"me", "contact", "mail", "email", "here", "address", "one"})
_ASIDES = (
    ("all", "lower", "case"), ("all", "lowercase"), ("all", "one", "word"), ("in", "lower", "case"),
    ("lower", "case"), ("no", "spaces"), ("one", "word"), ("lowercase",), ("no", "caps"),
)  # fmt: skip
_REPEATS = {"double": 2, "triple": 3}
_MOST_BEFORE = 30
_MOST_WORDS = 3
_MOST_LABEL = 12


def find_emails(words: Sequence[str]) -> list[Found]:
    """Every e-mail address in the words, in order."""
    found: list[Found] = []
    floor = 0
    for at, word in enumerate(words):
        if word != "at" or at < floor:
            continue
        read = _domain(words, at + 1)
        if read is None:
            continue
        domain, end, partial = read
        start = _local_start(words, at, floor)
        local = _spell(words, start, _without_aside(words, start, at)) if start < at else ""
        if not local or (partial and not _deliberate(words, start, at)):
            continue
        found.append(Found(start, end, "EMAIL", f"{local}@{domain}", partial=partial))
        floor = end
    return found


def _domain(words: Sequence[str], i: int) -> tuple[str, int, bool] | None:
    """Domain, the index after it, and whether its ending is missing."""
    if words[i] == "the" and words[i + 1] == "rate":  # Indian English for the sign
        i += 3 if words[i + 2] == "of" else 2
    elif words[i] == "sign":
        i += 1
    labels: list[str] = []
    best: tuple[str, int] | None = None
    at = i
    while True:
        ending = _ending(words, at) if labels else None
        if ending is not None:
            labels.append(ending[0])
            at = ending[1]
            best = ".".join(labels), at
        else:
            label = _label(words, at)
            if label is None:
                break
            labels.append(label[0])
            at = label[1]
        if words[at] not in ("dot", "period", "point"):
            break
        at += 1
    if best is not None:
        return best[0], best[1], False
    if words[i] in _PROVIDERS:
        return words[i], i + 1, True
    return None


def _ending(words: Sequence[str], i: int) -> tuple[str, int] | None:
    word = _HEARD_AS.get(words[i], words[i])
    if word in ENDINGS:
        return word, i + 1
    spelled = ""
    for length in range(1, 4):
        if len(words[i + length - 1]) != 1:
            return None
        spelled += words[i + length - 1]
        if len(spelled) > 1 and spelled in ENDINGS and len(words[i + length]) != 1:
            return spelled, i + length
    return None


def _label(words: Sequence[str], i: int) -> tuple[str, int] | None:
    """The part of a domain up to the next "dot"."""
    end = i
    plain = 0
    while words[end] and words[end] not in ("dot", "period", "at") and end < i + _MOST_LABEL:
        plain += len(words[end]) > 1 and words[end] not in DIGIT_WORDS
        end += 1
    if words[end] != "dot" and words[end] != "period":
        return None
    text = _spell(words, i, end)
    return (text, end) if text and plain <= _MOST_WORDS + 1 and "_" not in text else None


def _local_start(words: Sequence[str], at: int, floor: int) -> int:
    """Index of the first word of the part before the "at"."""
    first = _before_aside(words, at)
    i = first
    plain = 0
    lowest = max(floor, at - _MOST_BEFORE)
    while i > lowest:
        word = words[i - 1]
        taken = _letter_with_word(words, i)
        if taken:
            i -= taken
            continue
        if word in _SEPARATORS:
            plain = 0
        elif len(word) == 1 or word in SINGLE or word in DIGIT_WORDS or word in _REPEATS:
            if not _spelled(words, i - 1, first):
                break
        elif word in ("hundred", "thousand", "capital", "letter", "number"):
            pass
        elif word in _STOPS and not _is_mailbox(words, i - 1, first):
            break
        else:
            plain += 1
            if plain > _MOST_WORDS or "'" in word:
                break
        i -= 1
    while i < first and (words[i] in _SEPARATORS or words[i] in ("hundred", "thousand", "number")):
        i += 1
    return i


def _is_mailbox(words: Sequence[str], i: int, first: int) -> bool:
    """Whether a common word is a mailbox or part of one: "contact at", "this dot is dot me"."""
    if words[i + 1] in _SEPARATORS and i + 1 < first:
        return "'" not in words[i]  # no address begins with a dot
    if i > 0 and words[i - 1] in _SEPARATORS:
        return True
    return i == first - 1 and words[i] in _MAILBOXES and words[i - 1 if i else i] in (
        "is", "it's", "that's", "at",
    )  # fmt: skip


def _spelled(words: Sequence[str], i: int, first: int) -> bool:
    """Whether a letter or digit belongs to the address: "a" and "i" need company."""
    if words[i] not in ("a", "i"):
        return True
    after, before = words[i + 1], words[i - 1] if i else ""
    near = len(after) == 1 or after in _SEPARATORS or i + 1 == first
    return near or len(before) == 1 or before in _SEPARATORS


def _letter_with_word(words: Sequence[str], i: int) -> int:
    """Words of "b as in bravo" or "f for freddie" that end before ``i``; 0 for none."""
    if i >= 4 and words[i - 3 : i - 1] == ["as", "in"] and len(words[i - 4]) == 1:
        return 4
    if i >= 3 and words[i - 2] in ("for", "like") and len(words[i - 3]) == 1:
        return 3 if words[i - 1].startswith(words[i - 3]) else 0
    return 0


def _before_aside(words: Sequence[str], at: int) -> int:
    """Where the address stops before "all lower case at"."""
    for aside in _ASIDES:
        if tuple(words[max(0, at - len(aside)) : at]) == aside:
            return _before_aside(words, at - len(aside))
    return at


def _without_aside(words: Sequence[str], start: int, at: int) -> int:
    return max(start, _before_aside(words, at))


def _deliberate(words: Sequence[str], start: int, at: int) -> bool:
    """Whether words before an "at gmail" without its ending are an address."""
    local = words[start:at]
    marked = any(w in _SEPARATORS or len(w) == 1 or w in DIGIT_WORDS for w in local)
    return marked or bool({"email", "mail", "address"} & set(words[max(0, start - 4) : start]))


def _spell(words: Sequence[str], start: int, end: int) -> str:
    """Letters, digits and separators of these words, joined."""
    out = ""
    i = start
    while i < end:
        word = words[i]
        if word in _SEPARATORS:
            out, i = out + _SEPARATORS[word], i + 1
        elif word in ("capital", "letter", "number") and i + 1 < end:
            i += 1
        elif word == "double" and words[i + 1] == "u" and i + 1 < end:
            out, i = out + "w", i + 2
        elif word in _REPEATS and i + 1 < end and len(words[i + 1]) == 1:
            out, i = out + words[i + 1] * _REPEATS[word], i + 2
        elif len(word) == 1 and i + 2 < end and words[i + 1] in ("for", "like", "as"):
            out, i = out + word, i + (4 if words[i + 1] == "as" else 3)
        elif word in DIGIT_WORDS and not _letter_o(words, i):
            digits, i = _number(words, i, end)
            out += digits
        else:
            out, i = out + ("o" if word == "oh" else word.replace("'", "")), i + 1
    return out.strip(".-+")


def _letter_o(words: Sequence[str], i: int) -> bool:
    """Whether "o" or "oh" is the letter: no digit stands beside it."""
    if words[i] not in ("o", "oh"):
        return False
    return words[i + 1] not in DIGIT_WORDS and (i == 0 or words[i - 1] not in DIGIT_WORDS)


def _number(words: Sequence[str], i: int, end: int) -> tuple[str, int]:
    """A year or a number as digits; otherwise one group of them."""
    cardinal = read_cardinal(words, i)
    if cardinal and cardinal[1] <= end and {"hundred", "thousand"} & set(words[i : cardinal[1]]):
        return str(cardinal[0]), cardinal[1]
    group = read_group(words, i)
    if group is None or group[1] > end:
        ten = TENS.get(words[i]) or TEENS.get(words[i])
        return SINGLE.get(words[i]) or (str(ten) if ten else words[i]), i + 1
    return group
