"""What ``callcheck serve`` runs with: where, for whom, and how much it takes on."""

from __future__ import annotations

import ipaddress
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.errors import UsageError

TOKEN_VARIABLE = "CALLCHECK_TOKEN"
WEAK_TOKEN = 16
"""Characters below which a token of one's own gets a warning."""

_MEGABYTE = 1_000_000


def launch_token() -> str:
    """``$CALLCHECK_TOKEN``, or a new one for this launch."""
    return os.environ.get(TOKEN_VARIABLE, "").strip() or secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Settings:
    """Limits and addresses of one launch.

    Attributes:
        token: opens the page and the API.
        allowed_hosts: names a request may be addressed to, without the port.
        max_waiting: recordings that may wait for the one that is being heard.
        max_results, max_kept_bytes: results and recordings held in memory, at most.
        keep_s: seconds that a result is held after somebody last looked at it.
        memory_bytes: address space the decoding process may take beyond its start.
    """

    token: str = field(default_factory=launch_token, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    model: str = "auto"
    rules: Path | None = None
    max_upload_bytes: int = 64 * _MEGABYTE
    max_duration_s: float = 20 * 60.0
    max_waiting: int = 6
    max_results: int = 24
    max_kept_bytes: int = 96 * _MEGABYTE
    keep_s: float = 3600.0
    decode_timeout_s: float = 60.0
    recognise_timeout_s: float = 900.0
    read_timeout_s: float = 60.0
    memory_bytes: int = 768 * _MEGABYTE

    @property
    def cookie(self) -> str:
        """Name of the cookie; browsers share cookies between ports, so it carries the port."""
        return f"callcheck-{self.port}"

    @property
    def address(self) -> str:
        """The page's address, without the token."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a server bound to ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_loopback(host: str, *, allow_remote: bool) -> None:
    """Refuse to be reachable from other computers, unless asked for by name.

    Raises:
        UsageError: ``host`` is not loopback and ``allow_remote`` was not given.
    """
    if is_loopback(host) or allow_remote:
        return
    raise UsageError(
        f"--host {host} would let other computers reach this page, without encryption.",
        next_step="Leave --host out; or add --allow-remote if that is what you want.",
    )


def hosts_for(host: str, extra: list[str]) -> tuple[str, ...]:
    """The host names to accept: loopback's, the one bound to, and those given by name."""
    names = ["127.0.0.1", "localhost", "::1", *extra]
    if host not in ("0.0.0.0", "::"):
        names.append(host)
    return tuple(dict.fromkeys(name.strip("[]").lower() for name in names))
