"""Whether what a clause says is said of the one who asks, and holds today."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.clauses import Clause, denied
from assistant.understanding.frameworks import asks
from assistant.understanding.lexicon import Found
from assistant.understanding.records import Intent
from assistant.wire import Observation
from knowledge.records import Value

_OPPOSITE: dict[tuple[str, Value], Value] = {
    ("math_comfort", "high"): "low",
    ("control", "custom_loop"): "standard",
    ("control", "custom_layers"): "standard",
    ("hardware", "gpu"): "cpu",
    ("dataset_size", "large"): "small",
}
"""What the denial of a value says; every other denial says nothing."""

_GONE = ("background", "existing", "goals", "hardware", "accelerator", "os")
"""Fields of which the past tells nothing."""

_OUTGROWN = ("beginner", "intermediate")
_NONE_AFTER = re.compile(
    r"\s*[:=：]\s*(?:none|no|nope|nil|zero|无|没有|没)(?:\W|$)", re.IGNORECASE
)
""" "GPU: none"."""

_GENERIC_I = re.compile(
    r"^\W*(?:how (?:do|can|would|should)|can|could|do|where (?:do|can)|what (?:do|does|"
    r"must)|when (?:do|should)) (?:i|we|one|you)\b(?!.*\b(?:my|our|mine|i have|"
    r"i've)\b)",
    re.IGNORECASE,
)
"""Asks how it is done at all: "how do I install Keras on Windows"."""

_OF_FRAMEWORK = re.compile(
    r"\W*(?:and |so |but )?(?:was|is|are|did|does|do|has|have|will|can) (?:the "
    r")?(?:tf\.)?"
    r"(?:keras|py ?torch|torch|tensor ?flow|tf|jax|google|meta|facebook|openai)\b"
    r"(?!.*\b(?:my|our|i|we)\b)",
    re.IGNORECASE,
)
"""A question of which a framework is the subject, not the one who asks."""

_OF_PEOPLE = ("background", "experience", "goals")
_AUDIENCE = re.compile(
    r"\b(?:keras|torch|pytorch|tensorflow|tf|jax)\b[^,.;]{0,24}\b(?:is|are|was|as|"
    r"being)\b"
    r"[^,.;]{0,24}\b(?:for|by|among|with) (?:\w+ ){0,2}$|"
    r"(?:keras|torch|tensorflow|tf|jax)[^，。,]{0,8}(?:适合|是给|面向|专为|针对)"
    r"[^，。,我]{0,4}$",
    re.IGNORECASE,
)
"""Before those for whom a framework is said to be, who need not be the one who asks."""

_FOR_WHOM = re.compile(
    r"\bfor (?:a |an |the |absolute |complete |total )*(?:beginners?|newcomers?|"
    r"newbies|novices?|students?|researchers?|starters?)\b|(?:给|对|对于|"
    r"针对)\s*(?:新手|初学者|"
    r"小白|入门者|学生)",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:i|i'm|my|me|we|our|us)\b|我|咱|本人", re.IGNORECASE)


def impersonal(clause: Clause, wants: frozenset[Intent]) -> bool:
    """A question of fact, or for whom it differs, tells nothing of who asks."""
    personal = FIRST_PERSON.search(clause.text)
    if Intent.COMPARE in wants and _FOR_WHOM.search(clause.text):
        return not personal
    if Intent.FACT_QUESTION not in wants or Intent.ADVICE in wants:
        return False
    return asks(clause.text) and (not personal or bool(_GENERIC_I.match(clause.text)))


def meant(found: Found, clause: Clause) -> Value | None:
    """The value that a phrase in a clause tells of the asker, None where none."""
    if found.value is None:
        return None
    if found.field in _OF_PEOPLE and _AUDIENCE.search(clause.text[: found.start]):
        return None
    grown = found.field == "experience" and found.value in _OUTGROWN
    if clause.past and (grown or found.field in _GONE):
        return None
    if denied(clause.text[: found.start]) or _NONE_AFTER.match(clause.text, found.end):
        return _OPPOSITE.get((found.field, found.value))
    return found.value


def of_framework(clause: Clause) -> bool:
    """Whether it asks something of a framework, or its makers, alone."""
    return bool(_OF_FRAMEWORK.match(clause.text))


_OF_PLACES = frozenset({"os", "hardware", "accelerator", "deployment"})
"""What a question of fact may name as the place that it is about."""


def of_asker(
    told: Sequence[Observation], text: str, purpose: str | None
) -> tuple[Observation, ...]:
    """Without the places of a question of fact in which nobody speaks of themselves.

    "Does torch.compile work on Windows?" tells nothing of who asks.
    """
    if purpose != Intent.FACT_QUESTION or FIRST_PERSON.search(text):
        return tuple(told)
    return tuple(one for one in told if one.field not in _OF_PLACES)
