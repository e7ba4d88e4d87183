"""Who is let in, and what every answer says to the browser."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.errors import UsageError
from analyzer.web.settings import Settings, hosts_for, is_loopback, require_loopback

TOKEN = "a-token-for-the-tests-only"
API = "/api/v1/assessments"
OWN = "http://127.0.0.1:8000"
PAGES = ("/", "/profile", "/script", "/plan", "/history", "/delete-everything", "/results/x")


@pytest.fixture
def stranger(serve: Any) -> Any:
    return serve(token=False)


@pytest.fixture
def visitor(stranger: Any) -> Any:
    """A browser that opened the address with the token."""
    assert stranger.get(f"/?token={TOKEN}").status_code == 303
    return stranger


@pytest.mark.parametrize("path", PAGES)
def test_pages_without_token_ask_for_it(stranger: Any, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert "Open callcheck" in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", API), ("POST", API), ("DELETE", API), ("GET", f"{API}/x"), ("DELETE", f"{API}/x"),
     ("GET", f"{API}/x/audio"), ("GET", "/api/v1/openapi.json")],
)  # fmt: skip
def test_api_without_token_is_refused(stranger: Any, method: str, path: str) -> None:
    answer = stranger.request(method, path, headers={"Origin": OWN})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["next_step"]


@pytest.mark.parametrize("wrong", ["", "x", TOKEN[:-1], TOKEN + "x", "é" * 10])
def test_wrong_token_is_refused(stranger: Any, wrong: str) -> None:
    assert stranger.get("/", params={"token": wrong}).status_code == 401
    header = {"Authorization": f"Bearer {wrong}".encode("latin-1", "replace")}
    assert stranger.get(API, headers=header).status_code == 401
    assert stranger.post("/open", data={"token": wrong}, headers={"Origin": OWN}).status_code == 401


def test_token_in_address_becomes_a_strict_cookie(stranger: Any) -> None:
    answer = stranger.get(f"/history?kind=call&token={TOKEN}")
    assert answer.headers["location"] == "/history?kind=call"
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert stranger.get("/history").status_code == 200


def test_token_can_be_typed_in(stranger: Any) -> None:
    answer = stranger.post("/open", data={"token": TOKEN}, headers={"Origin": OWN})
    assert answer.status_code == 303
    assert stranger.get("/").status_code == 200


def test_token_in_address_never_redirects_elsewhere(stranger: Any) -> None:
    for path in ("//evil.example", "/\\evil.example", "/%5cevil.example"):
        answer = stranger.get(f"{OWN}{path}?token={TOKEN}")
        where = answer.headers["location"]
        assert where.startswith("/")
        assert not where.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "", "[::2]", "0.0.0.0"]
)
def test_other_host_names_are_refused_whatever_the_token(client: Any, host: str) -> None:
    for path in ("/", API, "/static/app.css"):
        assert client.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_loopback_host_names_are_accepted(client: Any, host: str) -> None:
    assert client.get(API, headers={"Host": host}).status_code == 200


FOREIGN = ["http://evil.example", "http://127.0.0.1:9999", "http://localhost:8000",
           "https://127.0.0.1:8000", "null"]  # fmt: skip
CHANGES = [("POST", API), ("DELETE", API), ("DELETE", f"{API}/x"), ("PUT", f"{API}/x/transcript"),
           ("PUT", f"{API}/x/verdicts/y"), ("POST", f"{API}/x/history"), ("POST", "/profile"),
           ("POST", "/profile/use"), ("POST", "/profile/forget"), ("POST", "/script"),
           ("POST", "/history/delete"), ("POST", "/delete-everything"),
           ("POST", "/open")]  # fmt: skip


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_changes_from_other_origins_are_refused(
    visitor: Any, method: str, path: str, origin: str
) -> None:
    assert visitor.request(method, path, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_changes_by_cookie_need_an_origin(visitor: Any, method: str, path: str) -> None:
    assert visitor.request(method, path).status_code == 403
    headers = {"Sec-Fetch-Site": "same-site"}
    assert visitor.request(method, path, headers=headers).status_code == 403


def test_changes_from_own_page_are_accepted(visitor: Any) -> None:
    assert visitor.delete(API, headers={"Origin": OWN}).status_code == 204
    assert visitor.delete(API, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204


def test_every_change_is_among_those_tried(client: Any) -> None:
    """A new route that changes something must be added to CHANGES above."""
    tried = {(method, path.replace("/x", "/{job_id}").replace("/y", "/{check_id}"))
             for method, path in CHANGES}  # fmt: skip
    undo = {("DELETE", f"{API}/{{job_id}}/transcript"),
            ("DELETE", f"{API}/{{job_id}}/verdicts/{{check_id}}")}  # fmt: skip
    found = set(_changing(client.app.routes))
    assert found
    assert found <= tried | undo


def _changing(routes: Any) -> Any:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _changing(inner.routes)
        for method in getattr(route, "methods", None) or ():
            if method in ("POST", "PUT", "PATCH", "DELETE"):
                yield method, route.path


@pytest.mark.parametrize("path", [*PAGES, API, f"{API}/x", "/static/app.css", "/nothing"])
def test_every_answer_has_the_headers(serve: Any, path: str) -> None:
    for client in (serve(), serve(token=False)):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", PAGES[:-1])
def test_pages_hold_nothing_inline_and_ask_no_other_site(client: Any, path: str) -> None:
    html = client.get(path).text
    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html
    assert " onclick" not in html
    assert "//" not in html.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize(
    "path",
    ["/static/../pages.py", "/static/..%2fpages.py", "/static/%2e%2e/app.py", "/static/app.py",
     "/static//etc/passwd", "/results/..%2f..%2fetc%2fpasswd", "/history/..%2f..", "/etc/passwd"],
)  # fmt: skip
def test_no_path_reaches_the_file_system(client: Any, path: str) -> None:
    assert client.get(path).status_code in (404, 422)


def test_session_cookie_belongs_to_one_launch(serve: Any) -> None:
    first = serve(token=False)
    first.get(f"/?token={TOKEN}")
    value = first.cookies["callcheck-8000"]
    other = serve(token=False, port=8001)
    other.cookies.set("callcheck-8001", "0" * len(value))
    assert other.get("/").status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", ""])
def test_other_than_loopback_needs_the_flag(host: str) -> None:
    with pytest.raises(UsageError, match="other computers"):
        require_loopback(host, allow_remote=False)
    require_loopback(host, allow_remote=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "localhost", "::1"])
def test_loopback_needs_no_flag(host: str) -> None:
    assert is_loopback(host)
    require_loopback(host, allow_remote=False)


def test_token_is_new_with_each_launch_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALLCHECK_TOKEN", raising=False)
    first, second = Settings(), Settings()
    assert first.token != second.token
    assert len(first.token) >= 32
    assert first.token not in repr(first)
    monkeypatch.setenv("CALLCHECK_TOKEN", "my-own-token-of-choice")
    assert Settings().token == "my-own-token-of-choice"


def test_hosts_to_answer_to() -> None:
    assert hosts_for("127.0.0.1", []) == ("127.0.0.1", "localhost", "::1")
    assert "0.0.0.0" not in hosts_for("0.0.0.0", ["Coach.example"])
    assert "coach.example" in hosts_for("0.0.0.0", ["Coach.example"])
