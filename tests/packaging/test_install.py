"""Wheel, sdist and editable install work from a folder outside the checkout.

The packages are built once. Each is put into a virtual environment of its own, which takes
the dependencies from the environment that runs the tests, so nothing is downloaded but, where
it is missing, the build backend.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = ["wheel", "sdist", "editable"]
CARRIED = ["rules/follow-up/pack.yaml", "models/language/pipeline/config.cfg",
           "models/speech/builtin/am/final.mdl", "models/speech/official.yaml",
           "samples/strong-voicemail.ogg", "samples/profile.yaml"]  # fmt: skip

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path) -> str:
    environment = {**os.environ, "HOME": str(cwd), "XDG_DATA_HOME": str(cwd / "data"),
                   "CALLCHECK_MODELS": str(cwd / "models")}  # fmt: skip
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd=cwd, env=environment,
        check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the sdist, and from the sdist the wheel, as a release would."""
    folder = tmp_path_factory.mktemp("dist")
    isolation = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    run(sys.executable, "-m", "build", *isolation, "--outdir", folder, ROOT, cwd=folder)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


@pytest.fixture(scope="module", params=KINDS)
def installed(
    request: pytest.FixtureRequest,
    built: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path, Path]:
    """Kind of the installation, its scripts' folder, and an empty folder to stand in."""
    kind = request.param
    home = tmp_path_factory.mktemp(f"venv-{kind}")
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    site = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home
        ).strip()
    )
    # The dependencies; a .pth file's own folders are not searched for .pth files, so an
    # editable callcheck in the testing environment stays out.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("\n".join(sorted(paths)) + "\n")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    what = {"wheel": [built["wheel"]], "sdist": [built["sdist"]], "editable": ["-e", ROOT]}[kind]
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--force-reinstall", "--ignore-installed", *isolation, *what, cwd=home,
    )  # fmt: skip
    outside = tmp_path_factory.mktemp(f"outside-{kind}")
    return kind, scripts, outside


def test_installation_finds_what_it_carries(installed):
    kind, scripts, outside = installed
    code = (
        "import json, analyzer; from analyzer.resources import resource;"
        f"print(json.dumps([analyzer.__file__, *(str(resource(r)) for r in {CARRIED!r})]))"
    )
    module, *found = map(Path, json.loads(run(scripts / "python", "-c", code, cwd=outside)))
    where = ROOT if kind == "editable" else scripts.parent
    assert module.is_relative_to(where)
    assert all(path.is_file() and path.is_relative_to(where) for path in found)


def test_installation_runs_the_demo(installed):
    _, scripts, outside = installed
    result = json.loads(run(scripts / "callcheck", "demo", "--format", "json", cwd=outside))
    assert result["status"] == "scored"
    assert result["score"] >= 85
    assert len(result["checks"]) == 19


def test_installation_checks_a_text(installed):
    _, scripts, outside = installed
    (outside / "draft.txt").write_text("Hello Mr. Johnson, this is Emily Carter.\n")
    table = run(scripts / "callcheck", "check", "draft.txt", "--no-save", cwd=outside)
    assert "Emily Carter" in table


def test_wheel_has_one_top_level_package(built):
    with zipfile.ZipFile(built["wheel"]) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"analyzer"}


def test_wheel_is_small(built):
    assert built["wheel"].stat().st_size < 60_000_000


def test_wheel_carries_no_tests_recipes_or_caches(built):
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = wheel.namelist()
    for unwanted in ("/recipe/", "/tests/", "__pycache__"):
        assert not [name for name in names if unwanted in name]


def test_wheel_carries_the_licence_and_type_marker(built):
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = wheel.namelist()
    assert "analyzer/py.typed" in names
    assert any(name.endswith("LICENSE") for name in names)


def test_sdist_carries_tests_samples_and_docs(built):
    with tarfile.open(built["sdist"]) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    for wanted in ("README.md", "CHANGELOG.md", "LICENSE", "samples/labels.jsonl",
                   "docs/contracts.md", "rules/follow-up/pack.yaml"):  # fmt: skip
        assert wanted in names
