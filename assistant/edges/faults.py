"""What is wrong with a request, in plain words: the place, the fault and the way out.

The checks of a request speak of Python; who sends one thinks of JSON, in whatever
language. What the fields are, what they may hold and where their bounds lie is read
from the schema of the request, so every sentence can say what would do instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

Schema = Mapping[str, Any]

MOST_NAMES = 20
"""Fields that are listed where none is near the unknown one; of more, none is."""

LONGEST_WORD = 80
"""Characters of a sent word that are looked at, or repeated as a place, at most."""

OBJECT, LIST = "object_type", "list_type"
KINDS = {
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "dict_type": OBJECT,
    "tuple_type": LIST,
}
"""Names for programs of faults that are no matter of JSON under their own."""

NUMBERS = ("int_", "float_", "greater_", "less_", "finite_")
DESCRIBED = "the fields are described at /openapi.json"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, None where none is near."""
    by_form = {one.casefold(): one for one in known}
    found = get_close_matches(word[:LONGEST_WORD].casefold(), by_form, n=1)
    return by_form[found[0]] if found else None


def unknown(what: str, word: str, known: Sequence[str], plural: str) -> str:
    """``unknown field; did you mean dataset_rows?``, or what there is."""
    meant = nearest(word, known)
    if meant is not None:
        return f"unknown {what}; did you mean {meant}?"
    if 0 < len(known) <= MOST_NAMES:
        return f"unknown {what}; the {plural} are {', '.join(known)}"
    return f"unknown {what}; {DESCRIBED}"


def faults(
    found: Sequence[Mapping[str, Any]], asked: Schema, most: int
) -> list[dict[str, str]]:
    """``path``, ``message`` and ``type`` of each fault, one for each place.

    Args:
        most: faults that are told; a body may hold a hundred thousand.
        found: as the checks report them; each ``loc`` starts with the part of the
            request that it is in.
        asked: JSON schema of that request's parts, by name, as from :func:`schema`.
    """
    told: dict[str, dict[str, str]] = {}
    for fault in found:
        if len(told) == most:
            break
        if _only_counted(fault):
            continue
        path, schemas, labelled = _place(fault, asked)
        one = {
            "path": path,
            "message": _sentence(fault, path, schemas),
            "type": KINDS.get(fault["type"], fault["type"]),
        }
        before = told.setdefault(path, one)
        if labelled and one["message"] not in before["message"]:
            # Several kinds of value would do; each says what is wrong for it.
            before["message"] += f", or {one['message']}"
    return list(told.values())


def _only_counted(fault: Mapping[str, Any]) -> bool:
    """Whether a list is called short only because entries of it are wrong."""
    sent = fault.get("input")
    return fault["type"] == "too_short" and isinstance(sent, list) and bool(sent)


@lru_cache(maxsize=64)
def schema(kind: Any) -> Schema:  # noqa: ANN401 - any type
    """JSON schema of what a type takes."""
    return TypeAdapter(kind).json_schema()


def request_schema(parts: Mapping[str, Sequence[tuple[str, object]]]) -> Schema:
    """Schema of a whole request.

    Args:
        parts: names and types of the parameters by part; a lone record is the part.
    """
    whole = {}
    for part, fields in parts.items():
        kinds = {name: schema(kind) for name, kind in fields}
        alone = [kind for _, kind in fields if _is_record(kind)]
        whole[part] = (
            schema(alone[0])
            if len(fields) == len(alone) == 1
            else {"type": "object", "properties": kinds}
        )
    return {"properties": whole}


def _is_record(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _place(fault: Mapping[str, Any], asked: Schema) -> tuple[str, list[Schema], bool]:
    """The path as it was sent, the schemas there, and whether several were tried.

    A step that names one of several types, not a part of the request, is left out.
    """
    loc = fault["loc"]
    last = len(loc) - 1
    missed = fault["type"] in ("extra_forbidden", "missing")
    if fault["type"] == "json_invalid":
        return str(loc[0]), [], False
    schemas = _opened(asked, asked)
    steps, labelled = [], False
    for number, step in enumerate(loc):
        if missed and number == last:
            steps.append(step)
            break
        inner = [one for each in schemas for one in _inner(each, step)]
        if inner or not schemas or isinstance(step, int) or number == 0:
            steps.append(step)
            schemas = inner
        else:
            labelled = True
    shown = steps[1:] if len(steps) > 1 else steps
    path = ".".join(str(step)[:LONGEST_WORD] for step in shown)
    return path.encode("utf-8", "replace").decode("utf-8"), schemas, labelled


def _inner(one: Schema, step: int | str) -> Iterator[Schema]:
    """What stands at one step below; each with the definitions that it refers to."""
    below: Any = None
    if isinstance(step, int):
        below = one.get("items")
        ordered = one.get("prefixItems", ())
        below = ordered[step] if step < len(ordered) else below
    elif step in one.get("properties", {}):
        below = one["properties"][step]
    elif one.get("type") == "object":
        below = one.get("additionalProperties")
    if isinstance(below, Mapping):
        yield from _opened(below, one)


def _opened(one: Schema, above: Schema) -> list[Schema]:
    """The schema, or each of those it chooses from, references followed."""
    known = one.get("$defs") or above.get("$defs", {})
    if "$ref" in one:
        return _opened(known[one["$ref"].rsplit("/", 1)[-1]], {"$defs": known})
    choices = one.get("anyOf") or one.get("oneOf")
    if choices:
        return [each for some in choices for each in _opened(some, {"$defs": known})]
    return [{**one, "$defs": known}]


def _sentence(fault: Mapping[str, Any], path: str, schemas: Sequence[Schema]) -> str:
    kind, context = str(fault["type"]), fault.get("ctx", {})
    if kind == "json_invalid":
        where = f" at character {fault['loc'][-1]}" if len(fault["loc"]) > 1 else ""
        return f"not JSON{where}: {context.get('error', '')}"
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        known = [name for one in schemas for name in one.get("properties", {})]
        return unknown("field", str(fault["loc"][-1]), known, "fields")
    if KINDS.get(kind) == OBJECT:
        whole = ", sent as Content-Type: application/json" if path == "body" else ""
        return f"a JSON object is expected{whole}"
    if KINDS.get(kind, kind) == LIST:
        return _list(schemas)
    if kind in ("too_short", "too_long"):
        return _length(kind, context, schemas)
    if kind.startswith(NUMBERS):
        return _number(kind, context, schemas)
    if kind in ("enum", "literal_error"):
        return _choice(fault, context, schemas)
    if kind == "union_tag_not_found":
        return f"{context['discriminator']} is required"
    if kind == "union_tag_invalid":
        return (
            f"{context['discriminator']}: one of {context['expected_tags']} is expected"
        )
    return _text(kind, context) or str(fault["msg"]).removeprefix("Value error, ")


def _text(kind: str, context: Mapping[str, Any]) -> str | None:
    least, most = context.get("min_length"), context.get("max_length")
    return {
        "string_type": "a text is expected",
        "string_too_short": f"at least {least} characters are needed",
        "string_too_long": f"at most {most} characters are taken",
        "string_pattern_mismatch": f"has to match {context.get('pattern')}",
        "bool_type": "true or false is expected",
        "bool_parsing": "true or false is expected",
    }.get(kind)


def _list(schemas: Sequence[Schema]) -> str:
    for one in schemas:
        for item in _inner(one, 0):
            if item.get("enum"):
                return f'a list is expected, as in ["{item["enum"][0]}"]'
    return "a list is expected"


def _length(kind: str, context: Mapping[str, Any], schemas: Sequence[Schema]) -> str:
    if kind == "too_long":
        return f"at most {context['max_length']} entries are taken"
    if any(one.get("type") == "null" for one in schemas):
        return "is empty; leave it out where nothing is known"
    least = context["min_length"]
    return f"at least {least} {'entry is' if least == 1 else 'entries are'} needed"


def _number(kind: str, context: Mapping[str, Any], schemas: Sequence[Schema]) -> str:
    """``a whole number between 1 and 1,000 is expected``."""
    found = [one for one in schemas if one.get("type") in ("integer", "number")]
    bounds: Mapping[str, Any] = found[0] if found else context
    whole = bounds["type"] == "integer" if found else kind.startswith("int_")
    least = bounds.get("minimum", bounds.get("ge"))
    most = bounds.get("maximum", bounds.get("le"))
    above = bounds.get("exclusiveMinimum", bounds.get("gt"))
    below = bounds.get("exclusiveMaximum", bounds.get("lt"))
    said = [
        f"{words} {bound:,}"
        for words, bound in (
            ("of at least", least),
            ("above", above),
            ("at most", most),
            ("below", below),
        )
        if bound is not None
    ]
    within = " and ".join(said)
    if least is not None and most is not None:
        within = f"between {least:,} and {most:,}"
    number = "a whole number" if whole else "a number"
    return " ".join([number, *([within] if within else []), "is expected"])


def _choice(
    fault: Mapping[str, Any], context: Mapping[str, Any], schemas: Sequence[Schema]
) -> str:
    said, sent = f"{context.get('expected')} is expected", fault.get("input")
    if not isinstance(sent, str):
        return said
    known = [one for each in schemas for one in each.get("enum", ())]
    meant = nearest(sent, [one for one in known if isinstance(one, str)])
    return f"{said}; did you mean '{meant}'?" if meant else said
