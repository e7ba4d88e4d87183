"""The page ``docs/cli.md``: every command and option, from the commands themselves.

Write it anew with ``python -m analyzer.cli.reference docs/cli.md``.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

_HEAD = """\
# Command line

Generated from the commands themselves by `python -m analyzer.cli.reference docs/cli.md`.
Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 a bar was not reached
(`--min-score`, a rehearsal's goal, a pack's own examples), 2 wrong options, 3 the input could not
be read or understood, or a question was declined, 4 something the tool needs is missing, 130
stopped with Ctrl-C. `--help` (or `-h`) after any command shows what stands here.
"""


@dataclass(frozen=True)
class Parameter:
    """An argument or an option of a command.

    Attributes:
        forms: what is typed: ``("--kind",)``, both forms of a switch that can be set either
            way, or the argument's name in capitals.
        value: what stands behind an option; empty for a switch.
        default: shown where it says something.
    """

    forms: tuple[str, ...]
    value: str
    help: str
    default: str
    is_argument: bool
    required: bool


@dataclass(frozen=True)
class Command:
    """One command: its full name, its help, and its parameters in order."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]


def commands() -> list[Command]:
    """Every command, in the order of ``--help``."""
    from analyzer.cli.main import app

    return [_root(app), *_commands("callcheck", app)]


def _root(app: typer.Typer) -> Command:
    """What stands before a command's name."""
    info = app.registered_callback
    assert info is not None
    assert info.callback is not None
    return _command("callcheck", info.callback, str(app.info.help))


def _commands(name: str, app: typer.Typer) -> Iterator[Command]:
    for info in app.registered_commands:
        if info.callback is not None and not info.hidden:
            short = info.name or info.callback.__name__.replace("_", "-")
            yield _command(f"{name} {short}", info.callback, info.help)
    for group in app.registered_groups:
        if group.typer_instance is not None and not group.hidden:
            yield from _commands(f"{name} {group.name}", group.typer_instance)


def _command(name: str, callback: Callable[..., Any], help_: str | None) -> Command:
    hints = get_type_hints(callback, include_extras=True)
    found = [
        _parameter(parameter, hints[parameter.name])
        for parameter in inspect.signature(callback).parameters.values()
        if hints[parameter.name] is not typer.Context
    ]
    text = help_ or inspect.getdoc(callback) or ""
    return Command(name, _unwrapped(text), tuple(p for p in found if p is not None))


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter | None:
    plain, *notes = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    info = next((note for note in notes if isinstance(note, (ArgumentInfo, OptionInfo))), None)
    if info is not None and info.hidden:
        return None
    kinds = [kind for kind in get_args(plain) if kind is not NoneType] or [plain]
    is_argument = isinstance(info, ArgumentInfo)
    dashed = parameter.name.strip("_").replace("_", "-")
    declared = _declared(info) if isinstance(info, OptionInfo) else ()
    usual = (f"--{dashed}", f"--no-{dashed}") if kinds[0] is bool else (f"--{dashed}",)
    forms = (dashed.upper(),) if is_argument else declared or usual
    either_way = kinds[0] is bool and len(forms) == 2
    default = forms[not parameter.default] if either_way else _default(parameter.default)
    return Parameter(
        forms=forms,
        value=_value(kinds[0]),
        help=" ".join((info.help or "").split()) if info else "",
        default=default,
        is_argument=is_argument,
        required=parameter.default is inspect.Parameter.empty,
    )


def _declared(info: OptionInfo) -> tuple[str, ...]:
    """The forms written out; typer holds the first as the default until the command is made."""
    given = (info.default, *(info.param_decls or ()))
    forms = [form for form in given if isinstance(form, str) and form.startswith("-")]
    return tuple(part for form in forms for part in form.split("/"))


def _value(kind: Any) -> str:
    if kind is bool:
        return ""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(choice.value) for choice in kind)
    return {int: "NUMBER", float: "NUMBER", Path: "PATH"}.get(kind, "TEXT")


def _default(value: Any) -> str:
    value = getattr(value, "value", value)
    said = isinstance(value, (str, int, float, Path)) and not isinstance(value, bool)
    return str(value) if said else ""


def page() -> str:
    """The whole page as Markdown."""
    return _HEAD + "".join(_section(command) for command in commands())


def _section(command: Command) -> str:
    arguments = [p for p in command.parameters if p.is_argument]
    options = [p for p in command.parameters if not p.is_argument]
    usage = [command.name]
    usage += [p.forms[0] if p.required else f"[{p.forms[0]}]" for p in arguments]
    usage += [f"{p.forms[0]} {p.value}" for p in options if p.required]
    usage += ["[OPTIONS]"] if any(not p.required for p in options) else []
    usage += ["COMMAND"] if command.name == "callcheck" else []
    lines = ["", f"## {command.name}", "", command.help, "", "```", " ".join(usage), "```"]
    if command.parameters:
        lines += [
            "",
            "| option | meaning |",
            "|---|---|",
            *(_row(parameter) for parameter in command.parameters),
        ]
    return "\n".join(lines) + "\n"


def _row(parameter: Parameter) -> str:
    typed = " / ".join(parameter.forms)
    if not parameter.is_argument and parameter.value:
        typed += f" {parameter.value}"
    note = f" Default: `{parameter.default}`." if parameter.default else ""
    if parameter.required and not parameter.is_argument:
        note = " Required."
    return f"| `{_in_cell(typed)}` | {_in_cell(parameter.help)}{note} |"


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _unwrapped(text: str) -> str:
    """Paragraphs of one line each."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
