"""Eight people at once: each gets a result or is told to wait; memory stays bounded."""

from __future__ import annotations

import importlib.util
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
import httpx

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).parents[2] / "samples"
API = "/api/v1/assessments"
MOST_MEMORY = 2_500_000_000
"""Bytes of server, recognition, checking and one decoding process together."""


def _live() -> Any:
    spec = importlib.util.spec_from_file_location("live", Path(__file__).parent / "live.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["live"] = module
    spec.loader.exec_module(module)
    return module


def _memory(process_id: int) -> int:
    """Resident bytes of a process and its children."""
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
        own = next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line) * 1000
        children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    except (OSError, StopIteration):
        return 0
    return own + sum(_memory(int(child)) for child in children)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_eight_uploads_at_once(tmp_path: Path) -> None:
    live = _live()
    content = (SAMPLES / "weak.ogg").read_bytes()
    told_to_wait: list[int] = []
    with live.running(tmp_path) as server:
        client = httpx.Client(
            base_url=server.address, headers={"Authorization": f"Bearer {live.TOKEN}"},
            timeout=300,
        )  # fmt: skip

        def hand_in(number: int) -> int:
            while True:
                files = {"file": (f"{number}.ogg", content)}
                answer = client.post(API, files=files, data={"keep_audio": "true"})
                if answer.status_code == 202:
                    break
                assert answer.status_code == 503
                told_to_wait.append(number)
                time.sleep(min(5, int(answer.headers["retry-after"])))
            where = answer.headers["location"]
            client.get(f"{where}/events")
            return int(client.get(where).json()["score"])

        with ThreadPoolExecutor(8) as people:
            scores = list(people.map(hand_in, range(8)))
        assert len(scores) == 8
        assert len(set(scores)) == 1
        assert len(set(told_to_wait)) <= 2  # one is heard and six may wait
        assert _memory(server.process.pid) < MOST_MEMORY
