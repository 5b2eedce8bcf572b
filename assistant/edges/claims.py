"""What we claim, over HTTP: the article's statements as they stand today."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from assistant.edges.ports import Services
from assistant.edges.problems import NotFound, wrong_input
from assistant.wire import SourceLink, source_links
from knowledge.records import Claim, Record, Status, Text
from probes.records import Environment

Subject = Literal["keras", "pytorch", "both", "tensorflow"]


class ClaimView(Record):
    """One statement, in both languages, with the pages that say how it stands.

    ``contradicted``: what else the article says of it that pulls the other way.
    """

    id: str
    subject: Subject
    topic: str
    sections: tuple[str, ...]
    claim: Text
    status_today: Status
    today: Text
    sources: tuple[SourceLink, ...]
    contradicted: tuple[Text, ...]
    check: str
    check_note: str


class ClaimList(Record):
    """``next`` is handed back as ``?cursor=``; null on the last page."""

    items: tuple[ClaimView, ...]
    next: str | None


class Frameworks(Record):
    """Installed versions by package, None where absent, and the machine."""

    installed: dict[str, str | None]
    environment: Environment


class About(Record):
    digest: str
    reviewed_on: date
    counts: dict[str, int]


class Filters(Record):
    """The query of a list of claims; what is not named here is refused."""

    topic: Annotated[str | None, Query(max_length=80)] = None
    status: Status | None = None
    subject: Subject | None = None
    q: Annotated[str | None, Query(max_length=200)] = None
    limit: Annotated[int, Query(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Query(max_length=200), AfterValidator(str.strip)] = (
        None
    )

    def lets(self, claim: Claim) -> bool:
        return (
            self.topic in (None, claim.topic)
            and self.status in (None, claim.status_today)
            and self.subject in (None, claim.subject)
            and (self.q is None or self.q.casefold() in _words(claim))
        )


def claim_routes(services: Services) -> APIRouter:
    """``/claims``, ``/knowledge`` and ``/frameworks``."""
    api = APIRouter(prefix="/api/v1", tags=["knowledge"])
    knowledge = services.advisor.knowledge
    pages = source_links(knowledge)
    views = {
        claim.id: ClaimView(
            **claim.model_dump(exclude={"sources", "claim", "today"}),
            claim=claim.claim,
            today=claim.today,
            sources=tuple(pages[one] for one in claim.sources),
            contradicted=tuple(
                one.says for one in knowledge.contradictions if claim.id in one.claims
            ),
        )
        for claim in knowledge.claims
    }

    @api.get("/claims", operation_id="listClaims")
    def claims(filters: Annotated[Filters, Query()]) -> ClaimList:
        """The article's statements as they stand today, in the article's order."""
        found = [claim.id for claim in knowledge.claims if filters.lets(claim)]
        start = _after(filters.cursor, found, list(views))
        page = found[start : start + filters.limit]
        last = start + filters.limit >= len(found)
        cursor = None if last else _cursor(page[-1])
        return ClaimList(items=tuple(views[id] for id in page), next=cursor)

    @api.get("/claims/{id}", operation_id="getClaim")
    def claim(id: str) -> ClaimView:
        """One statement, how it stands today, and the pages that say so."""
        if id not in views:
            raise NotFound("claims: no claim has this id; list them at /api/v1/claims")
        return views[id]

    @api.get("/knowledge", operation_id="getKnowledge")
    def about() -> About:
        """What the answers rest on: its digest, its size, its last review."""
        counted = (
            "claims",
            "contradictions",
            "facts",
            "rules",
            "vetoes",
            "topics",
            "sources",
            "phrases",
        )
        return About(
            digest=knowledge.digest,
            reviewed_on=knowledge.reviewed_on,
            counts={name: len(getattr(knowledge, name)) for name in counted},
        )

    @api.get("/frameworks", operation_id="getFrameworks")
    def frameworks() -> Frameworks:
        """What this machine has installed; nothing is imported to find out."""
        return Frameworks(
            installed=services.installed(), environment=services.environment()
        )

    return api


def _words(claim: Claim) -> str:
    texts = (claim.id, claim.claim.en, claim.claim.zh, claim.today.en, claim.today.zh)
    return " ".join(texts).casefold()


def _cursor(last: str) -> str:
    return base64.urlsafe_b64encode(last.encode()).decode().rstrip("=")


def _after(cursor: str | None, found: Sequence[str], every: Sequence[str]) -> int:
    """Where the next page begins in ``found``."""
    if cursor is None:
        return 0
    try:
        last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        last = ""
    if last not in every:
        raise wrong_input("cursor", "take it from `next` of the page before")
    gone = set(every[: every.index(last) + 1])
    return sum(id in gone for id in found)
