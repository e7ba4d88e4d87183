"""``--profile``: a file, or the name of a kept profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.practice.profiles import NamedProfile


def profile_given(given: str) -> NamedProfile:
    """Load what ``--profile`` names.

    Raises:
        ProfileError: there is no such profile, or it has a mistake.
    """
    from analyzer.practice.profiles import find_profile

    return find_profile(given)
