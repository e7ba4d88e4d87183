"""The official model is offered once, at a terminal, for a recording of one's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from analyzer.cli import offer
from analyzer.errors import ModelError
from analyzer.resources import sample_recording

OWN = "my-voicemail.wav"


class Terminal:
    """Standard input at a terminal, with one answer waiting."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked = 0

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        self.asked += 1
        return self.answer


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setenv("CALLCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CALLCHECK_MODELS", str(tmp_path / "models"))
    calls: list[Any] = []
    monkeypatch.setattr("analyzer.cli.models.fetch_model", calls.append)
    return calls


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Any:
    def sit_down(answer: str) -> Terminal:
        terminal = Terminal(answer)
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        return terminal

    return sit_down


def test_yes_fetches_the_default_model(fetched: list[Any], at_terminal: Any) -> None:
    at_terminal("y\n")
    offer.offer_official_model(OWN, model="auto")
    assert fetched == [None]


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "what\n"])
def test_anything_else_fetches_nothing(answer: str, fetched: list[Any], at_terminal: Any) -> None:
    at_terminal(answer)
    offer.offer_official_model(OWN, model="auto")
    assert fetched == []


def test_it_is_asked_once_ever(fetched: list[Any], at_terminal: Any) -> None:
    terminal = at_terminal("n\n")
    offer.offer_official_model(OWN, model="auto")
    offer.offer_official_model(OWN, model="auto")
    assert terminal.asked == 1


@pytest.mark.parametrize(
    ("recording", "model"),
    [(str(sample_recording()), "auto"), (OWN, "builtin"), ("-", "auto")],
)
def test_it_is_not_asked_of_samples_or_a_chosen_model(
    recording: str, model: str, fetched: list[Any], at_terminal: Any
) -> None:
    terminal = at_terminal("y\n")
    offer.offer_official_model(recording, model=model)
    assert terminal.asked == 0


def test_it_is_not_asked_with_a_model_installed(
    tmp_path: Path, fetched: list[Any], at_terminal: Any
) -> None:
    (tmp_path / "models" / "some-model").mkdir(parents=True)
    terminal = at_terminal("y\n")
    offer.offer_official_model(OWN, model="auto")
    assert terminal.asked == 0


def test_it_is_not_asked_where_nobody_answers(
    fetched: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        offer.offer_official_model(OWN, model="auto")
    assert fetched == []
    assert not (tmp_path / "data").exists()


def test_a_failed_download_does_not_stop_the_check(
    fetched: list[Any], at_terminal: Any, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def no_network(_: object) -> None:
        raise ModelError("the host cannot be reached.")

    monkeypatch.setattr("analyzer.cli.models.fetch_model", no_network)
    at_terminal("y\n")
    offer.offer_official_model(OWN, model="auto")
    assert "Going on with the model in the box" in capsys.readouterr().err


@pytest.mark.slow
def test_check_asks_at_a_real_terminal(tmp_path: Path, encode: Any) -> None:
    import numpy as np

    pexpect = pytest.importorskip("pexpect")
    rng = np.random.default_rng(0)
    own = encode(tmp_path / OWN, rng.normal(0, 0.01, (1, 16_000)), rate=16_000,
                 codec="pcm_s16le", container="wav")  # fmt: skip
    environment = {**os.environ, "CALLCHECK_MODELS": str(tmp_path / "m"), "TERM": "dumb",
                   "CALLCHECK_DATA": str(tmp_path / "d")}  # fmt: skip
    arguments = ["-m", "analyzer.cli.main", "check", str(own), "--no-save"]
    first = pexpect.spawn(sys.executable, arguments, env=environment, timeout=120)
    first.expect(r"Fetch it now\? \[y/N\]")
    first.sendline("n")
    first.expect(pexpect.EOF)
    second = pexpect.spawn(sys.executable, arguments, env=environment, timeout=120)
    second.expect(pexpect.EOF)
    assert b"Fetch it now" not in second.before
