"""Fixtures: a models' folder of the test's own, and a server that misbehaves on request."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analyzer.speech.catalogue import OfficialModel
from tests.speech.fake_models import MODEL_FILES, Server, zip_of


@pytest.fixture
def models_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "models"
    monkeypatch.setenv("CALLCHECK_MODELS", str(home))
    return home


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server("", zip_of(MODEL_FILES))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None: ...

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.ranges.append(wanted)
            body, start = state.body, 0
            if state.fault == "missing":
                self.send_error(404)
                return
            if wanted and state.fault != "no resume":
                start = int(wanted.removeprefix("bytes=").rstrip("-"))
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            data = body[start:]
            length = len(data)
            if state.fault == "too long":
                data += b"x" * 5000
                length = len(data)
            if state.fault == "too short":
                data = data[: len(data) // 2]
                length = len(data)
            if state.fault == "corrupt":
                data = b"\0" * length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            if state.fault in ("cut", "stall"):
                self.wfile.write(data[: length // 2])
                self.wfile.flush()
                if state.fault == "stall":
                    time.sleep(1.5)
                self.close_connection = True
                return
            self.wfile.write(data)

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{httpd.server_address[1]}/tiny-model.zip"
    yield state
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def published(server: Server) -> OfficialModel:
    return OfficialModel(
        name="tiny-model",
        address=server.address,
        size=len(server.body),
        sha256=hashlib.sha256(server.body).hexdigest(),
        licence="Apache-2.0",
        memory_mb=1,
        wer="",
        about="",
    )
