"""Names, company, job title and talking points, compared by sound and by content words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.checklist.fact_result import Call, FactResult, FactVerdict
from analyzer.language.sound import sound_alike
from analyzer.language.spoken_form import spoken_text

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile

MATCH_FROM = 0.84
"""Sound from which two names are one."""
DOUBTFUL_FROM = 0.72
_ANYWHERE_FROM = 0.9
_TITLES = frozenset(
    "mr mister mrs missus ms miss mx dr doctor prof professor sir madam saint".split()
)
_NOT_NAMES = frozenset(
    "a about again all am an and at back call called calling can can't evening everybody "
    "everyone for from good guys hello here hey hi how i i'd i'll i'm i've interview interviewed "
    "interviewing is it it's its job just last me morning my name name's of on one once our "
    "person position role speaking there afternoon thank thanks that that's the then this to "
    "today team was we week who with yeah yes you your greetings dear folks okay so well "
    "sorry".split()
)
_COMPANY_TAIL = re.compile(
    r"[,\s]+(?:inc|ltd|llc|plc|corp|co|gmbh|limited|company|corporation|incorporated)\.?$", re.I
)
_SMALL = _NOT_NAMES | frozenset(
    "are as be been being but by did do does had has have he her his if in into like more new not "
    "or out over she some than their them they what when where which will would".split()
)
_HALF = 0.5


@dataclass(frozen=True)
class _Best:
    """The words that sound most like a name."""

    start: int
    end: int
    score: float


def check_own_name(call: Call, profile: Profile) -> list[FactResult]:
    """Was it your name?"""
    person = profile.candidate
    return _check_name(
        call, "own_name", "candidate.name", "your name", person.name, person.sounds_like,
        "self_identification",
    )  # fmt: skip


def check_manager_name(call: Call, profile: Profile) -> list[FactResult]:
    """Was it the manager's name?"""
    person = profile.manager
    return _check_name(
        call, "manager_name", "manager.name", "the manager's name", person.name,
        person.sounds_like, "greeting_by_name",
    )  # fmt: skip


def _check_name(
    call: Call, fact: str, field: str, what: str, name: str | None, sounds_like: Sequence[str],
    check_id: str,
) -> list[FactResult]:  # fmt: skip
    if name is None:
        return []
    forms = name_forms(name, sounds_like)
    ranges = call.evidence_words(check_id)
    near = [(max(0, start - 2), min(len(call.words), end + 3)) for start, end in ranges]
    whole = [form for form in forms if " " in form] or forms
    best = _best(call.words, near, whole)
    if best is None or best.score < MATCH_FROM:
        best = _best(call.words, near, forms)
    if best is not None and best.score >= DOUBTFUL_FROM:
        return [_name_result(call, fact, field, what, name, best)]
    other = _other_name(call, ranges)
    if other is not None:
        span = call.span(*other)
        heard = call.quote(span)
        message = f"Heard {heard!r} for {what}, your profile says {name}."
        return [FactResult(fact, field, name, heard, "mismatch", message, span, True)]
    elsewhere = _best(call.words, [(0, len(call.words))], whole)
    if elsewhere is not None and elsewhere.score >= _ANYWHERE_FROM:
        found = _name_result(call, fact, field, what, name, elsewhere)
        return [FactResult(fact, field, name, found.heard, found.verdict, found.message,
                           found.span)]  # fmt: skip
    message = f"{_capital(what)}, {name}, was not heard."
    return [FactResult(fact, field, name, None, "not_heard", message)]


def _name_result(
    call: Call, fact: str, field: str, what: str, name: str, best: _Best
) -> FactResult:
    span = call.span(best.start, best.end)
    heard = call.quote(span)
    verdict: FactVerdict = "match" if best.score >= MATCH_FROM else "doubtful"
    if best.score == 1.0:
        message = f"{_capital(what)} was heard: {heard}."
    elif verdict == "match":
        message = f"{_capital(what)}, {name}, was heard as {heard!r}."
    else:
        message = f"{_capital(what)}, {name}, was perhaps heard as {heard!r}: listen here."
    return FactResult(fact, field, name, heard, verdict, message, span, True)


def name_forms(name: str, sounds_like: Iterable[str] = ()) -> list[str]:
    """Ways of saying a person's name: whole, first, last, and as it may be heard."""
    forms: list[str] = []
    for text in (name, *sounds_like):
        words = [word for word in spoken_text(text).split() if word not in _TITLES]
        if not words:
            continue
        forms.append(" ".join(words))
        if text == name and len(words) > 1:
            forms += [words[0], words[-1]]
            if len(words) > 2:
                forms.append(f"{words[0]} {words[-1]}")
    return list(dict.fromkeys(form for form in forms if len(form) > 1))


def _best(
    words: Sequence[str], ranges: Iterable[tuple[int, int]], forms: Sequence[str]
) -> _Best | None:
    """The words in these ranges that sound most like one of the forms, longest of equals."""
    found: _Best | None = None
    for form in forms:
        length = form.count(" ") + 1
        for start, end in _windows(ranges, length):
            window = words[start:end]
            if window[0] in _TITLES or all(word in _NOT_NAMES for word in window):
                continue
            score = sound_alike(" ".join(window), form)
            if len(window) > length and (window[0] in _NOT_NAMES or window[-1] in _NOT_NAMES):
                score -= 0.12
            if found is None or (score, end - start) > (found.score, found.end - found.start):
                found = _Best(start, end, score)
    return found


def _windows(ranges: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Runs of about this many words; a name may be heard as up to two words more."""
    for low, high in ranges:
        for size in range(max(1, length - 1), length + 3):
            for start in range(low, high - size + 1):
                yield start, start + size


def _other_name(call: Call, ranges: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The name said in the evidence, as words that are no usual ones of a greeting."""
    for start, end in ranges:
        tagged = [n for n in range(start, end) if n in call.named]
        names = tagged or [n for n in range(start, end) if _may_be_name(call.words[n])]
        if names:
            last = names[0]
            while last + 1 in names:
                last += 1
            return names[0], last + 1
    return None


def _may_be_name(word: str) -> bool:
    return word not in _NOT_NAMES and word not in _TITLES


def check_company(call: Call, profile: Profile) -> list[FactResult]:
    """Was the company named? It need not be, so another name is no mistake."""
    company = profile.company
    if company is None:
        return []
    form = spoken_text(_COMPANY_TAIL.sub("", company))
    best = _best(call.words, [(0, len(call.words))], [form]) if form else None
    if best is None or best.score < DOUBTFUL_FROM + 0.03:
        message = f"The company, {company}, was not heard."
        return [FactResult("company", "company", company, None, "not_heard", message)]
    return [_name_result(call, "company", "company", "the company", company, best)]


def check_job_title(call: Call, profile: Profile) -> list[FactResult]:
    """Was it the right job? Its last word and half of the others are enough."""
    title = profile.job_title
    if title is None:
        return []
    wanted = content_words(title) or spoken_text(title).split()
    ranges = call.evidence_words("job_title")
    heard = _title_words(call, ranges or [(0, len(call.words))], wanted)
    share = len(set(heard)) / len(set(wanted))
    if ranges and heard:
        span = call.span(*_widest(ranges, list(heard.values())))
        quote = call.quote(span)
        good = share >= _HALF and wanted[-1] in heard
        verdict: FactVerdict = "match" if good else "doubtful"
        message = f"The job was heard: {quote}." if good else (
            f"Heard {quote!r} for the job, your profile says {title}."
        )  # fmt: skip
        return [FactResult("job_title", "job_title", title, quote, verdict, message, span, True)]
    if ranges:
        span = call.span(*ranges[0])
        quote = call.quote(span)
        message = f"Heard {quote!r} for the job, your profile says {title}."
        return [FactResult("job_title", "job_title", title, quote, "mismatch", message, span, True)]
    best = _best(call.words, [(0, len(call.words))], [" ".join(wanted)])
    if best is not None and best.score >= _ANYWHERE_FROM:
        return [_name_result(call, "job_title", "job_title", "the job", title, best)]
    message = f"The job, {title}, was not heard."
    return [FactResult("job_title", "job_title", title, None, "not_heard", message)]


def _title_words(
    call: Call, ranges: Iterable[tuple[int, int]], wanted: Sequence[str]
) -> dict[str, int]:
    """Words of the title that were said, each with its place."""
    heard: dict[str, int] = {}
    for start, end in ranges:
        for n in range(max(0, start - 1), min(len(call.words), end + 1)):
            for word in wanted:
                if word not in heard and sound_alike(stem(call.words[n]), stem(word)) >= MATCH_FROM:
                    heard[word] = n
    return heard


def _widest(ranges: Sequence[tuple[int, int]], places: Sequence[int]) -> tuple[int, int]:
    for start, end in ranges:
        if any(start - 1 <= place <= end for place in places):
            inside = [place for place in places if start - 1 <= place <= end]
            return min(start, *inside), max(end, *(place + 1 for place in inside))
    return ranges[0]


def check_talking_points(call: Call, profile: Profile) -> list[FactResult]:
    """Which of your talking points came up, by half of their content words or more."""
    said = {stem(word): n for n, word in reversed(list(enumerate(call.words)))}
    results = []
    for number, point in enumerate(profile.talking_points):
        wanted = {stem(word) for word in content_words(point)}
        heard = sorted(said[word] for word in wanted if word in said)
        field, fact = f"talking_points[{number}]", f"talking_point_{number + 1}"
        if wanted and len(heard) / len(wanted) >= _HALF and _close(heard):
            span = call.span(heard[0], heard[-1] + 1)
            message = f"You brought up: {point}."
            results.append(FactResult(fact, field, point, call.quote(span), "match", message, span))
        else:
            message = f"Your talking point {point!r} was not heard."
            results.append(FactResult(fact, field, point, None, "not_heard", message))
    return results


def _close(places: Sequence[int]) -> bool:
    """Whether the words stand together, not strewn over the call."""
    return places[-1] - places[0] <= 12 * len(places)


def content_words(text: str) -> list[str]:
    """Words that carry the meaning, in order."""
    return [word for word in spoken_text(text).split() if word not in _SMALL and len(word) > 1]


def stem(word: str) -> str:
    """The word without its usual endings; crude, for comparing only."""
    word = word.removesuffix("'s")
    for ending in ("ings", "ing", "ies", "ied", "ers", "ed", "er", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e").removesuffix("y")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
