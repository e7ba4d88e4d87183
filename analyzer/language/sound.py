"""How alike two words or names sound, whatever their spelling and their word breaks.

A recogniser writes a name it does not know as words it does: "Wildan" becomes "will done".
Compared are the consonant sounds (Metaphone, from the jellyfish library) and the letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

import jellyfish
from rapidfuzz.distance import JaroWinkler, Levenshtein

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SAME_SOUND = (
    ("ph", "f"), ("ck", "k"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"),
    ("z", "s"), ("q", "k"), ("x", "ks"), ("v", "w"),
)  # fmt: skip
_FOLDED = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžłđćčğşığęąń", "aaaaaaceeeeiiiinoooooouuuuyyszldccgsigean"
)


@lru_cache(maxsize=4096)
def sound_alike(first: str, second: str) -> float:
    """How alike two words or phrases sound, 0 to 1; 1 for the same letters.

    Spaces, case, accents and punctuation do not count. From about 0.8 on two names may be
    one; below 0.6 they are not.
    """
    a, b = letters_of(first), letters_of(second)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    spelled = 0.5 * Levenshtein.normalized_similarity(_eased(a), _eased(b)) + 0.5 * float(
        JaroWinkler.similarity(a, b)
    )
    keys = sound_key(a), sound_key(b)
    heard = Levenshtein.normalized_similarity(*keys)
    weight = min(0.6, 0.2 * min(len(keys[0]), len(keys[1])))
    return round(weight * heard + (1 - weight) * spelled, 4)


def letters_of(text: str) -> str:
    """Letters and digits alone, lower case, without accents."""
    return _NOT_LETTERS.sub("", text.lower().translate(_FOLDED))


def sound_key(letters: str) -> str:
    """The consonant sounds of a word in order."""
    key: str = jellyfish.metaphone(letters)
    return key.replace("0", "T").replace(" ", "")


def _eased(letters: str) -> str:
    """Spelling variants of one sound made alike, runs of vowels and doubled letters cut."""
    for written, eased in _SAME_SOUND:
        letters = letters.replace(written, eased)
    letters = _VOWELS.sub(lambda run: run[0][0], letters)
    return re.sub(r"(.)\1+", r"\1", letters)
