"""Reports to take away: the same renderers as the command line's."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

from analyzer.report.formats import render
from analyzer.report.options import RenderOptions
from analyzer.report.redact import private_strings

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment
    from analyzer.web.jobs import Job


async def render_download(
    job: Job, assessment: Assessment, format_: str, *, redact: bool = False
) -> str:
    """The report as text; HTML holds the recording where it was kept and nothing is masked."""
    if format_ == "html" and job.audio and not redact:
        return await asyncio.to_thread(_with_recording, job, assessment)
    options = RenderOptions(redact=redact, private=private_strings(job.order.profile))
    return await asyncio.to_thread(render, format_, assessment, options=options)


def _with_recording(job: Job, assessment: Assessment) -> str:
    from analyzer.report.html import render_html

    data = base64.b64encode(job.audio).decode("ascii")
    return render_html(assessment, audio_url=f"data:{job.media_type};base64,{data}")
