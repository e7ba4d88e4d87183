"""The pages, as a browser without JavaScript would get them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

API = "/api/v1/assessments"


def _results(where: str) -> str:
    return where.replace(API, "/results")


def test_home_offers_every_way_in(client: Any) -> None:
    html = client.get("/").text
    for words in ("Drop a recording here", "choose a file", "Record", "Or type it", "Cue card"):
        assert words in html
    assert "Delete everything" in html
    assert "checked" not in html.split('id="keep_history"')[1].split(">")[0]


def test_home_says_which_model_hears_people(client: Any) -> None:
    assert "callcheck models fetch" in client.get("/").text


def test_result_holds_the_report_as_rendered(client: Any, engine: Any, hand_in: Any) -> None:
    from analyzer.report.html import render_body

    where = hand_in(client, keep_audio="true")
    html = client.get(_results(where)).text
    body = render_body(engine.strong, audio_url=f"{where}/audio")
    assert body in html
    for format_ in ("html", "json", "csv"):
        assert f"/report?format={format_}" in html


def test_result_under_way_shows_progress(client: Any, engine: Any, hand_in: Any) -> None:
    engine.held = True
    html = client.get(_results(hand_in(client, wait=False))).text
    assert "Writing down the words" in html
    assert "Cancel" in html
    engine.held = False


def test_result_is_compared_with_the_one_before(client: Any, engine: Any, hand_in: Any) -> None:
    first = hand_in(client)
    assert "Compared with last time" not in client.get(_results(first)).text
    engine.strong = engine.pushy
    html = client.get(_results(hand_in(client))).text
    assert "Compared with last time" in html
    assert "Worse:" in html


def test_result_is_compared_with_the_history(client: Any, engine: Any, hand_in: Any) -> None:
    from analyzer.practice.history import save

    save(engine.pushy)
    html = client.get(_results(hand_in(client, keep_history="true"))).text
    assert "Better:" in html


def test_names_from_outside_are_escaped(client: Any) -> None:
    answer = client.post(API, files={"file": ("<script>x.ogg", b"OggS\x00\x01")})
    where = answer.headers["location"]
    client.get(f"{where}/events")
    for path in ("/", _results(where)):
        assert "<script>x" not in client.get(path).text


def test_missing_pages_say_so(client: Any) -> None:
    for path in ("/nothing", "/results/nothing", "/history/99"):
        answer = client.get(path)
        assert answer.status_code in (404, 422)
        assert "Back to the start" in answer.text


PROFILE = {
    "candidate.name": "Emily Carter", "company": "Riverside Bakery", "job_title": "baker",
    "interview.date": "2026-03-03", "talking_points": "the schedule\nthe oven",
}  # fmt: skip


def test_profile_is_used_but_not_written(client: Any, engine: Any, hand_in: Any,
                                         own_data_folder: Path) -> None:  # fmt: skip
    assert client.post("/profile", data=PROFILE).status_code == 303
    html = client.get("/profile").text
    assert 'value="Riverside Bakery"' in html
    assert "the schedule\nthe oven" in html
    assert not own_data_folder.exists()
    hand_in(client, text="hello", profile="session")
    assert engine.orders[-1]["profile"].talking_points == ["the schedule", "the oven"]
    assert "company: Riverside Bakery" in client.get("/profile.yaml").text


def test_profile_is_kept_when_ticked_and_deleted_on_demand(client: Any) -> None:
    from analyzer.practice.profiles import kept_names

    client.post("/profile", data={**PROFILE, "keep": "yes", "keep_as": "acme"})
    assert kept_names() == ["acme"]
    client.post("/profile/forget")
    assert 'value="Riverside' not in client.get("/profile").text
    client.post("/profile/use", data={"name": "acme"})
    assert 'value="Riverside' in client.get("/profile").text
    client.post("/profile/forget", data={"name": "../acme"})
    assert kept_names() == ["acme"]
    client.post("/profile/forget", data={"name": "acme"})
    assert kept_names() == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("candidate.email", "nowhere", "not an e-mail address"),
     ("candidate.time_zone", "Mars/Base", "time zone"),
     ("interview.promised_by", "2026-03-01", "before the interview"),
     ("keep_as", "../../me", "cannot be a profile")],
)  # fmt: skip
def test_profile_mistakes_are_marked(client: Any, field: str, value: str, said: str) -> None:
    answer = client.post("/profile", data={**PROFILE, "keep": "yes", "keep_as": "me", field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Riverside Bakery"' in answer.text


def test_how_a_name_sounds_survives_the_form(client: Any) -> None:
    from analyzer.practice.profile import Profile
    from analyzer.practice.profiles import find_profile, keep_path, write_profile

    made = Profile.model_validate(
        {"candidate": {"name": "Emily Carter", "sounds_like": ["emma lee"]}}
    )
    write_profile(keep_path("me"), made)
    client.post("/profile/use", data={"name": "me"})
    client.post("/profile", data={**PROFILE, "keep": "yes", "keep_as": "me"})
    assert find_profile(keep_path("me")).profile.candidate.sounds_like == ["emma lee"]


def test_script_becomes_the_cue_card(client: Any) -> None:
    assert client.post("/script", data={"kind": "voicemail"}).status_code == 303
    assert "manager.name" in client.get("/script").text
    assert "Hello [the manager&#39;s name]." in client.get("/").text
    assert client.post("/script", data={"kind": "song"}).status_code == 422


def test_plan_needs_a_profile_and_gives_a_calendar(client: Any) -> None:
    assert "Fill in your details" in client.get("/plan").text
    client.post("/profile", data=PROFILE)
    html = client.get("/plan?today=2026-03-05").text
    assert "Best times to call" in html
    calendar = client.get("/plan.ics?today=2026-03-05")
    assert calendar.text.startswith("BEGIN:VCALENDAR")


def test_history_shows_trend_compares_and_deletes(client: Any, engine: Any) -> None:
    from analyzer.practice.history import attempts, save

    assert "Nothing is kept" in client.get("/history").text
    first, second = save(engine.pushy), save(engine.strong)
    html = client.get("/history").text
    assert "ws-trend-line" in html
    assert "every single day" in client.get(f"/history/{first}").text
    comparison = client.get(f"/history/compare?first={second}&second={first}").text
    assert f"No {first} and no {second}" in comparison
    assert client.post("/history/delete", data={"number": first}).status_code == 303
    assert [attempt.id for attempt in attempts()] == [second]


def test_delete_everything_leaves_nothing(client: Any, engine: Any, hand_in: Any) -> None:
    from analyzer.practice.history import attempts
    from analyzer.practice.profiles import kept_names

    hand_in(client, keep_history="true", keep_audio="true")
    client.post("/profile", data={**PROFILE, "keep": "yes", "keep_as": "acme"})
    asked = client.get("/delete-everything").text
    assert "1 result in memory" in asked
    assert "1 attempt in the history" in asked
    assert "acme" in asked
    assert client.post("/delete-everything").status_code == 200
    assert client.get(API).json() == []
    assert attempts() == []
    assert kept_names() == []
    assert 'value="Riverside' not in client.get("/profile").text
