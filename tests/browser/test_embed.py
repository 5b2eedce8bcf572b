"""The page inside a learning platform's iframe, from another origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.test_path import CHROMIUM, FLAGS, keep
from tests.edges_support import running_service

pytestmark = pytest.mark.browser

COURSE = """<!doctype html><title>Course</title><h1>A course</h1>
<iframe src="{address}/embed/?language=en" style="width:100%;height:900px"></iframe>
<script>
  window.heights = [];
  addEventListener('message', (told) => {{
    if (told.data && told.data.type === 'kop:height') heights.push(told.data.height);
  }});
</script>"""


@contextmanager
def platform(page: list[str]) -> Iterator[str]:
    """A page on another origin, whose text is ``page[0]`` when it is asked for."""

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[0].encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Course)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_an_allowed_parent_embeds_without_third_party_cookies() -> None:
    page = [""]
    with (
        platform(page) as parent,
        running_service(KOP_EMBED_PARENTS=parent) as service,
        sync_playwright() as playwright,
    ):
        page[0] = COURSE.format(address=service)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*FLAGS, "--test-third-party-cookie-phaseout"],
        )
        course = browser.new_page(viewport={"width": 1100, "height": 1100})
        course.goto(parent)
        frame = course.frame_locator("iframe")

        box = frame.locator("#kop-message textarea")
        box.wait_for(timeout=90_000)
        box.fill("I'm a beginner and want a quick prototype")
        box.press("Enter")
        frame.locator("#kop-chatbot").get_by_text("I understood").wait_for(
            timeout=30_000
        )
        course.wait_for_function("window.heights.length > 0", timeout=20_000)

        heights = course.evaluate("window.heights")
        keep(course, "embedded")
        browser.close()
        assert all(200 < height < 5_000 for height in heights)


def test_a_parent_that_is_not_listed_is_refused() -> None:
    page = [""]
    with (
        platform(page) as parent,
        running_service(KOP_EMBED_PARENTS="https://learn.example.org") as service,
        sync_playwright() as playwright,
    ):
        page[0] = COURSE.format(address=service)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        course = browser.new_page()
        complaints: list[str] = []
        course.on("console", lambda said: complaints.append(said.text))
        course.goto(parent)
        course.wait_for_timeout(3_000)

        shown = course.frame_locator("iframe").locator("#kop-message").count()
        browser.close()
        assert shown == 0
        assert any("frame-ancestors" in said for said in complaints)
