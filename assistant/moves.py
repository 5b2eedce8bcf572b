"""What a person could have answered instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.records import Answers, Question, Value

Alternatives = Mapping[str, tuple[Value, ...]]
"""Every value a field may take; for counts, one value of each size."""

MANY = ("goals", "existing")
"""Fields that hold several values."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One field set to one other value; ``order`` is its place among all of them.

    Each is made once, and equal to itself alone.
    """

    order: int
    field: str
    instead: Value

    def is_said(self, answers: Answers) -> bool:
        """Whether the person has answered so already."""
        return answers.get(self.field) in (self.instead, (self.instead,))


def alternatives(questions: Sequence[Question]) -> dict[str, tuple[Value, ...]]:
    """The values a person can choose, by field, in the order they are offered."""
    return {
        question.field: tuple(option.value for option in question.options)
        for question in questions
    }


def moves(choices: Alternatives) -> tuple[Move, ...]:
    """Every field set to every value, in the order they are offered."""
    every = ((field, value) for field, values in choices.items() for value in values)
    return tuple(Move(order, *one) for order, one in enumerate(every))


def with_value(answers: Answers, field: str, value: Value) -> Answers:
    """The answers with that field being that value and nothing else.

    A field that holds several values becomes the single one. A new count of rows
    overrules a size that was said.
    """
    changed: Answers = {**answers, field: (value,) if field in MANY else value}
    if field == "dataset_rows":
        changed.pop("dataset_size", None)
    return changed
