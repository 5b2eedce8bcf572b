"""``/docs``: the OpenAPI document as one plain page; nothing comes from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: routes</title><style>
:root {{color-scheme: light dark;}}
body {{font: 16px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2rem auto;
  padding: 0 1rem;}}
summary {{cursor: pointer; padding: .4rem 0;}}
code, pre {{font-family: ui-monospace, monospace; font-size: .9em;}}
pre {{overflow-x: auto; padding: .8rem; border: 1px solid #8884; border-radius: 8px;}}
b {{display: inline-block; min-width: 4.5em;}}
</style></head><body><h1>{title}</h1>
<p>The same for programs: <a href="openapi.json">openapi.json</a>.
Wrong input gets <code>application/problem+json</code>.</p>
{routes}</body></html>"""


def add_docs(app: FastAPI) -> None:
    """Serve ``/docs``; the usual page would load its scripts from a CDN."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        document = app.openapi()
        routes = "\n".join(_routes(document))
        title = escape(document["info"]["title"])
        return HTMLResponse(_PAGE.format(title=title, routes=routes))


def _routes(document: dict[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {})
            schema = body.get("application/json", {}).get("schema")
            shown = {
                "parameters": operation.get("parameters", []),
                "body": _resolved(schema, document),
            }
            detail = json.dumps(
                {name: part for name, part in shown.items() if part},
                indent=2,
                ensure_ascii=False,
            )
            said = escape(operation.get("description", ""))
            yield (
                f"<details><summary><b>{method.upper()}</b> "
                f"<code>{escape(path)}</code><br>{said}</summary>"
                f"<pre>{escape(detail)}</pre></details>"
            )


def _resolved(schema: Any, document: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """One level of reference replaced, enough to read the fields."""
    if not isinstance(schema, dict) or "$ref" not in schema:
        return schema
    name = schema["$ref"].rsplit("/", 1)[-1]
    return document["components"]["schemas"][name]
