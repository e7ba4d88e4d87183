"""What a scan of spoken words gives: one value with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyzer.language.spoken_values.spoken_date import SpokenDate
from analyzer.language.spoken_values.spoken_time import SpokenTime

Kind = Literal["DATE", "TIME", "PHONE", "EMAIL", "NUMBER"]
Value = str | int | SpokenDate | SpokenTime


@dataclass(frozen=True)
class Found:
    """A value heard in the words.

    Attributes:
        start, end: indices of its first word and of the word after its last.
        kind: DATE, TIME, PHONE, EMAIL or NUMBER.
        value: a SpokenDate, a SpokenTime, the digits of a phone number, an e-mail
            address, or an int.
        partial: part of it seems to be missing (a phone number cut short, "at gmail").
        extension: digits of a phone's extension, or an empty string.
        superseded_by: the value that corrects this one ("the tenth sorry the twelfth").
    """

    start: int
    end: int
    kind: Kind
    value: Value
    partial: bool = False
    extension: str = ""
    superseded_by: Found | None = None
