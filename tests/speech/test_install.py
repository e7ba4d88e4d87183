"""Installing from a zip or a folder: safe, atomic, removable."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from analyzer.errors import CallcheckError, ModelError, UsageError
from analyzer.speech.choose import installed_models
from analyzer.speech.installed import add, remove, verify
from analyzer.speech.model_folder import examine_model_folder
from tests.speech.fake_models import MODEL_FILES, zip_of


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def folder_of(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root


def link_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        info = zipfile.ZipInfo("tiny-model/am/final.mdl")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def bomb_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tiny-model/am/final.mdl", b"\0" * 30_000_000)
    return buffer.getvalue()


def test_add_installs_a_zip(models_home: Path, tmp_path: Path) -> None:
    folder = add(write(tmp_path / "tiny-model.zip", zip_of(MODEL_FILES)))
    assert folder.name == "tiny-model"
    assert [p.name for p in installed_models()] == ["tiny-model"]
    assert verify("tiny-model").ok


def test_add_installs_an_unpacked_folder(models_home: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "unpacked", MODEL_FILES)
    assert (add(folder / "tiny-model") / "graph" / "HCLG.fst").is_file()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("up.zip", zip_of({"../../evil": b"x"}), "outside its folder"),
        ("absolute.zip", zip_of({"/tmp/evil": b"x"}), "outside its folder"),
        ("drive.zip", zip_of({"C:/evil": b"x"}), "outside its folder"),
        ("backslash.zip", zip_of({"..\\..\\evil": b"x"}), "outside its folder"),
        ("link.zip", link_zip(), "link or device"),
        ("bomb.zip", bomb_zip(), "no speech model"),
        ("text.zip", b"this is not a zip", "not a whole zip"),
        ("half.zip", zip_of(MODEL_FILES)[:2000], "not a whole zip"),
        ("other.zip", zip_of({"readme.txt": b"x"}), "not a complete Vosk model"),
        (
            "part.zip",
            zip_of({k: v for k, v in MODEL_FILES.items() if "final.mdl" not in k}),
            "not a complete Vosk model",
        ),
    ],
)
def test_add_refuses(name: str, data: bytes, said: str, models_home: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=said):
        add(write(tmp_path / name, data))
    assert installed_models() == []
    assert [p for p in models_home.rglob("*") if p.is_file()] == []
    assert not Path("/tmp/evil").exists()


def test_add_does_not_replace_a_model(models_home: Path, tmp_path: Path) -> None:
    archive = write(tmp_path / "tiny-model.zip", zip_of(MODEL_FILES))
    add(archive)
    with pytest.raises(ModelError, match="installed already"):
        add(archive)


def test_verify_names_what_changed(models_home: Path, tmp_path: Path) -> None:
    folder = add(write(tmp_path / "tiny-model.zip", zip_of(MODEL_FILES)))
    (folder / "conf" / "model.conf").write_text("changed")
    (folder / "graph" / "HCLG.fst").unlink()
    problems = " ".join(verify("tiny-model").problems)
    assert "conf/model.conf has changed" in problems
    assert "graph/HCLG.fst is missing" in problems


def test_remove_takes_it_away(models_home: Path, tmp_path: Path) -> None:
    add(write(tmp_path / "tiny-model.zip", zip_of(MODEL_FILES)))
    remove("tiny-model")
    assert installed_models() == []
    assert list(models_home.iterdir()) == []


@pytest.mark.parametrize("name", ["nothing", "../models", ".hidden"])
def test_remove_refuses_what_is_not_installed(name: str, models_home: Path) -> None:
    with pytest.raises(CallcheckError):
        remove(name)


def test_remove_leaves_the_builtin_model(models_home: Path) -> None:
    with pytest.raises(UsageError):
        remove("builtin")


@pytest.mark.parametrize("missing", sorted(MODEL_FILES))
def test_model_folder_names_the_missing_file(missing: str, tmp_path: Path) -> None:
    files = {k: v for k, v in MODEL_FILES.items() if k != missing}
    root = folder_of(tmp_path, files)
    with pytest.raises(ModelError, match=missing.split("/", 1)[1]):
        examine_model_folder(root / "tiny-model")


def test_model_folder_goes_into_one_nested_folder(tmp_path: Path) -> None:
    root = folder_of(tmp_path, MODEL_FILES)
    assert examine_model_folder(root) == root / "tiny-model"


def test_model_folder_that_is_a_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="models add"):
        examine_model_folder(write(tmp_path / "model.zip", b"x"))
