"""Phone numbers compared digit by digit, e-mail addresses letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.checklist.fact_result import Call, FactResult, FactVerdict
from analyzer.language.sound import sound_alike
from analyzer.language.spoken_values import Found

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile

_EXTENSION = re.compile(r"(?:x|ext\.?|extension)\s*(\d+)\s*$", re.I)
_LOCAL_DIGITS = 6
_SIMILAR = 0.72


def check_phone(call: Call, profile: Profile) -> list[FactResult]:
    """Was it your number? A missing area or country code is fine."""
    expected = profile.candidate.phone
    if expected is None:
        return []
    heard = list(call.standing("PHONE"))
    if not heard:
        message = f"Your number, {expected}, was not heard."
        return [FactResult("phone", "candidate.phone", expected, None, "not_heard", message)]
    digits, extension = phone_digits(expected)
    right = [v for v in heard if same_phone(str(v.value), digits) and not v.partial]
    wrong = [v for v in heard if v not in right]
    value = (wrong or right)[-1]
    said = format_phone(str(value.value), expected)
    if value.extension:
        said = f"{said} ext {value.extension}"
    span = call.span_of(value)
    if wrong:
        verdict, message = _wrong_phone(value, said, expected, also=bool(right))
        if verdict == "mismatch" and call.unsure(span):
            verdict, message = "doubtful", f"{message} It was hard to hear, so listen here."
    elif value.extension and extension and value.extension != extension:
        verdict = "mismatch"
        message = f"Heard extension {value.extension}, your profile says {extension}."
    else:
        verdict, message = "match", f"Your number was heard: {said}."
    return [FactResult("phone", "candidate.phone", expected, said, verdict, message, span, True)]


def _wrong_phone(value: Found, said: str, expected: str, *, also: bool) -> tuple[FactVerdict, str]:
    if also:
        return "doubtful", (f"You gave {expected} and also {said}: say the same number both times.")
    if value.partial:
        return "doubtful", f"Heard only {said} of {expected}."
    return "mismatch", f"Heard {said}, your profile says {expected}."


def phone_digits(text: str) -> tuple[str, str]:
    """Digits of a written number and of its extension."""
    extension = _EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    digits = "".join(c for c in main if c.isdigit())
    return digits, extension[1] if extension else ""


def same_phone(heard: str, expected: str) -> bool:
    """Whether one number ends in the other, country code and leading 0 left aside."""
    short, long = sorted((heard.lstrip("0"), expected.lstrip("0")), key=len)
    enough = min(_LOCAL_DIGITS, len(expected))
    return len(short) >= enough and long.endswith(short)


def format_phone(digits: str, like: str) -> str:
    """Digits written like another number, from its end, where that is long enough."""
    pattern, _ = _EXTENSION.subn("", like)
    pattern = pattern.strip()
    if len(digits) > sum(c.isdigit() for c in pattern):
        return _grouped(digits)
    out: list[str] = []
    left = list(digits)
    for character in reversed(pattern):
        if character.isdigit() and not left:
            break
        out.append(left.pop() if character.isdigit() else character)
    written = "".join(reversed(out)).strip("-. /")
    return written if written.count("(") == written.count(")") else written.strip("() ")


def _grouped(digits: str) -> str:
    if len(digits) <= 5:
        return digits
    if len(digits) <= 8:
        return f"{digits[:-4]}-{digits[-4:]}"
    return f"{digits[:-7]}-{digits[-7:-4]}-{digits[-4:]}"


def check_email(call: Call, profile: Profile) -> list[FactResult]:
    """Was it your address? Letter by letter; one that only sounds alike is doubtful."""
    expected = profile.candidate.email
    if expected is None:
        return []
    heard = list(call.standing("EMAIL"))
    if not heard:
        message = f"Your e-mail address, {expected}, was not heard."
        return [_email_result(expected, None, "not_heard", message, None)]
    wanted = expected.lower()
    same = [value for value in heard if str(value.value) == wanted]
    value = same[-1] if same else heard[-1]
    said, span = str(value.value), call.span_of(value)
    if same:
        return [_email_result(expected, said, "match", f"Your address was heard: {said}.", span)]
    verdict: FactVerdict = "mismatch"
    message = f"Heard {said}, your profile says {expected}."
    spoken = call.reading.transcript.is_spoken
    if value.partial and wanted.startswith(said):
        verdict, message = "doubtful", f"Heard only {said} of {expected}."
    elif spoken and (sound_alike(said, wanted) >= _SIMILAR or call.unsure(span)):
        verdict = "doubtful"
        message = f"Heard as {said}, your profile says {expected}: listen whether it is clear."
    return [_email_result(expected, said, verdict, message, span)]


def _email_result(
    expected: str, said: str | None, verdict: FactVerdict, message: str,
    span: tuple[int, int] | None,
) -> FactResult:  # fmt: skip
    return FactResult("email", "candidate.email", expected, said, verdict, message, span,
                      heard_at_finding=span is not None)  # fmt: skip
