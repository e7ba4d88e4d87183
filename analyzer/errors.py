"""Every error this library raises on purpose, by name.

Library code raises these; only the command line and the web app turn them into messages.
Each carries what went wrong and the next step, so that a caller need not guess either.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CallcheckError(Exception):
    """Base of all errors raised on purpose.

    Attributes:
        message: what happened, naming the file or field.
        next_step: what the person can do about it, or an empty string.
        exit_code: the command line's exit code for it (see ``docs/contracts.md``).
    """

    exit_code = 3

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InputError(CallcheckError):
    """The input could not be read or understood (exit code 3)."""


class RecordingError(InputError):
    """A file that should hold a recording does not, or is damaged beyond use."""


class TranscriptError(InputError):
    """A file that should hold a typed transcript does not."""


class ProfileError(InputError):
    """A profile is missing, is not YAML, or has a wrong field."""


class RulePackError(InputError):
    """A rule pack has a mistake; the message names file, line and the allowed keys."""


class LabelledSetError(InputError):
    """A labelled evaluation file has a mistake; the message names file and line."""


class HistoryError(InputError):
    """The history could not be read or written; what it held is untouched."""


class MissingNeedError(CallcheckError):
    """Something the tool needs is missing on this machine (exit code 4)."""

    exit_code = 4


class ModelError(MissingNeedError):
    """A speech or language model is missing, incomplete, or cannot be loaded."""


class DeviceError(MissingNeedError):
    """No microphone, no PortAudio, or the device failed."""


class ExtraMissingError(MissingNeedError):
    """A feature needs an optional dependency that is not installed."""


class UsageError(CallcheckError):
    """A wrong combination of options (exit code 2)."""

    exit_code = 2


class CancelledError(CallcheckError):
    """The person stopped the work; nothing was written."""

    exit_code = 3


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the known word that an unknown one most resembles, or return an empty string."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
