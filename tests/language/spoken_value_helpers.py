"""Short ways to ask what was found in a sentence."""

from __future__ import annotations

from analyzer.language.spoken_form import spoken_text
from analyzer.language.spoken_values import Found, SpokenDate, SpokenTime, find_values


def found_in(text: str, kind: str) -> list[Found]:
    return [found for found in find_values(spoken_text(text).split()) if found.kind == kind]


def values_in(text: str, kind: str) -> list[object]:
    return [found.value for found in found_in(text, kind)]


def words_of(text: str, found: Found) -> str:
    return " ".join(spoken_text(text).split()[found.start : found.end])


def date_fields(value: object) -> dict[str, object]:
    """The fields of a date that were said."""
    assert isinstance(value, SpokenDate)
    return {
        name: field
        for name, field in vars(value).items()
        if name != "said" and field not in (None, "", 0, False)
    } | ({"weekday": 0} if value.weekday == 0 else {})


def time_of(value: object) -> tuple[int | None, int, str, str]:
    assert isinstance(value, SpokenTime)
    return value.hour, value.minute, value.part, value.bound
