"""Every refusal as RFC 9457 ``application/problem+json``, made in one place.

What was sent is never repeated in a refusal: it may be private, or huge.
"""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi_problem.error import Problem, StatusProblem
from fastapi_problem.handler import (
    ExceptionHandler,
    add_exception_handler,
    new_exception_handler,
)
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.edges.faults import Schema, faults, request_schema

log = logging.getLogger(__name__)

MOST_FAULTS = 50
"""Faults listed in one refusal."""

MEDIA_TYPE = "application/problem+json"


class NotFound(StatusProblem):
    status = 404
    title = "Not found"
    type_ = "not-found"


class WrongInput(StatusProblem):
    status = 422
    title = "The request is not as described"
    type_ = "wrong-input"


class KeyTaken(StatusProblem):
    status = 422
    title = "The idempotency key belongs to another request"
    type_ = "idempotency-key-taken"


class CannotBeChecked(StatusProblem):
    status = 409
    title = "No program can check this statement"
    type_ = "no-live-check"


class TooBusy(StatusProblem):
    status = 503
    title = "Too many probes are waiting"
    type_ = "too-many-probes"
    headers_ = {"Retry-After": "60"}  # noqa: RUF012 - the library's own shape


def add_problems(app: FastAPI) -> None:
    """Turn every error of ``app`` into a problem and describe them in its OpenAPI."""
    handler = new_exception_handler(
        handlers={Problem: lambda _, request, error: error},  # noqa: ARG005
        http_exception_handler=_plain,
        request_validation_handler=_wrong_input,
    )
    # The first match wins, so the general one goes last.
    handler.handlers[Exception] = _unexpected
    add_exception_handler(app, handler)


def wrong_input(place: str, fault: str) -> WrongInput:
    """A refusal that names one place."""
    errors = [{"path": place, "message": fault, "type": "value_error"}]
    return WrongInput(f"{place}: {fault}", errors=errors)


def _wrong_input(
    _: ExceptionHandler, request: Request, error: RequestValidationError
) -> Problem:
    errors = faults(error.errors(), _asked(request), MOST_FAULTS)
    detail = "; ".join(f"{one['path']}: {one['message']}" for one in errors[:5])
    if len(errors) > 5:
        many = "many" if len(errors) == MOST_FAULTS else len(errors) - 5
        detail += f"; and {many} more"
    return WrongInput(detail, errors=errors)


def _asked(request: Request) -> Schema:
    """What the route takes, as a schema of body and query."""
    takes = request.scope["route"].dependant
    parts = {"body": takes.body_params, "query": takes.query_params}
    return request_schema(
        {
            part: [(one.alias, one.field_info.annotation) for one in fields]
            for part, fields in parts.items()
        }
    )


def _plain(_: ExceptionHandler, request: Request, error: HTTPException) -> Problem:
    method, path = request.method, request.url.path
    says = {
        404: f"{path}: there is nothing here; see /docs",
        405: f"{path} does not take {method}",
    }
    slug = error.detail.lower().replace(" ", "-").replace("'", "")
    return Problem(
        title=error.detail,
        type_=slug,
        detail=says.get(error.status_code, error.detail),
        status=error.status_code,
        headers=dict(error.headers) if error.headers else None,
    )


def _unexpected(_: ExceptionHandler, request: Request, error: Exception) -> Problem:
    log.error("request failed path=%s error=%s", request.url.path, type(error).__name__)
    return Problem(
        title="Our mistake",
        type_="internal-error",
        detail="The service made a mistake; it has been noted. Try again.",
        status=500,
    )


class BodyLimit:
    """Refuses larger bodies with 413 before anything reads them.

    The body is held back until it is whole, so a sender that gives no length is
    stopped at the limit too.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        declared = MutableHeaders(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > self._most:
            await self._refuse(scope, receive, send)
            return
        held: list[Message] = []
        size, more = 0, True
        while more:
            message = await receive()
            held.append(message)
            size += len(message.get("body", b""))
            more = message["type"] == "http.request" and message.get("more_body", False)
            if size > self._most:
                await self._refuse(scope, receive, send)
                return

        async def replay() -> Message:
            return held.pop(0) if held else await receive()

        await self._app(scope, replay, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = problem(
            413, "Too large", f"The body is larger than {self._most} bytes; send less."
        )
        said.headers["Connection"] = "close"
        await said(scope, receive, send)


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """A problem outside the routes, as a response."""
    content = {
        "type": title.lower().replace(" ", "-"),
        "title": title,
        "status": status,
        "detail": detail,
    }
    return JSONResponse(content, status, media_type=MEDIA_TYPE)
