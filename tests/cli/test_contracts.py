"""``docs/contracts.md`` says what the code does."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import analyzer
from analyzer import errors
from analyzer.cli import messages
from analyzer.cli.reference import commands

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
COMMANDS = {command.name: command for command in commands()}


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


def test_commands_and_options_that_are_told_exist_and_no_command_is_left_out() -> None:
    block = TEXT.partition("\n## Commands\n")[2].split("```")[1]
    told = set()
    for line in re.sub(r"\n {2,}", " ", block.strip()).splitlines():
        words = re.sub(r"\[.*", "", line).split()
        subcommands = words[2].split("|") if len(words) > 2 else [""]
        names = {f"{words[0]} {words[1]} {name}".strip() for name in subcommands}
        names = names & set(COMMANDS) or {" ".join(words[:2])} & set(COMMANDS) or {"callcheck"}
        told |= names
        forms = {f for name in names for p in COMMANDS[name].parameters for f in p.forms}
        assert set(re.findall(r"--[a-z-]+", line)) <= forms, line
    assert told == set(COMMANDS)


@pytest.mark.parametrize("name", ["check", "evaluate", "script", "plan", "serve"])
def test_options_of_the_core_are_all_told(name: str) -> None:
    block = TEXT.partition("\n## Commands\n")[2].split("```")[1]
    section = re.search(rf"^callcheck {name} .*(?:\n .*)*", block, re.M)
    assert section is not None
    for parameter in COMMANDS[f"callcheck {name}"].parameters:
        assert parameter.is_argument or parameter.forms[0] in section.group(), parameter.forms


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("\n## Commands\n")[2].split("```")[1]
    for name in COMMANDS:
        command, _, subcommand = name.removeprefix("callcheck").strip().partition(" ")
        line = next(line for line in block.splitlines() if command in line.partition("  ")[0])
        assert subcommand in line, name


@pytest.mark.parametrize("name", ["assess_text", "assess_recording"])
def test_python_signatures_are_current(name: str) -> None:
    block = TEXT.partition("\n## Python\n")[2].split("```")[1]
    told = re.search(rf"^{name}\((.*?)\)", block, re.M | re.S)
    assert told is not None
    plain = [
        parameter.name if parameter.default is parameter.empty
        else f"{parameter.name}={parameter.default!r}".replace("'", '"')
        for parameter in inspect.signature(getattr(analyzer, name)).parameters.values()
    ]  # fmt: skip
    assert re.split(r",\s+", told.group(1)) == [plain[0], "*", *plain[1:]]
