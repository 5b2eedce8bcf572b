"""The article's page in a real browser: checked while one watches, narrowed, saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import keep

pytestmark = [pytest.mark.browser, pytest.mark.framework]

CLAIM = "keras-needs-some-backend"
CHECK_LIMIT_MS = 120_000


def test_a_statement_is_checked_live_and_the_rows_are_saved(
    page: Page, service: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{service}/article?language=en&topic=backends")
    row = page.locator(f"tr#{CLAIM}")
    # Nothing else of this folder runs checks, so the service has no report of one.
    expect(row).to_contain_text("was not run")
    expect(page.locator("main")).not_to_contain_text("salary-pytorch-100800")

    button = row.get_by_role("button", name="Check this")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_be_visible()
    expect(page.locator("#stop")).to_be_focused()
    expect(page.locator("#says")).to_contain_text("Done", timeout=CHECK_LIMIT_MS)
    expect(row).to_contain_text("confirmed")
    expect(button).to_be_focused()
    assert _width(page) <= 390
    keep(page, "article")

    with page.expect_download() as saved:
        page.get_by_role("link", name="JSON").click()
    rows = json.loads(Path(saved.value.path()).read_text("utf-8"))["rows"]
    seen = next(one for one in rows if one["claim"] == CLAIM)
    assert seen["verdicts"][0]["outcome"] == "confirmed"

    page.locator("select[name=status]").select_option("outdated")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr[id]").first).to_contain_text("outdated")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_contain_text("核对")
    assert _width(page) <= 390
    assert faults == []


def _width(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide
