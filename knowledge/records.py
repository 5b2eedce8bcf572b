"""The shapes every knowledge file must have.

A record is frozen and refuses unknown keys: a typo in a data file fails when it is
loaded, and nothing downstream can edit what we claim.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
Value = str | int
Answers = dict[str, Value | tuple[Value, ...]]
"""Known fields of a profile only: field name to value, or values where many hold."""


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


class Text(Record):
    """One sentence of ours in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def get(self, language: Language) -> str:
        return self.zh if language == Language.ZH else self.en


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


class Source(Record):
    """Where a claim comes from: the page, and the day it was read there.

    ``primary``: the project's own page, code or package. ``secondary``: a report by
    somebody who saw it. Nothing weaker is a source.
    """

    id: Slug
    title: str
    url: Annotated[str, Field(pattern=r"^https://")]
    read_on: date
    grade: Literal["primary", "secondary"]


class Status(StrEnum):
    HOLDS = "holds"
    OUTDATED = "outdated"
    WRONG = "wrong"
    CONTESTED = "contested"
    OPINION = "opinion"
    DEPENDS_ON_HARDWARE = "depends_on_hardware"


class Claim(Record):
    """One checkable statement of the article, and what is true of it today.

    Attributes:
        sections: where in the article it stands.
        check: how it could be checked: by documents, by looking into the installed
            packages, or by running both frameworks.
        check_note: what exactly the check would do.
    """

    id: Slug
    subject: Literal["keras", "pytorch", "both", "tensorflow"]
    topic: FieldName
    sections: tuple[str, ...] = Field(min_length=1)
    claim: Text
    status_today: Status
    today: Text
    sources: tuple[Slug, ...] = Field(min_length=1)
    check: Literal["cite", "introspect", "probe"]
    check_note: str


class Contradiction(Record):
    """Statements of the article that cannot all be so, and which of them holds.

    Attributes:
        topics: the answers beside which it has to be told.
    """

    id: Slug
    claims: tuple[Slug, ...] = Field(min_length=2)
    topics: tuple[Slug, ...] = Field(min_length=1)
    says: Text
    today: Text


class OneOf(Record):
    """Holds when the field is, or contains, any of the listed values."""

    field: FieldName
    one_of: tuple[Value, ...] = Field(min_length=1)

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        many = value if isinstance(value, tuple) else (value,)
        return any(one in self.one_of for one in many)


class AtLeast(Record):
    """Holds when a counted field reaches the bound, in that field's own unit."""

    field: FieldName
    at_least: int

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        return isinstance(value, int) and value >= self.at_least


class AtMost(Record):
    """Holds when a counted field does not pass the bound, in that field's own unit."""

    field: FieldName
    at_most: int

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        return isinstance(value, int) and value <= self.at_most


Condition = OneOf | AtLeast | AtMost
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
    """

    id: Slug
    when: tuple[Condition, ...] = Field(min_length=1)
    excludes: tuple[Stack, ...] = Field(min_length=1)
    stage: Stage = "train"
    suggests: Stack | None = None
    because: Text
    sources: tuple[Slug, ...] = Field(min_length=1)


class Caution(Record):
    """Something to say when it applies that moves no points."""

    id: Slug
    when: tuple[Condition, ...] = Field(min_length=1)
    says: Text
    sources: tuple[Slug, ...] = Field(min_length=1)


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


class LearningStep(Record):
    """A page worth reading next: ``minutes`` is our estimate of reading time."""

    id: Slug
    title: str
    url: Annotated[str, Field(pattern=r"^https://")]
    minutes: int = Field(gt=0)
    level: Literal["none", "beginner", "intermediate", "advanced"]
    stacks: tuple[Stack, ...] = Field(min_length=1)
    read_on: date


class Topic(Record):
    """A question people ask about the frameworks, and our answer to it.

    Attributes:
        asked: how it is asked, in both languages; what an answer is found by.
        answer: two or three sentences; a stale premise is corrected first.
        article: what the article of 2022 said, where it differs from today.
        claims: the article's statements it rests on.
    """

    id: Slug
    title: Text
    asked: tuple[str, ...] = Field(min_length=4)
    answer: Text
    article: Text | None = None
    claims: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = Field(min_length=1)


class Phrase(Record):
    """How people say that a field has a value; ``value`` None says they do not."""

    text: str
    field: FieldName
    value: Value | None
    language: Language


class Knowledge(Record):
    """Everything we claim, the day it was last reviewed, and its content digest."""

    reviewed_on: date
    digest: str
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    vetoes: tuple[Veto, ...]
    cautions: tuple[Caution, ...]
    questions: tuple[Question, ...]
    path: tuple[LearningStep, ...]
    topics: tuple[Topic, ...]
    phrases: tuple[Phrase, ...]
