"""The page ``docs/checks.md``: what each check means, its weight, and what to say.

Write it anew with ``python -m analyzer.checklist.checks_page docs/checks.md``.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from analyzer.checklist.advice import fill
from analyzer.checklist.loader import load_pack
from analyzer.checklist.rules import Check, RulePack

_HEAD = """\
# The checks

Generated from `rules/follow-up` by `python -m analyzer.checklist.checks_page docs/checks.md`.
A check is detected when the caller says it, in whatever words. Points are for a voicemail / a
call; the required checks of each kind sum to 100. How verdicts become points stands in
[contracts.md](contracts.md), how to change a check in [rules/README.md](../rules/README.md).

| check | what it is | points |
|---|---|---|
"""


def checks_page(pack: RulePack) -> str:
    """The page of a pack as Markdown."""
    rows = "".join(
        f"| [`{check.id}`](#{check.id}) | {check.title} | {_points(pack, check)} |\n"
        for check in pack.checks
    )
    groups = groupby(pack.checks, key=lambda check: check.group)
    return _HEAD + rows + "".join(_group(pack, name, list(checks)) for name, checks in groups)


def _points(pack: RulePack, check: Check) -> str:
    if check.polarity == "forbidden":
        return f"−{check.penalty}"
    return " / ".join(str(weights[check.id]) for weights in pack.weights.values())


def _group(pack: RulePack, name: str, checks: list[Check]) -> str:
    return f"\n## {name}\n" + "".join(_section(pack, check) for check in checks)


def _section(pack: RulePack, check: Check) -> str:
    worth = "Costs" if check.polarity == "forbidden" else "Points"
    lines = [
        "", f"### {check.id}", "",
        f"**{check.title}.** {worth}: {_points(pack, check)}. Listens for {check.looked_for}.",
        "", " ".join(check.why.split()), "", "Say:" if worth == "Points" else "Say instead:", "",
        *(f"- {fill(sentence, {})}" for sentence in check.say_instead), "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(checks_page(load_pack()), encoding="utf-8")
