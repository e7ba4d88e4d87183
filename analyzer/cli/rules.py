"""``callcheck rules``: look at, try and start rule packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Look at, try and start rule packs.")

_Folder = Annotated[Path | None, typer.Option("--rules", help="Folder of a rule pack.")]


@app.command("list")
def list_checks(rules: _Folder = None) -> None:
    """List the checks of a pack with what each is worth."""
    from analyzer.checklist.loader import load_pack
    from analyzer.cli.messages import write_result

    pack = load_pack(rules)
    lines = [f"{pack.title} ({pack.label})", ""]
    for check in pack.checks:
        if check.polarity == "required":
            worth = " / ".join(str(pack.weights[kind][check.id]) for kind in pack.weights)
        else:
            worth = f"-{check.penalty}"
        lines.append(f"{check.id:24}{check.polarity:11}{worth:>8}  {check.title}")
    lines += ["", "Points are for a voicemail / a call."]
    write_result("\n".join(lines))


@app.command("explain")
def explain_check(
    check: Annotated[str, typer.Argument(help="Id of a check, as `callcheck rules list` shows.")],
    rules: _Folder = None,
) -> None:
    """Explain one check: what it listens for, why, its phrases and examples."""
    from analyzer.checklist.loader import load_pack
    from analyzer.checklist.pack_tools import explain
    from analyzer.cli.messages import write_result
    from analyzer.errors import UsageError

    pack = load_pack(rules)
    try:
        found = pack.check(check)
    except KeyError as error:
        known = ", ".join(c.id for c in pack.checks)
        raise UsageError(f"There is no check called {check}.", next_step=f"Try: {known}") from error
    write_result(explain(found))


@app.command("test")
def try_rules(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of a rule pack; the built-in one without.")
    ] = None,
) -> None:
    """Try every example of a pack; exit with 1 if one does not do what it says."""
    from analyzer.checklist.loader import load_pack
    from analyzer.checklist.pack_tools import test_pack
    from analyzer.cli.messages import EXIT_BELOW_MINIMUM, write_result

    pack = load_pack(folder)
    results = test_pack(pack)
    wrong = [result for result in results if not result.ok]
    lines = [result.message for result in wrong]
    lines.append(f"{len(results)} examples of {len(pack.checks)} checks, {len(wrong)} wrong")
    write_result("\n".join(lines))
    if wrong:
        raise SystemExit(EXIT_BELOW_MINIMUM)


@app.command("new")
def new_rules(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    name: Annotated[str | None, typer.Option(help="The pack's name.")] = None,
) -> None:
    """Start a rule pack of your own: a folder with one commented check."""
    from analyzer.checklist.pack_tools import new_pack
    from analyzer.cli.messages import note

    for path in new_pack(folder, name or folder.name):
        note(f"Written: {path}")
    note(f"Try it with: callcheck rules test {folder}")
