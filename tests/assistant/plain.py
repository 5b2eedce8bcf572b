"""The deciding core as plainly as it can be put: no bits, no sums kept, no memos.

What ``assistant.tally`` does fast, this does slowly; the laws compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from itertools import combinations

from assistant.moves import Alternatives, with_value
from assistant.scoring import (
    CLEAR_LEAD,
    STRONG_SUPPORT,
    Choice,
    Contribution,
    Verdict,
    applies,
    contribution,
    in_use,
    weighted,
)
from knowledge.records import (
    PRESCRIBED,
    Answers,
    Basis,
    Framework,
    Knowledge,
    Rulebook,
    Stack,
    Value,
    Veto,
)

Weights = Mapping[str, float]
Found = tuple[str, Value, Choice, Stack | None]
"""A field, what it is instead, and the framework and stack that this leads to."""


def verdict(
    knowledge: Knowledge,
    answers: Answers,
    weights: Weights | None = None,
    rulebook: Rulebook = Rulebook.TODAY,
) -> Verdict:
    """What a rulebook says of these answers."""
    full = in_use(answers)
    lines = [
        weighted(contribution(rule), (weights or {}).get(rule.criterion, 1.0))
        for rule in knowledge.rules
        if applies(rule.when, full)
        and (
            rule.basis is Basis.ARTICLE
            if rulebook is Rulebook.ARTICLE
            else rule.basis is Basis.TODAY or rule.stands
        )
    ]
    hard = knowledge.vetoes if rulebook is Rulebook.TODAY else ()
    held = [veto for veto in hard if applies(veto.when, full)]
    return decide(lines, held, clear_lead=CLEAR_LEAD[rulebook])


def told(verdict: Verdict) -> tuple[object, ...]:
    """All that a verdict says, to be compared with another."""
    return tuple(getattr(verdict, field.name) for field in fields(verdict))


def decide(
    lines: Sequence[Contribution],
    vetoes: Sequence[Veto],
    *,
    clear_lead: float,
    middle: bool = True,
) -> Verdict:
    """Add up the lines; a veto wins over any sum.

    Args:
        middle: whether Keras on PyTorch may stand for both.
    """
    balance = _total(
        line.points if line.toward == Framework.KERAS else -line.points
        for line in lines
        if line.at == "framework"
    )
    excluded = {stack for veto in vetoes for stack in veto.excludes}
    left = [stack for stack in Stack if stack not in excluded]
    families = {stack.framework for stack in left}
    choice: Choice = "either"
    if len(families) == 1:
        choice = next(iter(families)).value
    elif families and abs(balance) > clear_lead:
        choice = "keras" if balance > 0 else "pytorch"
    return Verdict(
        choice=choice,
        stack=_stack(choice, balance, lines, left, middle=middle),
        balance=float(balance),
        contributions=tuple(lines),
        vetoes=tuple(vetoes),
        settled=len(families) == 1,
        collided=not families,
    )


def _stack(
    choice: Choice,
    balance: Fraction,
    lines: Sequence[Contribution],
    left: Sequence[Stack],
    *,
    middle: bool,
) -> Stack | None:
    if choice == "either":
        if middle and _both_supported(lines) and Stack.KERAS_TORCH in left:
            return Stack.KERAS_TORCH
        if balance == 0:
            return None
        choice = "keras" if balance > 0 else "pytorch"
    points = {
        stack: _total(
            line.points for line in lines if line.at == "stack" and line.toward == stack
        )
        for stack in left
        if stack.framework == choice
    }
    return max(points, key=lambda stack: points[stack], default=None)


def _total(points: Iterable[float]) -> Fraction:
    """Exact: 1 and a trace more is more than 1."""
    return sum(map(Fraction, points), Fraction())


def _both_supported(lines: Sequence[Contribution]) -> bool:
    return all(
        _total(
            line.points
            for line in lines
            if line.at == "framework" and line.toward == framework
        )
        >= STRONG_SUPPORT
        for framework in Framework
    )


def flips(
    knowledge: Knowledge,
    choices: Alternatives,
    answers: Answers,
    weights: Weights | None = None,
    rulebook: Rulebook = Rulebook.TODAY,
) -> list[Found]:
    """Every answer tried in the place of every other."""
    now = verdict(knowledge, answers, weights, rulebook).choice
    found = []
    for field, value in _moves(choices, answers):
        changed = with_value(answers, field, value)
        then = verdict(knowledge, changed, weights, rulebook)
        if then.choice != now:
            found.append((field, value, then.choice, then.stack))
    return found


def nearest_pair(
    knowledge: Knowledge,
    choices: Alternatives,
    answers: Answers,
    weights: Weights | None = None,
    rulebook: Rulebook = Rulebook.TODAY,
) -> list[Found] | None:
    """Every two answers of different fields tried, prescriptions apart."""
    now = verdict(knowledge, answers, weights, rulebook).choice
    moves = [one for one in _moves(choices, answers) if one[0] != PRESCRIBED]
    ways = []
    for place, (one, other) in enumerate(combinations(moves, 2)):
        if one[0] == other[0]:
            continue
        both = with_value(with_value(answers, *one), *other)
        then = verdict(knowledge, both, weights, rulebook)
        if then.choice != now:
            back = (one[0] in answers) + (other[0] in answers)
            pair = [(*move, then.choice, then.stack) for move in (one, other)]
            ways.append((back, place, pair))
    return min(ways, key=lambda way: way[:2])[2] if ways else None


def _moves(choices: Alternatives, answers: Answers) -> Iterator[tuple[str, Value]]:
    for field, values in choices.items():
        for value in values:
            if answers.get(field) not in (value, (value,)):
                yield field, value
