"""Phone numbers as they are spoken, found as strings of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.language.spoken_values.digits import SINGLE, read_group
from analyzer.language.spoken_values.found import Found
from analyzer.language.spoken_values.numbers import read_cardinal

_LINKS = frozenset({"dash", "hyphen", "then", "and", "space", "comma", "area", "code", "that's"})
_FRESH = frozenset({"and", "that's"})
_CUES = frozenset(
    "number numbers number's phone cell cellphone mobile telephone tel landline reached reach "
    "call ring text dial whatsapp contact line home work office".split()
)
_LAST_BEFORE = frozenset(
    "is on at number to back again it's that's phone mobile cell me plus code telephone line "
    "landline repeat number's called dial ring call text was".split()
)
_OTHER_NUMBERS = frozenset(
    "reference requisition req order account confirmation job application badge case id "
    "employee student license licence registration ticket zip postal post access security "
    "invoice policy room".split()
)
_CUE_REACH = 7
_FULL, _FULL_WITH_CUE, _PARTIAL = 7, 6, 5
_LONGEST = 15


@dataclass(frozen=True)
class Group:
    """One group of digits in its place.

    Attributes:
        start, end: word indices.
        fresh: "and" or "that's" stands before it: perhaps another number begins.
    """

    start: int
    end: int
    digits: str
    fresh: bool = False


def read_phones(words: Sequence[str], i: int) -> list[Found]:
    """The phone number that begins at this word; two where it is said twice in one breath."""
    plus = words[i] == "plus"
    groups = _run(words, i + 1 if plus else i)
    if not groups or _is_other_number(words, i):
        return []
    cue = has_cue(words, i)
    groups = _trimmed(words, groups, i, plus=plus, cue=cue)
    if not _plausible(words, groups, cue=cue or plus):
        return []
    found = []
    for part in _said_twice(groups):
        digits = _digits(part)
        start = i if part[0] is groups[0] and groups[0].start == i + plus else part[0].start
        partial = len(digits) < (_FULL_WITH_CUE if cue else _FULL)
        found.append(Found(start, part[-1].end, "PHONE", digits, partial=partial))
    return [*found[:-1], _with_extension(words, found[-1])]


def has_cue(words: Sequence[str], i: int) -> bool:
    """Whether the words before say that a phone number comes."""
    if i == 0 or words[i - 1] not in _LAST_BEFORE:
        return False
    return any(word in _CUES for word in words[max(0, i - _CUE_REACH) : i])


def read_tail(words: Sequence[str], i: int) -> tuple[str, int] | None:
    """A few digits, as in a correction of the end of a number."""
    groups = _run(words, i)
    digits = _digits(groups)
    return (digits, groups[-1].end) if 2 <= len(digits) < _FULL else None


def _run(words: Sequence[str], i: int) -> list[Group]:
    groups: list[Group] = []
    at = i
    while True:
        read = read_group(words, at)
        if read is None:
            linked = at
            while words[linked] in _LINKS and linked < at + 3:
                linked += 1
            read = read_group(words, linked) if groups and linked > at else None
            if read is None:
                return groups
            at = linked
        groups.append(Group(at, read[1], read[0], bool(groups) and words[at - 1] in _FRESH))
        at = read[1]


def _digits(groups: Sequence[Group]) -> str:
    return "".join(group.digits for group in groups)


def _is_other_number(words: Sequence[str], i: int) -> bool:
    before = words[max(0, i - 4) : i]
    return any(word in _OTHER_NUMBERS for word in before) and bool(
        {"number", "code", "id", "is", "zip", "reference"} & set(before)
    )


def _trimmed(
    words: Sequence[str], groups: list[Group], i: int, *, plus: bool, cue: bool
) -> list[Group]:
    """Without a time before it ("after two") and a stray last word ("oh and", "one more")."""
    while len(_digits(groups)) > _LONGEST and len(_said_twice(groups)) == 1:
        groups = groups[:-1]
    digits = _digits(groups)
    odd = len(digits) in (8, 11) and not plus
    if odd and i and words[i - 1] in ("after", "before", "until", "till", "by"):
        return groups[1:]
    last = groups[-1]
    national = digits.startswith("0") or (len(digits) == 11 and digits.startswith("1"))
    if odd and not national and last.end - last.start == 1:
        stray_oh = words[last.start] == "oh"
        stray_one = words[last.start] == "one" and words[last.end] in (
            "more", "of", "thing", "last", "other", "question",
        )  # fmt: skip
        if stray_oh or stray_one:
            return groups[:-1]
    return groups


def _plausible(words: Sequence[str], groups: list[Group], *, cue: bool) -> bool:
    digits = _digits(groups)
    if len(digits) < (_PARTIAL if cue else _FULL):
        return False
    if words[groups[-1].end] in ("million", "dollars", "pounds", "percent", "euros"):
        return False
    cardinal = read_cardinal(words, groups[0].start)
    if cardinal is not None and cardinal[1] >= groups[-1].end:
        return False
    single = sum(group.digits in _ONE_DIGIT or _repeats(group) for group in groups)
    if single >= (2 if cue else 3):
        return True
    pairs = [group.digits for group in groups]
    years = any(pair in ("19", "20") for pair in pairs)
    return len(pairs) >= (3 if cue else 4) and (cue or not years)


_ONE_DIGIT = frozenset(SINGLE.values())


def _repeats(group: Group) -> bool:
    return len(set(group.digits)) == 1


def _said_twice(groups: list[Group]) -> list[list[Group]]:
    """Cut a run that says one number twice, or two numbers with "and" between them.

    The second time may leave the area code out.
    """
    digits = _digits(groups)
    for cut in range(1, len(groups)):
        first, second = _digits(groups[:cut]), _digits(groups[cut:])
        same = first == second or (len(digits) > 11 and first.endswith(second))
        same = same or (groups[cut].fresh and len(first) >= _FULL)
        if same and len(second) >= _FULL:
            return [groups[:cut], groups[cut:]]
    return [groups]


def _with_extension(words: Sequence[str], found: Found) -> Found:
    at = found.end
    if words[at] not in ("extension", "ext", "x"):
        return found
    at += 1
    while words[at] in ("number", "is"):
        at += 1
    groups = _run(words, at)
    if not groups or len(_digits(groups)) > 6:
        return found
    return Found(found.start, groups[-1].end, "PHONE", found.value, partial=found.partial,
                 extension=_digits(groups))  # fmt: skip
