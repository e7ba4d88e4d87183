from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.spoken_form import ordinal_words, spoken_text, year_words
from analyzer.language.spoken_values import SpokenDate, find_values
from tests.language.spoken_value_helpers import date_fields, found_in, values_in, words_of

TODAY = date(2026, 3, 17)  # a Tuesday

FIELDS = [
    ("the third of march", "the third of march", {"day": 3, "month": 3}),
    ("on march third", "march third", {"day": 3, "month": 3}),
    ("march the third", "march the third", {"day": 3, "month": 3}),
    ("interviewed third march", "third march", {"day": 3, "month": 3}),
    ("the twenty eighth of september", "the twenty eighth of september", {"day": 28, "month": 9}),
    ("march three", "march three", {"day": 3, "month": 3}),
    ("march twenty one", "march twenty one", {"day": 21, "month": 3}),
    ("march third twenty twenty six", "march third twenty twenty six",
     {"day": 3, "month": 3, "year": 2026}),
    ("march the third two thousand and twenty six", "march the third two thousand and twenty six",
     {"day": 3, "month": 3, "year": 2026}),
    ("march twenty twenty six", "march twenty twenty six", {"month": 3, "year": 2026}),
    ("march twenty twenty twenty six", "march twenty twenty twenty six",
     {"day": 20, "month": 3, "year": 2026}),
    ("on may fifth", "may fifth", {"day": 5, "month": 5}),
    ("the third day of june", "the third day of june", {"day": 3, "month": 6}),
    ("tuesday the third of march", "tuesday the third of march",
     {"day": 3, "month": 3, "weekday": 1}),
    ("Tuesday, March 3rd, 2026", "tuesday march third twenty twenty six",
     {"day": 3, "month": 3, "year": 2026, "weekday": 1}),
    ("friday the thirteenth", "friday the thirteenth", {"day": 13, "weekday": 4}),
    ("we met on the twelfth", "the twelfth", {"day": 12}),
    ("we met on the twenty second about the job", "the twenty second", {"day": 22}),
    ("we met on the second thank you", "the second", {"day": 2}),
    ("the first of the month", "the first of the month", {"day": 1}),
    ("the tenth of last month", "the tenth of last month",
     {"day": 10, "period": "month", "periods_back": 1}),
    ("three fourteen two thousand twenty six", "three fourteen two thousand twenty six",
     {"day": 14, "month": 3, "year": 2026}),
    ("3/4/2026", "three four twenty twenty six",
     {"day": 4, "month": 3, "year": 2026, "swapped": True}),
    ("on 2026-03-04", "march fourth twenty twenty six",
     {"day": 4, "month": 3, "year": 2026}),
    ("back in february", "february", {"month": 2}),
    ("in may i came in", "may", {"month": 5}),
    ("i finished in twenty nineteen", "twenty nineteen", {"year": 2019}),
    ("tuesday", "tuesday", {"weekday": 1}),
    ("last tuesday afternoon", "last tuesday afternoon", {"weekday": 1, "which": "last"}),
    ("this past monday", "this past monday", {"weekday": 0, "which": "this"}),
    ("tuesday last", "tuesday last", {"weekday": 1, "which": "last"}),
    ("friday gone", "friday gone", {"weekday": 4, "which": "this"}),
    ("the tuesday before last", "the tuesday before last", {"weekday": 1, "which": "before last"}),
    ("tuesday of last week", "tuesday of last week",
     {"weekday": 1, "period": "week", "periods_back": 1}),
    ("last week on tuesday", "last week on tuesday",
     {"weekday": 1, "period": "week", "periods_back": 1}),
    ("a week ago tuesday", "a week ago tuesday", {"weekday": 1, "weeks_back": 1}),
    ("two weeks ago on monday", "two weeks ago on monday", {"weekday": 0, "weeks_back": 2}),
    ("a week last tuesday", "a week last tuesday", {"weekday": 1, "weeks_back": 1}),
    ("tuesday week", "tuesday week", {"weekday": 1, "weeks_back": 1}),
    ("the last thursday of august", "the last thursday of august",
     {"weekday": 3, "nth": -1, "month": 8}),
    ("yesterday morning", "yesterday morning", {"days_ago": (1, 1)}),
    ("the day before yesterday", "the day before yesterday", {"days_ago": (2, 2)}),
    ("this morning", "this morning", {"days_ago": (0, 0)}),
    ("last night", "last night", {"days_ago": (1, 1)}),
    ("the other day", "the other day", {"days_ago": (2, 14)}),
    ("ten days ago", "ten days ago", {"days_ago": (10, 10)}),
    ("a week ago today", "a week ago today", {"days_ago": (7, 7)}),
    ("a week ago yesterday", "a week ago yesterday", {"days_ago": (8, 8)}),
    ("two weeks ago", "two weeks ago", {"days_ago": (11, 17)}),
    ("about two weeks ago", "two weeks ago", {"days_ago": (9, 19)}),
    ("a fortnight ago", "a fortnight ago", {"days_ago": (10, 18)}),
    ("two or three weeks ago", "two or three weeks ago", {"days_ago": (11, 24)}),
    ("a couple of days ago", "a couple of days ago", {"days_ago": (2, 3)}),
    ("a week or so back", "a week or so back", {"days_ago": (4, 10)}),
    ("a week and a half ago", "a week and a half ago", {"days_ago": (7, 13)}),
    ("a few hours ago", "a few hours ago", {"days_ago": (0, 0)}),
    ("last week", "last week", {"period": "week", "periods_back": 1}),
    ("earlier this week", "earlier this week", {"period": "week"}),
    ("in the last month", "last month", {"period": "month", "periods_back": 1}),
    ("the week before last", "the week before last", {"period": "week", "periods_back": 2}),
    ("the week of the tenth", "the week of the tenth", {"day": 10, "week_of": True}),
    ("next week", "next week", {"period": "week", "periods_back": -1}),
    ("tomorrow", "tomorrow", {"days_ago": (-1, -1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "fields"), FIELDS)
def test_spoken_date_is_read(text: str, words: str, fields: dict[str, object]) -> None:
    (found,) = found_in(text, "DATE")
    assert words_of(text, found) == words
    assert date_fields(found.value) == fields


RESOLVED = [
    # said, earliest and latest on Tuesday 17 March 2026
    ("the third of march", "2026-03-03", "2026-03-03"),
    ("march seventeenth", "2026-03-17", "2026-03-17"),
    ("march eighteenth", "2025-03-18", "2025-03-18"),
    ("december thirtieth", "2025-12-30", "2025-12-30"),
    ("february twenty ninth", "2024-02-29", "2024-02-29"),
    ("on the twelfth", "2026-03-12", "2026-03-12"),
    ("on the twentieth", "2026-02-20", "2026-02-20"),
    ("on the thirty first", "2026-01-31", "2026-01-31"),
    ("the tenth of last month", "2026-02-10", "2026-02-10"),
    ("friday the thirteenth", "2026-03-13", "2026-03-13"),
    ("monday the ninth", "2026-03-09", "2026-03-09"),
    ("3/4/2026", "2026-03-04", "2026-03-04"),
    ("3/4/2025", "2025-03-04", "2025-04-03"),
    ("monday", "2026-03-16", "2026-03-16"),
    ("thursday", "2026-03-12", "2026-03-12"),
    ("tuesday", "2026-03-10", "2026-03-17"),
    ("last thursday", "2026-03-12", "2026-03-12"),
    ("last monday", "2026-03-09", "2026-03-16"),
    ("thursday before last", "2026-03-05", "2026-03-05"),
    ("monday of last week", "2026-03-09", "2026-03-09"),
    ("a week ago thursday", "2026-03-05", "2026-03-12"),
    ("a week ago today", "2026-03-10", "2026-03-10"),
    ("two weeks ago", "2026-02-28", "2026-03-06"),
    ("yesterday", "2026-03-16", "2026-03-16"),
    ("the other day", "2026-03-03", "2026-03-15"),
    ("last week", "2026-03-08", "2026-03-15"),
    ("this week", "2026-03-15", "2026-03-17"),
    ("last month", "2026-02-01", "2026-02-28"),
    ("over the weekend", "2026-03-14", "2026-03-15"),
    ("last weekend", "2026-03-07", "2026-03-15"),
    ("back in february", "2026-02-01", "2026-02-28"),
    ("back in march", "2026-03-01", "2026-03-17"),
    ("back in june", "2025-06-01", "2025-06-30"),
    ("the last thursday of february", "2026-02-26", "2026-02-26"),
    ("the week of the third", "2026-03-01", "2026-03-08"),
    ("in twenty twenty four", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), RESOLVED)
def test_spoken_date_resolves_to_past_days(text: str, first: str, last: str) -> None:
    (value,) = values_in(text, "DATE")
    assert isinstance(value, SpokenDate)
    assert value.resolve(TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["tomorrow", "next week", "next tuesday", "june thirty first", "march third 2027"]
)
def test_days_ahead_or_unreal_resolve_to_nothing(text: str) -> None:
    (value,) = values_in(text, "DATE")
    assert isinstance(value, SpokenDate)
    assert value.resolve(TODAY) is None


def test_last_monday_means_one_of_two_mondays() -> None:
    said = SpokenDate(weekday=0, which="last")
    meant = [day for day in range(1, 18) if said.can_mean(date(2026, 3, day), TODAY)]
    assert meant == [9, 16]


@pytest.mark.parametrize(
    "text",
    [
        "i may ask whether you may first need my papers",
        "on the second floor",
        "on the first and second floors",
        "the first interview and the second round",
        "hello april this is june",
        "three four",
        "it took a second",
        "i was the third person",
        "they march on",
        "one last thing",
        "the other candidates",
        "this time",
        "i have two years of experience",
        "the next steps",
        "on fifth avenue",
        "a couple of questions",
        "last time we spoke",
        "on the one hand",
        "it was the first i heard of it",
    ],
)
def test_other_words_are_no_date(text: str) -> None:
    assert not found_in(text, "DATE")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tuesday the third of march", "Tuesday 3 March"),
        ("march third twenty twenty six", "3 March 2026"),
        ("on the twelfth", "the 12th"),
        ("on the twenty second about it", "the 22nd"),
        ("last tuesday", "last Tuesday"),
        ("two weeks ago", "two weeks ago"),
        ("the week of march third", "the week of 3 March"),
    ],
)
def test_text_is_for_people(text: str, said: str) -> None:
    (value,) = values_in(text, "DATE")
    assert isinstance(value, SpokenDate)
    assert value.text() == said


days = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@given(
    days, st.sampled_from(["{m} {d} {y}", "the {d} of {m} {y}", "{m} the {d} {y}", "{d} {m} {y}"])
)
def test_any_full_date_comes_back(day: date, shape: str) -> None:
    text = shape.format(
        m=f"{day:%B}".lower(), d=" ".join(ordinal_words(day.day)), y=" ".join(year_words(day.year))
    )
    (found,) = find_values(["on", *text.split(), "about", "the", "job"])
    assert (found.start, found.kind) == (1, "DATE")
    assert date_fields(found.value) == {"day": day.day, "month": day.month, "year": day.year}


@given(days)
def test_any_written_date_comes_back(day: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
        (found,) = find_values(spoken_text(f"I came on {text}.").split())
        assert date_fields(found.value) == {"day": day.day, "month": day.month, "year": day.year}


@given(days, st.integers(0, 364))
def test_a_day_without_its_year_is_the_nearest_past_one(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    said = SpokenDate(day=day.day, month=day.month)
    assert said.resolve(today) == (day, day)


@given(days, st.integers(0, 6), st.sampled_from(["", "last", "this", "before last", "other"]))
def test_weekdays_resolve_to_past_days_of_that_name(today: date, weekday: int, which: str) -> None:
    said = SpokenDate(weekday=weekday, which=which)  # type: ignore[arg-type]
    stretches = said.days(today)
    assert stretches
    assert all(first == last and first.weekday() == weekday for first, last in stretches)
    assert all(last <= today for _, last in stretches)
