"""Which other answers would have changed the advice: one, or the nearest two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from assistant.scoring import Choice
from assistant.sheet import MOST_KEPT, Answer, Group, Sheet
from assistant.tally import Tally
from knowledge.records import Answers, Question, Stack, Value

Alternatives = Mapping[str, tuple[Value, ...]]
"""Every value a field may take; for counts, one value of each size."""

MANY = ("goals", "existing")
"""Fields that hold several values."""

PRESCRIBED = "mandated"
"""Another prescription always turns the advice, so in a pair it would tell nothing."""


class Change(NamedTuple):
    """One field set to one other value, and what would then be advised."""

    field: str
    instead: Value
    choice: Choice
    stack: Stack | None


@dataclass(frozen=True, slots=True)
class Move:
    """One field set to one other value; ``order`` is its place among all of them."""

    order: int
    field: str
    instead: Value


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
    changed: Answers = {**answers, field: (value,) if field in MANY else value}
    if field == "dataset_rows":
        changed.pop("dataset_size", None)
    return changed


class WhatIf:
    """All moves of one sheet, sorted by what they leave standing, ready to be tried."""

    def __init__(self, sheet: Sheet, choices: Alternatives) -> None:
        self.sheet = sheet
        moves = [
            Move(order, field, value)
            for order, (field, value) in enumerate(
                (field, value) for field, values in choices.items() for value in values
            )
        ]
        self._moves = [
            [move for move in moves if move.field in group.fields]
            for group in sheet.groups
        ]
        self._memo: dict[tuple[int, tuple[Answer, ...]], dict[int, list[Move]]] = {}

    def _by_mask(self, place: int, answers: Answers) -> dict[int, list[Move]]:
        """The moves within a group, those with one effect together."""
        group = self.sheet.groups[place]
        key = (place, tuple([answers.get(field) for field in group.fields]))
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= MOST_KEPT:
                self._memo.clear()
            known = self._memo[key] = _grouped(group, answers, self._moves[place])
        return known

    def flips(
        self, answers: Answers, settled: Choice, tally: Tally
    ) -> tuple[Change, ...]:
        """Every single change of one field that names another framework."""
        masks = [group.mask(answers) for group in self.sheet.groups]
        found: list[tuple[int, Change]] = []
        for place, others in enumerate(_all_but_one(masks, self.sheet.every)):
            for mask, moves in self._by_mask(place, answers).items():
                if mask == masks[place] or tally.choice(others & mask) == settled:
                    continue
                choice, stack = tally.outcome(others & mask)
                found += [
                    (one.order, Change(one.field, one.instead, choice, stack))
                    for one in moves
                ]
        found.sort()  # no two have the same place
        return tuple(change for _, change in found)

    def nearest_pair(
        self, answers: Answers, settled: Choice, tally: Tally
    ) -> tuple[Change, Change] | None:
        """The nearest two changes that together name another framework.

        Nearest: fewest answers taken back that were given, then the order of the
        questions. Prescriptions are left out. None where no two do it.
        """
        masks = [group.mask(answers) for group in self.sheet.groups]
        stays: dict[int, bool] = {}
        best: tuple[int, int, int] | None = None
        changes: tuple[Change, Change] | None = None
        for bits, first, second in self._pairs(answers, masks):
            if bits not in stays:
                stays[bits] = tally.choice(bits) == settled
            if stays[bits]:
                continue
            one, other = sorted((first, second), key=lambda move: move.order)
            given = (one.field in answers) + (other.field in answers)
            near = (given, one.order, other.order)
            if best is None or near < best:
                best = near
                choice, stack = tally.outcome(bits)
                changes = (
                    Change(one.field, one.instead, choice, stack),
                    Change(other.field, other.instead, choice, stack),
                )
        return changes

    def _pairs(
        self, answers: Answers, masks: Sequence[int]
    ) -> Iterator[tuple[int, Move, Move]]:
        """Two moves of different fields, and what holds after both.

        Of moves of one field with one effect only the first is tried.
        """
        firsts = [
            [
                (mask, move)
                for mask, moves in self._by_mask(place, answers).items()
                if mask != masks[place]
                for move in _first_of_each_field(moves)
            ]
            for place in range(len(masks))
        ]
        for one, other in combinations(range(len(masks)), 2):
            rest = self.sheet.every
            for place, mask in enumerate(masks):
                if place not in (one, other):
                    rest &= mask
            for mask, first in firsts[one]:
                half = rest & mask
                for second_mask, second in firsts[other]:
                    yield half & second_mask, first, second
        for place, rest in enumerate(_all_but_one(masks, self.sheet.every)):
            group = self.sheet.groups[place]
            for first, second in combinations(self._moves[place], 2):
                if first.field != second.field and not any(
                    _is_said(answers, move) for move in (first, second)
                ):
                    both = with_value(answers, first.field, first.instead)
                    both = with_value(both, second.field, second.instead)
                    yield rest & group.mask(both), first, second


def _is_said(answers: Answers, move: Move) -> bool:
    return answers.get(move.field) in (move.instead, (move.instead,))


def _grouped(
    group: Group, answers: Answers, moves: Sequence[Move]
) -> dict[int, list[Move]]:
    said: dict[int, list[Move]] = {}
    for move in moves:
        if not _is_said(answers, move):
            changed = with_value(answers, move.field, move.instead)
            said.setdefault(group.mask(changed), []).append(move)
    return said


def _first_of_each_field(moves: Sequence[Move]) -> list[Move]:
    firsts: dict[str, Move] = {}
    for move in moves:
        if move.field != PRESCRIBED:
            firsts.setdefault(move.field, move)
    return list(firsts.values())


def _all_but_one(masks: Sequence[int], every: int) -> list[int]:
    """For each place, what all other masks leave standing."""
    after = [every]
    for mask in reversed(masks):
        after.append(after[-1] & mask)
    before, found = every, []
    for place, mask in enumerate(masks):
        found.append(before & after[len(masks) - 1 - place])
        before &= mask
    return found
