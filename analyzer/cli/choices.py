"""Choices that more than one command offers."""

from __future__ import annotations

from enum import Enum


class TableOrJson(str, Enum):
    """How to show a table."""

    table = "table"
    json = "json"


class Kind(str, Enum):
    """What the recording is of."""

    voicemail = "voicemail"
    call = "call"


class Format(str, Enum):
    """How to show the result."""

    table = "table"
    json = "json"
    html = "html"
    md = "md"
    csv = "csv"
