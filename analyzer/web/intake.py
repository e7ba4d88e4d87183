"""From a form to an order: what the person gave, checked; the content decides, not the name."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import yaml

from analyzer.errors import ProfileError, RecordingError, TranscriptError
from analyzer.web.jobs import Order

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile

    from analyzer.practice.profile import Profile
    from analyzer.web.jobs import Desk

SESSION_PROFILE = "session"
"""What the form calls the profile that was filled in on the page and is only in memory."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_NAME = 80
_LONGEST_PROFILE = 20_000
_LARGEST_TEXT = 1_000_000


async def order_of(upload: UploadFile | None, text: str | None) -> Order:
    """Make an order of an upload or a text.

    Raises:
        RecordingError: neither was given, or an empty file.
        TranscriptError: both were given, or the text has no words.
    """
    if upload is not None and text and text.strip():
        raise TranscriptError("Both a file and a text were given.", next_step="Give one of them.")
    if upload is not None:
        return await asyncio.to_thread(_order_of_file, upload.file, plain_name(upload.filename))
    if text is None:
        raise RecordingError("Nothing was given.", next_step="Send a file, or a text.")
    from analyzer.speech.typed import read_typed

    data = text.encode("utf-8", "replace")
    if not data.strip():
        raise TranscriptError("There are no words in this text.", next_step="Type what you say.")
    return Order("typed text", text=read_typed(data, name="typed text"))


def plain_name(given: str | None) -> str:
    """A file's name fit for a report: no folder, no control characters, not long."""
    last = re.split(r"[/\\]", given or "")[-1]
    name = " ".join(_CONTROL.sub("", last).split())
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME and dot and len(ending) <= 5:
        name = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return name[:_LONGEST_NAME] or "recording"


def _order_of_file(given: BinaryIO, name: str) -> Order:
    from analyzer.speech.typed import SNIFFED, TEXT_ENDINGS, is_text

    given.seek(0)
    head = given.read(SNIFFED)
    if not head:
        raise RecordingError(f"{name}: the file is empty.", next_step="Record or export it again.")
    if name.lower().endswith(TEXT_ENDINGS) or is_text(head):
        text = _text(given, name)
        if text is not None:
            return Order(name, text=text)
    return Order(name, upload=_own(given))


def _text(given: BinaryIO, name: str) -> str | None:
    """The text in it; None for a recording that was named like a text."""
    from analyzer.speech.typed import SNIFFED, is_text, read_typed

    given.seek(0)
    data = given.read(_LARGEST_TEXT)
    try:
        return read_typed(data, name=name)
    except TranscriptError:
        if is_text(data[:SNIFFED]):
            raise
        return None


def _own(given: BinaryIO) -> BinaryIO:
    """A handle that outlives the request, on a file that has no name."""
    given.seek(0)
    rollover = getattr(given, "rollover", None)
    if rollover is not None:
        rollover()
        given.flush()
        return os.fdopen(os.dup(given.fileno()), "rb")
    own: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
    own.write(given.read())
    return own


def profile_given(given: str, desk: Desk) -> tuple[Profile | None, str | None]:
    """A profile and the name history knows it by: kept by name, the page's, or YAML itself.

    Raises:
        ProfileError: there is no such profile, or it has a mistake.
    """
    given = given.strip()
    if not given:
        return None, None
    if given == SESSION_PROFILE:
        return desk.profile, None
    from analyzer.practice.profiles import find_profile, kept_names, profiles_folder

    for name in kept_names():
        if name == given:  # the path is made of our own list, not of what was given
            return find_profile(profiles_folder() / f"{name}.yaml").profile, name
    return _profile_text(given), None


def _profile_text(text: str) -> Profile:
    from analyzer.checklist.yaml_source import load_model
    from analyzer.practice.profile import Profile

    next_step = "Send the name of a kept profile, or the YAML of one."
    if len(text) > _LONGEST_PROFILE:
        raise ProfileError("profile: this is too long for a profile.", next_step=next_step)
    if "\n" not in text and ":" not in text:
        raise ProfileError("profile: no profile is kept by this name.", next_step=next_step)
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, (yaml.AliasToken, yaml.AnchorToken)):
                raise ProfileError("profile: & and * are not used here.", next_step=next_step)
    except (yaml.YAMLError, ValueError) as error:
        raise ProfileError("profile: this is not YAML.", next_step=next_step) from error
    try:
        return load_model(
            Path("profile"), Profile, error=ProfileError, next_step=next_step, text=text
        )
    except (TypeError, AttributeError, OverflowError) as error:
        raise ProfileError("profile: this is no profile.", next_step=next_step) from error
