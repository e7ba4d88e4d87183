"""Every command and option has help, and ``docs/cli.md`` is current."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_page_knows_the_options_that_the_command_itself_shows(callcheck) -> None:
    shown = callcheck("check", "--help").stdout.upper()
    for parameter in COMMANDS["callcheck check"].parameters:
        assert any(form.upper() in shown for form in parameter.forms), parameter.forms
