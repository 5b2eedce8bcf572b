"""The switch guide on a page: what changes, and one model in both frameworks."""

from __future__ import annotations

from html import escape
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from assistant.edges.ports import Services
from assistant.edges.words import ARTICLE, SWITCH
from assistant.fitting import UNITS
from assistant.switchpage import as_html
from assistant.wire import source_links
from knowledge.records import Language, Record


class Model(Record):
    """The query: which model, in which language."""

    kind: Literal["tabular", "image", "text", "timeseries"] = "tabular"
    language: Language = Language.EN


def switch_routes(services: Services) -> APIRouter:
    """``/switch``."""
    api = APIRouter()
    knowledge = services.advisor.knowledge
    links = source_links(knowledge)
    differences = [
        (one, [links[source] for source in one.sources])
        for one in knowledge.differences
    ]

    @api.get("/switch", include_in_schema=False)
    def page(model: Annotated[Model, Query()]) -> HTMLResponse:
        keras, pytorch = (
            services.starters.files(f"{stack}-{model.kind}")["main.py"]
            for stack in ("keras-tensorflow", "pytorch")
        )
        return HTMLResponse(
            as_html(differences, keras, pytorch, model.language, _above(model))
        )

    return api


def _above(model: Model) -> str:
    """Links to the other models, the other language and the chat."""
    language = model.language
    other = Language.ZH if language is Language.EN else Language.EN
    kinds = " · ".join(
        f"<b>{escape(SWITCH[kind].get(language))}</b>"
        if kind == model.kind
        else f'<a href="/switch?language={language}&amp;kind={kind}">'
        f"{escape(SWITCH[kind].get(language))}</a>"
        for kind in UNITS
    )
    return (
        f'<p><a href="/chat/?language={language}">'
        f"{escape(ARTICLE['chat'].get(language))}</a> · "
        f'<a lang="{other}" href="/switch?language={other}&amp;kind={model.kind}">'
        f"{escape(ARTICLE['other'].get(language))}</a></p><p>{kinds}</p>"
    )
