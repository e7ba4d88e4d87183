"""Run the server, and say where it is; its logs never hold the token."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress

from analyzer.errors import UsageError
from analyzer.web.app import create_app
from analyzer.web.settings import Settings

_MOST_CONNECTIONS = 100


def run_server(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Serve until interrupted, which is how it is meant to end.

    Args:
        say: told the address once the port is taken.

    Raises:
        UsageError: the port is in use, or may not be used.
    """
    import uvicorn

    listener = _listener(settings)
    app = create_app(settings, warm=True)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False,  # its lines would hold ?token=
        server_header=False, ws="none", timeout_graceful_shutdown=2,
        limit_concurrency=_MOST_CONNECTIONS,
    )  # fmt: skip
    say(f"Open {settings.address}?token={settings.token}")
    say("Stop with Ctrl-C.")
    with suppress(KeyboardInterrupt):  # raised once it has shut down
        uvicorn.Server(config).run(sockets=[listener])


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"Port {settings.port} of {settings.host} cannot be used ({reason}).",
            next_step=f"Choose another: callcheck serve --port {settings.port + 1}.",
        ) from error
    return listener
