"""The whole article on a page, checked on the machine that runs this service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from assistant.edges.jobs import accepted
from assistant.edges.ports import Services
from assistant.edges.problems import NotFound, TooBusy
from assistant.edges.words import ARTICLE
from assistant.factpage import as_html, as_markdown
from assistant.factsheet import STATUSES, Ledger, Sheet
from assistant.labels import TOPICS
from knowledge.records import Claim, Language, Record, Status
from probes.checks.records import CheckJob, Set

_KINDS = {
    "html": "text/html",
    "markdown": "text/markdown; charset=utf-8",
    "json": "application/json",
}
_ENDINGS = {"html": "html", "markdown": "md", "json": "json"}

_ASSETS = Path(__file__).parent / "assets"
_SCRIPT = (_ASSETS / "article.js").read_text("utf-8")
_ABOVE = Template((_ASSETS / "article.html").read_text("utf-8"))

_TOLD = ("queued", "running", "done", "failed", "cancelled", "lost", "check")
"""Words that the script needs: states of a job, that it is gone, and a button."""


class Asked(Record):
    """Which set of checks to run."""

    set: Set = "quick"


class View(Record):
    """The query of the page. Empty filters let everything through."""

    language: Language = Language.EN
    topic: Annotated[str, Query(max_length=80)] = ""
    status: Status | Literal[""] = ""
    format: Literal["html", "markdown", "json"] | None = None

    def lets(self, claim: Claim) -> bool:
        return self.topic in ("", claim.topic) and self.status in (
            "",
            claim.status_today,
        )


def article_routes(services: Services) -> APIRouter:
    """``/article`` and ``/api/v1/factchecks``."""
    api = APIRouter(tags=["knowledge"])
    checks = services.checks
    ledger = Ledger(services.advisor.knowledge)
    topics = tuple(dict.fromkeys(claim.topic for claim in ledger.claims))

    # The queue belongs to the event loop, so these are coroutines.
    @api.post(
        "/api/v1/factchecks",
        operation_id="checkArticle",
        status_code=202,
        response_model=CheckJob,
    )
    async def start(asked: Asked) -> JSONResponse:
        """Check the whole article on the machine that runs this service."""
        try:
            job = checks.submit_set(asked.set)
        except services.checks_full as fault:
            raise TooBusy(str(fault)) from None
        return accepted("/api/v1/checks", job)

    @api.get("/api/v1/factchecks/sheet", operation_id="getArticle")
    async def rows() -> Sheet:
        """Every statement as it stands today, and what this machine has shown."""
        return ledger.sheet(checks.seen())

    @api.get("/article", include_in_schema=False)
    async def page(view: Annotated[View, Query()]) -> Response:
        if view.topic not in ("", *topics):
            raise NotFound(f"topic: there are {', '.join(topics)}")
        claims = [claim for claim in ledger.claims if view.lets(claim)]
        made = ledger.sheet(checks.seen(), claims)
        if view.format is not None:
            return _file(made, view)
        running = checks.under_way()
        return Response(
            as_html(
                made,
                view.language,
                head=_script(view.language),
                above=_above(view, topics, running.id if running else ""),
            ),
            media_type="text/html",
            headers={"Cache-Control": "no-store"},
        )

    return api


def _file(made: Sheet, view: View) -> Response:
    """The rows as a download."""
    kind = view.format or "html"
    content = {
        "html": lambda: as_html(made, view.language),
        "markdown": lambda: as_markdown(made, view.language),
        "json": lambda: made.model_dump_json(indent=2),
    }[kind]()
    name = f"keras-or-pytorch-article.{_ENDINGS[kind]}"
    return Response(
        content,
        media_type=_KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _script(language: Language) -> str:
    told = json.dumps({name: ARTICLE[name].get(language) for name in _TOLD})
    return f'<script data-words="{escape(told)}">{_SCRIPT}</script>'


def _above(view: View, topics: tuple[str, ...], job: str) -> str:
    """What stands above the rows: start, progress, filters, downloads."""
    say = {name: escape(text.get(view.language)) for name, text in ARTICLE.items()}
    other = Language.ZH if view.language is Language.EN else Language.EN
    every = ARTICLE["every"].get(view.language)
    statuses = {one.value: text.get(view.language) for one, text in STATUSES.items()}
    return _ABOVE.substitute(
        say,
        language=view.language.value,
        other_language=other.value,
        topic=view.topic,
        status=view.status,
        job=job,
        topics=_options(
            view.topic, {one: TOPICS[one].get(view.language) for one in topics}, every
        ),
        statuses=_options(view.status, statuses, every),
    )


def _options(chosen: str, labels: Mapping[str, str], every: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(label)}</option>"
        for value, label in {"": every, **labels}.items()
    )
