"""What a check predicts, what was seen, and how the two compare."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from probes.records import Environment, JobState
from probes.spec import Begun, ProbeRecord, Short

Outcome = Literal["confirmed", "refuted", "mixed", "not_applicable"]
Set = Literal["quick", "full"]
"""Of the article's checks: those that end within two minutes, or all of them."""

Value = bool | int | float | str | tuple[str, ...]
Facts = dict[str, Value]
"""Observed values; a name is ``program.stack.what``, or ``program.what`` if derived."""

FactName = Annotated[str, Field(pattern=r"^[a-z0-9_-]+(\.[A-Za-z0-9_-]+)+$")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

UNDECIDED = "undecided"
"""A value that neither meets a prediction nor fails it."""

NOT_INSTALLED = "not installed here"
NO_BATCH = "none of those tried"
"""Values that are words of ours; ``words`` has their Chinese."""


class Says(ProbeRecord):
    """One sentence of ours in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class Expectation(ProbeRecord):
    """One thing that would be seen if the article were right of this machine.

    Exactly one comparison is given. ``above`` and ``below`` name another fact, that
    is multiplied by ``times`` first.
    """

    fact: FactName
    equals: Value | None = None
    one_of: tuple[Value, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    above: FactName | None = None
    below: FactName | None = None
    times: float = 1.0

    @model_validator(mode="after")
    def has_one_comparison(self) -> Expectation:
        """Refuse none and several."""
        given = (
            self.equals,
            self.one_of,
            self.at_least,
            self.at_most,
            self.above,
            self.below,
        )
        if sum(one is not None for one in given) != 1:
            raise ValueError(f"{self.fact}: give one comparison")
        return self

    def facts(self) -> tuple[str, ...]:
        """Every fact that it reads."""
        return tuple(name for name in (self.fact, self.above, self.below) if name)


class Check(ProbeRecord):
    """What the article's statements predict, as a conjunction.

    Attributes:
        claims: ids of the statements that predict it.
        expects: everything that would be seen if they were right.
        says: what was seen, with ``{fact}`` where a value belongs; true whatever the
            values are.
    """

    id: Id
    claims: tuple[Id, ...] = Field(min_length=1)
    expects: tuple[Expectation, ...] = Field(min_length=1)
    says: Says


class Finding(ProbeRecord):
    """One expectation beside the value seen; ``open`` where it could not be decided."""

    fact: FactName
    predicted: Short
    observed: Value | None
    state: Literal["holds", "fails", "open", "not_installed"]


class Conditions(ProbeRecord):
    """Where a result was seen: installed versions, Python, and the machine."""

    versions: dict[Short, Short]
    python: Short
    machine: Short


class CheckResult(ProbeRecord):
    """One check that ran. ``seconds`` is what its programs took; they are shared."""

    id: Id
    claims: tuple[Id, ...]
    outcome: Outcome
    findings: tuple[Finding, ...]
    observed: Facts
    sentence: Says
    conditions: Conditions
    seconds: float = Field(ge=0, allow_inf_nan=False)


class Skipped(ProbeRecord):
    """One check that did not run, and why."""

    id: Id
    claims: tuple[Id, ...]
    reason: Says


class CheckReport(ProbeRecord):
    """All checks of one run, those that were skipped among them."""

    schema_version: Literal[1] = 1
    set: Set
    started_at: Begun
    duration_s: float = Field(ge=0, allow_inf_nan=False)
    environment: Environment
    versions: dict[Short, Short | None]
    results: tuple[CheckResult, ...]
    skipped: tuple[Skipped, ...]


class CheckProgress(ProbeRecord):
    """How far a run is, and the results that have become known since last time."""

    fraction: float = Field(ge=0, le=1)
    phase: Short
    results: tuple[CheckResult, ...] = ()


class CheckJob(ProbeRecord):
    """Checks of one ``claim``, or of a ``set`` of them, as the wire shows it."""

    id: str
    claim: Id | None = None
    set: Set | None = None
    state: JobState
    progress: float = Field(ge=0, le=1)
    phase: Short
    results: tuple[CheckResult, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    problem: Short | None = None
