"""Every command and option has help, and ``docs/cli.md`` is current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from analyzer.cli.main import app
from analyzer.cli.reference import Command, commands, page

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
COMMANDS = {command.name: command for command in commands()}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command_has_help_for_itself_and_every_parameter(command: Command) -> None:
    assert command.help.endswith(".")
    for parameter in command.parameters:
        assert parameter.help, parameter.forms
        assert len(parameter.help.split()) > 1, parameter.forms


def test_page_is_current() -> None:
    # python -m analyzer.cli.reference docs/cli.md
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command_and_its_options_are_documented(command: Command) -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition(f"\n## {command.name}\n")[2].partition("\n## ")[0]
    assert command.help in section
    for parameter in command.parameters:
        assert all(f"{form}" in section for form in parameter.forms)


def test_page_tells_what_the_parser_knows() -> None:
    for name, known in _parsers("callcheck", typer.main.get_command(app)):
        if name not in COMMANDS:
            continue
        told = {parameter.forms: parameter for parameter in COMMANDS[name].parameters}
        for parameter in known.params:
            if parameter.param_type_name == "argument" or getattr(parameter, "hidden", False):
                continue
            row = told.pop((*parameter.opts, *parameter.secondary_opts))
            assert row.required == parameter.required, row
        assert all(parameter.is_argument for parameter in told.values()), told


def _parsers(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for short, inner in getattr(command, "commands", {}).items():
        yield from _parsers(f"{name} {short}", inner)


def test_page_marks_what_is_required_and_both_forms_of_a_switch() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "callcheck plan --profile TEXT [OPTIONS]\n" in text
    assert "or a kept profile's name. Required. |" in text
    assert "| `--live / --no-live` | " in text
    assert "Default: `--live`." in text
    assert "| `--version` | Show the version. |" in text


def test_page_knows_the_options_that_the_command_itself_shows(callcheck) -> None:
    shown = callcheck("check", "--help").stdout.upper()
    for parameter in COMMANDS["callcheck check"].parameters:
        assert any(form.upper() in shown for form in parameter.forms), parameter.forms
