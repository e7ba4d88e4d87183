"""Turn marked-up whole transcripts into the JSON lines that ``callcheck evaluate`` reads."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from corpus import parse_markup
from labels import CHECKS

_WHOLE = re.compile(r"^(?P<kind>voicemail|call)\s*\|(?P<scenario>[^|]*)\|\s*(?P<text>.*)$")


def labelled(line: str, *, item_id: str) -> dict[str, Any]:
    """One object of the labelled form, with the marked words as evidence."""
    match = _WHOLE.match(line)
    if match is None:
        raise ValueError(f"{item_id}: not of the form kind | scenario | text")
    text, spans, nulls = parse_markup(match["text"])
    found = {label for _, _, label in spans}
    labels = {
        check: True if check in found else (None if check in nulls else False) for check in CHECKS
    }
    evidence: dict[str, list[str]] = {}
    for start, end, label in sorted(spans):
        if label in CHECKS:
            evidence.setdefault(label, []).append(text[start:end].strip())
    return {
        "id": item_id, "kind": match["kind"], "scenario": match["scenario"].strip(),
        "text": text, "labels": labels, "evidence": evidence,
    }  # fmt: skip


def main() -> None:
    """Command line: files in order, one output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("prefix")
    parser.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args()
    rows = []
    for path in given.files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                rows.append(labelled(line.strip(), item_id=f"{given.prefix}{len(rows) + 1:03d}"))
    with given.output.open("w", encoding="utf-8") as handle:
        for row in rows:
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
