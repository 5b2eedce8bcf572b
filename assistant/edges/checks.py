"""Live checks over HTTP: ask for one, follow it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from assistant.edges.jobs import RETRY_AFTER_S, accepted
from assistant.edges.ports import Services
from assistant.edges.problems import CannotBeChecked, NotFound, TooBusy
from probes.checks.records import CheckJob


def check_routes(services: Services) -> APIRouter:
    """``/claims/{id}/check`` and ``/checks/{id}``."""
    api = APIRouter(prefix="/api/v1", tags=["knowledge"])
    claims = {claim.id for claim in services.advisor.knowledge.claims}
    checks = services.checks

    # The queue belongs to the event loop, so these are coroutines.
    @api.post(
        "/claims/{id}/check",
        operation_id="checkClaim",
        status_code=202,
        response_model=CheckJob,
    )
    async def start(id: str) -> JSONResponse:
        """Check one statement on the machine that runs this service."""
        if id not in claims:
            raise NotFound("claims: no claim has this id; list them at /api/v1/claims")
        try:
            job = checks.submit(id)
        except services.no_check as fault:
            raise CannotBeChecked(str(fault)) from None
        except services.checks_full as fault:
            raise TooBusy(str(fault)) from None
        return accepted("/api/v1/checks", job)

    @api.get("/checks/{id}", operation_id="getCheck")
    async def get(id: str, response: Response) -> CheckJob:
        """How far the check is, and its results as they become known."""
        job = checks.get(id)
        if job is None:
            raise NotFound("checks: there is no such check, or it was forgotten")
        if job.state in ("queued", "running"):
            response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return job

    @api.delete("/checks/{id}", operation_id="cancelCheck")
    async def cancel(id: str) -> CheckJob:
        """End the check; what it has seen stays."""
        job = checks.cancel(id)
        if job is None:
            raise NotFound("checks: there is no such check, or it was forgotten")
        return job

    return api
