"""What reading one message gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.wire import Observation
from knowledge.records import Language, Record

IN_WORDS = {"dataset_rows": "dataset_size"}
"""Of a field that is a number the one that says as much in words: "very few"."""

Role = Literal["existing", "mandated"]
"""What a framework that is named is to the person."""


class Intent(StrEnum):
    """What the person wants to happen, beside telling something about themselves."""

    GREETING = "greeting"
    THANKS = "thanks"
    ADVICE = "advice"
    FACT_QUESTION = "fact_question"
    PROBE = "probe"
    WHY = "why"
    WHY_ASKED = "why_asked"
    UNDO = "undo"
    WHAT_IF = "what_if"
    COMPARE = "compare"
    SIMPLY = "simply"
    ARTICLE_VIEW = "article_view"
    START_OVER = "start_over"
    SWITCH_LANGUAGE = "switch_language"
    COMPLAINT = "complaint"
    OUT_OF_SCOPE = "out_of_scope"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of data: ``rows`` or ``bytes``, with the span of words it stands in.

    The field ``machine`` marks an amount that is not of data.
    """

    field: str
    value: int
    start: int
    end: int
    sure: float


class Understanding(Record):
    """One message, read.

    Attributes:
        observations: what was told, surely enough to act on.
        unsure: readings to be asked about: those too weak to act on, and those of
            ``observations`` that stood against another.
        declined: the question asked was answered with "I don't know" or "skip".
        unclear: a "yes" or "both" to a question that wants one of several.
        retracted: fields whose earlier value was withdrawn or replaced.
        instead: frameworks named by mistake, each with the one that was meant.
        fact_query: the part of the message that asks for a fact.
        not_understood: parts with content of which nothing was made.
        switch_to: the language the person asked to continue in.
        purpose: what the message as a whole is plainly for; None: not plain.
    """

    language: Language
    observations: tuple[Observation, ...] = ()
    unsure: tuple[Observation, ...] = ()
    declined: bool = False
    unclear: bool = False
    retracted: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    intents: frozenset[Intent] = frozenset()
    fact_query: str | None = None
    not_understood: tuple[str, ...] = ()
    switch_to: Language | None = None
    purpose: str | None = None
