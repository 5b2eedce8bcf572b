"""The unknown field whose answer could change the verdict most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from assistant.index import Index
from assistant.moves import with_value
from assistant.scoring import Choice
from assistant.tally import Tally
from knowledge.records import Answers, Question, Stack, Value

OPENING = "goals"
"""Asked first when nothing is known: askers state it most readily (askers.md, 4)."""


class Effect(NamedTuple):
    """What one answer would lead to; ``turns`` where that is another framework."""

    value: Value
    choice: Choice
    stack: Stack | None
    turns: bool


def effects(
    index: Index, tally: Tally, question: Question, answers: Answers
) -> tuple[Effect, ...]:
    """Every answer on offer, in order, with the verdict that it alone would bring."""
    now, _ = tally.outcome(index.parts(answers))
    found = []
    for option in question.options:
        changed = with_value(answers, question.field, option.value)
        choice, stack = tally.outcome(index.parts(changed))
        found.append(Effect(option.value, choice, stack, choice != now))
    return tuple(found)


def next_question(
    index: Index,
    tally: Tally,
    questions: Sequence[Question],
    answers: Answers,
    declined: Collection[str] = (),
) -> Question | None:
    """The question most worth asking, or None when no answer could change anything.

    Worth is how far the lead may move: the standard deviation, in points, over the
    values a field may take and how common they are. ``python -m
    tests.evaluation.asking`` compares it with asking by lot; asking first for what
    could turn the verdict at once was slower, for most verdicts turn in two steps.
    """
    open_questions = [
        question
        for question in questions
        if question.field not in answers and question.field not in declined
    ]
    if not answers:
        opening = [q for q in open_questions if q.field == OPENING]
        if opening:
            return opening[0]
    parts = index.parts(answers)
    now, lead = tally.outcome(parts), tally.position(parts)
    best, most, matters = None, 0.0, False
    for question in open_questions:
        moves = []
        for option in question.options:
            changed = index.parts(with_value(answers, question.field, option.value))
            moves.append((option.share, tally.position(changed) - lead))
            matters = matters or tally.outcome(changed) != now
        worth = _spread(moves)
        if best is None or worth > most:
            best, most = question, worth
    return best if matters else None


def _spread(moves: Sequence[tuple[float, float]]) -> float:
    """Variance of moves of the lead, by share; who gives none of them moves nothing."""
    mean = sum(share * move for share, move in moves)
    return sum(share * move**2 for share, move in moves) - mean**2
