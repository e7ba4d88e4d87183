"""Keep, list, load and delete attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from analyzer.errors import HistoryError
from analyzer.practice.history.store import forget_erased_pages, reading, writing

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment


@dataclass(frozen=True)
class Attempt:
    """One line of the history.

    Attributes:
        made_at: when it was checked (UTC).
        score: None when it could not be scored (see ``status``).
        profile_name: the application it was for, or None.
        duration_s: seconds; None for typed text.
    """

    id: int
    made_at: datetime
    kind: str
    status: str
    score: int | None
    grade: str | None
    provisional: bool
    source_name: str
    duration_s: float | None
    model: str | None
    rules: str | None
    profile_name: str | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON and tables."""
        row = dict(self.__dict__)
        row["made_at"] = self.made_at.isoformat()
        return row


def save(
    assessment: Assessment, *, profile_name: str | None = None, made_at: datetime | None = None
) -> int:
    """Keep an assessment and return its number.

    Args:
        profile_name: the application it was for.
        made_at: when it was made, with a time zone (default: now).

    Raises:
        HistoryError: it could not be kept; the earlier attempts are untouched.
    """
    from sqlalchemy import insert

    from analyzer.practice.history.tables import attempts_table, check_results_table

    moment = (made_at or datetime.now(timezone.utc)).astimezone(timezone.utc)
    row = {
        "made_at": moment.isoformat(timespec="seconds"),
        "kind": assessment.kind,
        "status": assessment.status,
        "score": assessment.score,
        "grade": assessment.grade,
        "provisional": int(assessment.provisional),
        "source_name": assessment.source.name,
        "duration_s": assessment.source.duration_s,
        "model": assessment.transcript.model,
        "rules": assessment.versions.get("rules"),
        "profile_name": profile_name,
        "body": assessment.model_dump_json(by_alias=True),
    }
    with writing() as connection:
        key = connection.execute(insert(attempts_table).values(**row)).inserted_primary_key
        if key is None:
            raise HistoryError("The history did not say under which number it kept the attempt.")
        number = int(key[0])
        results = [
            {
                "attempt_id": number, "check_id": check.id, "position": position,
                "verdict": check.verdict, "points": check.points,
                "max_points": check.max_points,
            }
            for position, check in enumerate(assessment.checks)
        ]  # fmt: skip
        if results:
            connection.execute(insert(check_results_table), results)
    return number


def attempts(
    *, profile_name: str | None = None, kind: str | None = None, limit: int | None = None
) -> list[Attempt]:
    """The attempts kept, oldest first; with ``limit`` only the latest ones.

    Raises:
        HistoryError: the history cannot be read.
    """
    with reading() as connection:
        if connection is None:
            return []
        from sqlalchemy import select

        from analyzer.practice.history.tables import attempts_table as table

        query = select(table).order_by(table.c.id.desc())
        if profile_name is not None:
            query = query.where(table.c.profile_name == profile_name)
        if kind is not None:
            query = query.where(table.c.kind == kind)
        if limit is not None:
            query = query.limit(limit)
        return [_attempt(row) for row in reversed(connection.execute(query).mappings().all())]


def load(number: int) -> tuple[Attempt, Assessment]:
    """One attempt with its whole assessment.

    Raises:
        HistoryError: there is no such attempt, or it cannot be read.
    """
    from pydantic import ValidationError

    from analyzer.checklist.assessment import Assessment

    row = None
    with reading() as connection:
        if connection is not None:
            from sqlalchemy import select

            from analyzer.practice.history.tables import attempts_table as table

            row = connection.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise _no_such(number)
    try:
        return _attempt(row), Assessment.model_validate_json(row["body"])
    except ValidationError as error:
        raise HistoryError(
            f"Attempt {number} was kept by another version of callcheck and cannot be shown.",
            next_step="callcheck history export still gives its score and checks.",
        ) from error


def delete(number: int) -> None:
    """Delete one attempt for good.

    Raises:
        HistoryError: there is no such attempt, or it could not be deleted.
    """
    if not any(attempt.id == number for attempt in attempts()):
        raise _no_such(number)
    from sqlalchemy import delete as delete_from

    from analyzer.practice.history.tables import attempts_table as table

    with writing() as connection:
        connection.execute(delete_from(table).where(table.c.id == number))
    forget_erased_pages()


def delete_all() -> int:
    """Delete every attempt for good and return how many there were.

    Raises:
        HistoryError: they could not be deleted.
    """
    count = len(attempts())
    if count:
        from sqlalchemy import delete as delete_from

        from analyzer.practice.history.tables import attempts_table as table

        with writing() as connection:
            connection.execute(delete_from(table))
        forget_erased_pages()
    return count


def _attempt(row: Any) -> Attempt:
    values = {name: row[name] for name in Attempt.__dataclass_fields__}
    values["made_at"] = datetime.fromisoformat(values["made_at"])
    values["provisional"] = bool(values["provisional"])
    return Attempt(**values)


def _no_such(number: int) -> HistoryError:
    return HistoryError(
        f"There is no attempt {number} in the history.",
        next_step="callcheck history list shows those kept.",
    )
