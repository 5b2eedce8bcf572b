"""Which single answer, had it been different, would have changed the advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.scoring import Choice, Contribution, Sheet, Verdict
from knowledge.records import Answers, Question, Stack, Value

Alternatives = Mapping[str, tuple[Value, ...]]
"""Every value a field may take; for counts, one value of each size."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field set to one other value, and what would then be advised."""

    field: str
    instead: Value
    choice: Choice
    stack: Stack | None


def alternatives(questions: Sequence[Question]) -> dict[str, tuple[Value, ...]]:
    """The values a person can choose, by field, in the order they are offered."""
    return {
        question.field: tuple(option.value for option in question.options)
        for question in questions
    }


def with_value(answers: Answers, field: str, value: Value) -> Answers:
    """The answers with that field being that value and nothing else.

    A field that holds several values becomes the single one. A new count of rows
    overrules a size that was said.
    """
    many = field in ("goals", "existing")
    changed: Answers = {**answers, field: (value,) if many else value}
    if field == "dataset_rows":
        changed.pop("dataset_size", None)
    return changed


def outcomes(
    sheet: Sheet,
    answers: Answers,
    choices: Alternatives,
    weights: Mapping[str, float] | None = None,
    evidence: Sequence[Contribution] = (),
) -> Iterator[tuple[str, Value, Verdict]]:
    """Try every other value of every field, known or not, one field at a time."""
    for field, values in choices.items():
        for value in values:
            if answers.get(field) in (value, (value,)):
                continue
            changed = with_value(answers, field, value)
            yield field, value, sheet.evaluate(changed, weights, evidence)


def flips(
    sheet: Sheet,
    answers: Answers,
    choices: Alternatives,
    settled: Choice,
    weights: Mapping[str, float] | None = None,
    evidence: Sequence[Contribution] = (),
) -> tuple[Change, ...]:
    """Every single change of one field that names another framework."""
    return tuple(
        Change(field, value, verdict.choice, verdict.stack)
        for field, value, verdict in outcomes(
            sheet, answers, choices, weights, evidence
        )
        if verdict.choice != settled
    )
