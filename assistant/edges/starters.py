"""First programs, over HTTP: a folder to unpack, or a notebook."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.edges.ports import Services
from assistant.edges.problems import NotFound
from assistant.fitting import Fit
from assistant.starters import STARTERS

ZIP, NOTEBOOK = "application/zip", "application/x-ipynb+json"

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The program, as a download.",
        "content": {
            ZIP: {"schema": {"type": "string", "format": "binary"}},
            NOTEBOOK: {"schema": {"type": "object"}},
        },
    }
}


class Wanted(Fit):
    """The query: what is known of the person, and how the program is wanted."""

    format: Literal["zip", "notebook"] = "zip"


def starter_routes(services: Services) -> APIRouter:
    """``/starters/{id}``."""
    api = APIRouter(prefix="/api/v1", tags=["advice"])
    starters = services.starters

    @api.get(
        "/starters/{id}",
        operation_id="getStarter",
        response_class=Response,
        responses=_ANSWERS,
    )
    def starter(id: str, wanted: Annotated[Wanted, Query()]) -> Response:
        """A first program that runs as it is, its constants fitted to the person."""
        if id not in STARTERS:
            known = ", ".join(STARTERS)
            raise NotFound(f"starters: there is no such program; there are {known}")
        if wanted.format == "notebook":
            return _download(starters.notebook(id, wanted), NOTEBOOK, f"{id}.ipynb")
        return _download(starters.archive(id, wanted), ZIP, f"{id}.zip")

    return api


def _download(content: str | bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
