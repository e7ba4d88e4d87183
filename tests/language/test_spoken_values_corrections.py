from __future__ import annotations

import pytest

from analyzer.language.spoken_form import spoken_text
from analyzer.language.spoken_values import Found, find_values
from tests.language.spoken_value_helpers import words_of


def _kept(text: str) -> tuple[list[str], list[str]]:
    """Words of the values that stand, and of those taken back."""
    found = find_values(spoken_text(text).split())
    stand = [words_of(text, f) for f in found if f.superseded_by is None]
    return stand, [words_of(text, f) for f in found if f.superseded_by is not None]


@pytest.mark.parametrize(
    ("text", "stand", "back"),
    [
        ("on the tenth sorry i meant the twelfth", ["the twelfth"], ["the tenth"]),
        ("on the tenth, sorry, I meant the twelfth.", ["the twelfth"], ["the tenth"]),
        ("tuesday no wednesday", ["wednesday"], ["tuesday"]),
        ("march tenth no wait the twelfth", ["the twelfth"], ["march tenth"]),
        ("on the tenth um no the um twelfth", ["the um twelfth"], ["the tenth"]),
        ("last monday i mean last tuesday", ["last tuesday"], ["last monday"]),
        ("at two sorry at three", ["three"], ["two"]),
        ("two weeks ago actually three weeks ago", ["three weeks ago"], ["two weeks ago"]),
        ("it was tuesday not monday", ["tuesday"], ["monday"]),
        ("not monday but tuesday", ["tuesday"], ["monday"]),
        ("on monday no tuesday no wednesday", ["wednesday"], ["monday", "tuesday"]),
        ("on tuesday at two sorry wednesday at two", ["two", "wednesday", "two"], ["tuesday"]),
        ("tuesday or wednesday", ["tuesday", "wednesday"], []),
        ("tuesday and not before wednesday", ["tuesday", "wednesday"], []),
        ("on tuesday i was sorry that wednesday was full", ["tuesday", "wednesday"], []),
        ("call me on tuesday thanks no rush wednesday is fine too", ["tuesday", "wednesday"], []),
    ],
)
def test_corrected_value_stands_and_the_other_does_not(
    text: str, stand: list[str], back: list[str]
) -> None:
    assert _kept(text) == (stand, back)


def _values(text: str) -> list[Found]:
    return find_values(text.split())


def test_superseded_value_points_at_its_correction() -> None:
    first, second = _values("on the tenth sorry i meant the twelfth")
    assert first.superseded_by == second


def test_corrections_of_corrections_chain() -> None:
    first, second, third = _values("monday no tuesday no wednesday")
    assert second.superseded_by == third
    assert first.superseded_by is not None
    assert first.superseded_by.superseded_by == third


def test_corrected_day_keeps_its_month() -> None:
    second = _values("on march tenth sorry the twelfth")[1]
    assert (second.value.day, second.value.month) == (12, 3)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("five five five zero one three four sorry zero one four three", "5550143"),
        ("five five five zero one three four no wait that's four three", "5550143"),
        ("five five five zero one three four sorry five five five zero one four three", "5550143"),
    ],
)
def test_corrected_end_of_a_number_gives_the_whole_number(text: str, value: str) -> None:
    first, second = _values(text)
    assert (first.value, first.superseded_by) == ("5550134", second)
    assert second.value == value
