"""Open the history file: private, checked, migrated; one transaction a call.

Safe with several processes: write-ahead log, one writer at a time, ten seconds of patience.
A process killed in mid-write leaves the file as it was before that write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.errors import HistoryError
from analyzer.practice.data_folder import data_folder, private_file, private_folder
from analyzer.practice.history import migrations

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

FILE_NAME = "history.sqlite3"
BUSY_S = 10.0
"""Seconds to wait for another process to finish its write."""


def history_file() -> Path:
    """Where the history is kept; it may not exist yet."""
    return data_folder() / FILE_NAME


@contextmanager
def reading() -> Iterator[Connection | None]:
    """One read transaction, or None when nothing was ever kept.

    Raises:
        HistoryError: the file is damaged, too new, or cannot be read.
    """
    path = history_file()
    if not path.exists():
        yield None
        return
    with _named_errors(path), _opened(path) as engine, engine.begin() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """One write transaction, kept whole or not at all.

    Raises:
        HistoryError: it could not be kept; what the file held is untouched.
    """
    path = history_file()
    with _named_errors(path):
        private_folder(path.parent)
        private_file(path)
        with _opened(path) as engine, engine.connect() as connection, _transaction(connection):
            yield connection


def forget_erased_pages() -> None:
    """Take what was deleted out of the write-ahead log too.

    Raises:
        HistoryError: the file cannot be written.
    """
    path = history_file()
    with _named_errors(path), _opened(path) as engine, engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _opened(path: Path) -> Iterator[Engine]:
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.pool import NullPool

    where = URL.create("sqlite", database=str(path))  # a path may hold "?" or "%"
    engine = create_engine(where, poolclass=NullPool, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare_connection)
    try:
        with engine.connect() as connection:
            _check(connection, path)
            _keep_a_log(connection)
            if migrations.version(connection) != len(migrations.MIGRATIONS):
                with _transaction(connection):
                    migrations.migrate(connection)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    from sqlalchemy.exc import OperationalError

    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(OperationalError):  # SQLite rolls back by itself when the disk is full
            connection.exec_driver_sql("ROLLBACK")
        raise


def _prepare_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # this module says BEGIN and COMMIT itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # a deleted attempt's words are overwritten
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _check(connection: Connection, path: Path) -> None:
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if answer != "ok":
        raise _damaged(path)


def _keep_a_log(connection: Connection) -> None:
    """Switch to the write-ahead log; two processes that do it at once may get "locked"."""
    from sqlalchemy.exc import OperationalError

    if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal":
        return
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    from sqlalchemy.exc import DatabaseError, SQLAlchemyError

    try:
        yield
    except HistoryError:
        raise
    except DatabaseError as error:
        raise _named(str(error.orig).lower(), path) from error
    except SQLAlchemyError as error:
        raise HistoryError(f"The history {path} could not be used ({error}).") from error
    except OSError as error:
        raise HistoryError(
            f"The history {path} cannot be opened ({error.strerror}).",
            next_step="Check that you may write there, or set CALLCHECK_DATA to a folder of yours.",
        ) from error


def _named(reason: str, path: Path) -> HistoryError:
    if "full" in reason or "disk i/o" in reason:
        return HistoryError(
            f"The attempt could not be kept: the disk is full or failing ({reason}).",
            next_step=f"Free some space; the earlier attempts in {path} are untouched.",
        )
    if "locked" in reason or "busy" in reason:
        return HistoryError(
            "Another callcheck is writing to the history and did not finish.",
            next_step="Try again in a moment; nothing was changed.",
        )
    if "malformed" in reason or "not a database" in reason or "corrupt" in reason:
        return _damaged(path)
    if "readonly" in reason or "unable to open" in reason:
        return HistoryError(
            f"The history {path} cannot be written ({reason}).",
            next_step="Check that you may write there, or set CALLCHECK_DATA to a folder of yours.",
        )
    return HistoryError(f"The history {path} could not be used ({reason}).")


def _damaged(path: Path) -> HistoryError:
    return HistoryError(
        f"The history {path} is damaged.",
        next_step="Nothing was changed. Put a backup in its place, or move the file away to "
        "start a new history.",
    )
