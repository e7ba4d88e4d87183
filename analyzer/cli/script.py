"""``callcheck script``: a script for the call, from the profile."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.choices import Kind

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment
    from analyzer.practice.profile import Profile
    from analyzer.practice.script import Script


class Style(str, Enum):
    """The tone of a script."""

    warm = "warm"
    formal = "formal"
    brief = "brief"


class ScriptFormat(str, Enum):
    """What a script is written as."""

    text = "text"
    md = "md"
    html = "html"


def script(
    profile: Annotated[
        str | None,
        typer.Option(help="Your details: me.yaml, or a kept profile's name; blanks without."),
    ] = None,
    kind: Annotated[Kind, typer.Option(help="A voicemail or a call.")] = Kind.voicemail,
    style: Annotated[Style, typer.Option(help="The tone.")] = Style.warm,
    seed: Annotated[int, typer.Option(help="Another number gives other wording.")] = 0,
    like: Annotated[
        Path | None, typer.Option(help="Keep this draft (.txt) and add only what is missing.")
    ] = None,
    format_: Annotated[
        ScriptFormat, typer.Option("--format", help="text, md, or html (a cue card).")
    ] = ScriptFormat.text,
    output: Annotated[
        Path | None, typer.Option(help="Write the script to this file instead of the terminal.")
    ] = None,
) -> None:
    """Write a script that passes its own checklist; facts you left out stay as blanks."""
    from analyzer.cli.files import check_output, write_whole
    from analyzer.cli.messages import note, write_result
    from analyzer.practice.profile import Profile
    from analyzer.practice.script import export

    check_output(output)
    loaded = _loaded(profile) if profile else Profile()
    made = made_script(loaded, kind=kind.value, style=style.value, seed=seed, like=like)
    writers: dict[str, Callable[[Script], str]] = {
        "text": export.as_text, "md": export.as_markdown, "html": export.as_cue_card,
    }  # fmt: skip
    text = writers[format_.value](made)
    if output is None:
        write_result(text)
    else:
        write_whole(output, text)
        note(f"Written to {output}")
    if made.missing:
        note(f"Still to fill in: {', '.join(made.missing)}")
    for warning in made.warnings:
        note(warning)


def made_script(
    profile: Profile, *, kind: str, style: str = "warm", seed: int = 0, like: Path | None = None
) -> Script:
    """Build a script and try it with the real checks.

    Raises:
        CallcheckError: by name, when the draft cannot be read or a model is missing.
    """
    from analyzer.practice.script import build_script, verified_script
    from analyzer.practice.script.like import like_draft
    from analyzer.speech.typed import read_typed_file

    built = build_script(profile, kind=kind, style=style, seed=seed)  # type: ignore[arg-type]

    def judge(text: str) -> Assessment:
        from analyzer import assess_text

        return assess_text(text, kind=kind, profile=profile)  # type: ignore[arg-type]

    if like is not None:
        built = like_draft(read_typed_file(like), built, judge)
    return verified_script(built, judge)


def _loaded(given: str) -> Profile:
    from analyzer.cli.profiles import profile_given

    return profile_given(given).profile
