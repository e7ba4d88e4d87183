"""Every rule is documented, and ``docs/checks.md`` is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checklist.checks_page import checks_page
from analyzer.checklist.loader import load_pack
from analyzer.checklist.rules import Check

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
CHECKS = {check.id: check for check in load_pack().checks}


def test_page_is_current() -> None:
    # python -m analyzer.checklist.checks_page docs/checks.md
    assert PAGE.read_text(encoding="utf-8") == checks_page(load_pack())


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_check_is_documented_with_its_weight_and_what_to_say(check: Check) -> None:
    section = PAGE.read_text(encoding="utf-8").partition(f"\n### {check.id}\n")[2]
    section = section.partition("\n#")[0]
    assert check.title in section
    assert check.looked_for in section
    if check.weight is None:
        assert f"−{check.penalty}" in section
    else:
        assert f"{check.weight.voicemail} / {check.weight.call}" in section
    assert section.count("\n- ") == len(check.say_instead)
    assert "{" not in section
