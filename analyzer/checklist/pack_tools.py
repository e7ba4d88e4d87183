"""What a pack's author needs: try its examples, explain a check, start a pack, the schemas.

Nothing here knows the command line; ``callcheck rules`` and the tests call it. Write the
schemas anew with ``python -m analyzer.checklist.pack_tools docs/schema``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from analyzer.checklist.assessment import assessment_schema
from analyzer.checklist.loader import HEAD
from analyzer.checklist.phrase_rules import phrase_rules
from analyzer.checklist.rules import Check, PackHead, RulePack
from analyzer.checklist.verdicts import Detection
from analyzer.errors import RulePackError

if TYPE_CHECKING:
    from analyzer.language.pipeline import Reader

ExampleKind = Literal["hit", "miss", "known_miss", "known_alarm"]
_SHOULD_HIT: dict[ExampleKind, bool] = {
    "hit": True, "miss": False, "known_miss": True, "known_alarm": False,
}  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Example:
    """One text beside a check, and what should come of it."""

    check_id: str
    kind: ExampleKind
    text: str


@dataclass(frozen=True)
class ExampleResult:
    """How one example went.

    Attributes:
        detection: what came of it.
        score: how sure the detection is, 0 to 1.
        heard: the words that showed it, or came nearest; empty if there were none.
    """

    example: Example
    detection: Detection
    score: float
    heard: str

    @property
    def is_right(self) -> bool:
        """Whether detection does what is right for the text."""
        return (self.detection is Detection.PRESENT) == _SHOULD_HIT[self.example.kind]

    @property
    def ok(self) -> bool:
        """Whether it did as the pack says; a known fault never fails, see ``now_passes``."""
        return self.is_right or self._known

    @property
    def now_passes(self) -> bool:
        """Whether a known fault is mended by now, so that the text can move up."""
        return self.is_right and self._known

    @property
    def message(self) -> str:
        """One line for the author, or an empty string if there is nothing to say."""
        should_hit = _SHOULD_HIT[self.example.kind]
        if self.now_passes:
            return (
                f"{self._where}: is right by now: move it to {'hit' if should_hit else 'miss'}. "
                f"{self._shown}"
            )
        if self.ok:
            return ""
        wrong = "is not detected, and should be" if should_hit else "is detected, and should not be"
        return f"{self._where}: {wrong}. {self._shown}"

    @property
    def _known(self) -> bool:
        return self.example.kind in ("known_miss", "known_alarm")

    @property
    def _where(self) -> str:
        return f"{self.example.check_id}.yaml, examples, {self.example.kind}"

    @property
    def _shown(self) -> str:
        heard = f'; heard "{self.heard}"' if self.heard else ""
        return f'"{self.example.text}" (sureness {self.score:.2f}{heard})'


def examples_of(check: Check) -> Iterator[Example]:
    """Every example of a check, hits first."""
    for text in check.examples.hit:
        yield Example(check.id, "hit", text)
    for text in check.examples.miss:
        yield Example(check.id, "miss", text)
    for text in check.examples.known_miss:
        yield Example(check.id, "known_miss", text)
    for text in check.examples.known_alarm:
        yield Example(check.id, "known_alarm", text)


def test_pack(pack: RulePack) -> list[ExampleResult]:
    """Try every example of the pack with the real pipeline and its detection."""
    return try_examples(pack, [example for check in pack.checks for example in examples_of(check)])


test_pack.__test__ = False  # type: ignore[attr-defined]  # no test of its own, for pytest


def try_examples(pack: RulePack, examples: Iterable[Example]) -> list[ExampleResult]:
    """Try some examples; each text is read alone, as a whole call of the caller."""
    from analyzer.language.pipeline import shared_reader

    reader = shared_reader(phrase_rules(pack))
    return [_tried(pack, reader, example) for example in examples]


def _tried(pack: RulePack, reader: Reader, example: Example) -> ExampleResult:
    from analyzer.checklist.detection import detect
    from analyzer.speech.typed import typed_transcript

    doc = reader.read(typed_transcript(example.text))
    finding = next(f for f in detect(doc, pack) if f.check_id == example.check_id)
    spans = finding.evidence or ((finding.near,) if finding.near else ())
    heard = " … ".join(example.text[span.start_char : span.end_char] for span in spans)
    return ExampleResult(example, finding.detection, finding.score, heard)


def explain(check: Check) -> str:
    """All a pack says of one check, as plain text."""
    parts = [
        f"{check.title} ({check.id})",
        _worth(check),
        "",
        f"Listens for: {check.looked_for}.",
        f"Why: {check.why}",
        "",
        *_listed("Phrases that decide", [p.phrase for p in check.patterns if p.strength != "hint"]),
        *_listed("Phrases that hint", [p.phrase for p in check.patterns if p.strength == "hint"]),
        *_listed("Look-alikes that do not count", check.exceptions),
        *_listed("Comes close", check.near),
        *_listed("Does not count when", [scope.replace("_", " ") for scope in check.cancelled_by]),
        *_listed("Detected in", check.examples.hit),
        *_listed("Not detected in", check.examples.miss),
        *_listed("Known to be missed", check.examples.known_miss),
        *_listed("Known false alarms", check.examples.known_alarm),
        *_listed("Say instead", check.say_instead),
        *_listed("From", check.references),
    ]
    return "\n".join(parts).rstrip()


def _worth(check: Check) -> str:
    source = "phrases and the trained pipeline" if check.encoder else "phrases alone"
    if check.weight is not None:
        worth = f"{check.weight.voicemail} points in a voicemail, {check.weight.call} in a call"
    else:
        worth = f"costs {check.penalty} points"
    return f"{check.group} · {check.polarity} · {worth} · found by {source}"


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    body = [f"  {line}" for line in lines]
    return [f"{heading}:", *body, ""] if body else []


def new_pack(folder: Path | str, name: str) -> list[Path]:
    """Write a small pack with comments that loads and passes its own examples.

    Returns:
        The files written.

    Raises:
        RulePackError: the name is no name for a pack, or the folder holds files already.
    """
    target = Path(folder)
    if not _NAME.fullmatch(name):
        raise RulePackError(
            f"{name!r} is no name for a pack: small letters, digits, hyphens and underscores, "
            "a letter first.",
            next_step="Give one with --name, such as --name career-centre.",
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RulePackError(
            f"{target.name}: this is there already.", next_step="Give a new or empty folder."
        )
    target.mkdir(parents=True, exist_ok=True)
    written = {HEAD: _STARTER_HEAD.replace("NAME", name), "offers_references.yaml": _STARTER_CHECK}
    for file_name, text in written.items():
        (target / file_name).write_text(text, encoding="utf-8")
    return [target / file_name for file_name in written]


_STARTER_HEAD = """\
# A rule pack of your own. rules/README.md in the project explains every field.
pack: NAME
version: "0.1"
title: Our own checklist

# Start from the built-in checks. A file here with the name of a built-in check
# (such as interest.yaml) takes its place; any other file adds a check.
extends: follow-up

# Scale all weights so that they sum to 100 again after checks were added.
rescale: true

# Built-in checks to leave out:
# drop: [company_appeal]
"""

_STARTER_CHECK = """\
# One check, found by its phrases alone. The file's name is the check's id.
id: offers_references
title: Offers references
group: Next step              # reports show checks together by group
polarity: required            # or forbidden, with "penalty: 10" in place of the weight
weight: {voicemail: 4, call: 4}

# Said to the caller:
looked_for: an offer to send references, such as "I can send you my references"
message:
  pass: You offered your references.
  fail: You did not offer your references.
  unclear: You may have offered references here, but it was hard to hear. Listen to this place.
say_instead:                  # {name}, {manager}, {job_title} … are filled from the profile
  - "I can send you my references today."
why: References at hand save the manager a step.
references:                   # where this advice comes from
  - Our own coaches

# Phrases in small letters, without punctuation, numbers as words:
#   send|give   one of these words        reference*   a word that begins so
#   my?         this word or nothing      ...          up to four words
patterns:
  - phrase: send|give|bring|email you ...2 references
  - phrase: my references are ready
exceptions:                   # look-alikes that do not count
  - you ...3 send|give|email you ...2 references
near:                         # comes close: quoted when the check fails
  - references

# Every example is tried by: callcheck rules test FOLDER
examples:
  hit:
    - "I can send you my references tonight."
    - "my references are ready whenever you want them"
  miss:
    - "I hope you have called my references."
    - "Thank you for your time."
"""


def check_schema() -> dict[str, Any]:
    """JSON Schema of a check's file."""
    return _schema(Check, "callcheck/check@1", "A check of a callcheck rule pack")


def pack_schema() -> dict[str, Any]:
    """JSON Schema of ``pack.yaml``."""
    return _schema(PackHead, "callcheck/pack@1", "pack.yaml of a callcheck rule pack")


def _schema(model: type[BaseModel], identity: str, title: str) -> dict[str, Any]:
    body = model.model_json_schema(by_alias=True)
    return {"$schema": _DRAFT, "$id": identity, **body, "title": title}


def schema_files() -> dict[str, str]:
    """File name → text of the published schemas."""
    schemas = {
        "assessment.schema.json": {"$schema": _DRAFT, **assessment_schema()},
        "check.schema.json": check_schema(),
        "pack.schema.json": pack_schema(),
    }
    return {
        name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def write_schemas(folder: Path) -> None:
    """Write the published schemas."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
