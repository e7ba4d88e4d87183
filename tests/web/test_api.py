"""The HTTP API: hand in, watch, take, correct, delete; limits and the busy answer."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from analyzer.checklist.assessment import Assessment
from analyzer.errors import MissingNeedError, RecordingError
from analyzer.web import worker, worker_child
from analyzer.web.mistakes import MistakeError

API = "/api/v1/assessments"


def test_recording_is_accepted_then_watched_then_taken(client: Any, engine: Any) -> None:
    answer = client.post(
        API, files={"file": ("me.ogg", b"OggS\x00sound")}, data={"kind": "call", "channel": "left"}
    )
    assert answer.status_code == 202
    where = answer.headers["location"]
    assert where == f"{API}/{answer.json()['id']}"
    events = client.get(f"{where}/events").text
    states = [json.loads(line[6:]) for line in events.splitlines() if line.startswith("data:")]
    assert states[-1]["state"] == "done"
    result = client.get(where)
    assert result.status_code == 200
    assert Assessment.model_validate(result.json()).kind == "call"
    assert engine.uploads == [b"OggS\x00sound"]
    assert engine.orders[0] == {"name": "me.ogg", "channel": "left"}


def test_state_is_told_while_it_is_under_way(client: Any, engine: Any, hand_in: Any) -> None:
    engine.held = True
    where = hand_in(client, wait=False)
    answer = client.get(where)
    assert answer.status_code == 202
    assert answer.json()["state"] in ("waiting", "decoding", "recognising")
    assert answer.json()["score"] is None
    assert client.get(f"{where}/report").status_code == 409
    assert client.put(f"{where}/transcript", json={"text": "hello"}).status_code == 409
    engine.held = False


def test_text_is_assessed(client: Any, engine: Any, hand_in: Any) -> None:
    where = hand_in(client, text="Hello, this is Ann.", kind="voicemail")
    assert client.get(where).json()["transcript"]["model"] is None
    assert engine.orders[-1]["text"] == "Hello, this is Ann."
    assert client.get(f"{where}/audio").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [("draft.txt", b"Hello, this is Ann.", "Hello, this is Ann."),
     ("draft", "Hé, this is Ann.".encode(), "Hé, this is Ann."),
     ("voice.ogg", b"this is text all the same", "this is text all the same"),
     ("long", b"x" * 8191 + "é".encode() + b" end", "x" * 8191 + "é end")],
)  # fmt: skip
def test_content_decides_what_a_file_is(
    client: Any, engine: Any, name: str, content: bytes, expected: str
) -> None:
    where = client.post(API, files={"file": (name, content)}).headers["location"]
    client.get(f"{where}/events")
    assert engine.orders[-1]["text"] == expected


@pytest.mark.parametrize("content", [b"OggS\x00\xff\x00sound", b"\xff\xd8\xff\x00"])
@pytest.mark.parametrize("name", ["voice.txt", "voice.ogg"])
def test_what_is_no_text_is_decoded_whatever_its_name(
    client: Any, engine: Any, hand_in: Any, name: str, content: bytes
) -> None:
    where = client.post(API, files={"file": (name, content)}).headers["location"]
    client.get(f"{where}/events")
    assert engine.uploads == [content]
    assert engine.orders[0]["name"] == name


@pytest.mark.parametrize(
    ("given", "expected"),
    [("../../etc/passwd", "passwd"), ("C:\\Users\\me\\call.m4a", "call.m4a"),
     ("a\x00b.ogg", "ab.ogg"), ("\u202egpj.ogg", "gpj.ogg"), ("/", "recording"),
     ("x" * 300 + ".ogg", "x" * 76 + ".ogg")],
)  # fmt: skip
def test_name_is_never_a_path(given: str, expected: str) -> None:
    from analyzer.web.intake import plain_name

    assert plain_name(given) == expected


@pytest.mark.parametrize(
    ("files", "data", "said"),
    [(None, {}, "Nothing was given"), (None, {"text": "  "}, "no words"),
     ({"file": ("a.ogg", b"")}, {}, "empty"),
     ({"file": ("a.ogg", b"OggS\x00")}, {"text": "hello"}, "Both"),
     ({"file": ("a.txt", b"... !!!")}, {}, "no words"),
     (None, {"text": "hello", "kind": "letter"}, "kind"),
     (None, {"text": "hello", "profile": "nobody"}, "profile"),
     (None, {"text": "hello", "profile": "/etc/passwd"}, "profile"),
     (None, {"text": "hello", "profile": "../../secret"}, "profile"),
     (None, {"text": "hello", "profile": "company: [a, b]"}, "company"),
     (None, {"text": "hello", "profile": "a: &a [x]\nb: *a"}, "not used here"),
     (None, {"text": "hello", "profile": "unknown_field: 1"}, "not known")],
)  # fmt: skip
def test_wrong_input_says_what_to_do(client: Any, files: Any, data: Any, said: str) -> None:
    answer = client.post(API, files=files, data=data)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert client.get(API).json() == []


def test_profile_may_be_yaml_or_kept(client: Any, engine: Any, hand_in: Any) -> None:
    from analyzer.practice.profile import Profile
    from analyzer.practice.profiles import keep_path, write_profile

    hand_in(client, text="hello", profile="company: Riverside\njob_title: baker\n")
    assert engine.orders[-1]["profile"].company == "Riverside"
    hand_in(client, text="hello", profile='{"company": "Northwind"}')
    assert engine.orders[-1]["profile"].company == "Northwind"
    write_profile(keep_path("acme"), Profile(company="Acme"))
    hand_in(client, text="hello", profile="acme")
    assert engine.orders[-1]["profile"].company == "Acme"


def test_failure_is_told_with_the_next_step(client: Any, engine: Any, hand_in: Any) -> None:
    engine.error = RecordingError("a.ogg: this is not a recording.", next_step="Use mp3.")
    where = hand_in(client)
    answer = client.get(where)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "a.ogg: this is not a recording."
    assert answer.json()["next_step"] == "Use mp3."
    assert "Use mp3." in client.get(where.replace(API, "/results")).text
    engine.error = MissingNeedError("no model")
    assert client.get(hand_in(client)).status_code == 500


def test_mistake_of_ours_is_said_and_its_place_printed_without_words(
    client: Any, engine: Any, hand_in: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    engine.error = KeyError("what the person said")
    answer = client.get(hand_in(client, text="what the person said"))
    assert answer.status_code == 500
    assert answer.json()["detail"] == "callcheck made a mistake (KeyError)."
    assert "report it" in answer.json()["next_step"]
    printed = capfd.readouterr().err
    assert re.search(r"^callcheck: KeyError at .+\.py:\d+$", printed, re.M)
    assert "what the person said" not in printed + answer.text


def test_mistake_in_a_process_of_ours_is_told_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    answer = worker_child._answered({"op": "what the person said"}, b"", io.BytesIO())
    assert answer == {"type": "mistake", "name": "KeyError"}
    error = worker._error(answer)
    assert isinstance(error, MistakeError)
    assert error.message == "callcheck made a mistake (KeyError)."
    printed = capfd.readouterr().err
    assert "worker_child.py:" in printed
    assert "what the person said" not in printed


def test_upload_is_closed_when_it_was_read(client: Any, engine: Any, hand_in: Any) -> None:
    hand_in(client)
    assert engine.handles[0].closed
    engine.error = RecordingError("no")
    hand_in(client)
    assert engine.handles[1].closed


def test_upload_never_has_a_name(client: Any, engine: Any, hand_in: Any) -> None:
    hand_in(client)
    assert isinstance(engine.handles[0].name, int)


def test_delete_forgets_everything(client: Any, hand_in: Any) -> None:
    where = hand_in(client, keep_audio="true")
    assert client.get(f"{where}/audio").status_code == 200
    assert client.delete(where).status_code == 204
    for path in (where, f"{where}/audio", f"{where}/report", f"{where}/verdicts"):
        assert client.get(path).status_code == 404
    assert client.delete(where).status_code == 404


def test_delete_cancels_what_is_under_way(client: Any, engine: Any, hand_in: Any) -> None:
    engine.held = True
    where = hand_in(client, wait=False)
    while client.get(where).json()["state"] != "recognising":
        pass
    assert client.delete(where).status_code == 204
    assert engine.cancelled == 1
    assert engine.handles[0].closed
    engine.held = False
    assert client.get(hand_in(client)).status_code == 200  # the next one is heard


def test_delete_while_waiting(client: Any, engine: Any, hand_in: Any) -> None:
    engine.held = True
    hand_in(client, wait=False)
    second = hand_in(client, wait=False)
    assert client.get(second).json()["position"] == 1
    assert client.delete(second).status_code == 204
    engine.held = False
    assert len(client.get(API).json()) == 1


def test_busy_answer_names_the_time(serve: Any, engine: Any, hand_in: Any) -> None:
    client = serve(max_waiting=2)
    engine.held = True
    first = hand_in(client, wait=False)
    while client.get(first).json()["state"] != "recognising":
        pass
    waiting = [hand_in(client, wait=False) for _ in range(2)]
    answer = client.post(API, files={"file": ("me.ogg", b"OggS\x00sound")})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "Try again" in answer.json()["next_step"]
    engine.held = False
    for where in [first, *waiting]:  # none of those accepted is lost
        client.get(f"{where}/events")
        assert client.get(where).status_code == 200


def test_large_upload_is_refused_before_it_is_read(serve: Any, engine: Any) -> None:
    client = serve(max_upload_bytes=1_000_000)
    answer = client.post(API, files={"file": ("a.ogg", b"OggS\x00" * 600_000)})
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]
    assert engine.uploads == []


def test_large_upload_without_a_length_is_refused_on_the_way(serve: Any, engine: Any) -> None:
    client = serve(max_upload_bytes=1_000_000)

    def body() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.ogg"\r\n\r\n'
        for _ in range(40):
            yield b"OggS\x00" * 20_000
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post(API, content=body(), headers=headers)
    assert answer.status_code == 413
    assert engine.uploads == []


def test_results_are_bounded(serve: Any, hand_in: Any) -> None:
    client = serve(max_results=3)
    paths = [hand_in(client) for _ in range(6)]
    assert [client.get(path).status_code for path in paths] == [404] * 3 + [200] * 3


def test_recordings_held_are_bounded(serve: Any, hand_in: Any) -> None:
    client = serve(max_kept_bytes=2500)
    paths = [hand_in(client, keep_audio="true") for _ in range(4)]
    assert [client.get(path).status_code for path in paths] == [404] * 2 + [200] * 2


def test_results_expire(serve: Any, hand_in: Any) -> None:
    client = serve(keep_s=0.2)
    where = hand_in(client)
    import time

    time.sleep(0.7)
    assert client.get(where).status_code == 404


def test_recording_is_not_kept_unless_asked(client: Any, hand_in: Any) -> None:
    where = hand_in(client)
    assert client.get(f"{where}/audio").status_code == 404
    assert "<audio" not in client.get(where.replace(API, "/results")).text


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [(None, 200, slice(None)), ("bytes=10-19", 206, slice(10, 20)),
     ("bytes=990-", 206, slice(990, None)), ("bytes=-5", 206, slice(-5, None)),
     ("bytes=0-99999", 206, slice(None)), ("bytes=5000-", 416, None), ("bytes=9-5", 416, None),
     ("bytes=-", 200, slice(None)), ("lines=1-2", 200, slice(None))],
)  # fmt: skip
def test_parts_of_the_recording(
    client: Any, hand_in: Any, asked: str | None, status: int, part: slice | None
) -> None:
    where = hand_in(client, keep_audio="true")
    answer = client.get(f"{where}/audio", headers={"Range": asked} if asked else {})
    assert answer.status_code == status
    if part is not None:
        assert answer.content == (b"ID3" + bytes(997))[part]


@pytest.mark.parametrize(
    ("format_", "starts"), [("html", "<!DOCTYPE html>"), ("json", "{"), ("csv", "id,"), ("md", "#")]
)
def test_downloads(client: Any, hand_in: Any, format_: str, starts: str) -> None:
    where = hand_in(client)
    answer = client.get(f"{where}/report", params={"format": format_})
    assert answer.text.startswith(starts)
    assert f"callcheck-report.{format_}" in answer.headers["content-disposition"]


def test_downloaded_page_holds_the_recording_unless_masked(client: Any, hand_in: Any) -> None:
    where = hand_in(client, keep_audio="true")
    assert "data:audio/mpeg;base64," in client.get(f"{where}/report").text
    masked = client.get(f"{where}/report", params={"redact": "true"}).text
    assert "data:audio" not in masked
    assert "jordan" not in masked.lower()


def test_corrected_words_are_scored_and_can_be_taken_back(
    client: Any, engine: Any, hand_in: Any
) -> None:
    where = hand_in(client)
    heard = client.get(where).json()
    answer = client.put(f"{where}/transcript", json={"text": "hello mr smith"})
    assert answer.status_code == 200
    assert engine.orders[-1] == {"kept": {"transcript": "kept"}, "text": "hello mr smith"}
    assert answer.json()["score"] != heard["score"]
    assert client.get(where).json() == answer.json()
    assert client.delete(f"{where}/transcript").json() == heard
    assert client.put(f"{where}/transcript", json={"text": " .. "}).status_code == 422


def test_verdict_by_hand_stands_beside_the_machines(client: Any, hand_in: Any) -> None:
    where = hand_in(client)
    before = client.get(where).json()
    answer = client.put(f"{where}/verdicts/interest", json={"verdict": "fail"}).json()
    check = next(c for c in answer["checks"] if c["id"] == "interest")
    assert (check["machine"], check["by_hand"]) == ("pass", "fail")
    assert answer["machine_score"] == before["score"]
    assert answer["score"] == before["score"] - 10
    assert client.get(where).json() == before
    assert client.delete(f"{where}/verdicts/interest").json()["score"] is None
    assert client.put(f"{where}/verdicts/nothing", json={"verdict": "fail"}).status_code == 404
    assert client.put(f"{where}/verdicts/interest", json={"verdict": "x"}).status_code == 422


def test_history_is_kept_only_when_asked(client: Any, hand_in: Any) -> None:
    from analyzer.practice.history import attempts

    hand_in(client)
    assert attempts() == []
    hand_in(client, keep_history="true")
    assert len(attempts()) == 1


def test_corrected_words_replace_the_attempt(client: Any, hand_in: Any) -> None:
    from analyzer.practice.history import attempts

    where = hand_in(client)
    number = client.post(f"{where}/history").json()["attempt"]
    assert client.post(f"{where}/history").json()["attempt"] == number
    client.put(f"{where}/transcript", json={"text": "hello"})
    kept = attempts()
    assert len(kept) == 1
    assert kept[0].id != number


def test_models_end_with_the_server(engine: Any) -> None:
    from fastapi.testclient import TestClient

    from analyzer.web.app import create_app
    from analyzer.web.settings import Settings

    with TestClient(create_app(Settings(), engine=engine)):
        assert not engine.closed
    assert engine.closed


def test_openapi_describes_every_answer(client: Any) -> None:
    description = client.get("/api/v1/openapi.json").json()
    assert description["info"]["title"] == "callcheck"
    operation = description["paths"][API]["post"]
    assert set(operation["responses"]) >= {"202", "401", "413", "422", "503"}
    assert "Assessment" in description["components"]["schemas"]
    assert all(path.startswith("/api/v1/") for path in description["paths"])
