"""What in a text is private: numbers, addresses, and words that stand where names stand.

Recognised text has no capitals and no punctuation, so words are judged by what stands
around them; where in doubt a word counts as private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Characters of a text, end exclusive."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGITS = (
    "zero oh o one two three four five six seven eight nine double triple dash hyphen plus um uh"
).split()
_TENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand"
).split()
NUMBERS = frozenset(_DIGITS + _TENS)
"""Words of spoken numbers, and what people say between them."""
_CONNECTORS = frozenset({"dash", "hyphen", "plus", "um", "uh", "double", "triple", "o", "oh"})

COMMON = frozenset(
    """
    a about again all also am an and any anytime are area as ask at available back be been before
    best but by call called caller calling calls can candidate cell code company could day days
    did do does email e mail evening extension first follow following following-up for forward
    free friday from get give glad go good got great had happy has have hear hello help here hey
    hi hiring hope hoping how i i'd i'll i'm i've if in interested interview interviewed is it
    it's its job just know last leave let line looking manager may me meet meeting message mine
    monday month morning my name near new next nice no not now number of office on one opening or
    other our out over phone please position question questions reach reaching really recently
    role saturday see send should sir so some soon speak speaking spoke still sunday sure talk
    text thank thanks that that's the their them there these they this those thursday time to
    today tomorrow touch tuesday under up update us very voicemail was we wednesday week weeks
    well were what when which who will with work would write yes yesterday you you're your yours
    after afternoon afternoons mornings evenings noon o'clock am pm between until through
    anyone either both at dot january february march april june july august september october
    november december um uh
    regarding concerning regard wanted pleasure news important great lovely doing today's
    miss mister mrs ms mr dr doctor madam ma'am professor prof
    """.split()
)
"""Words that name nobody; they are left standing beside a name."""

_TITLES = r"(?:mr|mrs|ms|mx|miss|mister|missus|dr|doctor|prof|professor)"
_CUES = re.compile(
    rf"\b(?:my name is|my name's|name is|this is|i am called|hello|hi|hey|dear|{_TITLES}\.?)\s+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|io|co)\b\S*"
)
_LONG_NUMBER = re.compile(r"\+?\(?\d(?:[\s().+/–-]{0,3}\d){4,}")
_TOP = "com|org|net|edu|gov|mil|int|info|biz|co|io|ai|me|us|uk|de|fr|ca|eu|au|in|ie|nl|dev|app"
_SPOKEN_DOMAIN = re.compile(
    rf"(?:[\w'-]+\s+){{1,3}}?(?:(?:dot|point)\s+[\w'-]+\s+){{0,3}}(?:dot|point)\s+(?:{_TOP})\b"
    rf"(?:\s+(?:dot|point)\s+(?:{_TOP})\b)?",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"\b(?:\d+|(?:(?:{'|'.join(sorted(NUMBERS))})\s+)+)\s*(?:[\w'-]+\s+){{1,3}}"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|boulevard|blvd|court|place|square|way)\b",
    re.IGNORECASE,
)
_LOCAL_STOPS = COMMON - {"one", "dot", "us", "first", "last", "new", "best", "great", "may"}
_LABEL = re.compile(r"^[ \t]*([A-Z][\w .'’-]{0,30}):[ \t]", re.MULTILINE)
_ROLES = frozenset(
    "me caller candidate applicant myself manager hiring interviewer them other receptionist "
    "reception speaker hr recruiter voicemail system operator employer you i".split()
)


def numbers_and_addresses(text: str) -> Iterator[Span]:
    """Yield telephone numbers and other long numbers, e-mail, web and street addresses."""
    for pattern in (_EMAIL, _LINK, _LONG_NUMBER, _STREET):
        for match in pattern.finditer(text):
            yield match.span()
    yield from _spoken_numbers(text)
    yield from _spoken_emails(text)
    yield from _spelled(text)


def names(text: str) -> Iterator[Span]:
    """Yield words that stand where names stand: after a cue or title, or capitalised."""
    for cue in _CUES.finditer(text):
        yield from _name_after(text, cue.end())
    for label in _LABEL.finditer(text):
        for word in WORD.finditer(label.group(1)):
            if word.group().lower() not in _ROLES:
                yield label.start(1) + word.start(), label.start(1) + word.end()
    if any(c.isupper() for c in text) and any(c.islower() for c in text):
        yield from _capitalised(text)


def uncommon_words(text: str, span: Span) -> Iterator[Span]:
    """Yield the words of a span that are not everyday ones."""
    for word in WORD.finditer(text, *span):
        if not is_common(word.group()):
            yield word.span()


def is_common(word: str) -> bool:
    """Whether a word names nobody."""
    return word.lower().replace("’", "'") in COMMON


def _name_after(text: str, position: int) -> Iterator[Span]:
    """Yield up to three uncommon words in a row, titles skipped."""
    found = 0
    for word in WORD.finditer(text, position):
        if re.fullmatch(_TITLES, word.group(), re.IGNORECASE) and not found:
            continue
        gap = text[position : word.start()]
        if found == 3 or is_common(word.group()) or re.search(r"[,;:!?\n]", gap):
            return
        found += 1
        position = word.end()
        yield word.span()


def _capitalised(text: str) -> Iterator[Span]:
    """Yield capitalised words that no sentence start explains."""
    for word in WORD.finditer(text):
        if not word.group()[0].isupper() or is_common(word.group()):
            continue
        before = text[: word.start()].rstrip(" \t\"'“‘([")
        if before and before[-1] not in ".!?:\n":
            yield word.span()


def _spoken_numbers(text: str) -> Iterator[Span]:
    """Yield runs of spoken or written digits: three single ones, or four number words."""
    run: list[re.Match[str]] = []
    for word in [*WORD.finditer(text), None]:
        inside = word is not None and (word.group().lower() in NUMBERS or word.group().isdigit())
        if inside and word is not None:
            run.append(word)
            continue
        yield from _if_long(run)
        run = []


def _if_long(run: list[re.Match[str]]) -> Iterator[Span]:
    said = [w.group().lower() for w in run]
    singles = sum(1 for w in said if (w in _DIGITS and w not in _CONNECTORS) or len(w) == 1)
    others = sum(1 for w in said if w in _TENS or (w.isdigit() and len(w) > 1))
    written = sum(len(w) for w in said if w.isdigit())
    freephone = singles >= 2 and "hundred" in said
    doubled = singles and "double" in said
    if singles >= 3 or singles + others >= 4 or written >= 5 or freephone or doubled:
        for word in run:
            yield word.span()


def _spoken_emails(text: str) -> Iterator[Span]:
    """Yield "ann dot lee at example dot com", and "example dot com" alone."""
    for domain in _SPOKEN_DOMAIN.finditer(text):
        start = domain.start()
        words = list(WORD.finditer(text, start, domain.end()))
        at = next((w for w in words if w.group().lower() == "at"), None)
        before = list(WORD.finditer(text, 0, at.start() if at else start))
        if at is None and before and before[-1].group().lower() == "at":
            at = before.pop()
        host = [w for w in words if at is None or w.start() > at.start()]
        yield from (w.span() for w in host if at or not is_common(w.group()))
        if at is not None:
            yield from _local_part(before)


def _local_part(before: list[re.Match[str]]) -> Iterator[Span]:
    for word in reversed(before[-8:]):
        if word.group().lower() in _LOCAL_STOPS:
            return
        yield word.span()


def _spelled(text: str) -> Iterator[Span]:
    """Yield spelled words: three single letters in a row."""
    for run in re.finditer(r"\b[A-Za-z](?:[\s.,-]+[A-Za-z]\b){2,}", text):
        yield run.span()
