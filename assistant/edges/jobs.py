"""What a door answers when work has been queued."""

from __future__ import annotations

from fastapi.responses import JSONResponse

from probes.checks.records import CheckJob
from probes.records import Job

RETRY_AFTER_S = 2
"""Seconds after which a client had better look again."""


def accepted(path: str, job: Job | CheckJob) -> JSONResponse:
    """202 with the job, and where below ``path`` it is followed."""
    headers = {"Location": f"{path}/{job.id}", "Retry-After": str(RETRY_AFTER_S)}
    return JSONResponse(job.model_dump(mode="json"), 202, headers)
