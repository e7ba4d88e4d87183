"""The schema of the history, version by version.

A released version is never edited: a change is a new entry at the end. The number of the
last one applied stands in SQLite's ``user_version``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import HistoryError

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            made_at TEXT NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            score INTEGER,
            grade TEXT,
            provisional INTEGER NOT NULL,
            source_name TEXT NOT NULL,
            duration_s REAL,
            model TEXT,
            rules TEXT,
            profile_name TEXT,
            body TEXT NOT NULL
        )""",
        """CREATE TABLE check_results (
            attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
            check_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            points INTEGER NOT NULL,
            max_points INTEGER NOT NULL,
            PRIMARY KEY (attempt_id, check_id)
        )""",
        "CREATE INDEX attempts_by_profile ON attempts (profile_name, kind, id)",
    ),
)
"""Statements of version 1, version 2, …"""


def version(connection: Connection) -> int:
    """The schema version of an open history; 0 for a new file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection) -> None:
    """Apply, in order and in the caller's one transaction, what is missing.

    Raises:
        HistoryError: a newer callcheck wrote this history.
    """
    current = version(connection)
    if current > len(MIGRATIONS):
        raise HistoryError(
            f"The history was written by a newer callcheck (its schema {current}, "
            f"this one knows {len(MIGRATIONS)}).",
            next_step="Update callcheck; nothing was changed.",
        )
    for statements in MIGRATIONS[current:]:
        for statement in statements:
            connection.exec_driver_sql(statement)
    if current < len(MIGRATIONS):
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS)}")
