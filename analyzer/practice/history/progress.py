"""What changed between two attempts, and the trend of each check over many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analyzer.errors import HistoryError
from analyzer.practice.history.attempts import Attempt, attempts, load
from analyzer.practice.history.store import reading

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment

Change = Literal["better", "worse", "same"]
_RANK = {"fail": 0, "unclear": 1, "pass": 2}


@dataclass(frozen=True)
class CheckChange:
    """One check in two attempts; a verdict is None where the attempt had no such check."""

    id: str
    title: str
    before: str | None
    after: str | None
    change: Change


@dataclass(frozen=True)
class Comparison:
    """Two attempts side by side.

    Attributes:
        score_change: points, later minus earlier; None unless both were scored.
        warnings: why the two may not be comparable (another kind, model or rule pack).
        delivery: measure → (before, after, unit).
    """

    before: Attempt
    after: Attempt
    score_change: int | None
    checks: tuple[CheckChange, ...]
    delivery: dict[str, tuple[float | None, float | None, str]]
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "score_change": self.score_change,
            "checks": [check.__dict__ for check in self.checks],
            "delivery": {
                key: {"before": before, "after": after, "unit": unit}
                for key, (before, after, unit) in self.delivery.items()
            },
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class TrendRow:
    """One check over the attempts: a verdict an attempt, None where it had no such check."""

    id: str
    title: str
    verdicts: tuple[str | None, ...]


@dataclass(frozen=True)
class Trend:
    """The attempts of one kind, oldest first, and each check's verdicts in them."""

    kind: str
    attempts: tuple[Attempt, ...]
    rows: tuple[TrendRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "attempts": [attempt.to_dict() for attempt in self.attempts],
            "checks": [
                {"id": row.id, "title": row.title, "verdicts": list(row.verdicts)}
                for row in self.rows
            ],
        }


def compare(first: int, second: int) -> Comparison:
    """Compare two attempts, the first being the earlier one.

    Raises:
        HistoryError: one of them is not kept.
    """
    return compare_loaded(*load(first), *load(second))


def compare_loaded(
    before: Attempt, earlier: Assessment, after: Attempt, later: Assessment
) -> Comparison:
    """Compare two attempts that are at hand, kept or not."""
    old = {check.id: check for check in earlier.checks}
    new = {check.id: check for check in later.checks}
    rows = []
    for key in dict.fromkeys([*old, *new]):
        was = old[key].verdict if key in old else None
        now = new[key].verdict if key in new else None
        title = (new.get(key) or old[key]).title
        rows.append(CheckChange(key, title, was, now, _change(was, now)))
    scored = before.score is not None and after.score is not None
    return Comparison(
        before=before,
        after=after,
        score_change=(after.score or 0) - (before.score or 0) if scored else None,
        checks=tuple(rows),
        delivery=_delivery(earlier, later),
        warnings=_warnings(before, after),
    )


def trend(
    *, kind: str | None = None, profile_name: str | None = None, limit: int | None = None
) -> Trend:
    """The trend of each check over the attempts of one kind (default: the latest one's).

    Raises:
        HistoryError: nothing of this kind is kept, or the history cannot be read.
    """
    if kind is None:
        latest = attempts(profile_name=profile_name, limit=1)
        kind = latest[-1].kind if latest else None
    chosen = attempts(profile_name=profile_name, kind=kind, limit=limit) if kind else []
    if not chosen or kind is None:
        raise HistoryError(
            "There are no attempts to show a trend of.",
            next_step="Check a recording first: callcheck check RECORDING.",
        )
    numbers = {attempt.id for attempt in chosen}
    verdicts = {key: verdict for key, verdict in all_verdicts().items() if key[0] in numbers}
    titles = _titles(chosen[-1].id)
    order = dict.fromkeys([*titles, *(check for _, check in verdicts)])
    rows = tuple(
        TrendRow(
            check, titles.get(check, check.replace("_", " ")),
            tuple(verdicts.get((attempt.id, check)) for attempt in chosen),
        )
        for check in order
    )  # fmt: skip
    return Trend(kind, tuple(chosen), rows)


def _change(before: str | None, after: str | None) -> Change:
    if before not in _RANK or after not in _RANK or before == after:
        return "same"
    return "better" if _RANK[after] > _RANK[before] else "worse"


def _delivery(
    before: Assessment, after: Assessment
) -> dict[str, tuple[float | None, float | None, str]]:
    rows = {}
    for key in dict.fromkeys([*before.delivery, *after.delivery]):
        old, new = before.delivery.get(key), after.delivery.get(key)
        known = new or old
        if isinstance(known, dict) and "value" in known:
            rows[key] = ((old or {}).get("value"), (new or {}).get("value"), known.get("unit", ""))
    return rows


def _warnings(before: Attempt, after: Attempt) -> tuple[str, ...]:
    found = []
    if before.kind != after.kind:
        found.append("One is a voicemail and the other a call: their weights differ.")
    if before.rules != after.rules:
        found.append("They were scored by different rule packs.")
    if before.model != after.model:
        found.append("They were heard by different speech models.")
    return tuple(found)


def all_verdicts() -> dict[tuple[int, str], str]:
    """(attempt, check) → verdict, for every attempt kept.

    Raises:
        HistoryError: the history cannot be read.
    """
    with reading() as connection:
        if connection is None:
            return {}
        from sqlalchemy import select

        from analyzer.practice.history.tables import check_results_table as table

        query = select(table).order_by(table.c.attempt_id, table.c.position)
        return {
            (row["attempt_id"], row["check_id"]): row["verdict"]
            for row in connection.execute(query).mappings()
        }


def _titles(number: int) -> dict[str, str]:
    """Titles of the checks as the attempt's own report shows them."""
    with reading() as connection:
        if connection is None:
            return {}
        from sqlalchemy import select

        from analyzer.practice.history.tables import attempts_table as table

        body = connection.execute(select(table.c.body).where(table.c.id == number)).scalar_one()
    return {check["id"]: check["title"] for check in json.loads(body).get("checks", [])}
