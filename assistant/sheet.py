"""The rules of one rulebook, prepared so that a what-if costs a microsecond.

Every rule and every veto is one bit. The answers of a group of fields leave some of
them standing; what all groups leave standing, holds. So changing one field replaces
one mask; the sum of what then holds is read from tables (``assistant.tally``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.scoring import (
    CLEAR_LEAD,
    DERIVED,
    SPEED,
    Contribution,
    Verdict,
    contribution,
    decide,
    derived,
    weighted,
)
from assistant.tally import Tally
from knowledge.records import (
    Answers,
    Basis,
    Condition,
    Knowledge,
    Rule,
    Rulebook,
    Value,
    Veto,
)

Answer = Value | tuple[Value, ...] | None
MOST_KEPT = 20_000
"""Entries of a memo before it begins anew: people's own numbers have no end."""


class Group:
    """Fields that are read together, and what their answers leave standing."""

    def __init__(
        self, fields: Sequence[str], needs: Mapping[Condition, int], every: int
    ) -> None:
        self.fields = tuple(fields)
        self._needs = [(c, bits) for c, bits in needs.items() if c.field in fields]
        self._every = every
        self._memo: dict[tuple[Answer, ...], int] = {}

    @property
    def matters(self) -> bool:
        return bool(self._needs)

    def mask(self, answers: Answers) -> int:
        key = tuple([answers.get(field) for field in self.fields])
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= MOST_KEPT:
                self._memo.clear()
            known = self._memo[key] = self._standing(key)
        return known

    def _standing(self, key: tuple[Answer, ...]) -> int:
        said = dict(zip(self.fields, key, strict=True))
        full = derived({field: v for field, v in said.items() if v is not None})
        blocked = 0
        for condition, bits in self._needs:
            if condition.field not in full or not condition.holds(
                full[condition.field]
            ):
                blocked |= bits
        return self._every & ~blocked


class Sheet:
    """The rules and vetoes of one rulebook, prepared for many evaluations."""

    def __init__(self, knowledge: Knowledge, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.rules = [rule for rule in knowledge.rules if _counts(rule, rulebook)]
        # The article knows no hard rules; they are part of today's view only.
        self.vetoes = knowledge.vetoes if rulebook is Rulebook.TODAY else ()
        self.every = (1 << len(self.rules) + len(self.vetoes)) - 1
        needs: dict[Condition, int] = {}
        conditional: tuple[Rule | Veto, ...] = (*self.rules, *self.vetoes)
        for place, one in enumerate(conditional):
            for condition in one.when:
                needs[condition] = needs.get(condition, 0) | 1 << place
        self.groups = [
            group
            for fields in _grouped(condition.field for condition in needs)
            if (group := Group(fields, needs, self.every)).matters
        ]
        self._beliefs = sum(
            1 << place
            for place, rule in enumerate(self.rules)
            if rule.criterion == SPEED and rule.at == "framework"
        )
        self._neutral = [contribution(rule) for rule in self.rules]
        self._tallies: dict[tuple[tuple[str, float], ...], Tally] = {}

    def bits(self, answers: Answers) -> int:
        """The rules and vetoes that hold, one bit each, in knowledge order."""
        left = self.every
        for group in self.groups:
            left &= group.mask(answers)
        return left

    def tally(
        self,
        weights: Mapping[str, float] | None = None,
        evidence: Sequence[Contribution] = (),
    ) -> Tally:
        """Sums under these weights; kept where no evidence changes them."""
        key = _moved(weights)
        if evidence:
            return self._tally(key, evidence)
        if key not in self._tallies:
            if len(self._tallies) >= 64:
                self._tallies.clear()
            self._tallies[key] = self._tally(key, ())
        return self._tallies[key]

    def _tally(
        self, key: Sequence[tuple[str, float]], evidence: Sequence[Contribution]
    ) -> Tally:
        weights = dict(key)
        return Tally(
            self._weighed(weights),
            self._beliefs if _replaces_beliefs(evidence) else 0,
            [weighted(line, weights.get(line.criterion, 1.0)) for line in evidence],
            self.vetoes,
            CLEAR_LEAD[self.rulebook],
        )

    def _weighed(self, weights: Mapping[str, float]) -> list[Contribution]:
        if not weights:
            return self._neutral
        return [
            weighted(line, weights.get(line.criterion, 1.0)) for line in self._neutral
        ]

    def evaluate(
        self,
        answers: Answers,
        weights: Mapping[str, float] | None = None,
        evidence: Sequence[Contribution] = (),
    ) -> Verdict:
        """Add up everything known.

        Args:
            answers: known fields only.
            weights: criterion id to weight, 0..2, missing ones being 1.
            evidence: measured lines; where one speaks of speed, beliefs about the
                speed of frameworks are left out.
        """
        bits = self.bits(answers)
        heard = bits & ~self._beliefs if _replaces_beliefs(evidence) else bits
        given = dict(_moved(weights))
        values = self._weighed(given)
        lines = [values[place] for place in _set_bits(heard, len(values))]
        lines += [weighted(one, given.get(one.criterion, 1.0)) for one in evidence]
        held = bits >> len(values)
        vetoes = [self.vetoes[n] for n in _set_bits(held, len(self.vetoes))]
        return decide(lines, vetoes, clear_lead=CLEAR_LEAD[self.rulebook])


def _grouped(fields: Iterable[str]) -> Iterator[tuple[str, ...]]:
    yield from DERIVED
    together = {field for group in DERIVED for field in group}
    for field in dict.fromkeys(fields):
        if field not in together:
            yield (field,)


def _set_bits(bits: int, size: int) -> Iterator[int]:
    bits &= (1 << size) - 1
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _moved(weights: Mapping[str, float] | None) -> tuple[tuple[str, float], ...]:
    """The weights that are not neutral, in one order."""
    return tuple(sorted((c, w) for c, w in (weights or {}).items() if w != 1.0))


def _replaces_beliefs(evidence: Sequence[Contribution]) -> bool:
    return any(line.at == "framework" and line.points for line in evidence)


def _counts(rule: Rule, rulebook: Rulebook) -> bool:
    if rulebook is Rulebook.ARTICLE:
        return rule.basis is Basis.ARTICLE
    return rule.basis is Basis.TODAY or rule.stands
