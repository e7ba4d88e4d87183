"""The page in a real browser, with a microphone that plays a sample."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]
SAMPLES = Path(__file__).parents[2] / "samples"
PAGES = ("/", "/profile", "/script", "/plan", "/history", "/delete-everything")
PATIENT_MS = 120_000


def _live_module() -> Any:
    spec = importlib.util.spec_from_file_location("live", Path(__file__).parent / "live.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["live"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with _live_module().running(tmp_path_factory.mktemp("live")) as server:
        yield server
        assert "Traceback" not in server.log.read_text()
        assert server.log.read_text().count("token=") == 1  # the line that opens the page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from analyzer.audio.decode import decode

    voice = tmp_path_factory.mktemp("voice") / "voice.wav"
    with wave.open(str(voice), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(decode(SAMPLES / "strong-voicemail.ogg").samples.tobytes())
    arguments = [
        "--no-sandbox", "--headless=new", "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={voice}",
        "--disable-background-networking", "--disable-component-update",
        "--autoplay-policy=no-user-gesture-required",
    ]  # fmt: skip
    expect.set_options(timeout=PATIENT_MS)
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def new_page(browser: Any, live: Any, problems: list[str]) -> Iterator[Any]:
    """``new_page(width=…, dark=…)``: opened with the token; anything odd fails the test."""
    contexts = []

    def open_page(*, width: int = 1280, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENT_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.on("request", lambda request: _watch(request.url, live.address, problems))
        page.goto(live.opened)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(new_page: Any) -> Any:
    return new_page()


def _watch(url: str, own: str, problems: list[str]) -> None:
    if not url.startswith((own, "blob:", "data:")):
        problems.append(f"asked {url}")


def _upload(page: Any, sample: str) -> None:
    page.set_input_files("#file", SAMPLES / sample)


def _result(page: Any) -> int:
    """Wait for the report and return its score."""
    page.wait_for_selector(".cc-report")
    return int(page.text_content(".cc-dial-score"))


def test_token_leaves_the_address(page: Any, live: Any) -> None:
    assert page.url == f"{live.address}/"


def test_upload_shows_the_report_and_plays_a_finding(page: Any) -> None:
    _upload(page, "strong-voicemail.ogg")
    assert _result(page) >= 80
    chip = page.locator("button.cc-chip").nth(1)
    start, end = (float(chip.get_attribute(f"data-{name}")) for name in ("start", "end"))
    chip.click()
    page.wait_for_function(
        "([s, e]) => { const a = document.querySelector('.cc-audio');"
        " return !a.paused && a.currentTime > s && a.currentTime < e; }",
        arg=[start, end],
    )
    page.wait_for_function("() => document.querySelector('.cc-audio').paused")
    at = page.eval_on_selector(".cc-audio", "a => a.currentTime")
    assert at == pytest.approx(end, abs=0.3)


def test_drop_a_file_anywhere(page: Any) -> None:
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["Hello, this is Ann Lee."], "draft.txt"));
          const at = document.querySelector("h1");
          for (const name of ["dragenter", "dragover", "drop"]) {
            at.dispatchEvent(
              new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }"""
    )
    _result(page)
    assert "draft.txt" in page.inner_text("h1")


def test_typed_text_with_the_keyboard_alone(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cc-skip"
    page.locator("[name=kind][value=voicemail]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=kind][value=call]").is_checked()
    page.locator("#text").focus()
    page.keyboard.type("Hello Ms. Patel, this is Ann Lee.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _result(page)
    assert "call" in page.inner_text(".cc-source")


def test_record_with_the_microphone(page: Any) -> None:
    page.click("#record")
    page.wait_for_function("() => Number(document.getElementById('meter').ariaValueNow) > 20")
    page.wait_for_function("() => document.getElementById('record-time').textContent >= '0:09'")
    page.click("#record")
    page.click("#check-recorded")
    page.wait_for_selector(".cc-report")
    assert "recording.webm" in page.inner_text(".ws-bar h1")
    assert len(page.inner_text(".cc-text").split()) > 8


@pytest.mark.parametrize(
    ("name", "said"), [("NotAllowedError", "blocked"), ("NotFoundError", "No microphone"),
                       ("NotReadableError", "another program"), ("OddError", "OddError")]
)  # fmt: skip
def test_blocked_microphone_says_why_and_upload_stays(page: Any, name: str, said: str) -> None:
    page.evaluate(
        "name => { navigator.mediaDevices.getUserMedia ="
        " () => Promise.reject(new DOMException('', name)); }",
        name,
    )
    page.click("#record")
    expect(page.locator("#record-blocked")).to_contain_text(said)
    expect(page.locator("#drop")).to_be_visible()


def test_edit_the_words_and_score_again(page: Any) -> None:
    _upload(page, "weak.ogg")
    before = _result(page)
    heard = page.input_value("#corrected")
    page.fill("#corrected", f"{heard} I am still very interested in the job. Please call me back.")
    page.click("#rescore")
    expect(page.locator("#said")).to_contain_text("Scored again")
    assert _result(page) > before
    page.locator("button.cc-chip").first.click()
    page.wait_for_function("() => !document.querySelector('.cc-audio').paused")
    page.click("#restore")
    expect(page.locator("#said")).to_contain_text("Back to the words")
    assert _result(page) == before


def test_correct_a_verdict_by_hand(page: Any) -> None:
    page.fill("#text", "Hello, this is Ann Lee. Thank you for your time.")
    page.click("#check-text")
    machine = _result(page)
    page.locator("#cc-check-job_title .ws-doubt").click()
    page.select_option("#own-job_title", "pass")
    expect(page.locator("#hand-number")).to_have_text(str(machine + 12))
    expect(page.locator("#cc-check-job_title .ws-yours")).to_have_text("you: said it")
    assert _result(page) == machine
    page.reload()
    expect(page.locator("#hand-number")).to_have_text(str(machine + 12))


def test_wrong_file_says_what_to_do(page: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    page.set_input_files("#file", wrong)
    expect(page.locator("main")).to_contain_text("holiday.jpg: this is not a recording")
    expect(page.locator("main")).to_contain_text("mp3")


def test_file_over_the_limit_is_not_even_sent(page: Any) -> None:
    page.evaluate(
        """() => {
          const file = new File([new Uint8Array(70_000_000)], "long.wav");
          window.callcheck.sendFile(file);
        }"""
    )
    expect(page.locator("#message")).to_contain_text("64 MB is the most")


def test_cancel(page: Any) -> None:
    _upload(page, "long.ogg")
    page.wait_for_selector("#cancel")
    page.click("#cancel")
    page.wait_for_selector("#drop")
    assert page.locator(".ws-held a", has_text="long.ogg").count() == 0


def test_downloads(page: Any) -> None:
    page.fill("#text", "Hello, this is Ann Lee.")
    page.click("#check-text")
    _result(page)
    page.click("summary:has-text('Download')")
    for name, ending in (("Page (HTML)", "html"), ("Data (JSON)", "json"), ("Table (CSV)", "csv")):
        with page.expect_download() as download:
            page.click(f"text={name}")
        assert download.value.suggested_filename == f"callcheck-report.{ending}"


def test_profile_script_plan_history(page: Any, live: Any) -> None:
    page.goto(f"{live.address}/profile")
    page.fill("[name='candidate.name']", "Emily Carter")
    page.fill("[name='job_title']", "assistant manager")
    page.fill("[name='interview.date']", "2026-03-03")
    page.click("text=Use these details")
    expect(page.locator("[role=status]")).to_contain_text("Nothing was written")
    page.goto(f"{live.address}/script")
    page.click("text=Write it")
    expect(page.locator(".ws-script")).to_contain_text("Emily Carter")
    page.goto(f"{live.address}/plan")
    expect(page.locator("main")).to_contain_text("Next step")
    for text in ("Hello, this is Ann.", "Hello, this is Ann. Thank you for your time."):
        page.goto(live.address)
        page.check("#keep_history")
        page.fill("#text", text)
        page.click("#check-text")
        _result(page)
    page.goto(f"{live.address}/history")
    expect(page.locator(".ws-trend")).to_be_visible()
    page.goto(f"{live.address}/delete-everything")
    page.click("button:has-text('Delete everything')")
    page.goto(f"{live.address}/history")
    expect(page.locator("main")).to_contain_text("Nothing is kept")


@pytest.mark.parametrize("width", [320, 375, 768])
def test_no_page_scrolls_sideways(new_page: Any, live: Any, width: int) -> None:
    page = new_page(width=width)
    page.fill("#text", "Hello Ms. Patel, this is Ann Lee.")
    page.click("#check-text")
    _result(page)
    for path in (None, *PAGES):
        if path:
            page.goto(live.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path or "result"


def test_dark_mode(new_page: Any) -> None:
    def brightness(page: Any) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3])

    assert brightness(new_page(dark=True)) < 150 < 600 < brightness(new_page())


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, fetched for the test; it is no part of the project."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which fetches axe-core, is not installed")
    folder = tmp_path_factory.mktemp("axe")
    try:
        done = subprocess.run(
            [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "axe-core@4"],
            cwd=folder, capture_output=True, timeout=90, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("axe-core could not be fetched in time")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.is_file():
        pytest.skip("axe-core could not be fetched from the npm registry")
    return script.read_text("utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_serious(
    new_page: Any, live: Any, axe: str, width: int, dark: bool
) -> None:
    page = new_page(width=width, dark=dark)
    _upload(page, "pushy.ogg")
    _result(page)
    for path in (None, *PAGES):
        if path:
            page.goto(live.address + path)
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        serious = [
            f"{one['id']}: {node['html'][:120]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert serious == [], path or "result"
