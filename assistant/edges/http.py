"""The JSON door, version 1: parse, call one function, answer."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.advisor import UnknownWeightError
from assistant.edges.article import article_routes
from assistant.edges.checks import check_routes
from assistant.edges.claims import claim_routes
from assistant.edges.faults import LONGEST_WORD, unknown
from assistant.edges.jobs import RETRY_AFTER_S, accepted
from assistant.edges.ports import Services
from assistant.edges.problems import KeyTaken, NotFound, TooBusy, wrong_input
from assistant.edges.starters import starter_routes
from assistant.edges.switch import switch_routes
from assistant.wire import (
    ChatAnswer,
    ChatRequest,
    Recommendation,
    RecommendationRequest,
)
from probes.records import Job, ProbeReport, ProbeSpec

Key = Annotated[
    str | None, Header(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
]


def router(services: Services) -> APIRouter:
    """All routes below ``/api/v1``, and the two of health."""
    api = APIRouter()
    api.include_router(_advice(services))
    api.include_router(_probes(services))
    api.include_router(claim_routes(services))
    api.include_router(check_routes(services))
    api.include_router(article_routes(services))
    api.include_router(starter_routes(services))
    api.include_router(switch_routes(services))
    api.include_router(_health(services))
    return api


@contextmanager
def weights_named(prefix: str = "") -> Iterator[None]:
    """A weight that names no criterion is the caller's fault: 422 with its place."""
    try:
        yield
    except UnknownWeightError as fault:
        place = f"{prefix}weights.{fault.name[:LONGEST_WORD]}"
        said = unknown("criterion", fault.name, fault.known, "criteria")
        raise wrong_input(place, said) from None


def _advice(services: Services) -> APIRouter:
    api = APIRouter(prefix="/api/v1", tags=["advice"])
    advisor = services.advisor

    # Plain functions: the server runs them beside its loop, so that a long message
    # holds up nobody else.
    @api.post("/chat", operation_id="chat")
    def chat(request: ChatRequest) -> ChatAnswer:
        """Answer one message; the conversation travels with the client."""
        with weights_named("conversation."):
            return advisor.take_turn(request)

    @api.post(
        "/recommendations",
        operation_id="recommend",
        response_model=Recommendation,
        responses={304: {"description": "The answer that you already have stands."}},
    )
    def recommend(
        request: RecommendationRequest,
        if_none_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Advise a profile. The same request gets the same bytes and ETag."""
        with weights_named():
            given = advisor.recommend(request)
        asked = f"{given.digest}\n{request.model_dump_json()}"
        etag = f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if _has(etag, if_none_match):
            return Response(status_code=304, headers=headers)
        body = given.model_dump_json()
        return Response(body, media_type="application/json", headers=headers)

    @api.post("/reports", operation_id="readReport")
    def report(given: ProbeReport) -> ProbeReport:
        """A report measured elsewhere, its ratios recomputed from the raw times."""
        return services.judge(given)

    return api


def _has(etag: str, if_none_match: str | None) -> bool:
    """Whether the client holds this answer, by the weak comparison of RFC 9110."""
    if if_none_match is None:
        return False
    held = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return "*" in held or etag in held


def _probes(services: Services) -> APIRouter:
    api = APIRouter(prefix="/api/v1/probes", tags=["probes"])
    jobs = services.jobs

    # The queue belongs to the event loop, so these are coroutines.
    async def known(id: str) -> Job:
        job = jobs.get(id)
        if job is None:
            raise NotFound("probes: there is no such probe, or it was forgotten")
        return job

    found = Depends(known)

    @api.post("", operation_id="startProbe", status_code=202, response_model=Job)
    async def start(
        spec: ProbeSpec, idempotency_key: Key = None, fresh: bool = False
    ) -> JSONResponse:
        """Measure on the machine that runs this service; follow it at ``Location``.

        A question that it has answered in the last 30 days, quiet and complete and
        with the same versions, is done at once; ``fresh`` measures anew.
        """
        try:
            job = jobs.submit(spec, idempotency_key, fresh=fresh)
        except services.conflict as fault:
            raise KeyTaken(str(fault)) from None
        except services.full as fault:
            raise TooBusy(str(fault)) from None
        return accepted("/api/v1/probes", job)

    @api.get("/{id}", operation_id="getProbe")
    async def get(response: Response, job: Job = found) -> Job:
        """How far the probe is, the verdict so far, and the report when done."""
        if job.state in ("queued", "running"):
            response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return job

    @api.delete("/{id}", operation_id="cancelProbe")
    async def cancel(job: Job = found) -> Job:
        """Stop the probe; what it has measured so far stays."""
        return jobs.cancel(job.id) or job

    @api.get(
        "/{id}/events",
        operation_id="followProbe",
        response_class=EventSourceResponse,
    )
    async def events(job: Job = found) -> AsyncIterator[ServerSentEvent]:
        """The job as server-sent events, named by its state, until it has ended."""
        number = 0
        async for now in jobs.events(job.id):
            yield ServerSentEvent(
                data=now.model_dump(mode="json"), event=now.state, id=str(number)
            )
            number += 1

    return api


def _health(services: Services) -> APIRouter:
    api = APIRouter(tags=["health"])

    @api.get("/healthz", operation_id="health")
    async def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @api.get("/readyz", operation_id="ready")
    async def readyz(request: Request, response: Response) -> dict[str, str]:
        """The knowledge is loaded and the chat page is up."""
        ready = bool(getattr(request.app.state, "chat_ready", False))
        response.status_code = 200 if ready else 503
        return {
            "status": "ready" if ready else "starting",
            "knowledge": services.advisor.knowledge.digest[:12],
        }

    return api
