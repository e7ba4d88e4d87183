"""The examples of ``docs/http-api.md`` run as they stand, against the real command."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "http-api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", TEXT, re.M | re.S)


def test_every_part_has_an_example() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.slow
def test_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = _module()
    with live.running(tmp_path) as server:
        monkeypatch.setenv("CALLCHECK_ADDRESS", server.address)
        monkeypatch.setenv("CALLCHECK_TOKEN", live.TOKEN)
        done = subprocess.run(
            [sys.executable, "-c", "\n".join(EXAMPLES)], cwd=ROOT, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "photo.jpg: this is not a recording" in done.stdout


def test_table_of_fields_is_complete(client: Any) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    body = next(one for name, one in schemas.items() if name.startswith("Body_"))
    listed = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.M))
    assert listed == set(body["properties"])


def test_table_of_statuses_is_complete(client: Any) -> None:
    description = client.get("/api/v1/openapi.json").json()
    answered = {
        status
        for methods in description["paths"].values()
        for operation in methods.values()
        for status in operation["responses"]
        if status >= "400"
    }
    listed = set(re.findall(r"^\| (4\d\d|5\d\d) \|", TEXT, re.M))
    assert answered - {"400", "416"} <= listed


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("live", Path(__file__).parent / "live.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["live"] = module
    spec.loader.exec_module(module)
    return module
