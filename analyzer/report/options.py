"""The options that all renderers share."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from analyzer.audio.waveform import Waveform

PLAIN_WIDTH = 80


@dataclass(frozen=True)
class RenderOptions:
    """How to render; each renderer reads what concerns it.

    Attributes:
        explain: add the arithmetic of the score (table, md).
        waveform: the recording, to embed in the page (html); None leaves it out.
        redact: mask names, numbers and addresses, and leave the recording out (all).
        private: strings to mask besides, such as the profile's values (with ``redact``).
        color: styled text (table); False gives plain text.
        width: columns (table).
        unicode: False replaces marks and typographic quotes by ASCII (table).
    """

    explain: bool = False
    waveform: Waveform | None = None
    redact: bool = False
    private: tuple[str, ...] = ()
    color: bool = False
    width: int = PLAIN_WIDTH
    unicode: bool = True

    @classmethod
    def for_stream(
        cls,
        stream: TextIO,
        *,
        explain: bool = False,
        waveform: Waveform | None = None,
        redact: bool = False,
        private: tuple[str, ...] = (),
    ) -> RenderOptions:
        """Options that suit where the text goes: colour and width only on a terminal."""
        terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        color = terminal and not os.environ.get("NO_COLOR")
        width = min(shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, 110)
        return cls(
            explain=explain,
            waveform=waveform,
            redact=redact,
            private=private,
            color=color,
            width=max(40, width) if terminal else PLAIN_WIDTH,
            unicode=can_write(stream, "✓✗–“”•·"),
        )


def can_write(stream: TextIO, text: str) -> bool:
    """Whether the stream's encoding has every character of the text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
