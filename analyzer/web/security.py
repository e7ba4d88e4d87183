"""Who may ask for what: host names, the launch's token, origins, and headers on every answer.

A page of another site, a name that was rebound to this computer, another program's page on
another port and a person without the token are all turned away before anything is read.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response

from analyzer.web.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from analyzer.web.settings import Settings

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_API = "/api/"
_OPEN_TO_ALL = ("/static/",)
SIGN_IN = "/open"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not "no-referrer", which would make browsers send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """ASGI middleware that lets in only what belongs to this launch.

    Args:
        app: what it guards.
        settings: the launch's.
        sign_in: makes the page that asks for the token.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, sign_in: Response) -> None:
        self._app = app
        self._settings = settings
        self._sign_in = sign_in
        self._session = hmac.new(
            settings.token.encode(), b"callcheck session", hashlib.sha256
        ).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        await (refused or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        path = scope["path"]
        if _host_name(headers.get("host", "")) not in self._settings.allowed_hosts:
            return problem(421, "This address is not one callcheck answers to.",
                           f"Open {self._settings.address}")  # fmt: skip
        foreign = self._foreign(scope, headers)
        if foreign is not None:
            return foreign
        if path.startswith(_OPEN_TO_ALL) or path == SIGN_IN:
            return None
        opened = None if path.startswith(_API) else self._opened_by_query(scope)
        if opened is not None or self._has_token(headers):
            return opened
        if path.startswith(_API):
            return problem(
                401, "The token of this launch is needed.",
                "Send the header Authorization: Bearer TOKEN; callcheck serve prints the token.",
                headers={"WWW-Authenticate": "Bearer"},
            )  # fmt: skip
        return self._sign_in

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse a change that another site or another port asks for."""
        if scope["method"] in _SAFE_METHODS:
            return None
        origin = headers.get("origin")
        own = f"{scope.get('scheme', 'http')}://{headers.get('host', '')}"
        if origin is not None:
            ours = origin == own
        else:
            ours = self._bearer(headers) or headers.get("sec-fetch-site") == "same-origin"
        if ours:
            return None
        return problem(403, "Only callcheck's own pages may change something here.")

    def _has_token(self, headers: Headers) -> bool:
        return self._bearer(headers) or self._cookie(headers)

    def _bearer(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.is_token(given.strip())

    def _cookie(self, headers: Headers) -> bool:
        given = cookie_parser(headers.get("cookie", "")).get(self._settings.cookie, "")
        return hmac.compare_digest(given.encode(), self._session.encode())

    def is_token(self, given: str) -> bool:
        """Whether this is the launch's token, compared in constant time."""
        return hmac.compare_digest(given.encode(), self._settings.token.encode())

    def _opened_by_query(self, scope: Scope) -> Response | None:
        """Take the token out of the address, and remember it in a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if scope["method"] != "GET" or given is None or not self.is_token(given):
            return None
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/")
        return self.let_in(path + (f"?{rest}" if rest else ""))

    def let_in(self, path: str) -> Response:
        """A redirect that sets the cookie."""
        response = RedirectResponse(path, 303)
        response.set_cookie(
            self._settings.cookie, self._session, httponly=True, samesite="strict", path="/"
        )
        return response


def _host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
