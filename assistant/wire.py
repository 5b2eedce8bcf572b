"""The wire contract, version 1, as records: what every door takes and gives.

Fields may be added; none is renamed or removed within version 1.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from assistant.profile import NUMBER, Past, Profile
from assistant.steps import NextSteps
from knowledge.records import (
    Basis,
    Framework,
    Knowledge,
    Language,
    Record,
    Rulebook,
    Stack,
    Status,
    Value,
)
from probes.records import ProbeReport

Confidence = Literal["high", "medium", "low"]
Choice = Literal["keras", "pytorch", "either"]
Kind = Literal[
    "recommendation",
    "question",
    "fact",
    "probe",
    "greeting",
    "thanks",
    "clarify",
    "out_of_scope",
]

Weights = dict[str, Annotated[float, Field(ge=0, le=2), NUMBER]]
"""Criterion id to weight; one that is missing weighs 1."""


class Depth(StrEnum):
    """How much of the calculation is told: one line, the usual, or every addend."""

    LINE = "line"
    NORMAL = "normal"
    FULL = "full"


class SourceLink(Record):
    title: str
    url: str
    read_on: date


def source_links(knowledge: Knowledge) -> dict[str, SourceLink]:
    """Every source by its id, as answers name it."""
    return {
        one.id: SourceLink(title=one.title, url=one.url, read_on=one.read_on)
        for one in knowledge.sources
    }


class Reason(Record):
    """One addend. ``points`` is after weighting and never negative.

    Attributes:
        criterion: the heading it is weighed under, with its ``weight``.
    """

    rule: str
    toward: Framework | Stack
    points: float
    because: str
    basis: Basis
    sources: tuple[SourceLink, ...]
    criterion: str = ""
    weight: float = 1.0


class Excluded(Record):
    rule: str
    excludes: tuple[Stack, ...]
    because: str
    sources: tuple[SourceLink, ...]


class Flip(Record):
    """Had this one field been different, this would be the answer.

    Where a field holds several values, ``instead`` takes the place of all of them.
    """

    field: str
    instead: Value
    framework: Choice
    stack: Stack | None


class Answered(Record):
    """One field with one other answer."""

    field: str
    instead: Value


class FlipPair(Record):
    """Two answers that together would lead here, where no single one would."""

    changes: tuple[Answered, Answered]
    framework: Choice
    stack: Stack | None


class WeightFlip(Record):
    """The smallest change of one weight, in tenths, that names another framework."""

    criterion: str
    label: str
    before: float
    weight: float
    framework: Choice


class Collision(Record):
    """Hard rules that leave no stack, and the split that serves all of them.

    Attributes:
        rules: the vetoes that exclude each other.
        first, then, last: stacks for the parts of the work, in turn; None: no more.
    """

    rules: tuple[str, ...]
    first: Stack | None
    then: Stack | None
    last: Stack | None = None
    says: str


class Witnesses(Record):
    article: Choice
    today: Choice
    measured: Literal["keras", "pytorch", "no_difference", "not_measured"]


class EvidenceNote(Record):
    """What one probe report says here, and whether it was counted."""

    report: str
    says: str
    used: bool
    why: str


class Recommendation(Record):
    """The advice with everything it was added up from.

    ``margin`` is in points: the absolute difference of the two frameworks' sums.

    Attributes:
        robustness: share, 0..1, of weightings within 30% of these that keep the
            framework.
        flip_pair: given where no single answer, but a prescription, is in ``flips``.
    """

    framework: Choice
    stack: Stack | None
    lean: Framework | None
    margin: float
    confidence: Confidence
    headline: str
    reasons: tuple[Reason, ...]
    vetoes: tuple[Excluded, ...]
    against: Reason | None
    flips: tuple[Flip, ...]
    unknown: tuple[str, ...]
    witnesses: Witnesses
    disagreement: str | None = None
    evidence: tuple[EvidenceNote, ...]
    cautions: tuple[str, ...]
    next_steps: NextSteps
    robustness: float = 1.0
    weight_flip: WeightFlip | None = None
    flip_pair: FlipPair | None = None
    collision: Collision | None = None
    rulebook: Rulebook
    language: Language
    digest: str


class RecommendationRequest(Record):
    profile: Profile
    weights: Weights | None = None
    rulebook: Rulebook = Rulebook.TODAY
    reports: tuple[ProbeReport, ...] | None = Field(default=None, max_length=5)
    language: Language = Language.EN


class Observation(Record):
    """One thing a message told us, in the words it was told in."""

    field: str
    value: Value | tuple[Value, ...]
    words: str
    sure: float = Field(ge=0, le=1)


class QuestionOption(Record):
    value: Value
    label: str


class NextQuestion(Record):
    field: str
    text: str
    options: tuple[QuestionOption, ...]
    why: str


class Fact(Record):
    id: str
    topic: str
    claim: str
    status_today: Status
    today: str
    sources: tuple[SourceLink, ...]


class Action(Record):
    id: str
    label: str


class Conversation(Record):
    """All that is carried from turn to turn. The client holds it, the server none.

    Attributes:
        asked: the field the last question was about.
        unsure: a reading the last answer asked about ("did you mean ...?").
        declined: fields skipped, passed over or not known; never asked again.
        fixed_language: set when the person asked for a language.
        spoken: the language of the last answer; a bare number keeps to it.
        earlier: what was known before the last changes, the latest last.
        weights: how much each criterion counts for this person.
    """

    profile: Profile = Profile()
    asked: str | None = None
    unsure: Observation | None = None
    declined: tuple[str, ...] = Field(default=(), max_length=40)
    fixed_language: Language | None = None
    spoken: Language | None = None
    earlier: tuple[Past, ...] = Field(default=(), max_length=8)
    reports: tuple[ProbeReport, ...] = Field(default=(), max_length=5)
    weights: Weights = Field(default={}, max_length=40)
    turns: int = Field(default=0, ge=0, le=100_000)


class ChatRequest(Record):
    message: str = Field(max_length=8_000)
    conversation: Conversation | None = None
    language: Language | None = None
    depth: Depth | None = None


class ChatAnswer(Record):
    reply: str
    language: Language
    kind: Kind
    understood: tuple[Observation, ...]
    not_understood: tuple[str, ...]
    profile: Profile
    recommendation: Recommendation | None
    question: NextQuestion | None
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    conversation: Conversation
