"""Offer the official model once, to somebody who checks a recording of their own."""

from __future__ import annotations

import sys
from pathlib import Path

MARKER = "official-model-offered"
"""File in the data folder that says the question was asked."""


def offer_official_model(recording: str, *, model: str) -> None:
    """Ask at a terminal, once ever, whether to fetch the default official model; fetch on yes.

    Nothing is asked where a model was named or is installed, of the samples, or where nobody
    is there to answer. A download that fails is said and the check goes on without it.

    Args:
        recording: what was given to check.
        model: the value of ``--model``.
    """
    from analyzer.practice.data_folder import data_folder

    marker = data_folder() / MARKER
    if not _wanted(recording, model) or marker.exists():
        return
    _remember(marker)
    if _answer():
        _fetch()


def _wanted(recording: str, model: str) -> bool:
    if model != "auto" or recording == "-" or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    from analyzer.speech.choose import installed_models

    return not installed_models() and not _is_sample(recording)


def _is_sample(recording: str) -> bool:
    from analyzer.resources import sample_recording

    return Path(recording).resolve().parent == sample_recording().resolve().parent


def _answer() -> bool:
    from analyzer.cli.messages import note
    from analyzer.speech.catalogue import official_model

    model = official_model()
    note(
        "The speech model in the box hears synthetic voices, not people. For your own voice an "
        f"official one is needed, once:\n{model.name}, {model.size / 1e6:.0f} MB, {model.licence}."
    )
    print("Fetch it now? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _fetch() -> None:
    from analyzer.cli.messages import note
    from analyzer.cli.models import fetch_model
    from analyzer.errors import CallcheckError

    try:
        fetch_model(None)
    except CallcheckError as error:
        note(f"callcheck: {error}\nGoing on with the model in the box.")


def _remember(marker: Path) -> None:
    from contextlib import suppress

    from analyzer.practice.data_folder import private_file, private_folder

    with suppress(OSError):  # without a data folder it is merely asked again next time
        private_folder(marker.parent)
        private_file(marker)
