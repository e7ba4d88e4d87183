"""Fetching a model: whole or not at all, whatever the server does."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import ModelError
from analyzer.speech import download as download_module
from analyzer.speech.catalogue import OfficialModel, official_model, official_models
from analyzer.speech.download import download
from analyzer.speech.installed import fetch, verify
from tests.speech.fake_models import Server


def left_behind(home: Path) -> list[str]:
    return sorted(p.name for p in home.rglob("*") if p.is_file())


def test_fetch_installs_a_model_that_verifies(published: OfficialModel, models_home: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = fetch(published, progress=lambda have, total: seen.append((have, total)))
    assert folder == models_home / "tiny-model"
    assert (folder / "am" / "final.mdl").is_file()
    assert verify("tiny-model").ok
    assert seen[-1] == (published.size, published.size)
    assert not (models_home / ".fetching" / "tiny-model.zip").exists()


def test_fetch_of_an_installed_model_asks_nothing_of_the_server(
    published: OfficialModel, models_home: Path, server: Server
) -> None:
    fetch(published)
    fetch(published)
    assert len(server.ranges) == 1


def test_fetch_resumes_after_the_line_was_cut(
    published: OfficialModel, models_home: Path, server: Server
) -> None:
    server.fault = "cut"
    with pytest.raises(ModelError, match="Run the same command again"):
        fetch(published)
    assert not (models_home / "tiny-model").exists()
    server.fault = ""
    assert fetch(published).is_dir()
    assert server.ranges[0] is None
    assert server.ranges[1] is not None
    assert server.ranges[1].startswith("bytes=")


def test_fetch_starts_anew_where_the_server_cannot_resume(
    published: OfficialModel, models_home: Path, server: Server
) -> None:
    server.fault = "cut"
    with pytest.raises(ModelError):
        fetch(published)
    server.fault = "no resume"
    assert fetch(published).is_dir()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("too long", "sends more than the published"),
        ("too short", "ended at"),
        ("corrupt", "is not the published file"),
        ("missing", "answered 404"),
    ],
)
def test_fetch_refuses(
    fault: str, said: str, published: OfficialModel, models_home: Path, server: Server
) -> None:
    server.fault = fault
    with pytest.raises(ModelError, match=said):
        fetch(published)
    assert not (models_home / "tiny-model").exists()
    assert "tiny-model.zip" not in left_behind(models_home)


def test_fetch_throws_away_a_corrupt_part_and_succeeds_next_time(
    published: OfficialModel, models_home: Path, server: Server
) -> None:
    server.fault = "corrupt"
    with pytest.raises(ModelError):
        fetch(published)
    server.fault = ""
    assert fetch(published).is_dir()


def test_download_gives_up_on_a_stalled_line_and_keeps_the_part(
    published: OfficialModel, server: Server, tmp_path: Path
) -> None:
    server.fault = "stall"
    with pytest.raises(ModelError, match=r"stalled|cut"):
        download(
            server.address, tmp_path / "x.zip",
            size=published.size, sha256=published.sha256, stall_timeout_s=0.3,
        )  # fmt: skip
    assert (tmp_path / "x.zip.part").stat().st_size > 0


def test_download_says_when_the_host_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        download("http://127.0.0.1:9/x.zip", tmp_path / "x.zip", size=1, sha256="0")
    assert "models add" in caught.value.next_step


def test_fetch_needs_room(
    published: OfficialModel, models_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(ModelError, match="are free"):
        fetch(published)


def test_catalogue_names_the_published_files() -> None:
    small = official_model()
    assert (small.name, small.size) == ("vosk-model-small-en-us-0.15", 41_205_931)
    assert small.sha256 == "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498"
    assert small.address == f"https://alphacephei.com/vosk/models/{small.name}.zip"
    large = official_models()[1]
    assert (large.name, large.size) == ("vosk-model-en-us-0.22-lgraph", 130_557_655)
    assert large.sha256 == "d9838b4aaa82a75c4a17f5aca300eaca129aaab2a7cbf951bafbb500eb9c4334"


def test_a_stall_is_noticed_before_a_person_loses_patience() -> None:
    assert download_module.STALL_TIMEOUT_S <= 60
