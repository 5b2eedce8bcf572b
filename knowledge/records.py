"""The shapes every knowledge file must have.

A record is frozen and refuses unknown keys: a typo in a data file fails when it is
loaded, and nothing downstream can edit what we claim.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from knowledge.basics import (
    Answers,
    FieldName,
    Language,
    Record,
    Slug,
    Text,
    Value,
    as_many,
)
from knowledge.conditions import AtLeast, AtMost, Build, Condition, OneOf
from knowledge.ledger import (
    Claim,
    Concept,
    Contradiction,
    Difference,
    Fact,
    Outside,
    Source,
    Status,
    Topic,
)
from knowledge.sayings import Amount, AnnotatedMessage, Command, Phrase, Utterance

__all__ = [
    "Amount",
    "AnnotatedMessage",
    "Answers",
    "AtLeast",
    "AtMost",
    "Build",
    "Claim",
    "Command",
    "Concept",
    "Condition",
    "Contradiction",
    "Difference",
    "Fact",
    "Language",
    "OneOf",
    "Outside",
    "Phrase",
    "Record",
    "Source",
    "Status",
    "Text",
    "Topic",
    "Utterance",
    "Value",
    "as_many",
]


PRESCRIBED = "mandated"
"""The field of what a course or an employer wants. Who tells of it needs no source,
and another prescription always turns the advice."""


class Framework(StrEnum):
    KERAS = "keras"
    PYTORCH = "pytorch"


class Stack(StrEnum):
    """A framework and what runs beneath or above it."""

    KERAS_TENSORFLOW = "keras-tensorflow"
    KERAS_TORCH = "keras-torch"
    KERAS_JAX = "keras-jax"
    PYTORCH = "pytorch"
    PYTORCH_LIGHTNING = "pytorch-lightning"

    @property
    def framework(self) -> Framework:
        if self.value.startswith("keras"):
            return Framework.KERAS
        return Framework.PYTORCH


class Basis(StrEnum):
    """Which witness speaks: the 2022 article, today's sources, this machine."""

    ARTICLE = "article"
    TODAY = "today"
    MEASURED = "measured"


class Rulebook(StrEnum):
    ARTICLE = "article"
    TODAY = "today"


Stage = Literal["start", "train", "deliver"]


class Criterion(Record):
    """A heading under which points are given, and whose weight a person may move."""

    id: Slug
    label: Text


class Rule(Record):
    """One reason to lean one way, and how hard.

    ``points`` have no unit and lie in 1..3: 1 breaks a tie, 3 would settle a short
    conversation on its own. Points toward a framework decide the framework; points
    toward a stack only decide between the stacks of the framework chosen. Every
    condition in ``when`` must hold.

    Attributes:
        stands: for an article's rule, whether today's rulebook still counts it.
        overruled: for an article's rule that does not stand, what holds instead.
        overruled_by: the sources of that.
    """

    id: Slug
    basis: Literal[Basis.ARTICLE, Basis.TODAY]
    stands: bool = False
    when: tuple[Condition, ...] = Field(min_length=1)
    toward: Framework | Stack
    at: Literal["framework", "stack"]
    criterion: Slug
    points: Literal[1, 2, 3]
    because: Text
    sources: tuple[Slug, ...] = Field(min_length=1)
    overruled: Text | None = None
    overruled_by: tuple[Slug, ...] = ()


class Veto(Record):
    """A hard rule: when it applies, these stacks are out whatever the points say.

    Attributes:
        stage: the part of the work it binds: what one starts from, where one trains,
            or what is delivered. Where vetoes collide, the work is split there.
        suggests: the stack that serves that part best.
        sources: none where the person's own word is the ground: what is prescribed.
    """

    id: Slug
    when: tuple[Condition, ...] = Field(min_length=1)
    excludes: tuple[Stack, ...] = Field(min_length=1)
    stage: Stage = "train"
    suggests: Stack | None = None
    because: Text
    sources: tuple[Slug, ...] = ()

    @property
    def told(self) -> bool:
        """Whether it holds because a person says that something is prescribed."""
        return all(condition.field == PRESCRIBED for condition in self.when)


class Caution(Record):
    """Something to say when it applies that moves no points.

    Attributes:
        measured: what a probe report may say of it; where one does, that is said
            instead.
    """

    id: Slug
    when: tuple[Condition, ...] = Field(min_length=1)
    says: Text
    sources: tuple[Slug, ...] = Field(min_length=1)
    measured: Literal["boosting"] | None = None


class Option(Record):
    """One value of a field, as a person would click it.

    ``share``: how common the value is among askers, 0..1 within the field; used to
    weigh which question is worth asking.
    """

    value: Value
    label: Text
    share: float = Field(gt=0, le=1)


class Question(Record):
    """How a field of the profile is asked for."""

    field: FieldName
    text: Text
    why: Text
    options: tuple[Option, ...] = Field(min_length=2)


class Worth(Record):
    """Points that a measured ratio earns from a cautious ratio on; more from the next.

    Attributes:
        from_ratio: written ``from``. The end of the 95% interval nearer to 1, as the
            time of the slower over that of the faster; no unit.
    """

    from_ratio: float = Field(alias="from", ge=1, allow_inf_nan=False)
    points: Literal[1, 2, 3]


class Oldest(Record):
    """The oldest version of a package of which a measurement counts."""

    package: Slug
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$")]
    sources: tuple[Slug, ...] = Field(min_length=1)

    @property
    def id(self) -> str:
        return self.package


class LearningStep(Record):
    """A page worth reading next: ``minutes`` is our estimate of reading time.

    Attributes:
        goals: of a person whom it serves; empty: it serves any.
    """

    id: Slug
    title: str
    url: Annotated[str, Field(pattern=r"^https://")]
    minutes: int = Field(gt=0)
    level: Literal["none", "beginner", "intermediate", "advanced"]
    stacks: tuple[Stack, ...] = Field(min_length=1)
    goals: tuple[str, ...] = ()
    read_on: date


class Knowledge(Record):
    """Everything we claim, the day it was last reviewed, and its content digest.

    ``sections`` are the article's, in its order.
    """

    reviewed_on: date
    digest: str
    sources: tuple[Source, ...]
    sections: tuple[str, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    facts: tuple[Fact, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    vetoes: tuple[Veto, ...]
    cautions: tuple[Caution, ...]
    questions: tuple[Question, ...]
    path: tuple[LearningStep, ...]
    topics: tuple[Topic, ...]
    concepts: tuple[Concept, ...]
    outside: tuple[Outside, ...]
    differences: tuple[Difference, ...]
    worth: tuple[Worth, ...]
    oldest: tuple[Oldest, ...]
    builds: tuple[Build, ...]
    phrases: tuple[Phrase, ...]
    utterances: tuple[Utterance, ...]
    messages: tuple[AnnotatedMessage, ...]
    amounts: tuple[Amount, ...]
    commands: tuple[Command, ...]
