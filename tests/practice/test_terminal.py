"""A first-time user at a real terminal: profile, script, record, checklist, history."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from analyzer.resources import resource

pexpect = pytest.importorskip("pexpect")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX terminal"),
]

REPOSITORY = Path(__file__).resolve().parents[2]
ANSWERS = [
    ("Your full name", "Emily Carter"),
    ("telephone number", "12"),  # too short: asked again
    ("6 to 15 digits", None),
    ("telephone number", "212-555-0142"),
    ("e-mail address", ""),
    ("Your time zone", "America/New_York"),
    ("name of the manager", "Mr. Peter Johnson"),
    ("manager's time zone", "America/Chicago"),
    ("The company", "Riverside Bakery"),
    ("The job", "assistant manager"),
    ("day of the interview", "2026-03-03"),
    ("promised an answer", ""),
    ("When you plan to call", ""),
    ("call you already made", ""),
    ("thank-you e-mail", "2026-03-03"),
    ("can be reached", "any day after two"),
    ("talked about", "the new delivery schedule"),
    ("Another one", ""),
    ("Something you like", "how closely your team works together"),
    ("Another one", ""),
    ("another job offer", "n"),
]


class Terminal:
    """Runs the real command in a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "HOME": str(folder), "CALLCHECK_DATA": str(folder / "kept"),
            "CALLCHECK_MODELS": str(folder / "models"), "TERM": "xterm-256color",
            "PYTHONPATH": str(REPOSITORY), "LANG": "C.UTF-8",
        }  # fmt: skip

    def start(self, *arguments: object):
        return pexpect.spawn(
            sys.executable, ["-m", "analyzer.cli.main", *map(str, arguments)],
            cwd=str(self.folder), env=self.environment, encoding="utf-8", timeout=120,
            dimensions=(50, 110),
        )  # fmt: skip

    def run(self, *arguments: object, status: int = 0) -> str:
        child = self.start(*arguments)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == status, child.before
        return child.before


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_first_time_user_from_profile_to_trend(terminal: Terminal, tmp_path: Path) -> None:
    asking = terminal.start("profile", "new", "bakery")
    for question, answer in ANSWERS:
        asking.expect(question)
        if answer is not None:
            asking.sendline(answer)
    asking.expect("Written to")
    asking.expect(pexpect.EOF)
    asking.close()
    assert asking.exitstatus == 0

    script = terminal.run("script", "--profile", "bakery")
    assert "Emily Carter" in script
    assert "the new delivery schedule" in script
    assert "[" not in script

    recording = terminal.start(
        "record", "--profile", "bakery", "--model", "builtin", "--wav", "first.wav",
        "--from-stream", resource("samples/weak.ogg"),
    )  # fmt: skip
    recording.expect("consent")
    recording.expect("Press Enter to go on")
    recording.sendline("")
    recording.expect("Emily Carter")  # the cue card
    recording.expect("Recording from weak.ogg")
    recording.expect("Recorded .* s to first.wav")
    recording.expect("Score ([0-9]+) of 100")
    first = int(recording.match.group(1))
    recording.expect("To avoid")
    recording.expect(pexpect.EOF)
    recording.close()
    assert (tmp_path / "first.wav").read_bytes().startswith(b"RIFF")

    again = terminal.run(
        "record", "--profile", "bakery", "--model", "builtin", "--wav", "second.wav",
        "--from-stream", resource("samples/strong-voicemail.ogg"),
    )  # fmt: skip
    assert "consent" not in again  # said once
    assert "✓ your name" in again

    kept = json.loads(terminal.run("history", "list", "--format", "json"))
    assert [row["source_name"] for row in kept] == ["first.wav", "second.wav"]
    assert [row["profile_name"] for row in kept] == ["bakery", "bakery"]
    assert kept[0]["score"] == first
    assert kept[1]["score"] > first
    assert "better" in terminal.run("history", "compare", 1, 2)
    assert "no 2" in terminal.run("history", "trend")
    terminal.run("history", "trend", "--output", "trend.png")
    terminal.run("history", "trend", "--output", "trend.svg")
    assert (tmp_path / "trend.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "trend.svg").read_text(encoding="utf-8")


def test_rehearse_a_call_until_the_goal(terminal: Terminal, tmp_path: Path) -> None:
    child = terminal.start(
        "rehearse", "--call", "--profile", resource("samples/profile.yaml"), "--goal", 80,
        "--model", "builtin", "--no-live", "--from-stream", resource("samples/weak.ogg"),
        "--from-stream", resource("samples/strong-voicemail.ogg"),
    )  # fmt: skip
    child.expect("Press Enter to go on")
    child.sendline("")
    child.expect("Attempt 1, goal 80")
    child.expect("Manager: ")
    child.expect("short of the goal")
    child.expect("Next time, say:")
    child.expect("Attempt 2, goal 80")
    child.expect("Goal reached")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert len(list(tmp_path.glob("*.wav"))) == 2


def test_rehearse_that_falls_short_exits_with_1(terminal: Terminal) -> None:
    child = terminal.start(
        "rehearse", "--profile", resource("samples/profile.yaml"), "--goal", 100, "--no-save",
        "--model", "builtin", "--no-live", "--from-stream", resource("samples/weak.ogg"),
    )  # fmt: skip
    child.expect("Press Enter to go on")
    child.sendline("")
    child.expect("was not reached")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert "No attempts" in terminal.run("history", "list")


def test_check_edit_opens_the_editor_with_the_words(terminal: Terminal, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'Hello Ms. Quist, this is Anna Berg.' > \"$1\"\n")
    editor.chmod(0o700)
    terminal.environment["EDITOR"] = str(editor)
    report = terminal.run(
        "check", resource("samples/weak.ogg"), "--model", "builtin", "--edit", "--format", "json",
        "--no-save",
    )  # fmt: skip
    data = json.loads(report[report.index("{") :])
    assert data["transcript"]["text"] == "Hello Ms. Quist, this is Anna Berg."
    assert data["transcript"]["utterances"][0]["words"][0]["start_s"] is not None


def test_history_delete_asks_first(terminal: Terminal) -> None:
    terminal.run("check", resource("samples/weak.txt"))
    child = terminal.start("history", "delete", "--all")
    child.expect("for good")
    child.sendline("n")
    child.expect("Nothing was deleted")
    child.expect(pexpect.EOF)
    assert len(json.loads(terminal.run("history", "list", "--format", "json"))) == 1
    child = terminal.start("history", "delete", "--all")
    child.sendline("y")
    child.expect("Deleted: 1")
