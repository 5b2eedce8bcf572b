"""The whole path in a real browser: type, answer, measure, changed verdict."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.driving import keep, say

pytestmark = [pytest.mark.browser, pytest.mark.framework]

PROBE_LIMIT_MS = 240_000


def test_a_person_asks_answers_measures_and_sees_what_changed(
    page: Page, service: str
) -> None:
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url))
    page.goto(f"{service}/?language=en")
    chat = page.locator("#kop-chatbot")

    say(page, "I have 5k rows of tabular data and only a CPU")
    chat.get_by_text("I understood").wait_for()
    option = chat.get_by_role("button", name="a quick prototype")
    if option.count():
        option.first.click()
    page.locator("#kop-measure").click()
    page.locator("#kop-progress [role=progressbar]").wait_for()
    page.locator("#kop-result svg").wait_for(timeout=PROBE_LIMIT_MS)
    page.locator("#kop-after h3").wait_for()

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
    page.get_by_text("我的理解").first.wait_for()
    page.get_by_text("逐条理由").wait_for()
    page.wait_for_timeout(1_000)

    page.reload()

    page.get_by_text("逐条理由").wait_for()
    keep(page, "chinese")


def test_the_page_fits_a_phone(page: Page, service: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{service}/chat/")
    say(page, "PhD student in physics, I need custom training loops")
    page.locator("#kop-chatbot").get_by_text("I understood").wait_for()

    width = page.evaluate("document.documentElement.scrollWidth")

    keep(page, "phone")
    assert width <= 390


def test_what_a_person_types_is_never_markup(page: Page, service: str) -> None:
    page.goto(f"{service}/chat/")
    say(
        page, "<img src=x onerror=\"document.title='gotcha'\"> [a](javascript:alert(1))"
    )
    page.locator("#kop-chatbot").get_by_text("onerror").first.wait_for()

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

    page.locator("#kop-chatbot").get_by_text("I understood").wait_for()
    assert page.evaluate("document.activeElement.matches('#kop-message textarea')")
    page.wait_for_timeout(2_500)
    assert page.locator("#kop-chatbot").get_by_text("I understood").is_visible()
