"""Sentences: a sampler for the call grammar, the project's corpora, and spoken-form clean-up."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

WORDS_DIR: Final = Path(__file__).with_name("words")
_SLOT: Final = re.compile(r"\$([a-z_]+)")
_CODE_OPEN: Final = re.compile(r"\[[A-Z]+:\s*")
_TELEPHONE: Final = re.compile(r"\+?\(?\d(?:[\s().-]{0,2}\d){6,}")
_PAUSE: Final = re.compile(r"[,.;:!?…]+(?:\s+|$)|\s[-–—]\s|\n")
_DOUBT: Final = re.compile(r"\s~[A-Z]+(?:,[A-Z]+)*\s*$")

_UNITS: Final = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS: Final = str.split("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_ABBREVIATIONS: Final = {
    "mr": "mister", "mrs": "missus", "dr": "doctor", "prof": "professor", "tues": "tuesday",
    "thurs": "thursday", "weds": "wednesday", "jan": "january", "feb": "february", "aug": "august",
    "sept": "september", "oct": "october", "nov": "november", "dec": "december", "st": "saint",
    "dept": "department", "ltd": "limited", "co": "company", "corp": "corporation", "vs": "versus",
    "ok": "okay", "umm": "um", "ummm": "um", "uhm": "um", "uhh": "uh", "erm": "um", "hmmm": "hmm",
    "im": "i'm", "ive": "i've", "dont": "don't", "didnt": "didn't", "doesnt": "doesn't",
    "cant": "can't", "wont": "won't", "isnt": "isn't", "wasnt": "wasn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "havent": "haven't", "hasnt": "hasn't",
    "youre": "you're", "youve": "you've", "theyre": "they're", "thats": "that's",
    "whats": "what's", "shes": "she's", "hes": "he's", "lets": "let's", "etc": "et cetera",
    "tel": "telephone", "hows": "how's", "whos": "who's", "wheres": "where's",
}  # fmt: skip


def word_list(name: str) -> list[str]:
    """Return the entries of ``words/NAME.txt``: lines for phrase lists, words for name lists."""
    lines = [
        line.strip()
        for line in (WORDS_DIR / f"{name}.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    if name in {"job_titles", "companies"}:
        return lines
    return [word for line in lines for word in line.split()]


class Grammar:
    """A context-free grammar whose slots are filled at random.

    `slots` replaces or adds rules: the alternatives of a slot, drawn with equal chance.
    """

    def __init__(self, source: str, slots: dict[str, Sequence[str]]) -> None:
        rules: dict[str, list[str]] = {}
        name = ""
        for line in source.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("|"):
                body = line[1:]
            else:
                name, body = (part.strip() for part in line.split("=", 1))
            rules.setdefault(name, []).extend(part.strip() for part in body.split("|"))
        self._rules: dict[str, Sequence[str]] = {**rules, **slots}
        unknown = {s for alts in rules.values() for a in alts for s in _SLOT.findall(a)}
        if missing := unknown - set(self._rules):
            raise ValueError(f"slots without a rule: {sorted(missing)}")

    def sample(self, rng: random.Random, symbol: str = "line") -> str:
        """Return one sentence; commas and full stops are pauses."""
        text = rng.choice(self._rules[symbol])
        while match := _SLOT.search(text):
            filler = rng.choice(self._rules[match.group(1)])
            text = text[: match.start()] + filler + text[match.end() :]
        text = re.sub(r"(^|\s)_(?=\s|,|$)", " ", text)
        text = re.sub(r"\s+([,.])", r"\1", text)
        text = re.sub(r"([,.])[,.\s]*([,.])", r"\2", text)
        return " ".join(text.split()).strip(" ,")


def number_words(number: int) -> str:
    """Return a whole number below one million in words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f" {_UNITS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" and {number_words(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    return f"{number_words(thousands)} thousand" + (f" {number_words(rest)}" if rest else "")


def ordinal_words(number: int) -> str:
    """Return the ordinal of a whole number in words, such as ``twenty first``."""
    *head, last = number_words(number).split()
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ieth"
    else:
        last = f"{last}th"
    return " ".join([*head, last])


def _digits(match: re.Match[str]) -> str:
    text = match.group(0)
    value = int(text)
    if len(text) > 4 or (text[0] == "0" and len(text) > 1):
        return " " + " ".join(_UNITS[int(c)] for c in text) + " "
    if 1100 <= value <= 2099 and value % 100 > 9 and len(text) == 4:
        return f" {number_words(value // 100)} {number_words(value % 100)} "
    return f" {number_words(value)} "


def spoken(text: str) -> str:
    """Return written text as it is said: lower case, numbers as words, no punctuation.

    Addresses become words too (``ann.b@mail.com`` is ``ann dot b at mail dot com``). What cannot
    be said (other scripts, stray symbols) is dropped.
    """
    text = text.lower().replace("’", "'").replace("‘", "'").replace("&", " and ")
    text = _TELEPHONE.sub(lambda m: " ".join(c for c in m.group(0) if c.isdigit()) + " ", text)
    text = re.sub(r"\S+@\S+", lambda m: _address(m.group(0)), text)
    text = re.sub(r"\b(\w+)\.(com|org|net|edu)\b", r"\1 dot \2", text)
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1 m", text)
    text = re.sub(r"(\d)\s*([ap]) ?m\b", r"\1 \2 m", text)
    text = re.sub(r"\$(\d+)", r"\1 dollars", text).replace("%", " percent ").replace("£", " ")
    text = re.sub(r"(\d),(\d{3})\b", r"\1\2", text)
    text = re.sub(r"\b(\d{1,4})(?:st|nd|rd|th)\b", lambda m: ordinal_words(int(m.group(1))), text)
    text = re.sub(r"\b(\d{1,2}):00\b", r"\1 o'clock", text)
    text = re.sub(r"(\d+)\.(\d+)", r"\1 point \2", text)
    text = re.sub(r"(\d)[-–/.:](?=\d)", r"\1 ", text)
    text = re.sub(r"\d{1,15}", _digits, text)
    text = re.sub(r"[-–—/_]", " ", text)
    text = re.sub(r"[^a-z'\s]", "", "".join(_fold(c) for c in text))
    words = (word if word == "'cause" else word.strip("'") for word in text.split())
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words if word)


def sayable(text: str) -> str:
    """Return written text as a synthesiser should say it: spoken form with commas at pauses."""
    text = re.sub(r"\b(Mr|Mrs|Ms|Dr|St|Prof)\.", r"\1", text)
    text = re.sub(r"\b([aApP])\.m\.", r"\1m", text)
    chunks = [spoken(chunk) for chunk in _PAUSE.split(text)]
    return ", ".join(chunk for chunk in chunks if chunk)


def _address(text: str) -> str:
    body = text.rstrip(".,;!?")
    tail = text[len(body) :]
    for mark, word in (("@", "at"), (".", "dot"), ("_", "underscore"), ("-", "dash")):
        body = body.replace(mark, f" {word} ")
    return body + tail


def _fold(character: str) -> str:
    plain = {
        "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d",
    }  # fmt: skip
    if character in plain:
        return plain[character]
    decomposed = unicodedata.normalize("NFD", character)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def strip_markup(line: str) -> str:
    """Return a corpus line without its ``[CODE: …]`` brackets and doubt mark."""
    line = _DOUBT.sub("", line.strip())
    line = re.sub(r"^(?:call|voicemail)\s*\|[^|]*\|", "", line)
    return _CODE_OPEN.sub("", line).replace("]", "")


def corpus_lines(folder: Path, split: str) -> Iterator[str]:
    """Yield the spoken form of every line of the corpus files of one split (train or dev)."""
    for path in sorted(folder.rglob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        if not lines or f"split: {split}" not in lines[0]:
            continue
        for line in lines[1:]:
            if line.strip() and not line.startswith("#") and (said := spoken(strip_markup(line))):
                yield said
