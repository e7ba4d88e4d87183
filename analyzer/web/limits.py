"""Bodies may be so large and no larger, counted while they arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from analyzer.web.jobs import BusyError
from analyzer.web.problems import busy, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from analyzer.web.jobs import Desk
    from analyzer.web.settings import Settings

UPLOADS = "/api/v1/assessments"
_ELSEWHERE = 1_000_000
_FORM_OVERHEAD = 1_500_000


class BodyLimit:
    """ASGI middleware: refuses large bodies, and uploads there is no place for."""

    def __init__(self, app: ASGIApp, *, settings: Settings, desk: Desk) -> None:
        self._app = app
        self._settings = settings
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        upload = scope["method"] == "POST" and scope["path"] == UPLOADS
        limit = self._settings.max_upload_bytes + _FORM_OVERHEAD if upload else _ELSEWHERE
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await _too_large(self._settings)(scope, receive, send)
            return
        counted = _counted(receive, limit, self._settings)
        if not upload:
            await self._app(scope, counted, send)
            return
        try:
            with self._desk.arriving() as place:
                scope.setdefault("state", {})["place"] = place
                await self._app(scope, counted, send)
        except BusyError as error:
            await busy(error.retry_after_s)(scope, receive, send)


def _counted(receive: Receive, limit: int, settings: Settings) -> Receive:
    arrived = 0

    async def receiving() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > limit:
            raise HTTPException(413, too_large_text(settings))
        return message

    return receiving


def too_large_text(settings: Settings) -> str:
    """The limit in words."""
    return f"A recording may have {settings.max_upload_bytes // 1_000_000} MB at most."


def _too_large(settings: Settings) -> ASGIApp:
    return problem(
        413, too_large_text(settings), "Cut out the call itself, or save it as mp3 or m4a.",
        headers={"Connection": "close"},
    )  # fmt: skip
