"""The phone set: 39 CMU phones and silence, and how the synthesisers' own symbols map to it."""

from __future__ import annotations

from typing import Final

SILENCE: Final = "SIL"
CMU_PHONES: Final[tuple[str, ...]] = tuple(
    str.split(
        "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW"
        " V W Y Z ZH"
    )
)
BASE_PHONES: Final[tuple[str, ...]] = (SILENCE, *CMU_PHONES)
"""Phones as the network tells them apart; the index of a phone is its number everywhere."""

BASE_INDEX: Final[dict[str, int]] = {phone: index for index, phone in enumerate(BASE_PHONES)}
PDF_COUNT: Final = 2 * len(BASE_PHONES)
"""Network outputs: for phone ``b``, ``2b`` is its first frame and ``2b + 1`` any later frame."""

POSITIONS: Final = "BEIS"
POSITION_PHONES: Final[tuple[str, ...]] = (
    "<eps>",
    SILENCE,
    *(f"{phone}_{position}" for phone in CMU_PHONES for position in POSITIONS),
)
"""Phones with their place in the word (begin, end, internal, singleton), in Kaldi's order."""

POSITION_INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(POSITION_PHONES)}
LAST_PHONE_ID: Final = len(POSITION_PHONES) - 1


def base_index(phone_id: int) -> int:
    """Return the index in `BASE_PHONES` of a Kaldi phone id (1 is silence)."""
    name = POSITION_PHONES[phone_id]
    return BASE_INDEX[name if name == SILENCE else name[:-2]]


def with_positions(phones: tuple[str, ...]) -> tuple[int, ...]:
    """Return the Kaldi phone ids of one word's base phones."""
    if len(phones) == 1:
        return (POSITION_INDEX[f"{phones[0]}_S"],)
    marks = ["B", *["I"] * (len(phones) - 2), "E"]
    return tuple(
        POSITION_INDEX[f"{phone}_{mark}"] for phone, mark in zip(phones, marks, strict=True)
    )


_FESTIVAL_SPECIAL: Final = {
    "pau": SILENCE, "ssil": SILENCE, "h#": SILENCE, "brth": SILENCE, "#": SILENCE,
    "ax": "AH", "axr": "ER", "ix": "IH", "dx": "T", "nx": "N", "el": "L", "em": "M", "en": "N",
    "hv": "HH",
}  # fmt: skip


def from_festival(symbol: str) -> str | None:
    """Map a Flite or Festival segment name to a base phone, or None when it is not known."""
    phone = _FESTIVAL_SPECIAL.get(symbol, symbol.upper())
    return phone if phone in BASE_INDEX else None


_ESPEAK: Final[dict[str, str]] = {
    "h": "HH", "l": "L", "m": "M", "s": "S", "t": "T", "n": "N", "D": "DH", "z": "Z", "b": "B",
    "k": "K", "r": "R", "d": "D", "f": "F", "p": "P", "w": "W", "v": "V", "N": "NG", "j": "Y",
    "T": "TH", "g": "G", "S": "SH", "Z": "ZH", "tS": "CH", "dZ": "JH", "x": "K", "R": "R",
    "t#": "T", "t2": "T", "d#": "D", "r-": "R", "n-": "N", "m-": "M", "l-": "L", "w#": "W",
    "W": "W",
    "l#": "L", "l/": "L", "r/": "R", "R2": "R", "r2": "R", "h2": "HH", "z2": "Z", "s2": "S",
    "tS2": "CH", "z#": "Z", "k2": "K", "p2": "P",
    "@": "AH", "a#": "AH", "@2": "AH", "@-": "AH", "@5": "AH", "V": "AH", "@#": "AH", "V2": "AH",
    "3": "ER", "3:": "ER", "3:2": "ER", "3r": "ER",
    "0": "AA", "A:": "AA", "A": "AA", "A#": "AA", "A2": "AA", "A:2": "AA", "0#": "AA", "02": "AA",
    "a": "AE", "aa": "AE", "a2": "AE", "&": "AE", "a:": "AE",
    "E": "EH", "E2": "EH", "E#": "EH", "e": "EH", "E:": "EH",
    "I": "IH", "I#": "IH", "I2": "IH", "I3": "IH", "i": "IY", "i:": "IY", "i2": "IY", "i#": "IY",
    "U": "UH", "u": "UW", "u:": "UW", "u2": "UW", "uU": "UW", "U#": "UH", "@U": "OW", "u#": "UW",
    "O:": "AO", "O": "AO", "O2": "AO", "O:2": "AO", "O#": "AO", "o:": "OW", "o": "OW", "oU": "OW",
    "oU#": "OW", "oU2": "OW",
    "eI": "EY", "eI2": "EY", "e:": "EY", "aI": "AY", "aI2": "AY", "aU": "AW", "OI": "OY",
    "A@": "AA R", "A@2": "AA R", "O@": "AO R", "o@": "AO R", "O@2": "AO R", "e@": "EH R",
    "e@2": "EH R", "i@": "IH R", "i@3": "IH R", "i@2": "IH R", "U@": "UH R", "aI@": "AY AH",
    "aI3": "AY ER", "aU@": "AW ER", "aU3": "AW ER", "@L": "AH L", "@l": "AH L", "I@": "IH R",
    "@r": "ER", "IR": "ER", "VR": "ER", "t[": "T", "d[": "D",
    "?": SILENCE, "_!": SILENCE, "_:": SILENCE, "_": SILENCE, "_|": SILENCE, "_::": SILENCE,
}  # fmt: skip


def from_espeak(mnemonic: str) -> tuple[str, ...] | None:
    """Map an eSpeak NG phoneme mnemonic to base phones.

    An empty tuple is a mark that belongs to the phone before it; None is an unknown mnemonic.
    """
    if mnemonic in {";", "-", ":", "'", ",", "%", ""}:
        return ()
    mapped = _ESPEAK.get(mnemonic)
    return tuple(mapped.split()) if mapped else None
