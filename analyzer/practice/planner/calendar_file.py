"""The plan as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.practice.planner.plan import Plan
    from analyzer.practice.profile import Profile

_MOST_OCTETS = 75
_REMIND_MINUTES = 15


def to_ics(plan: Plan, profile: Profile, *, now: datetime | None = None) -> str:
    """Write the windows, the thank-you e-mail and the step after earlier calls.

    An event keeps its UID when the plan is made again, so that a calendar replaces it.

    Args:
        now: when the file is made, with a time zone (default: now).
    """
    stamp = _utc(now or datetime.now(timezone.utc))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//callcheck//follow-up call plan//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ]  # fmt: skip
    who = plan.whom["who"]
    for number, window in enumerate(plan.windows, start=1):
        summary = f"Call {who}" + ("" if number == 1 else f" (if not called yet, {number})")
        lines += [
            "BEGIN:VEVENT", f"UID:{_uid(profile, plan, f'window-{number}')}", f"DTSTAMP:{stamp}",
            f"DTSTART:{_moment(window.start)}", f"DTEND:{_moment(window.end)}",
            f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(_about(plan))}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{_REMIND_MINUTES}M",
            f"DESCRIPTION:{_escaped(summary)}", "END:VALARM",
            "END:VEVENT",
        ]  # fmt: skip
    thanks = plan.thank_you
    if thanks is not None and thanks["verdict"] == "fail":
        due = max(date.fromisoformat(thanks["due"]), plan.today)
        lines += _day_event(
            _uid(profile, plan, "thank-you"), stamp, due, "Send the thank-you e-mail",
            thanks["advice"],
        )  # fmt: skip
    if plan.next_step.action in ("wait", "write_instead") and plan.next_step.on is not None:
        lines += _day_event(
            _uid(profile, plan, "write"), stamp, plan.next_step.on,
            f"Write to {who} instead of calling again", plan.next_step.advice,
        )  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _day_event(uid: str, stamp: str, day: date, summary: str, about: str) -> list[str]:
    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _about(plan: Plan) -> str:
    places = "; ".join(plan.whom["find_the_number"])
    return f"{plan.next_step.advice}\n{plan.whom['advice']}\nThe number: {places}."


def _uid(profile: Profile, plan: Plan, role: str) -> str:
    """The same for the same application and role; names nobody."""
    identity = "|".join(
        str(part) for part in (profile.company, profile.job_title, plan.interview, role)
    )
    return f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@callcheck.invalid"


def _moment(moment: datetime) -> str:
    # without a time zone it is a floating time: ten o'clock wherever the calendar is
    return _utc(moment) if moment.tzinfo is not None else f"{moment:%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(c for c in text if c.isprintable())


def _folded(line: str) -> str:
    """Break a line so that none is longer than 75 octets, never inside a character."""
    parts, current, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _MOST_OCTETS:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += octets
    parts.append(current)
    return "\r\n".join(parts)
