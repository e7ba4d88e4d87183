"""Find the data that travels with the package: rules, models and one sample.

A wheel carries them under ``analyzer/_data``; in a checkout (and so in an editable
install) they stand beside ``analyzer/``. This is the only module that knows.
"""

from __future__ import annotations

from pathlib import Path

from analyzer.errors import ModelError

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)


def resource(relative: str) -> Path:
    """Return the path of a bundled file or folder, such as ``"rules/follow-up"``.

    Raises:
        ModelError: it is in none of the places an installation keeps it.
    """
    for root in _ROOTS:
        candidate = root / relative
        if candidate.exists():
            return candidate
    raise ModelError(
        f"This installation of callcheck is incomplete: {relative} is missing.",
        next_step="Install it again; in the checkout: pip install --force-reinstall .",
    )


def rules_folder() -> Path:
    """Folder of the default rule pack."""
    return resource("rules/follow-up")


def language_model_folder() -> Path:
    """Folder of the trained spaCy pipeline."""
    return resource("models/language/pipeline")


def builtin_speech_model_folder() -> Path:
    """Folder of the Vosk model that travels with the package."""
    return resource("models/speech/builtin")


def speech_gate_file() -> Path:
    """The calibrated numbers of the intelligibility gate."""
    return resource("models/speech/gate.json")


def sample_recording() -> Path:
    """The sample voicemail that ``callcheck demo`` checks."""
    return resource("samples/strong-voicemail.ogg")


def sample_profile() -> Path:
    """The example profile."""
    return resource("samples/profile.yaml")
