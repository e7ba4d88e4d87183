"""The templates, and what every page shows around its content."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.report import view

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).resolve().parent
NAVIGATION = (
    ("/", "Check"), ("/profile", "Profile"), ("/script", "Script"), ("/plan", "Plan"),
    ("/history", "History"),
)  # fmt: skip
STATIC = {
    "app.css": "text/css", "common.js": "text/javascript", "upload.js": "text/javascript",
    "record.js": "text/javascript", "progress.js": "text/javascript",
    "result.js": "text/javascript", "icon.svg": "image/svg+xml",
}  # fmt: skip
"""The files that are served, by name: nothing else is."""


def page(name: str, **values: Any) -> str:
    """Render a page's template."""
    template = environment().get_template(name)
    return template.render(navigation=NAVIGATION, view=view, **values)


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """A file by its name and its media type; report's style and script among them.

    Raises:
        KeyError: it is none of those served.
    """
    if name in ("report.css", "report.js"):
        from analyzer.report.html import report_css, report_js

        text = report_css() if name == "report.css" else report_js()
        return text.encode(), "text/css" if name == "report.css" else "text/javascript"
    media_type = STATIC[name]
    return (_HERE / "static" / name).read_bytes(), media_type


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja with escaping everywhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["clean"] = view.clean
    made.filters["clock"] = view.clock
    made.filters["day"] = lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}"
    return made
