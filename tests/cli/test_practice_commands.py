"""The practice commands, run in this process: output, messages and exit codes."""

from __future__ import annotations

import io
import json
import sys

import pytest

from analyzer.cli import main
from analyzer.resources import resource, sample_profile


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLCHECK_DATA", str(tmp_path / "kept"))
    monkeypatch.setenv("CALLCHECK_MODELS", str(tmp_path / "models"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def callcheck_here(monkeypatch, capsys):
    def run(*arguments, status=0, stdin=""):
        monkeypatch.setattr(sys, "argv", ["callcheck", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as stopped:
            main.run()
        assert (stopped.value.code or 0) == status
        return capsys.readouterr()

    return run


def test_plan_table_json_and_ics(callcheck_here, work):
    shown = callcheck_here("plan", "--profile", sample_profile(), "--today", "2026-03-14")
    assert "write a short e-mail" in shown.out
    shown = callcheck_here(
        "plan", "--profile", sample_profile(), "--today", "2026-03-09", "--format", "json",
        "--ics", "plan.ics",
    )  # fmt: skip
    plan = json.loads(shown.out)
    assert plan["schema"] == "callcheck/plan@1"
    assert [w["date"] for w in plan["windows"]] == ["2026-03-13", "2026-03-17", "2026-03-18"]
    assert (work / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_plan_text_shows_both_time_zones(callcheck_here):
    shown = callcheck_here("plan", "--profile", sample_profile(), "--today", "2026-03-09")
    assert "10:00 to 12:00; for you 11:00 to 13:00" in shown.out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--today", "tomorrow"], 2, "not a day"),
        (["--country", "ZZ"], 2, "No public holidays are known"),
    ],
)
def test_plan_wrong_options(callcheck_here, arguments, status, words):
    shown = callcheck_here("plan", "--profile", sample_profile(), *arguments, status=status)
    assert words in shown.err
    assert shown.out == ""


def test_profile_new_keeps_show_check_list(callcheck_here, work):
    answers = "Anna Berg\n" + "\n" * 30
    callcheck_here("profile", "new", "acme", stdin=answers)
    assert "name: Anna Berg" in callcheck_here("profile", "show", "acme").out
    assert "- job_title" in callcheck_here("profile", "check", "acme").out
    assert "acme" in callcheck_here("profile", "list").out
    again = callcheck_here("profile", "new", "acme", status=2, stdin=answers)
    assert "already there" in again.err
    callcheck_here("profile", "new", "--output", "me.yaml", stdin=answers)
    assert (work / "me.yaml").read_text() == "candidate:\n  name: Anna Berg\n"


def test_profile_new_without_answers_writes_nothing(callcheck_here, work):
    shown = callcheck_here("profile", "new", status=3, stdin="Anna\n")
    assert "no profile was written" in shown.err
    assert not list(work.glob("kept/profiles/*"))


def test_profile_check_names_the_field(callcheck_here, work):
    (work / "me.yaml").write_text("interview:\n  date: soon\n")
    shown = callcheck_here("profile", "check", "me.yaml", status=3)
    assert "me.yaml line 2: interview, date" in shown.err


@pytest.mark.parametrize("name", ["../x", "a/b", "", "x" * 50])
def test_profile_new_refuses_names_that_are_no_file_names(callcheck_here, name):
    assert "profile's name" in callcheck_here("profile", "new", name, status=3).err


def test_unknown_profile_is_named_everywhere(callcheck_here):
    for command in (["plan"], ["script"], ["rehearse"], ["record"],
                    ["check", resource("samples/weak.txt")]):  # fmt: skip
        shown = callcheck_here(*command, "--profile", "nobody", status=3)
        assert "There is no profile nobody" in shown.err


def test_script_formats_and_files(callcheck_here, work):
    text = callcheck_here("script", "--profile", sample_profile(), "--style", "formal")
    assert "Mr. Johnson" in text.out
    assert text.err == ""
    page = callcheck_here(
        "script", "--profile", sample_profile(), "--format", "html", "--output", "card.html"
    )
    assert page.out == ""
    assert "<!doctype html>" in (work / "card.html").read_text()
    blank = callcheck_here("script")
    assert "[your name]" in blank.out
    assert "Still to fill in: candidate.name" in blank.err


def test_script_like_keeps_the_draft(callcheck_here, work):
    (work / "draft.txt").write_text("Hello Mr. Johnson, this is Emily Carter. Bye for now.")
    shown = callcheck_here("script", "--profile", sample_profile(), "--like", "draft.txt")
    assert "Hello Mr. Johnson, this is Emily Carter." in shown.out
    assert shown.out.rstrip().endswith("Bye for now.")
    assert "no such file" in callcheck_here("script", "--like", "gone.txt", status=3).err


def test_check_keeps_attempts_unless_told_not_to(callcheck_here):
    weak, strong = resource("samples/weak.txt"), resource("samples/strong-voicemail.txt")
    callcheck_here("check", weak, "--no-save")
    assert json.loads(callcheck_here("history", "list", "--format", "json").out) == []
    callcheck_here("check", weak, "--profile", sample_profile())
    callcheck_here("check", strong)
    kept = json.loads(callcheck_here("history", "list", "--format", "json").out)
    assert [a["source_name"] for a in kept] == ["weak.txt", "strong-voicemail.txt"]
    assert [a["profile_name"] for a in kept] == ["profile", None]


def test_check_redact_masks_the_names_as_they_were_heard(callcheck_here, work):
    (work / "me.yaml").write_text("candidate:\n  name: Siobhan Rhys\n  sounds_like: shivon reece\n")
    (work / "draft.txt").write_text("This is Siobhan Rhys. Last week shivon reece came by.")
    shown = callcheck_here(
        "check", "draft.txt", "--profile", "me.yaml", "--redact", "--no-save", "--format", "json"
    )
    assert "hivon" not in shown.out
    assert "eece" not in shown.out


def test_history_commands(callcheck_here, work):
    for name in ("weak", "strong-voicemail"):
        callcheck_here("check", resource(f"samples/{name}.txt"))
    assert "strong-voicemail.txt" in callcheck_here("history", "list", "--limit", 1).out
    assert "Score" in callcheck_here("history", "show", 2).out
    assert json.loads(callcheck_here("history", "show", 2, "--format", "json").out)["score"]
    assert "better" in callcheck_here("history", "compare", 1, 2).out
    compared = json.loads(callcheck_here("history", "compare", 1, 2, "--format", "json").out)
    assert compared["score_change"] > 0
    assert json.loads(callcheck_here("history", "trend", "--format", "json").out)["checks"]
    assert callcheck_here("history", "export").out.count("\n") == 3
    callcheck_here("history", "export", "--output", "h.parquet")
    assert (work / "h.parquet").read_bytes().startswith(b"PAR1")
    callcheck_here("history", "export", "--output", "h.json")
    assert len(json.loads((work / "h.json").read_text())) == 2
    callcheck_here("history", "delete", 1, "--yes")
    assert "no attempt 1" in callcheck_here("history", "show", 1, status=3).err
    callcheck_here("history", "delete", "--all", "--yes")
    assert "No attempts" in callcheck_here("history", "list").err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["delete"], 2, "Say what to delete"),
        (["delete", "1", "--all"], 2, "Say what to delete"),
        (["delete", "--all"], 2, "--yes"),
        (["trend"], 3, "no attempts"),
        (["trend", "--output", "t.gif"], 2, ".png or .svg"),
        (["export", "--format", "parquet"], 2, "Give a file"),
    ],
)
def test_history_wrong_use(callcheck_here, arguments, status, words):
    assert words in callcheck_here("history", *arguments, status=status).err


def test_damaged_history_does_not_lose_the_report(callcheck_here, work):
    (work / "kept").mkdir()
    (work / "kept" / "history.sqlite3").write_bytes(b"no database at all, surely" * 100)
    shown = callcheck_here("check", resource("samples/weak.txt"))
    assert "Score" in shown.out
    assert "not kept in the history" in shown.err
    assert "damaged" in callcheck_here("history", "list", status=3).err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nothing.wav", "--output"],
        ["demo", "--output"],
        ["record", "--output"],
        ["history", "show", "1", "--output"],
        ["history", "export", "--output"],
        ["history", "trend", "--output"],
        ["script", "--profile", "nobody", "--output"],
        ["plan", "--profile", "nobody", "--ics"],
        ["profile", "new", "--output"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_place_that_cannot_be_written_to_is_refused_before_any_work(
    callcheck_here, work, arguments
):
    shown = callcheck_here(*arguments, "gone/out.svg", status=2)
    assert shown.err == "callcheck: The folder gone does not exist. Make it first.\n"
    shown = callcheck_here(*arguments, work, status=2)
    assert f"is a folder. Give {arguments[-1]} a file name." in shown.err


@pytest.fixture
def no_portaudio(monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])


@pytest.mark.usefixtures("no_portaudio")
@pytest.mark.parametrize(
    "arguments", [["devices"], ["record"], ["rehearse", "--profile", sample_profile()]]
)
def test_without_portaudio_the_way_out_is_named(callcheck_here, work, arguments):
    shown = callcheck_here(*arguments, status=4)
    assert "PortAudio" in shown.err
    assert "callcheck check RECORDING" in shown.err
    assert not list(work.glob("*.wav"))


def test_record_never_replaces_a_recording(callcheck_here, work):
    (work / "mine.wav").write_bytes(b"precious")
    shown = callcheck_here(
        "record", "--wav", "mine.wav", "--from-stream", resource("samples/weak.ogg"), status=2
    )
    assert "already there" in shown.err
    assert (work / "mine.wav").read_bytes() == b"precious"


def test_rehearse_names_the_folder_that_is_not_there(callcheck_here):
    shown = callcheck_here("rehearse", "--profile", sample_profile(), "--folder", "gone", status=2)
    assert "gone is no folder" in shown.err
    assert "--folder" in shown.err
    assert "--wav" not in shown.err


def test_record_says_under_which_number_the_attempt_is_kept(callcheck_here):
    shown = callcheck_here(
        "record", "--wav", "weak.wav", "--model", "builtin", "--no-live", "--format", "json",
        "--from-stream", resource("samples/weak.ogg"),
    )  # fmt: skip
    assert "Kept as attempt 1: callcheck history list" in shown.err
    assert "weak.wav" in callcheck_here("history", "list").out


def test_record_silence_keeps_the_file_and_says_no_speech(callcheck_here, work):
    shown = callcheck_here(
        "record", "--wav", "quiet.wav", "--model", "builtin", "--no-live", "--no-save",
        "--from-stream", resource("samples/silence.ogg"), status=3,
    )  # fmt: skip
    assert (work / "quiet.wav").read_bytes().startswith(b"RIFF")
    assert "very quiet" in shown.err
    assert "No speech" in shown.out
