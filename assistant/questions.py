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

STACK_SHARE = 0.25
"""What a change of stack counts against a change of framework."""


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

    Worth is the expected change: over the values a field may take and how common they
    are, how often the framework changes (and, counting a quarter, the stack alone).
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
    choice, stack = tally.outcome(sheet.bits(answers))
    best, most = None, 0.0
    for question in open_questions:
        worth = 0.0
        for option in question.options:
            changed = with_value(answers, question.field, option.value)
            then, then_stack = tally.outcome(sheet.bits(changed))
            if then != choice:
                worth += option.share
            elif then_stack != stack:
                worth += STACK_SHARE * option.share
        if worth > most:
            best, most = question, worth
    return best
