"""The formats by name: ``table``, ``json``, ``html``, ``md``, ``csv``.

Every renderer is called the same way, ``render(assessment, *, options) -> str``, and is
imported when it is first used.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from analyzer.errors import UsageError
from analyzer.report.options import RenderOptions

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment

_MODULES = {
    "table": "analyzer.report.terminal",
    "json": "analyzer.report.json_format",
    "html": "analyzer.report.html",
    "md": "analyzer.report.markdown",
    "csv": "analyzer.report.csv_format",
}
FORMATS: tuple[str, ...] = tuple(_MODULES)


class Renderer(Protocol):
    """Turns an assessment into text."""

    def __call__(self, assessment: Assessment, *, options: RenderOptions) -> str:
        """Return the rendered text."""
        ...


def renderer(name: str) -> Renderer:
    """Return the renderer of a format, without redaction.

    Raises:
        UsageError: there is no such format.
    """
    if name not in _MODULES:
        raise UsageError(
            f"There is no format {name!r}.", next_step=f"Choose one of {', '.join(FORMATS)}."
        )
    return cast(Renderer, import_module(_MODULES[name]).render)


def render(name: str, assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Render in the named format, masking first where asked.

    A redacted report never holds the recording, which would say what the text hides.

    Raises:
        UsageError: there is no such format.
    """
    options = options or RenderOptions()
    chosen = renderer(name)
    if options.redact:
        from analyzer.report.redact import redact

        assessment = redact(assessment, extra=options.private)
        options = dataclasses.replace(options, waveform=None)
    return chosen(assessment, options=options)
