"""The JSON door, version 1: parse, call one function, answer."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi_problem.error import (
    ConflictProblem,
    NotFoundProblem,
    StatusProblem,
    UnprocessableProblem,
)

from assistant.edges.ports import Services
from assistant.wire import (
    ChatAnswer,
    ChatRequest,
    Recommendation,
    RecommendationRequest,
)
from knowledge.records import Claim, Record, Source, Status
from probes.records import Environment, Job, ProbeReport, ProbeSpec

RETRY_AFTER_S = 2


class BusyProblem(StatusProblem):
    status = 503
    title = "Too many probes are waiting; try again in a few minutes"
    type_ = "too-many-probes"


class ClaimList(Record):
    items: tuple[Claim, ...]
    next: str | None


class ClaimWithSources(Record):
    claim: Claim
    sources: tuple[Source, ...]


class Frameworks(Record):
    """Installed versions by package, None where absent, and the machine."""

    installed: dict[str, str | None]
    environment: Environment


class About(Record):
    digest: str
    reviewed_on: date
    counts: dict[str, int]


def router(services: Services) -> APIRouter:
    """All routes below ``/api/v1``, and the two of health."""
    api = APIRouter()
    _advice(api, services)
    _probes(api, services)
    _knowledge(api, services)
    _health(api, services)
    return api


def _advice(api: APIRouter, services: Services) -> None:
    advisor = services.advisor

    @api.post("/api/v1/chat", operation_id="chat")
    async def chat(request: ChatRequest) -> ChatAnswer:
        """Answer one message; the conversation travels with the client."""
        return advisor.take_turn(request)

    @api.post(
        "/api/v1/recommendations",
        operation_id="recommend",
        response_model=Recommendation,
    )
    async def recommend(
        request: RecommendationRequest,
        if_none_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Advise a profile. The same request gets the same bytes and ETag."""
        try:
            given = advisor.recommend(request)
        except ValueError as fault:
            raise UnprocessableProblem(str(fault)) from None
        asked = given.digest + request.model_dump_json()
        etag = f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
        if if_none_match == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(
            given.model_dump_json(),
            media_type="application/json",
            headers={"ETag": etag},
        )


def _probes(api: APIRouter, services: Services) -> None:
    jobs = services.jobs

    def known(id: str) -> Job:
        job = jobs.get(id)
        if job is None:
            raise NotFoundProblem(f"probes/{id}: no such probe, or it was forgotten")
        return job

    @api.post(
        "/api/v1/probes", operation_id="startProbe", status_code=202, response_model=Job
    )
    async def start(
        spec: ProbeSpec, idempotency_key: Annotated[str | None, Header()] = None
    ) -> JSONResponse:
        """Measure on the machine that runs this service; follow it at ``Location``."""
        try:
            job = jobs.submit(spec, idempotency_key)
        except services.conflict as fault:
            raise ConflictProblem(str(fault)) from None
        except services.full as fault:
            raise BusyProblem(str(fault)) from None
        return JSONResponse(
            job.model_dump(mode="json"),
            status_code=202,
            headers={
                "Location": f"/api/v1/probes/{job.id}",
                "Retry-After": str(RETRY_AFTER_S),
            },
        )

    @api.get("/api/v1/probes/{id}", operation_id="getProbe")
    async def get(id: str) -> Job:
        """How far the probe is, the verdict so far, and the report when done."""
        return known(id)

    @api.delete("/api/v1/probes/{id}", operation_id="cancelProbe")
    async def cancel(id: str) -> Job:
        """Stop the probe; what it has measured so far stays."""
        known(id)
        return jobs.cancel(id) or known(id)

    @api.get(
        "/api/v1/probes/{id}/events",
        operation_id="followProbe",
        response_class=EventSourceResponse,
    )
    async def events(id: str) -> AsyncIterator[ServerSentEvent]:
        """The same as server-sent events, until the probe has ended."""
        number = 0
        async for job in jobs.events(known(id).id):
            yield ServerSentEvent(
                data=job.model_dump(mode="json"), event=job.state, id=str(number)
            )
            number += 1

    @api.post("/api/v1/reports", operation_id="readReport")
    async def report(given: ProbeReport) -> ProbeReport:
        """A report measured elsewhere, its ratios recomputed from the raw times."""
        return services.judge(given)


def _knowledge(api: APIRouter, services: Services) -> None:
    knowledge = services.advisor.knowledge
    by_id = {claim.id: claim for claim in knowledge.claims}
    sources = {source.id: source for source in knowledge.sources}

    @api.get("/api/v1/claims", operation_id="listClaims")
    async def claims(
        topic: str | None = None,
        status: Status | None = None,
        subject: str | None = None,
        q: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        cursor: Annotated[int, Query(ge=0)] = 0,
    ) -> ClaimList:
        """The article's statements as they stand today, in the article's order."""
        found = [
            claim
            for claim in knowledge.claims
            if (topic is None or claim.topic == topic)
            and (status is None or claim.status_today == status)
            and (subject is None or claim.subject == subject)
            and (q is None or _mentions(claim, q))
        ]
        more = cursor + limit
        return ClaimList(
            items=tuple(found[cursor:more]),
            next=str(more) if more < len(found) else None,
        )

    @api.get("/api/v1/claims/{id}", operation_id="getClaim")
    async def claim(id: str) -> ClaimWithSources:
        """One statement with the pages that say how it stands today."""
        if id not in by_id:
            raise NotFoundProblem(f"claims/{id}: no such claim")
        found = by_id[id]
        return ClaimWithSources(
            claim=found, sources=tuple(sources[one] for one in found.sources)
        )

    @api.get("/api/v1/knowledge", operation_id="getKnowledge")
    async def about() -> About:
        """What the answers rest on: its digest, its size, its last review."""
        counted = ("claims", "rules", "vetoes", "topics", "sources", "phrases")
        return About(
            digest=knowledge.digest,
            reviewed_on=knowledge.reviewed_on,
            counts={name: len(getattr(knowledge, name)) for name in counted},
        )

    @api.get("/api/v1/frameworks", operation_id="getFrameworks")
    async def frameworks() -> Frameworks:
        """What this machine has installed; nothing is imported to find out."""
        return Frameworks(
            installed=services.installed(), environment=services.environment()
        )


def _mentions(claim: Claim, q: str) -> bool:
    text = " ".join((claim.claim.en, claim.claim.zh, claim.today.en, claim.today.zh))
    return q.casefold() in text.casefold()


def _health(api: APIRouter, services: Services) -> None:
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
