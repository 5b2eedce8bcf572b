"""The rules of one rulebook, and their sums under any weights and measurements."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.index import Index
from assistant.scoring import (
    CLEAR_LEAD,
    NOTHING,
    SPEED,
    Heard,
    contribution,
    weighted,
)
from assistant.tally import Tally
from knowledge.records import Basis, Rule, Rulebook, Veto

MOST_TALLIES = 16
"""Weightings whose sums are kept."""


class Sheet:
    """What counts under one rulebook."""

    def __init__(self, index: Index, rulebook: Rulebook) -> None:
        self._asks = index.asks
        self._lead = CLEAR_LEAD[rulebook]
        self._neutral = {
            place: contribution(one)
            for place, one in enumerate(index.things)
            if isinstance(one, Rule) and _counts(one, rulebook)
        }
        # The article knows no hard rules; they are part of today's view only.
        self._vetoes = {
            place: one
            for place, one in enumerate(index.things)
            if isinstance(one, Veto) and rulebook is Rulebook.TODAY
        }
        self._usual = self._made({}, NOTHING)
        self._tallies: dict[tuple[tuple[str, float], ...], Tally] = {}

    def tally(
        self,
        weights: Mapping[str, float] | None = None,
        heard: Heard = NOTHING,
    ) -> Tally:
        """Sums under these weights; kept where no measurement changes them.

        Args:
            weights: criterion id to weight, 0..2, missing ones being 1.
            heard: what was measured.
        """
        if not weights and heard == NOTHING:
            return self._usual
        moved = {c: w for c, w in (weights or {}).items() if w != 1.0}
        if heard != NOTHING:
            return self._made(moved, heard)
        key = tuple(sorted(moved.items()))
        if key not in self._tallies:
            if len(self._tallies) >= MOST_TALLIES:
                self._tallies.clear()
            self._tallies[key] = self._made(moved, NOTHING)
        return self._tallies[key]

    def _made(self, weights: Mapping[str, float], heard: Heard) -> Tally:
        measured = any(line.at == "framework" and line.points for line in heard.lines)
        lines = {
            place: weighted(line, weights.get(line.criterion, 1.0))
            for place, line in self._neutral.items()
            if not (measured and line.criterion == SPEED and line.at == "framework")
        }
        said = [
            weighted(line, weights.get(line.criterion, 1.0)) for line in heard.lines
        ]
        middle = heard.middle or weights.get(SPEED) == 0
        return Tally(self._asks, lines, self._vetoes, said, self._lead, middle=middle)


def _counts(rule: Rule, rulebook: Rulebook) -> bool:
    if rulebook is Rulebook.ARTICLE:
        return rule.basis is Basis.ARTICLE
    return rule.basis is Basis.TODAY or rule.stands
