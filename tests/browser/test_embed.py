"""The page inside a learning platform's iframe, from another origin."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import Embedding
from tests.browser.driving import CHROMIUM, FLAGS, PATIENCE_MS, keep

pytestmark = pytest.mark.browser


def test_an_allowed_parent_embeds_without_third_party_cookies(
    embedding: Embedding, playwright: Playwright
) -> None:
    with playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=[*FLAGS, "--test-third-party-cookie-phaseout"],
    ) as browser:
        course = browser.new_page(viewport={"width": 1100, "height": 1100})
        course.set_default_timeout(PATIENCE_MS)
        course.goto(embedding.listed)
        frame = course.frame_locator("iframe")

        box = frame.locator("#kop-message textarea")
        box.wait_for()
        box.fill("I'm a beginner and want a quick prototype")
        box.press("Enter")
        frame.locator("#kop-chatbot").get_by_text("I understood").wait_for()
        course.wait_for_function("window.heights.length > 0")

        heights = course.evaluate("window.heights")
        keep(course, "embedded")
    assert all(200 < height < 5_000 for height in heights)


def test_a_parent_that_is_not_listed_is_refused(
    embedding: Embedding, page: Page
) -> None:
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(embedding.unlisted)

    assert page.frame_locator("iframe").locator("#kop-message").count() == 0
