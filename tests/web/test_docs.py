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

from analyzer.web import problems

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


def test_table_of_routes_is_complete(client: Any) -> None:
    description = client.get("/api/v1/openapi.json").json()
    answers = {}
    for path, methods in description["paths"].items():
        told = path.replace("/api/v1/assessments", "…").replace("{job_id}", "ID")
        for method, operation in methods.items():
            route = f"{method.upper()} {told.replace('{check_id}', 'CHECK')}"
            answers[route] = sorted(set(operation["responses"]) - {"401", "403"})
    rows = re.findall(r"^\| `([A-Z]+ …[^`]*)` \| [^|]+ \| ([\d, ]+) \|", TEXT, re.M)
    assert {route: statuses.split(", ") for route, statuses in rows} == answers


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status"),
    [("PATCH", "", b"", {}, 405),
     ("POST", "", b"x", {"Content-Type": "multipart/form-data"}, 400),
     ("PUT", "/ID/transcript", b"\xff\xfe{", {"Content-Type": "application/json"}, 400),
     ("PUT", "/ID/transcript", b"{", {"Content-Type": "application/json"}, 422),
     ("GET", "/ID", b"", {"Host": "elsewhere.example"}, 421),
     ("DELETE", "", b"", {"Origin": "http://elsewhere.example"}, 403)],
)  # fmt: skip
def test_request_is_turned_away_with_the_status_told(
    client: Any, method: str, path: str, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, f"/api/v1/assessments{path}", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


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
    assert answered <= listed
    assert set(map(str, problems._TITLES)) | {"416"} == listed


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("live", Path(__file__).parent / "live.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["live"] = module
    spec.loader.exec_module(module)
    return module
