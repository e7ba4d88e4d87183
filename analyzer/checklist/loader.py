"""Load a rule pack from its folder, on top of the built-in one where it extends it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from analyzer.checklist.assessment import Kind
from analyzer.checklist.rules import ENCODED, Check, PackHead, RulePack
from analyzer.checklist.yaml_source import line_of_field, load_model
from analyzer.errors import RulePackError
from analyzer.resources import rules_folder

HEAD = "pack.yaml"
KINDS: tuple[Kind, ...] = ("voicemail", "call")
ORDER = ENCODED
"""The order reports show the built-in checks in."""

_ENDINGS = (".yaml", ".yml")
_ALIKE = 0.9
_NEXT = "rules/README.md explains every field; callcheck rules test FOLDER tries the pack."


def load_pack(folder: Path | str | None = None) -> RulePack:
    """Load the pack in ``folder``, or the built-in one.

    Raises:
        RulePackError: a mistake in the pack, with file and line.
    """
    path = Path(folder).resolve() if folder is not None else rules_folder()
    return _load(path, _state(path))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the pack's files: a changed pack is read again."""
    if not folder.is_dir():
        return ()
    found = [(path.name, path.stat()) for path in _yaml_files(folder)]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS and path.is_file())


@lru_cache(maxsize=16)
def _load(folder: Path, state: tuple[tuple[str, int, int], ...]) -> RulePack:
    if not folder.is_dir():
        raise _error(f"{folder.name}: there is no such rule folder.")
    head = load_model(folder / HEAD, PackHead, error=RulePackError, next_step=_NEXT)
    own = _own_checks(folder)
    base = load_pack() if head.extends else None
    _require_distinct_ids(folder, own, base)
    checks = _merged(folder, base, own, head)
    delivery = head.delivery or (base.delivery if base else None)
    if delivery is None:
        raise _error(f"{HEAD} line 1: delivery: this field is missing (or say extends: follow-up).")
    return RulePack(
        name=head.pack,
        version=head.version,
        title=head.title,
        checks=checks,
        delivery=delivery,
        weights={kind: _weights(folder, checks, kind, rescale=head.rescale) for kind in KINDS},
        folder=folder,
    )


def _error(message: str, *, first: str = "") -> RulePackError:
    return RulePackError(message, next_step=f"{first} {_NEXT}".strip())


def _own_checks(folder: Path) -> list[Check]:
    """Read every check file; all files with mistakes are told at once."""
    checks: list[Check] = []
    mistakes: list[str] = []
    for path in _yaml_files(folder):
        if path.name == HEAD:
            continue
        try:
            check = load_model(path, Check, error=RulePackError, next_step=_NEXT)
        except RulePackError as mistake:
            mistakes.append(mistake.message)
            continue
        if check.id != path.stem:
            mistakes.append(
                f"{path.name} line {line_of_field(path, 'id')}: id: the check {check.id} must "
                f"stand in a file named {check.id}.yaml, and a file holds one check."
            )
        checks.append(check)
    if mistakes:
        raise _error("\n".join(mistakes))
    return checks


def _require_distinct_ids(folder: Path, own: list[Check], base: RulePack | None) -> None:
    """Refuse an id that is all but another one: it is nearly always a misspelling."""
    known = [check.id for check in base.checks] if base else []
    for check in own:
        if check.id in known:
            continue
        others = [*known, *(c.id for c in own if c is not check)]
        alike = _alike(check.id, others)
        if alike:
            line = line_of_field(folder / f"{check.id}.yaml", "id")
            raise _error(
                f"{check.id}.yaml line {line}: id: {check.id} is all but the same as {alike}; "
                f"write {alike} to change that check, or choose an id that tells them apart."
            )


def _alike(check_id: str, others: Iterable[str]) -> str | None:
    for other in others:
        if check_id == other:
            return other
        likeness = difflib.SequenceMatcher(None, check_id, other).ratio()
        if likeness >= _ALIKE and _digits(check_id) == _digits(other):
            return other
    return None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _merged(
    folder: Path, base: RulePack | None, own: list[Check], head: PackHead
) -> tuple[Check, ...]:
    if base is None:
        if head.drop:
            raise _error(
                f"{HEAD} line {line_of_field(folder / HEAD, 'drop')}: drop: there is nothing to "
                "leave out, since the pack does not say extends: follow-up."
            )
        return _ordered(own)
    known = {check.id for check in base.checks}
    for number, check_id in enumerate(head.drop):
        if check_id not in known:
            line = line_of_field(folder / HEAD, "drop", number)
            raise _error(
                f"{HEAD} line {line}: drop: {check_id} is no check of the built-in pack; "
                f"they are {', '.join(c.id for c in base.checks)}."
            )
    replaced = {check.id: check for check in own}
    merged = [replaced.pop(c.id, c) for c in base.checks if c.id not in head.drop]
    for added in replaced.values():
        merged.insert(_place(merged, added), added)
    return tuple(merged)


def _place(checks: list[Check], added: Check) -> int:
    """Behind the last check of its group, else of its polarity, else at the end."""
    for fits in (
        [c.group == added.group for c in checks],
        [c.polarity == added.polarity for c in checks],
    ):
        if any(fits):
            return len(fits) - fits[::-1].index(True)
    return len(checks)


def _ordered(checks: list[Check]) -> tuple[Check, ...]:
    rank = {check_id: index for index, check_id in enumerate(ORDER)}
    return tuple(sorted(checks, key=lambda check: (rank.get(check.id, len(rank)), check.id)))


def _weights(
    folder: Path, checks: tuple[Check, ...], kind: Kind, *, rescale: bool
) -> dict[str, int]:
    raw = {c.id: c.max_points(kind) for c in checks if c.polarity == "required"}
    total = sum(raw.values())
    if total == 100:
        return raw
    if total == 0:
        raise _error(f"{HEAD} line 1: no check has points for {kind}.")
    if not rescale:
        line = line_of_field(folder / HEAD, "rescale")
        terms = ", ".join(f"{check_id} {points}" for check_id, points in raw.items())
        raise _error(
            f"{HEAD} line {line}: the weights for {kind} sum to {total}, not 100 ({terms}).",
            first="Change the weights, or set rescale: true in pack.yaml.",
        )
    return _scaled_to_100(raw, total)


def _scaled_to_100(raw: dict[str, int], total: int) -> dict[str, int]:
    """Largest-remainder scaling, so that whole numbers still sum to 100."""
    exact = {key: value * 100 / total for key, value in raw.items()}
    whole = {key: value * 100 // total for key, value in raw.items()}
    by_remainder = sorted(raw, key=lambda key: (whole[key] - exact[key], key))
    for key in by_remainder[: 100 - sum(whole.values())]:
        whole[key] += 1
    return whole
