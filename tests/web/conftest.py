"""A server without models: an engine that answers what the test wants, when it wants."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
from fastapi.testclient import TestClient

from analyzer.checklist.assessment import Assessment
from analyzer.web.app import create_app
from analyzer.web.decoding import Decoded
from analyzer.web.engine import Heard
from analyzer.web.settings import Settings

TOKEN = "a-token-for-the-tests-only"
BASE = "http://127.0.0.1:8000"
API = "/api/v1/assessments"
Serve = Callable[..., TestClient]


def _made() -> Any:
    """The assessments made by hand for the report's tests."""
    path = Path(__file__).parent.parent / "report" / "conftest.py"
    spec = importlib.util.spec_from_file_location("report_assessments", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class FakeEngine:
    """Answers at once, or waits for ``go`` where ``held``; raises ``error`` where set."""

    def __init__(self) -> None:
        made = _made()
        self.strong: Assessment = made.make_strong()
        self.typed: Assessment = made.make_typed()
        self.pushy: Assessment = made.make_pushy()
        self.held = False
        self.cancelled = 0
        self.closed = False
        self.error: Exception | None = None
        self.uploads: list[bytes] = []
        self.handles: list[Any] = []
        self.orders: list[dict[str, Any]] = []

    async def decode(self, upload: Any, *, name: str, channel: str, keep_audio: bool,
                     progress: Any) -> Decoded:  # fmt: skip
        self.handles.append(upload)
        self.uploads.append(upload.read())
        self.orders.append({"name": name, "channel": channel})
        progress("decode", 0.5)
        if self.error:
            raise self.error
        return Decoded(bytes(64), (), b"ID3" + bytes(997) if keep_audio else b"", "audio/mpeg")

    async def recording(self, decoded: Decoded, *, name: str, kind: str, profile: Any,
                        progress: Any) -> Heard:  # fmt: skip
        self.orders.append({"name": name, "kind": kind, "profile": profile})
        try:
            while self.held:
                progress("recognise", 0.25)
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return Heard(self.strong.model_copy(update={"kind": kind}), {"transcript": "kept"})

    async def text(self, text: str, *, name: str, kind: str, profile: Any) -> Heard:
        self.orders.append({"text": text, "name": name, "kind": kind, "profile": profile})
        if self.error:
            raise self.error
        return Heard(self.typed)

    async def correct(self, kept: Any, text: str, before: Assessment, profile: Any) -> Heard:
        self.orders.append({"kept": kept, "text": text})
        return Heard(self.pushy)

    async def script(self, order: dict[str, Any], profile: Any) -> dict[str, Any]:
        return {
            "kind": order["kind"], "turns": [["Hello [the manager's name].", "Goodbye."]],
            "seconds": 31.0, "missing": ["manager.name"], "warnings": [], "text": "Hello.",
            "score": 90, "grade": "A",
        }  # fmt: skip

    async def warm(self) -> None: ...

    async def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALLCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CALLCHECK_MODELS", str(tmp_path / "models"))
    return tmp_path / "data"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def serve(engine: FakeEngine) -> Iterator[Serve]:
    """``serve(max_waiting=1, …)`` starts a server; its client holds the token."""
    with ExitStack() as stack:

        def start(*, token: bool = True, base: str = BASE, **changes: Any) -> TestClient:
            app = create_app(Settings(token=TOKEN, **changes), engine=engine)
            client = TestClient(app, base_url=base, follow_redirects=False)
            if token:
                client.headers["Authorization"] = f"Bearer {TOKEN}"
            return stack.enter_context(client)

        yield start


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()


@pytest.fixture
def hand_in() -> Callable[..., str]:
    """``hand_in(client, …)`` hands in a recording, waits for it, and returns its path."""

    def hand(client: TestClient, *, wait: bool = True, **fields: str) -> str:
        files = None if "text" in fields else {"file": ("me.ogg", b"OggS\x00sound")}
        answer = client.post(API, files=files, data=fields)
        assert answer.status_code == 202, answer.text
        where = answer.headers["location"]
        if wait:
            client.get(f"{where}/events")
        return str(where)

    return hand
