"""Ctrl-C and a reader that goes away are no faults of the input."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time

import pytest
import typer

from analyzer.cli.main import run

COMMAND = [sys.executable, "-m", "analyzer.cli.main"]


def test_ctrl_c_says_so_and_exits_with_130():
    with subprocess.Popen(
        [*COMMAND, "check", "-", "--no-save"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a job started in the background ignores Ctrl-C, and hands that on to its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:  # fmt: skip
        assert running.stdin
        running.stdin.write(b"Hello")
        running.stdin.flush()
        time.sleep(5)  # it waits for the end of its input by then
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == b""
    assert err.decode().strip() == "callcheck: stopped."  # what was written, it cannot know


def test_a_closed_pipe_exits_with_0():
    with subprocess.Popen(
        [*COMMAND, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        err = running.stderr.read()
        assert running.wait(timeout=60) == 0
    assert err == b""


def test_ctrl_c_at_a_question_exits_with_130_and_deletes_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CALLCHECK_DATA", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["callcheck", "history", "delete", "--all"])
    monkeypatch.setattr("sys.stdin", _Terminal())

    def stopped(*_: object, **__: object) -> bool:
        raise typer.Abort

    monkeypatch.setattr("typer.confirm", stopped)
    with pytest.raises(SystemExit) as exit_:
        run()
    assert exit_.value.code == 130
    assert "Deleted" not in capsys.readouterr().err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True
