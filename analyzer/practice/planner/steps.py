"""What to do besides the call: thank-you e-mail, whom to ask for, what comes after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analyzer.practice.planner import timing
from analyzer.practice.planner.places import WorkDays

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile


@dataclass(frozen=True)
class Step:
    """Something to do.

    Attributes:
        action: ``call``, ``wait``, ``email``, ``write_instead``, ``prepare``, ``complete_profile``.
        on: the day to do it, or None.
    """

    action: str
    on: date | None
    advice: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "action": self.action,
            "on": self.on.isoformat() if self.on else None,
            "advice": self.advice,
        }


def thank_you(interview: date, *, sent: bool, today: date | None) -> dict[str, Any]:
    """Whether the thank-you e-mail is due: ``verdict``, ``due`` and ``advice``."""
    due = interview + timedelta(days=timing.THANK_YOU_DAYS)
    advice = "Send a short thank-you e-mail; within a day of the interview is best."
    if sent:
        advice = ""
    elif today is not None and today < interview:
        advice = "Send a short thank-you e-mail within a day of the interview."
    elif today is not None and today > due:
        late = (today - interview).days
        advice = (
            f"The interview was {late} days ago and no thank-you e-mail is noted: "
            "send a short one now, before you call."
        )
    return {"verdict": "pass" if sent else "fail", "due": due.isoformat(), "advice": advice}


def after_calls(earlier: list[date], *, today: date | None, days: WorkDays) -> Step | None:
    """The next step after calls already made, or None when there were none."""
    made = sorted(day for day in earlier if today is None or day <= today)
    if not made:
        return None
    last = made[-1]
    write_on = days.on_or_after(last + timedelta(days=timing.WAIT_AFTER_CALL_DAYS))
    times = "once" if len(made) == 1 else "twice" if len(made) == 2 else f"{len(made)} times"
    if today is not None and today >= write_on:
        return Step(
            "write_instead", today,
            f"You have called {times}, the last time {(today - last).days} days ago. Do not call "
            "again: write a short e-mail, or a message on LinkedIn, and leave it at that.",
        )  # fmt: skip
    return Step(
        "wait", write_on,
        f"You have called {times}. Wait a week after the last call; if nothing comes by then, "
        "write a short e-mail or a message on LinkedIn instead of calling again.",
    )  # fmt: skip


def whom_to_call(profile: Profile) -> dict[str, Any]:
    """Whom to ask for, and where their number is found."""
    name = profile.manager.name
    company = profile.company or "the company"
    return {
        "who": name or "the manager who interviewed you",
        "advice": f"Call {name or 'the manager who interviewed you'} directly, "
        "not the general line and not human resources.",
        "find_the_number": [
            "the card you were given, or the signature under their e-mails",
            "the message that invited you to the interview",
            f"the staff or contact page of {company}",
            "their LinkedIn profile",
            "the front desk: ask only for the direct number, then call it yourself",
        ],
    }
