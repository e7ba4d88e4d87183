"""The page in a real browser: a finding plays from its start to its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer.audio.waveform import SAMPLE_RATE, Waveform
from analyzer.checklist.assessment import Assessment
from analyzer.report.html import render_html

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def page(browser: Any, problems: list[str], pushy: Assessment, tmp_path: Path) -> Iterator[Any]:
    assert pushy.source.duration_s is not None
    at = np.arange(int(pushy.source.duration_s * SAMPLE_RATE)) / SAMPLE_RATE
    sound = Waveform((4000 * np.sin(2 * np.pi * 300 * at)).astype(np.int16))
    file = tmp_path / "report.html"
    file.write_text(render_html(pushy, waveform=sound), "utf-8")
    page = browser.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else problems.append(request.url)
        ),
    )
    page.goto(file.as_uri())
    yield page
    page.close()
    assert problems == []


def _state(page: Any) -> tuple[float, bool]:
    time, paused = page.eval_on_selector("audio", "a => [a.currentTime, a.paused]")
    return time, paused


def _plays_its_stretch(page: Any, element: Any) -> None:
    start = float(element.get_attribute("data-start"))
    end = float(element.get_attribute("data-end"))
    page.wait_for_function(
        "([s, e]) => { const a = document.querySelector('audio');"
        " return !a.paused && a.currentTime > s && a.currentTime < e; }",
        arg=[start, end],
    )
    page.wait_for_function("() => document.querySelector('audio').paused")
    time, _ = _state(page)
    assert time == pytest.approx(end, abs=0.15)
    cursor = page.locator(".cc-cursor").first.get_attribute("x1")
    duration = page.eval_on_selector(".cc-timeline", "t => Number(t.dataset.duration)")
    assert float(cursor.rstrip("%")) == pytest.approx(100 * time / duration, abs=1)


def test_click_on_a_bar_plays_it(page: Any) -> None:
    bar = page.locator(".cc-wide .cc-bar").nth(2)
    bar.click()
    _plays_its_stretch(page, bar)


def test_enter_on_a_bar_plays_it(page: Any) -> None:
    bar = page.locator(".cc-wide .cc-bar").first
    bar.focus()
    page.keyboard.press("Enter")
    _plays_its_stretch(page, bar)


def test_click_on_a_quote_plays_it(page: Any) -> None:
    chip = page.locator("button.cc-chip").first
    chip.click()
    _plays_its_stretch(page, chip)


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_page_never_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
