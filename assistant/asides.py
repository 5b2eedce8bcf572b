"""Which factual answer, if any, a message gets beside what it tells about a person."""

from __future__ import annotations

import re

from assistant.answers import (
    ASIDE_FLOOR,
    DOUBTFUL_FLOOR,
    FLOOR,
    NEVER_SURE,
    SURE,
    Answers,
    FoundAnswer,
)
from assistant.kinds import COMMANDS
from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.intents import asks_if_it_fits, fact_query, intents
from assistant.understanding.records import Intent, Understanding
from knowledge.records import Language

LIKELY = 0.5
"""Probability that suffices where no advice is wanted, and hardly anything is told."""

LONGEST_ASIDE = 80
"""Characters of news, without a question, beside which a fact may still be told."""

_PART = re.compile(r"(?<=[.!?。！？，；])\s*|,\s+|\n+")
_ASKS_IN_PASSING = re.compile(
    r"吗[，,]|还是|怎么|咋|多还是|\b(?:where|what) (?:do|does|is|am|are|gives|to)\b|"
    r"\bhow (?:do|does|to|hard|long|much|many|painful)\b|\bor is\b|^name the\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:article|table|author|source|book|they|people|everyone) "
    r"(?:say|claim|state)s?\b|"
    r"\b(?:i|we) (?:keep |have |'ve )?hear(?:ing|d)?\b|\b(?:fact|true|myth) or \w+|"
    r"(?:文章|文中|原文)(?:称|说|写|讲|里|认为)|听说|据说|都说|有人说|网上说|真的假的",
    re.IGNORECASE,
)
"""What others say is told in order to hear whether it is so."""


def aside(
    answers: Answers,
    message: str,
    heard: Understanding,
    language: Language,
    *,
    advised: bool,
) -> FoundAnswer | None:
    """The answer to what was asked; None where nothing, or something else, was.

    The less plain it is that a fact is wanted, the nearer an answer must be.

    Args:
        advised: an advice was given before, which a "why PyTorch?" may well mean.
    """
    if Intent.PROBE in heard.intents and not heard.observations:
        return None
    commands = COMMANDS - {Intent.CODE}
    if not advised and mentions(message):
        commands -= {Intent.WHY}
    if {Intent.FACT_QUESTION, Intent.COMPARE} & heard.intents:
        asked = message if _HEARSAY.search(message) else heard.fact_query or message
        plain = Intent.COMPARE in heard.intents or fact_query(message) is not None
        floor = FLOOR if plain and not heard.observations else DOUBTFUL_FLOOR
        return answers.find(asked, language, floor, SURE)
    if heard.declined or heard.unclear or heard.intents & commands:
        return None
    if Intent.COMPLAINT in heard.intents and not ("?" in message or "？" in message):
        return None
    if Intent.OUT_OF_SCOPE in intents(message):
        return None
    if not (heard.observations or heard.retracted):
        return answers.find(message, language, DOUBTFUL_FLOOR, SURE)
    if asks_if_it_fits(message):
        return None
    if _asks_something(message):
        told = {one.field for one in heard.observations}
        sure = SURE if Intent.ADVICE in heard.intents or len(told) > 1 else LIKELY
        return answers.find(message, language, ASIDE_FLOOR, sure)
    if len(message) > LONGEST_ASIDE or heard.purpose == Intent.ADVICE:
        return None
    return answers.find(message, language, ASIDE_FLOOR, NEVER_SURE)


def _asks_something(message: str) -> bool:
    """Whether any part of it is a question, however it is put."""
    return bool(_HEARSAY.search(message)) or any(
        asks(part) or _ASKS_IN_PASSING.search(part)
        for part in _PART.split(message)
        if part.strip()
    )
