from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import UsageError
from analyzer.practice.plan_checks import plan_checks
from analyzer.practice.planner import make_plan, timing
from analyzer.practice.planner.calendar_file import to_ics
from analyzer.practice.planner.places import country_of, work_days
from analyzer.practice.profile import Profile

CHICAGO, NEW_YORK, LONDON, BERLIN = (
    "America/Chicago", "America/New_York", "Europe/London", "Europe/Berlin",
)  # fmt: skip


def profile(interview="2026-03-03", *, promised=None, manager=CHICAGO, caller=NEW_YORK, **more):
    return Profile.model_validate(
        {
            "candidate": {"time_zone": caller},
            "manager": {"name": "Ms. Alvarez", "time_zone": manager},
            "company": "Riverside Bakery",
            "job_title": "baker",
            "interview": {"date": interview, "promised_by": promised},
            **more,
        }
    )


def days_of(plan):
    return [window.day.isoformat() for window in plan.windows]


# interview, promised_by, manager's zone, today, days of the windows
WINDOWS = [
    # one to two weeks on, Tuesday to Thursday
    ("2026-03-03", None, CHICAGO, "2026-03-04", ["2026-03-10", "2026-03-11", "2026-03-12"]),
    ("2026-03-06", None, CHICAGO, "2026-03-06", ["2026-03-17", "2026-03-18", "2026-03-19"]),
    # today counts, days gone by do not
    ("2026-03-03", None, CHICAGO, "2026-03-12", ["2026-03-12", "2026-03-17"]),
    # the best days are over
    ("2026-03-03", None, CHICAGO, "2026-03-18", ["2026-03-18", "2026-03-19", "2026-03-24"]),
    # promised by a Thursday, a Friday, and the Friday before a holiday Monday
    ("2026-03-03", "2026-03-12", CHICAGO, "2026-03-09", ["2026-03-13", "2026-03-17", "2026-03-18"]),
    ("2026-03-03", "2026-03-13", CHICAGO, "2026-03-09", ["2026-03-16", "2026-03-17", "2026-03-18"]),
    ("2026-01-06", "2026-01-16", CHICAGO, "2026-01-09", ["2026-01-20", "2026-01-21", "2026-01-22"]),
    # promised sooner than a week on
    ("2026-03-03", "2026-03-05", CHICAGO, "2026-03-04", ["2026-03-06", "2026-03-10", "2026-03-11"]),
    # Thanksgiving, Independence Day (observed on a Friday), Juneteenth, Veterans Day
    ("2026-11-17", None, CHICAGO, "2026-11-18", ["2026-11-24", "2026-11-25", "2026-12-01"]),
    ("2026-11-03", None, CHICAGO, "2026-11-04", ["2026-11-10", "2026-11-12", "2026-11-17"]),
    # over the year's end: Christmas and New Year's Day
    ("2025-12-18", None, NEW_YORK, "2025-12-19", ["2025-12-30", "2025-12-31"]),
    ("2026-12-23", None, NEW_YORK, "2026-12-24", ["2026-12-30", "2026-12-31", "2027-01-05"]),
    # the same days elsewhere: no Thanksgiving in Britain, three days off in Germany
    ("2026-11-17", None, LONDON, "2026-11-18", ["2026-11-24", "2026-11-25", "2026-11-26"]),
    ("2025-12-16", None, BERLIN, "2025-12-17", ["2025-12-23", "2025-12-24", "2025-12-30"]),
    # a week later, when every mid-week day but one is a holiday (Japan's Golden Week)
    ("2026-04-28", None, "Asia/Tokyo", "2026-04-29", ["2026-05-07", "2026-05-12"]),
]  # fmt: skip


@pytest.mark.parametrize(("interview", "promised", "zone", "today", "expected"), WINDOWS)
def test_plan_windows(interview, promised, zone, today, expected):
    plan = make_plan(
        profile(interview, promised=promised, manager=zone), today=date.fromisoformat(today)
    )
    assert days_of(plan) == expected
    assert plan.next_step.action == "call"


def test_plan_names_the_holidays_it_left_out():
    plan = make_plan(profile("2026-11-17"), today=date(2026, 11, 18))
    assert [(s.day.isoformat(), s.reason) for s in plan.skipped] == [
        ("2026-11-26", "Thanksgiving Day")
    ]


# manager's zone, caller's zone, day of the interview, first window in UTC, for the caller
ZONES = [
    (CHICAGO, NEW_YORK, "2026-03-03", "2026-03-10T15:00", "11:00"),  # daylight saving begun
    (CHICAGO, NEW_YORK, "2026-02-24", "2026-03-03T16:00", "11:00"),  # and before
    (CHICAGO, LONDON, "2026-03-03", "2026-03-10T15:00", "15:00"),  # begun there, not yet here
    (CHICAGO, LONDON, "2026-03-24", "2026-03-31T15:00", "16:00"),  # begun in both
    (LONDON, NEW_YORK, "2026-10-20", "2026-10-27T10:00", "06:00"),  # ended there, not here
    ("Asia/Kolkata", LONDON, "2026-06-02", "2026-06-09T04:30", "05:30"),  # half an hour
    ("Pacific/Auckland", NEW_YORK, "2026-06-02", "2026-06-08T22:00", "18:00"),  # the day before
    ("Australia/Lord_Howe", "UTC", "2026-06-02", "2026-06-08T23:30", "23:30"),
]  # fmt: skip


@pytest.mark.parametrize(("manager", "caller", "interview", "utc", "here"), ZONES)
def test_plan_windows_in_both_time_zones(manager, caller, interview, utc, here):
    plan = make_plan(
        profile(interview, manager=manager, caller=caller), today=date.fromisoformat(interview)
    )
    window = plan.windows[0]
    assert (window.start.hour, window.end.hour) == (10, 12)
    assert window.start.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M") == utc
    assert f"{window.caller_start:%H:%M}" == here
    assert ("unusual hour" in window.note) == (here in ("05:30", "06:00", "23:30"))


def test_plan_without_time_zones_says_so_and_keeps_the_hours():
    plan = make_plan(profile(manager=None, caller=None), today=date(2026, 3, 4))
    assert plan.windows[0].start == datetime(2026, 3, 10, 10)
    assert plan.windows[0].caller_start is None
    assert any("No time zone" in note for note in plan.notes)
    assert any("holidays" in note for note in plan.notes)


def test_plan_takes_the_callers_zone_for_an_unknown_managers():
    plan = make_plan(profile(manager=None), today=date(2026, 3, 4))
    assert plan.manager_zone == NEW_YORK
    assert any("not in the profile" in note for note in plan.notes)


def test_plan_country_can_be_chosen():
    interview = profile("2026-11-17")
    assert "2026-11-26" in days_of(make_plan(interview, today=date(2026, 11, 18), country="gb"))
    assert make_plan(interview, today=date(2026, 11, 18), country="none").country is None
    with pytest.raises(UsageError, match="'ZZ'"):
        make_plan(interview, today=date(2026, 11, 18), country="ZZ")


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        (CHICAGO, "US"), ("US/Eastern", "US"), ("EST5EDT", "US"), ("Europe/Amsterdam", "NL"),
        ("Asia/Calcutta", "IN"), ("Europe/Kiev", "UA"), ("America/Indiana/Knox", "US"),
        ("Asia/Katmandu", "NP"), ("UTC", None), ("Etc/GMT+5", None),
    ],
)  # fmt: skip
def test_country_of_a_time_zone(zone, country):
    assert country_of(zone) == country


def test_country_of_every_time_zone_gives_a_calendar_or_none():
    for zone in sorted(available_timezones())[::7]:
        work_days(zone).on_or_after(date(2026, 1, 1))


def test_work_days_know_other_weekends():
    days = work_days("Asia/Jerusalem")
    assert not days.is_worked(date(2026, 6, 5))  # a Friday
    assert days.is_worked(date(2026, 6, 7))  # a Sunday


# earlier calls, today, action, on
AFTER = [
    (["2026-03-10"], "2026-03-12", "wait", "2026-03-17"),
    (["2026-03-10"], "2026-03-17", "write_instead", "2026-03-17"),
    (["2026-03-10"], "2026-04-17", "write_instead", "2026-04-17"),
    (["2026-03-10", "2026-03-16"], "2026-03-17", "wait", "2026-03-23"),
    (["2025-12-25"], "2025-12-26", "wait", "2026-01-02"),  # over New Year's Day
    (["2026-03-14"], "2026-03-16", "wait", "2026-03-23"),  # a week on is a Saturday
    (["2026-03-20"], "2026-03-09", "call", "2026-03-10"),  # still to come: left aside
]


@pytest.mark.parametrize(("earlier", "today", "action", "on"), AFTER)
def test_plan_after_earlier_calls(earlier, today, action, on):
    plan = make_plan(profile(call={"earlier": earlier}), today=date.fromisoformat(today))
    assert (plan.next_step.action, str(plan.next_step.on)) == (action, on)
    if action != "call":
        assert plan.windows == ()
        assert "e-mail" in plan.next_step.advice
        assert "LinkedIn" in plan.next_step.advice


# today, sent, verdict, words of the advice
THANKS = [
    ("2026-03-01", None, "fail", "within a day of the interview"),
    ("2026-03-03", None, "fail", "within a day"),
    ("2026-03-04", None, "fail", "within a day"),
    ("2026-03-09", None, "fail", "6 days ago"),
    ("2026-03-09", "2026-03-03 18:00", "pass", ""),
]


@pytest.mark.parametrize(("today", "sent", "verdict", "words"), THANKS)
def test_plan_thank_you_email(today, sent, verdict, words):
    plan = make_plan(profile(thank_you_email_sent_at=sent), today=date.fromisoformat(today))
    assert plan.thank_you is not None
    assert plan.thank_you["verdict"] == verdict
    assert plan.thank_you["due"] == "2026-03-04"
    assert words in plan.thank_you["advice"]


def test_plan_before_the_interview_prepares():
    plan = make_plan(profile(), today=date(2026, 3, 1))
    assert plan.next_step.action == "prepare"


def test_plan_without_an_interview_date_asks_for_it():
    plan = make_plan(Profile(), today=date(2026, 3, 1))
    assert plan.next_step.action == "complete_profile"
    assert plan.windows == ()
    assert plan.thank_you is None


# planned_at (the caller's time), verdict, words
PLANNED = [
    ("2026-03-10 11:30", "pass", ""),
    ("2026-03-10 12:30", "pass", ""),  # 11:30 there
    ("2026-03-10 16:00", "fail", "15:00 there"),
    ("2026-03-05 11:30", "fail", "2 days since"),
    ("2026-03-13 11:30", "fail", "Tuesday to Thursday"),
    ("2026-03-14 11:30", "fail", "not a working day"),
    ("2026-03-25 11:30", "fail", "22 days since"),
    ("2026-03-02 11:30", "fail", "not taken place"),
    ("2026-03-11T17:30+01:00", "pass", ""),  # an offset of its own: 11:30 in Chicago
]


@pytest.mark.parametrize(("planned", "verdict", "words"), PLANNED)
def test_plan_checks_call_timing(planned, verdict, words):
    checks = plan_checks(profile(call={"planned_at": planned}))
    assert checks["call_timing"]["verdict"] == verdict
    assert words in checks["call_timing"]["advice"]


def test_plan_checks_on_a_public_holiday_names_it():
    checks = plan_checks(profile("2026-11-17"), today=date(2026, 11, 26))
    assert "Thanksgiving" in checks["call_timing"]["advice"]


def test_plan_checks_before_the_promised_day():
    checks = plan_checks(profile(promised="2026-03-12"), today=date(2026, 3, 11))
    assert "promised word by Thursday, March 12" in checks["call_timing"]["advice"]


def test_plan_checks_say_only_what_the_profile_decides():
    assert plan_checks(Profile()) == {}
    assert set(plan_checks(profile())) == {"thank_you_email"}
    assert set(plan_checks(profile(call={"earlier": ["2026-03-10"]}))) == {
        "thank_you_email", "repeat_call",
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    interview=st.dates(date(2024, 1, 1), date(2029, 12, 1)),
    promised=st.none() | st.integers(0, 30),
    wait=st.integers(0, 60),
    zone=st.sampled_from([CHICAGO, LONDON, BERLIN, "Asia/Tokyo", "Asia/Dubai", "Asia/Kolkata"]),
)
def test_plan_never_proposes_a_bad_time(interview, promised, wait, zone):
    by = interview + timedelta(days=promised) if promised is not None else None
    today = interview + timedelta(days=wait)
    plan = make_plan(profile(interview, promised=by, manager=zone), today=today)
    assert 1 <= len(plan.windows) <= timing.MOST_WINDOWS
    worked = work_days(zone)
    for window in plan.windows:
        assert window.day >= today
        assert worked.is_worked(window.day)
        assert by is None or window.day > by
        assert by is not None or window.day - interview >= timedelta(timing.EARLIEST_DAYS)
        assert window.day.weekday() in timing.BEST_WEEKDAYS or "promised" in window.note
    assert days_of(plan) == sorted(set(days_of(plan)))


def unfolded(ics: str) -> list[str]:
    return ics.replace("\r\n ", "").split("\r\n")


def test_ics_is_valid_rfc_5545():
    given_profile = profile(manager="Asia/Tokyo", call={}, company="Müller, Söhne; & Cie \\ 北")
    plan = make_plan(given_profile, today=date(2026, 3, 3))
    ics = to_ics(plan, given_profile, now=datetime(2026, 3, 3, tzinfo=timezone.utc))
    assert ics.endswith("END:VCALENDAR\r\n")
    assert "\n" not in ics.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    lines = unfolded(ics)[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    stack = []
    for line in lines:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z]+=[A-Z-]+)*", name), line
        if name == "BEGIN":
            stack.append(value)
        elif name == "END":
            assert stack.pop() == value
        elif name in ("SUMMARY", "DESCRIPTION"):
            assert not re.search(r"(?<!\\)(\\\\)*[,;]", value), line
    assert stack == []
    events = "\n".join(lines).split("BEGIN:VEVENT")[1:]
    for event in events:
        for needed in ("UID:", "DTSTAMP:20260303T000000Z", "DTSTART", "DTEND", "SUMMARY:"):
            assert event.count(f"\n{needed}") == 1
    assert len(events) == len(plan.windows) + 1  # and the thank-you e-mail
    assert "DTSTART:20260310T010000Z" in lines  # ten o'clock in Tokyo
    assert r"Müller\, Söhne\; & Cie \\ 北" in ics.replace("\r\n ", "")


def test_ics_uids_are_stable_and_tell_applications_apart():
    def uids(given_profile, today):
        ics = to_ics(make_plan(given_profile, today=today), given_profile)
        return [line for line in unfolded(ics) if line.startswith("UID:")]

    first = uids(profile(), date(2026, 3, 3))
    assert len(set(first)) == len(first)
    assert uids(profile(), date(2026, 3, 5)) == first
    other = profile(company="Elsewhere")
    assert not set(uids(other, date(2026, 3, 3))) & set(first)


def test_ics_without_time_zone_floats_and_after_a_call_writes():
    floating = profile(manager=None, caller=None)
    assert "DTSTART:20260310T100000\r\n" in to_ics(
        make_plan(floating, today=date(2026, 3, 3)), floating
    )
    called = profile(call={"earlier": ["2026-03-10"]}, thank_you_email_sent_at="2026-03-03")
    ics = to_ics(make_plan(called, today=date(2026, 3, 11)), called)
    assert ics.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20260317" in ics
    assert "instead of calling again" in ics
