"""Put the templates, the style sheet and the script together."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.report import view
from analyzer.report.html import timeline, transcript

if TYPE_CHECKING:
    from jinja2 import Environment

    from analyzer.audio.waveform import Waveform
    from analyzer.checklist.assessment import Assessment, Evidence
    from analyzer.report.options import RenderOptions

_HERE = Path(__file__).resolve().parent
_DIAL = 2 * 3.14159265 * 52
_FACT_VERDICTS = {
    "match": "pass", "mismatch": "fail", "doubtful": "unclear", "not_heard": "not_applicable"
}  # fmt: skip
_TONES = {"A": "good", "B": "good", "C": "fair", "D": "fair", "F": "poor"}


def render(assessment: Assessment, *, options: RenderOptions | None = None) -> str:
    """Return the page; ``options.waveform`` is embedded when given."""
    return render_html(assessment, waveform=options.waveform if options else None)


def render_html(
    assessment: Assessment, *, waveform: Waveform | None = None, audio_url: str | None = None
) -> str:
    """Return a whole page in one file, with the recording in it when given.

    ``audio_url`` is a ``data:`` URI of the recording, for who has it encoded already.
    """
    if waveform is not None and len(waveform.samples):
        from analyzer.report.html.audio import data_uri

        audio_url = data_uri(waveform)
    css, js = report_css(), report_js()
    template = _environment().get_template("page.html.j2")
    return template.render(
        title=f"{view.headline(assessment)} · {view.clean(assessment.source.name)}",
        csp=content_security_policy(css, js, audio=audio_url is not None),
        css=_safe(css),
        js=_safe(js),
        body=_safe(render_body(assessment, audio_url=audio_url)),
    )


def render_body(assessment: Assessment, *, audio_url: str | None = None) -> str:
    """Return the report as one ``<article class="cc-report">`` to place in a page.

    Args:
        assessment: what to show.
        audio_url: where the page finds the recording; None shows no player. The page must
            allow it (``media-src``), and load ``report_css()`` and ``report_js()``.
    """
    playable = audio_url is not None and assessment.source.duration_s is not None
    return (
        _environment()
        .get_template("body.html.j2")
        .render(
            a=assessment,
            view=view,
            audio_url=audio_url if playable else None,
            sections=view.sections(assessment),
            sums=view.arithmetic(assessment),
            numbers={check.id: n for n, check in enumerate(assessment.checks, 1)},
            dial=_dial(assessment),
            blocks=transcript.blocks(assessment),
            timeline=timeline.timeline(assessment),
            delivery=list(view.details(assessment.delivery)),
            plan=list(view.details(assessment.plan)),
            chips=_chips,
            fact_verdicts=_FACT_VERDICTS,
        )
    )


@lru_cache(maxsize=1)
def report_css() -> str:
    """The style sheet of the report; every rule is about ``.cc-report`` or ``.cc-page``."""
    return (_HERE / "assets" / "report.css").read_text("utf-8")


@lru_cache(maxsize=1)
def report_js() -> str:
    """The script of the report; ``callcheckReport.setUp(element)`` starts one added later."""
    return (_HERE / "assets" / "report.js").read_text("utf-8")


def content_security_policy(css: str, js: str, *, audio: bool) -> str:
    """A policy that allows this page's own style, script and recording, and nothing else."""
    rules = [
        "default-src 'none'",
        f"style-src '{_digest(css)}'",
        f"script-src '{_digest(js)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if audio:
        rules.append("media-src data:")
    return "; ".join(rules)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = view.clock
    environment.filters["clean"] = view.clean
    return environment


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _dial(assessment: Assessment) -> dict[str, str]:
    score = assessment.score or 0
    return {
        "length": f"{_DIAL:.2f}",
        "arc": f"{_DIAL * min(100, score) / 100:.2f}",
        "tone": _TONES.get(assessment.grade or "", "none"),
    }


def _chips(evidence: list[Evidence], check_id: str | None = None) -> list[dict[str, Any]]:
    """What evidence chips show, play, and point at (a check's have a place to point at)."""
    return [
        {
            "quote": view.clean(item.quote),
            "start": item.start_s,
            "end": item.end_s,
            "target": transcript.anchor(check_id, index) if check_id else "",
        }
        for index, item in enumerate(evidence)
    ]
