"""Sliders for the criteria: moving one moves the points beside the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import keep, say

pytestmark = pytest.mark.browser


def test_a_slider_moves_the_points_and_stays_where_it_is(
    page: Page, service: str
) -> None:
    page.goto(f"{service}/chat/?language=en")
    scale = page.locator("#kop-verdict .kop-scale")
    say(page, "I am a beginner and want a quick prototype")
    expect(scale).to_have_attribute("aria-label", "Keras 4, PyTorch 0")
    slider = page.locator("#kop-weight-learning-curve input[type=range]")
    expect(slider).not_to_be_visible()

    page.locator("#kop-weights > button").click()
    # A hand takes longer; Gradio sets a slider once more after it is first shown.
    page.wait_for_timeout(1_000)
    slider.fill("0.5")

    expect(scale).to_have_attribute("aria-label", "Keras 3, PyTorch 0")
    keep(page, "weights")

    page.get_by_label("中文").click()
    label = page.locator("#kop-weight-learning-curve")
    expect(label).to_contain_text("上手快慢")
    expect(slider).to_have_value("0.5")

    page.reload()
    expect(scale).to_have_attribute("aria-label", "Keras 3, PyTorch 0")
    page.locator("#kop-weights > button").click()
    expect(slider).to_have_value("0.5")

    page.locator("#kop-even").click()
    expect(scale).to_have_attribute("aria-label", "Keras 4, PyTorch 0")
    expect(slider).to_have_value("1")
