"""Choices that more than one command offers."""

from __future__ import annotations

from enum import Enum


class TableOrJson(str, Enum):
    """How to show a table."""

    table = "table"
    json = "json"
