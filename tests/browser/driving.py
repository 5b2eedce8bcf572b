"""How tests drive the chat page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

ARTIFACTS = Path(__file__).parent.parent.parent / "artifacts"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 60_000
"""How long anything is waited for: other tests keep the machine busy meanwhile."""


def say(page: Page, message: str) -> None:
    box = page.locator("#kop-message textarea")
    box.fill(message)
    box.press("Enter")


def keep(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
