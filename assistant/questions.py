"""The unknown field whose answer could change the verdict most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from assistant.scoring import Choice, Contribution
from assistant.sensitivity import with_value
from assistant.sheet import Sheet
from knowledge.records import Answers, Knowledge, Question, Stack, Value

OPENING = "goals"
"""Asked first when nothing is known: askers state it most readily (askers.md, 4)."""


class Effect(NamedTuple):
    """What one answer would lead to; ``turns`` where that is another framework."""

    value: Value
    choice: Choice
    stack: Stack | None
    turns: bool


def effects(
    sheet: Sheet,
    question: Question,
    answers: Answers,
    weights: Mapping[str, float] | None = None,
    evidence: Sequence[Contribution] = (),
) -> tuple[Effect, ...]:
    """Every answer on offer, in order, with the verdict that it alone would bring."""
    tally = sheet.tally(weights, evidence)
    now, _ = tally.outcome(sheet.bits(answers))
    found = []
    for option in question.options:
        changed = with_value(answers, question.field, option.value)
        choice, stack = tally.outcome(sheet.bits(changed))
        found.append(Effect(option.value, choice, stack, choice != now))
    return tuple(found)


def next_question(
    sheet: Sheet,
    knowledge: Knowledge,
    answers: Answers,
    declined: Collection[str] = (),
    weights: Mapping[str, float] | None = None,
    evidence: Sequence[Contribution] = (),
) -> Question | None:
    """The question most worth asking, or None when no answer could change anything.

    Worth is how far the lead may move: the standard deviation, in points, over the
    values a field may take and how common they are. ``python -m
    tests.evaluation.asking`` compares it with asking by lot; asking first for what
    could turn the verdict at once was slower, for most verdicts turn in two steps.
    """
    open_questions = [
        question
        for question in knowledge.questions
        if question.field not in answers and question.field not in declined
    ]
    if not answers:
        opening = [q for q in open_questions if q.field == OPENING]
        if opening:
            return opening[0]
    tally = sheet.tally(weights, evidence)
    bits = sheet.bits(answers)
    now, lead = tally.outcome(bits), tally.position(bits)
    best, most, matters = None, 0.0, False
    for question in open_questions:
        moves = []
        for option in question.options:
            changed = sheet.bits(with_value(answers, question.field, option.value))
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
