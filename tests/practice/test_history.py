from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from analyzer.errors import ExtraMissingError, HistoryError
from analyzer.practice import history
from analyzer.practice.history import export, migrations, store
from analyzer.practice.history.chart import draw
from analyzer.practice.history.progress import compare, trend
from analyzer.practice.history.tables import metadata

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and signals")

WRITER = """
import sys, pathlib
sys.path[:0] = {paths!r}
from conftest_of_practice import make_assessment
from analyzer.practice import history
for number in range({count}):
    history.save(make_assessment(name=f"{name}-{{number}}.wav"))
    print(number, flush=True)
"""


def writer(tmp_path: Path, *, count: int, name: str) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    (tmp_path / "conftest_of_practice.py").write_text((here / "conftest.py").read_text())
    code = WRITER.format(paths=[str(tmp_path), str(here.parents[1])], count=count, name=name)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_history_save_load_gives_the_same_assessment(assessment):
    kept = assessment()
    number = history.save(kept, profile_name="acme")
    attempt, loaded = history.load(number)
    assert loaded == kept
    assert (attempt.profile_name, attempt.score, attempt.source_name) == ("acme", 80, "first.wav")
    assert attempt.made_at.tzinfo is not None


def test_history_save_keeps_an_attempt_without_score(assessment):
    history.save(assessment(score=None))
    assert [a.score for a in history.attempts()] == [None]


def test_history_attempts_is_empty_and_makes_no_file_when_nothing_was_kept(data):
    assert history.attempts() == []
    assert not data.exists()


def test_history_attempts_filters_and_limits(assessment):
    history.save(assessment(), profile_name="a")
    history.save(assessment(kind="call"), profile_name="b")
    history.save(assessment(name="third.wav"), profile_name="b")
    assert [a.id for a in history.attempts(profile_name="b")] == [2, 3]
    assert [a.id for a in history.attempts(kind="voicemail")] == [1, 3]
    assert [a.id for a in history.attempts(limit=1)] == [3]


@posix
def test_history_files_are_the_owners_alone(assessment, data):
    data.mkdir(mode=0o755)
    (data / store.FILE_NAME).touch(mode=0o644)
    history.save(assessment())
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for file in data.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_history_holds_no_path_and_no_audio(assessment, data, tmp_path):
    history.save(assessment())
    content = (data / store.FILE_NAME).read_bytes()
    assert b"RIFF" not in content
    assert str(tmp_path).encode() not in content


def test_history_delete_erases_the_words(assessment, data):
    number = history.save(assessment(name="unmistakable.wav"))
    history.save(assessment())
    history.delete(number)
    assert [a.id for a in history.attempts()] == [2]
    for file in data.iterdir():
        assert b"unmistakable" not in file.read_bytes()


def test_history_delete_all_keeps_numbers_from_being_used_again(assessment):
    history.save(assessment())
    assert history.delete_all() == 1
    assert history.attempts() == []
    assert history.save(assessment()) == 2


def test_history_unknown_attempt_is_named():
    with pytest.raises(HistoryError, match="no attempt 7"):
        history.load(7)
    with pytest.raises(HistoryError, match="no attempt 7"):
        history.delete(7)


def test_history_two_processes_lose_nothing(assessment, tmp_path):
    processes = [writer(tmp_path, count=15, name=name) for name in ("left", "right")]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    names = {a.source_name for a in history.attempts()}
    assert names == {f"{side}-{i}.wav" for side in ("left", "right") for i in range(15)}


@posix
def test_history_killed_while_writing_keeps_every_earlier_attempt(assessment, tmp_path):
    for delay in (0.0, 0.004, 0.011, 0.023):
        process = writer(tmp_path, count=100_000, name=f"killed-{delay}")
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(3)]
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        said += [int(line) for line in process.stdout.read().split()]
        process.wait()
        names = {a.source_name for a in history.attempts()}
        assert {f"killed-{delay}-{number}.wav" for number in said} <= names
    history.save(assessment())  # and it still takes new ones


def test_history_disk_full_is_an_error_and_old_attempts_stay(assessment, monkeypatch):
    history.save(assessment())
    prepare = store._prepare_connection

    def small(connection, record):
        prepare(connection, record)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_prepare_connection", small)
        with pytest.raises(HistoryError, match="disk is full") as error:
            history.save(assessment(name="x" * 100_000))
    assert "untouched" in error.value.next_step
    assert [a.source_name for a in history.attempts()] == ["first.wav"]


@pytest.mark.parametrize("damage", ["no database", "half", "zeroed"])
def test_history_damaged_file_is_an_error_and_left_alone(assessment, data, damage):
    for number in range(40):
        history.save(assessment(name=f"{number}-{'x' * 500}.wav"))
    file = data / store.FILE_NAME
    content = bytearray(file.read_bytes())
    if damage == "no database":
        content = bytearray(b"hello " * 1000)
    elif damage == "half":
        content = content[: len(content) // 2]
    else:
        content[4096:12288] = bytes(8192)
    file.write_bytes(content)
    for use in (history.attempts, lambda: history.save(assessment()), history.delete_all):
        with pytest.raises(HistoryError, match="damaged"):
            use()
    assert file.read_bytes() == bytes(content)


@posix
@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write")
def test_history_folder_that_cannot_be_written_is_an_error(assessment, data):
    data.mkdir(mode=0o500)
    with pytest.raises(HistoryError, match="cannot be"):
        history.save(assessment())


def test_history_folder_that_is_a_file_is_an_error(assessment, data):
    data.write_text("in the way")
    with pytest.raises(HistoryError, match="cannot be opened"):
        history.save(assessment())


def test_history_busy_file_is_an_error_after_the_wait(assessment, data, monkeypatch):
    history.save(assessment())
    monkeypatch.setattr(store, "BUSY_S", 0.2)
    other = sqlite3.connect(data / store.FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HistoryError, match="Another callcheck"):
        history.save(assessment())
    assert len(history.attempts()) == 1  # reading goes on
    other.execute("ROLLBACK")
    other.close()


def test_history_migrations_run_in_order_and_keep_attempts(assessment, data, monkeypatch):
    history.save(assessment())
    later = (
        *migrations.MIGRATIONS,
        ("ALTER TABLE attempts ADD COLUMN note TEXT",),
        ("UPDATE attempts SET note = 'from the third version'",),
    )
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    assert len(history.attempts()) == 1
    with sqlite3.connect(data / store.FILE_NAME) as connection:
        assert connection.execute("SELECT note FROM attempts").fetchone() == (
            "from the third version",
        )
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)


def test_history_failed_migration_leaves_the_old_version(assessment, data, monkeypatch):
    history.save(assessment())
    broken = (*migrations.MIGRATIONS, ("ALTER TABLE attempts ADD COLUMN note TEXT", "NONSENSE"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", broken)
        with pytest.raises(HistoryError):
            history.attempts()
    assert len(history.attempts()) == 1


def test_history_of_a_newer_version_is_refused_untouched(assessment, data):
    history.save(assessment())
    with sqlite3.connect(data / store.FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(HistoryError, match="newer callcheck"):
        history.save(assessment())


def test_history_tables_match_the_migrated_schema(assessment, data):
    history.save(assessment())
    with sqlite3.connect(data / store.FILE_NAME) as connection:
        for table in metadata.tables.values():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
            assert columns == [column.name for column in table.columns]


def test_compare_says_what_got_better_and_worse(assessment):
    history.save(assessment(score=70, verdicts={"interest": "fail", "job_title": "pass"}))
    history.save(assessment(score=85, verdicts={"interest": "pass", "job_title": "unclear"}))
    result = compare(1, 2)
    assert result.score_change == 15
    assert {c.id: c.change for c in result.checks} == {"interest": "better", "job_title": "worse"}
    assert result.warnings == ()
    assert result.to_dict()["score_change"] == 15


def test_compare_warns_where_two_attempts_are_not_alike(assessment):
    history.save(assessment())
    history.save(assessment(kind="call", score=None))
    result = compare(1, 2)
    assert result.score_change is None
    assert "weights differ" in result.warnings[0]


def test_trend_follows_the_kind_of_the_latest_attempt(assessment):
    history.save(assessment(verdicts={"interest": "fail"}))
    history.save(assessment(kind="call"))
    history.save(assessment(verdicts={"interest": "pass", "job_title": "fail"}))
    result = trend()
    assert [a.id for a in result.attempts] == [1, 3]
    assert {row.id: row.verdicts for row in result.rows} == {
        "interest": ("fail", "pass"),
        "job_title": (None, "fail"),
    }


def test_trend_of_nothing_is_an_error():
    with pytest.raises(HistoryError, match="no attempts"):
        trend()


def test_chart_draws_png_and_svg_the_same_each_time(assessment):
    pytest.importorskip("matplotlib")
    history.save(assessment(score=None))
    history.save(assessment(score=60))
    history.save(assessment(score=90, provisional=True))
    assert draw(trend(), format_="png").startswith(b"\x89PNG")
    picture = draw(trend(), format_="svg")
    assert b"<svg" in picture
    assert picture == draw(trend(), format_="svg")


def test_chart_without_matplotlib_names_the_extra(assessment, monkeypatch):
    history.save(assessment())
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExtraMissingError, match="matplotlib") as caught:
        draw(trend(), format_="png")
    assert "pip install '.[charts]'" in caught.value.next_step


def test_export_csv_has_a_row_an_attempt_and_disarms_formulas(assessment):
    history.save(assessment(name="=cmd()"))
    history.save(assessment(score=None))
    lines = export.as_csv().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("id,made_at,kind,status,score")
    assert "check_interest" in lines[0]
    assert "'=cmd()" in lines[1]


def test_export_parquet_reads_back(assessment, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    history.save(assessment())
    file = tmp_path / "h.parquet"
    file.write_bytes(export.as_parquet())
    assert pd.read_parquet(file)["check_interest"].tolist() == ["fail"]


def test_export_parquet_without_pyarrow_names_the_extra(assessment, monkeypatch):
    history.save(assessment())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraMissingError, match="pyarrow") as caught:
        export.as_parquet()
    assert "pip install '.[parquet]'" in caught.value.next_step


def test_export_of_nothing_has_the_columns():
    assert export.as_csv().startswith("id,made_at")


def test_history_made_at_is_kept_in_utc(assessment):
    moment = datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=5)))
    history.save(assessment(), made_at=moment)
    assert history.attempts()[0].made_at == moment
    assert history.attempts()[0].made_at.utcoffset() == timedelta(0)
