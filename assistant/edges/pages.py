"""The chat pages as one ASGI part: loaded late, safely framed, nothing else open."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.edges.problems import problem

PAGES = ("/chat", "/embed")

_OPEN = re.compile(
    r"/?|/(?:config|theme\.css|robots\.txt|manifest\.json|favicon\.ico|pwa_icon.*)/?|"
    r"/(?:assets|static|svelte)/.*|"
    r"/gradio_api/(?:(?:app_id|startup-events|theme\.css)/?|run/[^/]+/?|heartbeat/[^/]+)"
)
"""What the chat page asks of its library. Uploads, files, proxies, the queue and
whatever a later version may add are not served."""

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors {parents}"
)

_WAITING = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>Keras or PyTorch?</title>
<body style="font-family:system-ui;display:grid;place-items:center;min-height:80vh">
<p role="status">One moment, the page is being prepared. · 页面正在准备，请稍候。</p>
</body></html>"""


class Pages:
    """Serves the chat once it is built; until then a page that reloads itself.

    The chat library takes seconds to import, so it is imported in a thread after the
    service has begun to answer.
    """

    def __init__(self, build: Callable[[], FastAPI], parents: tuple[str, ...]) -> None:
        self._build = build
        self._parents = parents
        self._chat: FastAPI | None = None

    @asynccontextmanager
    async def running(self, ready: Callable[[], None]) -> AsyncIterator[None]:
        """Build the chat in the background for as long as the service runs."""
        task = asyncio.create_task(self._serve(ready))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _serve(self, ready: Callable[[], None]) -> None:
        os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        chat = await asyncio.to_thread(lambda: asyncio.run(self._built()))
        async with chat.router.lifespan_context(chat):
            self._chat = chat
            ready()
            await asyncio.Event().wait()

    async def _built(self) -> FastAPI:
        """Build within a running loop, without which Gradio opens loops of its own."""
        return self._build()

    async def handle(
        self, rest: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a page, or leave the request to the ``rest`` of the service."""
        path: str = scope["path"]
        guarded = self._with_headers(path, send)
        if path == "/":
            query = scope.get("query_string", b"").decode("latin-1")
            target = "/chat/" + (f"?{query}" if query else "")
            await RedirectResponse(target)(scope, receive, guarded)
        elif not any(path == page or path.startswith(f"{page}/") for page in PAGES):
            await rest(scope, receive, guarded)
        elif not _is_open(path):
            gone = problem(404, "Not found", "The page has no such part.")
            await gone(scope, receive, guarded)
        elif self._chat is None:
            await HTMLResponse(_WAITING, 503, {"Retry-After": "2"})(
                scope, receive, guarded
            )
        else:
            await self._chat(_without_forwarding(scope), receive, guarded)

    def _with_headers(self, path: str, send: Send) -> Send:
        embeds = path == "/embed" or path.startswith("/embed/")
        parents = ("'self'", *(self._parents if embeds else ()))
        policy = _POLICY.format(parents=" ".join(parents))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Content-Security-Policy", policy)
                if headers.get("content-type", "").startswith("text/event-stream"):
                    headers["X-Accel-Buffering"] = "no"
            await send(message)

        return guarded


class PagesMiddleware:
    """Puts the pages around an application, as Starlette wants it."""

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._pages.handle(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_open(path: str) -> bool:
    page = next(page for page in PAGES if path.startswith(page))
    return _OPEN.fullmatch(path.removeprefix(page)) is not None


def _without_forwarding(scope: Scope) -> Scope:
    """The chat library believes X-Forwarded-Host from anybody; it gets none.

    A trusted proxy is the business of the server (``--forwarded-allow-ips``), which
    has rewritten the scope by now.
    """
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if not name.lower().startswith(b"x-forwarded-")
    ]
    return {**scope, "headers": kept}
