"""HTML: one file with everything in it, or the report's body for a page of one's own.

``render_html`` makes a whole page that asks the network for nothing. A web page that
shows a report embeds ``render_body`` and serves ``report_css()`` and ``report_js()``.
"""

from __future__ import annotations

from analyzer.report.html.page import render, render_body, render_html, report_css, report_js

__all__ = ["render", "render_body", "render_html", "report_css", "report_js"]
