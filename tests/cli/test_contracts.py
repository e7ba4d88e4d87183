"""``docs/contracts.md`` says what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from analyzer import errors
from analyzer.cli import messages

TEXT = (Path(__file__).parents[2] / "docs" / "contracts.md").read_text(encoding="utf-8")


def test_exit_codes_are_all_told() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.M)}
    used = {value for name, value in vars(messages).items() if name.startswith("EXIT_")}
    raised = {
        value.exit_code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.CallcheckError)
    }
    assert told == used | raised


def test_question_that_is_not_answered_exits_as_told(callcheck: Any, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    done = callcheck("profile", "new", "--output", file, stdin=b"Emily Carter\n")
    assert done.returncode == messages.EXIT_INPUT
    assert done.stdout == ""
    assert not file.exists()


def test_pack_whose_examples_fail_exits_as_told(callcheck: Any, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    assert callcheck("rules", "new", pack).returncode == messages.EXIT_DONE
    check = next(path for path in pack.glob("*.yaml") if path.name != "pack.yaml")
    text = check.read_text(encoding="utf-8")
    check.write_text(text.replace("  hit:\n", "  hit:\n    - Good morning.\n"), encoding="utf-8")
    done = callcheck("rules", "test", pack)
    assert done.returncode == messages.EXIT_BELOW_MINIMUM, done.stderr


def test_what_the_parser_refuses_is_told_in_its_form(callcheck: Any) -> None:
    done = callcheck("plan")
    assert done.returncode == messages.EXIT_USAGE
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 3
    assert lines[0].startswith("Usage: ")
    assert lines[2].startswith("Error: ")
