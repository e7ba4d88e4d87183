"""callcheck: an offline coach for the follow-up call after a job interview.

The public interface is small::

    from analyzer import assess_recording, assess_text

    assessment = assess_text("Hello Ms. Patel, this is Ann Lee ...", kind="voicemail")
    assessment.score
    assessment.to_dict()

Importing this package loads no speech, language or audio library; each is loaded by
the first call that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.assess import assess_recording, assess_text
    from analyzer.checklist.assessment import Assessment

__version__ = "0.1.0"

__all__ = ["Assessment", "__version__", "assess_recording", "assess_text"]

_WHERE = {
    "Assessment": "analyzer.checklist.assessment",
    "assess_recording": "analyzer.assess",
    "assess_text": "analyzer.assess",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
