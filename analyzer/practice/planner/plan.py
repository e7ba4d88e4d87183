"""The plan: every piece of advice on when and whom to call, from a profile and a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from analyzer.practice.planner import timing
from analyzer.practice.planner.places import WorkDays, work_days, zone
from analyzer.practice.planner.steps import Step, after_calls, thank_you, whom_to_call
from analyzer.practice.planner.windows import Skipped, Window, span_of, windows_from, windows_in

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile

SCHEMA = "callcheck/plan@1"


@dataclass(frozen=True)
class Plan:
    """What to do and when.

    Attributes:
        windows: the best times to call, soonest first; empty when calling is not the advice.
        skipped: mid-week days left out, with the reason.
        notes: what the plan could not know.
    """

    today: date
    interview: date | None
    next_step: Step
    windows: tuple[Window, ...]
    skipped: tuple[Skipped, ...]
    thank_you: dict[str, Any] | None
    whom: dict[str, Any]
    planned: dict[str, Any] | None
    manager_zone: str | None
    caller_zone: str | None
    country: str | None
    notes: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "schema": SCHEMA,
            "today": self.today.isoformat(),
            "interview": self.interview.isoformat() if self.interview else None,
            "next_step": self.next_step.to_dict(),
            "windows": [window.to_dict() for window in self.windows],
            "skipped": [
                {"date": item.day.isoformat(), "reason": item.reason} for item in self.skipped
            ],
            "thank_you_email": self.thank_you,
            "whom_to_call": self.whom,
            "planned_call": self.planned,
            "manager_time_zone": self.manager_zone,
            "caller_time_zone": self.caller_zone,
            "country": self.country,
            "notes": list(self.notes),
        }


def make_plan(profile: Profile, *, today: date, country: str | None = None) -> Plan:
    """Plan the follow-up call.

    Args:
        today: the day the plan is made on.
        country: whose public holidays count (ISO code; ``none`` for no holidays);
            default: the country of the manager's time zone.

    Raises:
        UsageError: no calendar of that country is known.
    """
    caller_name = profile.candidate.time_zone
    own_name = profile.manager.time_zone
    manager_name = own_name or caller_name
    days = work_days(manager_name, country)
    interview = profile.interview.date
    promised = profile.interview.promised_by
    earlier = profile.call.earlier
    windows, skipped = _windows(
        interview, promised, today=today, days=days, zones=(manager_name, caller_name)
    )
    step = after_calls(earlier, today=today, days=days)
    if step is not None:
        windows, skipped = [], []
    else:
        latest = span_of(interview, promised, days).latest if interview else today
        step = _step(interview, promised, today, windows, latest)
    sent = profile.thank_you_email_sent_at is not None
    return Plan(
        today=today,
        interview=interview,
        next_step=step,
        windows=tuple(windows),
        skipped=tuple(skipped),
        thank_you=thank_you(interview, sent=sent, today=today) if interview else None,
        whom=whom_to_call(profile),
        planned=planned_call(profile, today=None, country=country),
        manager_zone=manager_name,
        caller_zone=caller_name,
        country=days.country,
        notes=tuple(_notes(own_name, caller_name, days, earlier, today)),
    )


def planned_call(
    profile: Profile, *, today: date | None, country: str | None = None
) -> dict[str, Any] | None:
    """Judge the planned time (or ``today`` without one): ``verdict`` and ``advice``.

    None where there is no interview date, or no day to judge.
    """
    interview = profile.interview.date
    planned = profile.call.planned_at
    if interview is None or (planned is None and today is None):
        return None
    caller_name = profile.candidate.time_zone
    manager_name = profile.manager.time_zone or caller_name
    moment = _there(planned, caller_name, manager_name)
    day = moment.date() if isinstance(moment, datetime) else moment or today
    if day is None:
        return None
    promised = profile.interview.promised_by
    days = work_days(manager_name, country)
    faults = _faults(day, interview, promised, days)
    if isinstance(moment, datetime) and not faults:
        faults += _hour_faults(moment)
    return {"verdict": "fail" if faults else "pass", "advice": " ".join(faults)}


def _there(planned: Any, caller_name: str | None, manager_name: str | None) -> Any:
    """The planned moment where the manager is; a naive one is the caller's own time."""
    if not isinstance(planned, datetime):
        return planned
    here, there = zone(caller_name), zone(manager_name)
    if planned.tzinfo is None and here is not None:
        planned = planned.replace(tzinfo=here)
    if planned.tzinfo is not None and there is not None:
        return planned.astimezone(there)
    return planned


def _faults(day: date, interview: date, promised: date | None, days: WorkDays) -> list[str]:
    since = (day - interview).days
    if since < 0:
        return ["The interview has not taken place yet."]
    faults = []
    span = span_of(interview, promised, days)
    if day < span.earliest:
        if span.first is not None and promised is not None:
            faults.append(
                f"You were promised word by {_said(promised)}; wait until {_said(span.earliest)}."
            )
        else:
            faults.append(
                f"It is {since} days since the interview; wait until a week has passed "
                "unless you were told otherwise."
            )
    elif day > span.latest:
        faults.append(
            f"It is {since} days since the interview; one to two weeks is best, so call soon."
        )
    name = days.holiday(day)
    if name:
        faults.append(f"{_said(day)} is a public holiday there ({name}).")
    elif not days.is_worked(day):
        faults.append(f"{_said(day)} is not a working day there.")
    elif day.weekday() not in timing.BEST_WEEKDAYS and day != span.first:
        faults.append(f"{_said(day)}: Tuesday to Thursday is better.")
    return faults


def _hour_faults(moment: datetime) -> list[str]:
    if timing.WINDOW_START <= moment.time() <= timing.WINDOW_END:
        return []
    return [f"It will be {moment:%H:%M} there; late morning, ten to twelve, is better."]


def _windows(
    interview: date | None, promised: date | None, *, today: date, days: WorkDays,
    zones: tuple[str | None, str | None],
) -> tuple[list[Window], list[Skipped]]:  # fmt: skip
    if interview is None:
        return [], []
    common = {"days": days, "manager_zone": zone(zones[0]), "caller_zone": zone(zones[1])}
    found, skipped = windows_in(span_of(interview, promised, days), today=today, **common)  # type: ignore[arg-type]
    if found:
        return found, skipped
    # the best days are over, or all of them are holidays
    latest = span_of(interview, promised, days).latest
    late, more = windows_from(max(today, latest + timedelta(days=1)), **common)  # type: ignore[arg-type]
    return late, [*skipped, *more]


def _step(
    interview: date | None, promised: date | None, today: date, windows: list[Window], latest: date
) -> Step:
    if interview is None:
        return Step(
            "complete_profile", None,
            "Put the day of your interview in the profile (interview: date), and this plan can "
            "say when to call.",
        )  # fmt: skip
    if today < interview:
        return Step(
            "prepare", interview,
            "The interview is still ahead. At its end, ask by when they will decide.",
        )  # fmt: skip
    first = windows[0].day if windows else None
    since = (today - interview).days
    late = today > latest or (first is not None and first > latest)
    when = "today" if first == today else "at the next good time"
    if late and promised is not None:
        advice = f"You were promised word by {_said(promised)}, and that is past: call {when}."
    elif late:
        advice = (
            f"It is {since} days since the interview, and one to two weeks is best: call {when}."
        )
    elif first == today:
        advice = f"Today is a good day to call: {since} days after the interview."
    elif promised is not None:
        advice = (
            f"You were promised word by {_said(promised)}: call on the working day after, "
            "not before."
        )
    else:
        advice = "Call one to two weeks after the interview."
    return Step("call", first, advice)


def _notes(
    own: str | None, caller: str | None, days: WorkDays, earlier: list[date], today: date
) -> list[str]:
    notes = []
    if own is None and caller is not None:
        notes.append(
            f"The manager's time zone is not in the profile; yours ({caller}) is taken for it."
        )
    elif own is None:
        notes.append("No time zone is in the profile: the hours are the manager's own.")
    if days.country is None:
        notes.append("Public holidays are not taken into account: no country is known.")
    if any(day > today for day in earlier):
        notes.append("call.earlier holds a day still to come; it was left aside.")
    return notes


def _said(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}"
