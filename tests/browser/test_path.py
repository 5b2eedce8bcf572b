"""The whole path in a real browser: type, answer, measure, changed verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.edges_support import running_service

pytestmark = [pytest.mark.browser, pytest.mark.framework]

ARTIFACTS = Path(__file__).parent.parent.parent / "artifacts"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PROBE_LIMIT_MS = 240_000


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with running_service() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield context.new_page()
    context.close()


def say(page: Page, message: str) -> None:
    box = page.locator("#kop-message textarea")
    box.fill(message)
    box.press("Enter")


def keep(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)


def test_a_person_asks_answers_measures_and_sees_what_changed(
    page: Page, service: str
) -> None:
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url))
    page.goto(f"{service}/?language=en")
    chat = page.locator("#kop-chatbot")

    say(page, "I have 5k rows of tabular data and only a CPU")
    chat.get_by_text("I understood").wait_for(timeout=30_000)
    option = chat.get_by_role("button", name="a quick prototype")
    if option.count():
        option.first.click()
    page.locator("#kop-measure").click()
    page.locator("#kop-progress [role=progressbar]").wait_for(timeout=20_000)
    page.locator("#kop-result svg").wait_for(timeout=PROBE_LIMIT_MS)
    page.locator("#kop-after h3").wait_for(timeout=20_000)

    table = page.locator("#kop-result table").inner_text()
    assert "Keras" in table
    assert "PyTorch" in table
    before = page.locator("#kop-before").inner_text()
    after = page.locator("#kop-after").inner_text()
    assert "not measured yet" in before
    assert "Measured" in after
    assert "Measured" not in before
    strangers = [url for url in outside if not url.startswith((service, "data:"))]
    assert strangers == []
    keep(page, "whole-path")
    page.set_viewport_size({"width": 390, "height": 844})
    keep(page, "whole-path-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_chinese_is_spoken_and_a_reload_loses_nothing(page: Page, service: str) -> None:
    page.goto(f"{service}/chat/?language=zh")
    say(page, "我是前端开发,没学过机器学习,想用几百张图片快速做个原型")
    page.get_by_text("我的理解").first.wait_for(timeout=30_000)
    page.get_by_text("逐条理由").wait_for(timeout=10_000)
    page.wait_for_timeout(1_000)

    page.reload()

    page.get_by_text("逐条理由").wait_for(timeout=30_000)
    keep(page, "chinese")


def test_the_page_fits_a_phone(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{service}/chat/")
    say(page, "PhD student in physics, I need custom training loops")
    page.locator("#kop-chatbot").get_by_text("I understood").wait_for(timeout=30_000)

    width = page.evaluate("document.documentElement.scrollWidth")

    keep(page, "phone")
    context.close()
    assert width <= 390


def test_what_a_person_types_is_never_markup(page: Page, service: str) -> None:
    page.goto(f"{service}/chat/")
    say(
        page, "<img src=x onerror=\"document.title='gotcha'\"> [a](javascript:alert(1))"
    )
    page.locator("#kop-chatbot").get_by_text("onerror").first.wait_for(timeout=30_000)

    assert page.title() != "gotcha"
    assert page.locator("#kop-chatbot img[src=x]").count() == 0
    assert page.locator("#kop-chatbot a[href^=javascript]").count() == 0


SLOW_FIRST_ANSWER = """
const real = window.fetch;
let first = true;
window.fetch = async (...asked) => {
  const answer = await real(...asked);
  if (first && String(asked[0]).includes("/run/predict")) {
    first = false;
    await new Promise((done) => setTimeout(done, 2000));
  }
  return answer;
};
"""


def test_what_is_said_before_the_page_is_ready_is_not_lost(
    page: Page, service: str
) -> None:
    page.add_init_script(SLOW_FIRST_ANSWER)
    page.goto(f"{service}/chat/?language=en")

    say(page, "I am a beginner and want a quick prototype")

    page.locator("#kop-chatbot").get_by_text("I understood").wait_for(timeout=10_000)
    assert page.evaluate("document.activeElement.matches('#kop-message textarea')")
    page.wait_for_timeout(2_500)
    assert page.locator("#kop-chatbot").get_by_text("I understood").is_visible()
