"""A script as plain text, Markdown, or a page to read from while calling."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.practice.script.build import Script

FORMATS = ("text", "md", "html")
_REPLY = "(answers)"
_BLANK = re.compile(r"\[[^\[\]]+\]")


def as_text(script: Script) -> str:
    """The script; a call has labelled turns, so that ``callcheck check`` reads it as it is."""
    if script.kind == "voicemail":
        return script.spoken + "\n"
    turns = [f"Me: {' '.join(part.text for part in turn)}" for turn in script.turns]
    return f"\n\nManager: {_REPLY}\n\n".join(turns) + "\n"


def as_markdown(script: Script) -> str:
    """The script with a heading, its length, and the blanks set in bold."""
    lines = [f"# Script for a {script.kind}", "", f"About {script.seconds:.0f} seconds, "
             f"{script.style}.", ""]  # fmt: skip
    for number, turn in enumerate(script.turns):
        if script.kind == "call" and number:
            lines += ["*(wait for the answer)*", ""]
        text = " ".join(_md(part.text) for part in turn)
        lines += [text, ""]
    if script.missing:
        lines += ["Still to fill in:", "", *(f"- {name}" for name in script.missing), ""]
    return "\n".join(lines)


def as_cue_card(script: Script) -> str:
    """A page with large type, one sentence a line; needs nothing from the network."""
    from jinja2 import Environment
    from markupsafe import Markup, escape

    template = resources.files("analyzer.practice.script") / "cue_card.html.jinja"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)

    def marked(text: str) -> Markup:
        return Markup(_BLANK.sub(lambda m: f"<mark>{m.group()}</mark>", str(escape(text))))

    return environment.from_string(template.read_text(encoding="utf-8")).render(
        script=script, turns=[[marked(part.text) for part in turn] for turn in script.turns]
    )


def _md(text: str) -> str:
    escaped = re.sub(r"([\\`*_<>#])", r"\\\1", text)
    return _BLANK.sub(lambda match: f"**{match.group()}**", escaped)
