"""Which other answers would have changed the advice: one, or the nearest two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import itemgetter

from assistant.index import Part
from assistant.memo import Memo
from assistant.moves import Move
from assistant.naming import Outcome
from assistant.tally import Tally, Turn
from assistant.wire import Flip
from knowledge.records import Answers

_FLIP: Callable[[tuple[int, Flip]], Flip] = itemgetter(1)


class WhatIf:
    """Finds the moves that turn the advice; a record of one is made once."""

    def __init__(self) -> None:
        self._flips = Memo(_flips)

    def flips(self, tally: Tally, parts: Sequence[Part]) -> tuple[Flip, ...]:
        """Every single change of one field that names another framework."""
        turned = map(self._flips.__getitem__, tally.flips(parts))
        # No two have the same place, so that two flips are never compared.
        return tuple(map(_FLIP, sorted(chain.from_iterable(turned))))

    def nearest_pair(
        self, tally: Tally, parts: Sequence[Part], answers: Answers
    ) -> tuple[Flip, Flip] | None:
        """The nearest two changes that together name another framework.

        Nearest: fewest answers taken back that were given, then the order of the
        questions. Prescriptions are left out. None where no two do it.
        """
        best: tuple[int, int, int] | None = None
        found: tuple[Flip, Flip] | None = None
        for outcome, pairs in tally.pairs(parts):
            for pair in pairs:
                one, other = sorted(pair, key=lambda move: move.order)
                given = (one.field in answers) + (other.field in answers)
                near = (given, one.order, other.order)
                if best is None or near < best:
                    best, found = near, (flipped(one, outcome), flipped(other, outcome))
        return found


def _flips(turned: tuple[Outcome, Turn]) -> list[tuple[int, Flip]]:
    outcome, turn = turned
    return [(one.order, flipped(one, outcome)) for one in turn.moves]


def flipped(move: Move, outcome: Outcome) -> Flip:
    """The record of a move and what it comes to."""
    framework, stack = outcome
    return Flip.made(
        field=move.field, instead=move.instead, framework=framework, stack=stack
    )
