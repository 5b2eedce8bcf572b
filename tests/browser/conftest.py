"""One service, one browser and one course page for all tests of pages.

They end with the last of these: other tests of the same process count its children, and
have event loops of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.driving import CHROMIUM, FLAGS, PATIENCE_MS
from tests.edges_support import running_service

COURSE = """<!doctype html><title>Course</title><h1>A course</h1>
<iframe src="{address}/embed/?language=en" style="width:100%;height:900px"></iframe>
<script>
  window.heights = [];
  addEventListener('message', (told) => {{
    if (told.data && told.data.type === 'kop:height') heights.push(told.data.height);
  }});
</script>"""


class Embedding(NamedTuple):
    """A service, and a course that embeds it, at two origins.

    Attributes:
        service: its address; it lets ``listed`` embed it and nobody else.
        listed: an origin of the course, ``unlisted`` another of the same course.
    """

    service: str
    listed: str
    unlisted: str


@pytest.fixture(scope="package")
def embedding(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[Embedding]:
    page = [""]

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[0].encode())

        def log_message(self, *_: object) -> None:
            return

    reports = tmp_path_factory.mktemp("browser")
    (reports / "models").symlink_to(models)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Course)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    listed, unlisted = (f"http://{name}:{port}" for name in ("localhost", "127.0.0.1"))
    settings = {"KOP_REPORTS": str(reports), "KOP_EMBED_PARENTS": listed}
    try:
        with running_service(**settings) as service:
            page[0] = COURSE.format(address=service)
            yield Embedding(service, listed, unlisted)
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="package")
def service(embedding: Embedding) -> str:
    return embedding.service


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()
