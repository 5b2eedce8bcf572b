"""What would change the advice while reports are heard.

Another answer may rule a report out or let one in, and may change which Keras stack
speaks for Keras. So every other answer is decided anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from assistant.moves import Move, with_value
from assistant.naming import Outcome
from assistant.sensitivity import flipped
from assistant.wire import Flip
from knowledge.records import PRESCRIBED, Answers

Outcomes = Callable[[Answers], Outcome]
"""What any answers come to, with every report read anew for them."""


def flips(
    moves: Iterable[Move], answers: Answers, outcomes: Outcomes
) -> tuple[Flip, ...]:
    """Every single change of one field that names another framework."""
    now, _ = outcomes(answers)
    return tuple(
        flipped(move, then)
        for move in moves
        if not move.is_said(answers)
        if (then := outcomes(with_value(answers, move.field, move.instead)))[0] != now
    )


def nearest_pair(
    moves: Sequence[Move], answers: Answers, outcomes: Outcomes
) -> tuple[Flip, Flip] | None:
    """The nearest two changes that together name another framework.

    Nearest is meant as where nothing is measured: fewest answers taken back, then the
    order of the questions.
    """
    now, _ = outcomes(answers)
    left = [m for m in moves if m.field != PRESCRIBED and not m.is_said(answers)]
    pairs = [pair for pair in combinations(left, 2) if pair[0].field != pair[1].field]
    pairs.sort(key=lambda pair: sum(move.field in answers for move in pair))
    for one, other in pairs:
        half = with_value(answers, one.field, one.instead)
        then = outcomes(with_value(half, other.field, other.instead))
        if then[0] != now:
            return flipped(one, then), flipped(other, then)
    return None
