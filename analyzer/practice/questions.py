"""The questions that make a profile, one field at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from analyzer.practice.profile import Profile


@dataclass(frozen=True)
class Question:
    """One field of the profile.

    Attributes:
        field: dotted name, as the YAML has it.
        example: shown beside the question.
        many: whether it is asked again until an empty answer.
        yes_no: whether the answer is yes or no.
    """

    field: str
    text: str
    example: str = ""
    many: bool = False
    yes_no: bool = False


QUESTIONS: tuple[Question, ...] = (
    Question("candidate.name", "Your full name", "Emily Carter"),
    Question("candidate.phone", "Your telephone number", "212-555-0134"),
    Question("candidate.email", "Your e-mail address", "name@example.com"),
    Question("candidate.time_zone", "Your time zone", "America/New_York"),
    Question("manager.name", "The name of the manager you will call", "Ms. Alvarez"),
    Question("manager.time_zone", "The manager's time zone", "America/Chicago"),
    Question("company", "The company, as people say it", "Riverside Bakery"),
    Question("job_title", "The job you interviewed for", "assistant manager"),
    Question("interview.date", "The day of the interview", "2026-03-03"),
    Question("interview.promised_by", "The day they promised an answer by", "2026-03-12"),
    Question("call.planned_at", "When you plan to call, in your own time", "2026-03-17 10:30"),
    Question("call.earlier", "A follow-up call you already made", "2026-03-13", many=True),
    Question("thank_you_email_sent_at", "When you sent a thank-you e-mail", "2026-03-03 18:15"),
    Question("availability", "When you can be reached", "any weekday after three"),
    Question(
        "talking_points", "Something you talked about in the interview",
        "the new delivery schedule", many=True,
    ),
    Question(
        "liked", "Something you like about the job or the company",
        "how closely your team works together", many=True,
    ),
    Question("other_offer", "Do you really have another job offer?", yes_no=True),
)  # fmt: skip


def problem_with(question: Question, answer: Any) -> str | None:
    """What is wrong with an answer, in a sentence, or None."""
    try:
        Profile.model_validate(_nested(question.field, answer))
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        return f"{question.field}: {said}"
    return None


def profile_from(answers: dict[str, Any]) -> Profile:
    """Build the profile from dotted fields and answers; see ``problem_with``.

    Raises:
        ValueError: two answers do not fit together (pydantic's ``ValidationError``).
    """
    data: dict[str, Any] = {}
    for name, value in answers.items():
        if value in (None, "", []):
            continue
        group, _, field = name.rpartition(".")
        (data.setdefault(group, {}) if group else data)[field] = value
    return Profile.model_validate(data)


def _nested(field: str, value: Any) -> dict[str, Any]:
    for part in reversed(field.split(".")):
        value = {part: value}
    return dict(value)
