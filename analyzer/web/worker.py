"""A process that hears or reads, as the server sees it: asked, watched, and ended on cancel."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from analyzer import errors
from analyzer.errors import CallcheckError, InputError, MissingNeedError
from analyzer.web import frames, worker_child
from analyzer.web.decoding import child_environment
from analyzer.web.mistakes import MistakeError

Progress = Callable[[str, float], None]


class Worker:
    """One process, started when first asked, kept with its models loaded.

    Args:
        name: what messages call it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The running process, or None."""
        alive = self._process is not None and self._process.returncode is None
        return self._process.pid if alive and self._process else None

    async def ask(
        self, order: dict[str, Any], body: bytes = b"", *, timeout_s: float,
        progress: Progress | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Have an order carried out; orders queue up.

        Whoever stops waiting (cancels) ends the process; the next order starts a new one.

        Raises:
            CallcheckError: by name, as the library raised it, or because it took too long.
        """
        async with self._lock:
            try:
                return await asyncio.wait_for(self._ask(order, body, progress), timeout_s)
            except asyncio.TimeoutError as error:
                raise InputError(
                    "This took too long and was stopped.",
                    next_step="Cut out the call itself, and try that.",
                ) from error
            except (asyncio.IncompleteReadError, ConnectionError, frames.FrameError) as error:
                raise MissingNeedError(
                    f"The process for {self._name} ended unexpectedly.",
                    next_step="Try again; if it happens again, run callcheck doctor.",
                ) from error
            finally:
                if self._process is not None and self._busy:
                    await self.end()

    async def _ask(
        self, order: dict[str, Any], body: bytes, progress: Progress | None
    ) -> dict[str, Any]:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        self._busy = True
        process.stdin.write(frames.pack(order, body))
        await process.stdin.drain()
        while True:
            head, _ = await frames.read_async(process.stdout)
            if head["type"] == "progress":
                if progress:
                    progress(head["step"], head["share"])
                continue
            self._busy = False
            if head["type"] == "done":
                return head
            raise _error(head)

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", worker_child.__name__,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                env=child_environment(), start_new_session=True,
            )  # fmt: skip
        return self._process

    _busy = False

    async def end(self) -> None:
        """End the process at once."""
        process, self._process, self._busy = self._process, None, False
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()


def _error(head: dict[str, Any]) -> CallcheckError:
    if head["type"] == "mistake":
        return MistakeError(head["name"])
    kind = getattr(errors, head["name"], CallcheckError)
    made: CallcheckError = kind(head["message"], next_step=head["next_step"])
    return made
