"""What answers add up to under one rulebook: one long integer for each person.

From its low end, a total has

- for every rule or veto that asks several groups, a lane that counts those groups in
  which it is met, started so that the last of them sets the lane's top bit;
- the points of every stack and framework (:mod:`assistant.lanes`), the balance highest;
- a bit for every veto.

Each group's part of the answers is one addend, so another answer adds one *step*. What
hangs on several groups is agreed on last, by the top bits of the counts; most steps
touch no count, and leave that as it is. Because balance and vetoes are highest, the
totals that name one framework under the same vetoes are those between two numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeVar

from assistant.index import Part, places
from assistant.lanes import Lanes
from assistant.memo import Memo
from assistant.moves import PRESCRIBED, Move
from assistant.naming import Naming, Outcome
from assistant.scoring import Choice, Contribution, Verdict
from knowledge.records import Veto

W = TypeVar("W")
Steps = Sequence[tuple[int, tuple[W, ...]]]
"""What ways to answer otherwise add to a total, and the ways that add it."""

Pair = tuple[Move, Move]

SETTLED: dict[Choice, float] = {"keras": 8.0, "either": 0.0, "pytorch": -8.0}
"""The lead, in points, that a hard rule counts as where leads are compared."""


class Price(NamedTuple):
    """What a part adds, and what other answers in its group would add to that.

    ``alone`` touch no count, ``joint`` touch some.
    """

    own: int
    alone: Steps[Move]
    joint: Steps[Move]


class PairPrice(NamedTuple):
    """The same without prescriptions, for two moves at once.

    ``hard`` touch a veto, ``soft`` touch none; ``within`` are two moves in this group.
    """

    hard: Steps[Move]
    soft: Steps[Move]
    within: Steps[Pair]


class Tally:
    """The sums of one rulebook under fixed weights and evidence.

    Every sum is made when it is first asked for, and kept.
    """

    def __init__(
        self,
        asks: Sequence[int],
        lines: Mapping[int, Contribution],
        vetoes: Mapping[int, Veto],
        evidence: Sequence[Contribution],
        lead: float,
    ) -> None:
        """Lay out the lanes.

        Args:
            asks: for each place of the index, how many groups are asked there.
            lines: the rules that count, by place, weighted.
            vetoes: the vetoes that count, by place; after all lines.
            evidence: lines that hold for everybody, weighted.
            lead: points that a lead must exceed.
        """
        self._lines, self._vetoes, self._evidence = lines, vetoes, tuple(evidence)
        lanes = Lanes([*lines.values(), *evidence])
        self._lanes = lanes
        self._naming = Naming(lanes, tuple(vetoes.values()), lead)
        self._outcomes = Memo(self._naming.outcome)
        self._values = {place: lanes.packed(line) for place, line in lines.items()}
        for bit, place in enumerate(vetoes):
            self._values[place] = 1 << lanes.end + bit
        self._places = sum(1 << place for place in self._values)
        self._empty = lanes.empty + sum(lanes.packed(line) for line in evidence)
        self._count(asks)
        self._prices = Memo(self._price)
        self._pair_prices = Memo(self._pair_price)

    def _count(self, asks: Sequence[int]) -> None:
        """Lay out the counts, below all else."""
        low = start = 0
        tops: dict[int, int] = {}
        self._addends: dict[int, int] = {}
        for place, value in self._values.items():
            if asks[place] > 1:
                width = asks[place].bit_length()
                start += (1 << width) - asks[place] << low
                self._addends[place] = 1 << low
                tops[1 << low + width] = value
                low += width + 1
        for place, value in self._values.items():
            self._addends.setdefault(place, value << low)
        self._start = start + (self._empty << low)
        self._low, self._tops = low, sum(tops)
        self._agreed = Memo[int, int](
            lambda bits: sum(value << low for top, value in tops.items() if bits & top)
        )

    def verdict(self, holds: int) -> Verdict:
        """What holds, line by line, and what it adds up to.

        Args:
            holds: bits of the index.
        """
        found = places(holds & self._places)
        lines, total = [], self._empty
        for place in found:
            total += self._values[place]
            if place in self._lines:
                lines.append(self._lines[place])
        choice, stack = self._outcomes[total]
        left = self._naming.left(total)
        return Verdict(
            choice=choice,
            stack=stack,
            balance=self._lanes.balance(total),
            contributions=(*lines, *self._evidence),
            vetoes=tuple([self._vetoes[place] for place in found[len(lines) :]]),
            settled=left.settled,
            collided=left.collided,
        )

    def outcome(self, parts: Iterable[Part]) -> Outcome:
        """The framework and the stack that these parts come to."""
        _, now = self._totals([self._prices[part] for part in parts])
        return self._outcomes[now >> self._low]

    def position(self, parts: Iterable[Part]) -> float:
        """The lead in points, Keras above zero; :data:`SETTLED` where vetoes settle."""
        _, now = self._totals([self._prices[part] for part in parts])
        forced = self._naming.left(now >> self._low).forced
        return (
            self._lanes.balance(now >> self._low) if forced is None else SETTLED[forced]
        )

    def flips(self, parts: Iterable[Part]) -> list[tuple[Outcome, Sequence[Move]]]:
        """Moves that name another framework, with what they come to."""
        prices = [self._prices[part] for part in parts]
        total, now = self._totals(prices)
        choice = self._naming.choice(now >> self._low)
        least, most = self._range(now)
        agreed, tops = self._agreed, self._tops
        reached: list[tuple[int, Sequence[Move]]] = []
        # Some thirty steps for every person: nothing is called in here.
        for _, alone, joint in prices:
            for step, moves in alone:
                if not least <= now + step < most:
                    reached.append((now + step, moves))
            for step, moves in joint:
                then = total + step
                then += agreed[then & tops]
                if not least <= then < most:
                    reached.append((then, moves))
        named = [(self._outcomes[then >> self._low], moves) for then, moves in reached]
        return [one for one in named if one[0][0] != choice]

    def pairs(self, parts: Sequence[Part]) -> Iterator[tuple[Outcome, Iterable[Pair]]]:
        """Two moves of different fields that name another framework.

        To be asked where no single move does, but a prescription: those are left out.
        """
        total, now = self._totals([self._prices[part] for part in parts])
        naming, low = self._naming, self._low
        choice = naming.choice(now >> low)
        for then, pairs in self._after_two(parts, total, naming.is_forced(now >> low)):
            if naming.choice(then >> low) != choice:
                yield self._outcomes[then >> low], pairs

    def _after_two(
        self, parts: Sequence[Part], total: int, forced: bool
    ) -> Iterator[tuple[int, Iterable[Pair]]]:
        """Totals after two moves, less those that cannot but name the same.

        Where vetoes force the choice, only a step that touches a veto can change it.
        """
        prices = [self._pair_prices[part] for part in parts]
        hard = [(at, one) for at, price in enumerate(prices) for one in price.hard]
        soft = [(at, one) for at, price in enumerate(prices) for one in price.soft]
        for at, (step, moves) in hard if forced else hard + soft:
            then = self._after(total + step) >> self._low
            still = self._naming.is_forced(then)
            for there, (more, others) in hard if still else hard + soft:
                if there != at:
                    yield self._after(total + step + more), product(moves, others)
        # Two moves in one group are no sum of two moves.
        for price in prices:
            for step, pairs in price.within:
                yield self._after(total + step), pairs

    def _totals(self, prices: Iterable[Price]) -> tuple[int, int]:
        """The sum, without and with what several groups agree on."""
        total = self._start + sum([price.own for price in prices])
        return total, self._after(total)

    def _after(self, total: int) -> int:
        return total + self._agreed[total & self._tops]

    def _range(self, now: int) -> tuple[int, int]:
        least, most = self._naming.range(now >> self._low)
        return least << self._low, most << self._low

    def _price(self, part: Part) -> Price:
        own = self._sum(part.meets)
        steps = self._steps(own, part.ways)
        counts = (1 << self._low) - 1
        return Price(
            own,
            alone=[one for one in steps if not one[0] & counts],
            joint=[one for one in steps if one[0] & counts],
        )

    def _pair_price(self, part: Part) -> PairPrice:
        own = self._sum(part.meets)
        vetoes = sum(1 << place for place in self._vetoes)
        free = [
            (meets, kept)
            for meets, moves in part.ways
            if (kept := tuple(one for one in moves if one.field != PRESCRIBED))
        ]
        hard = [one for one in free if (one[0] ^ part.meets) & vetoes]
        soft = [one for one in free if not (one[0] ^ part.meets) & vetoes]
        return PairPrice(
            self._steps(own, hard), self._steps(own, soft), self._steps(own, part.pairs)
        )

    def _steps(
        self, own: int, ways: Iterable[tuple[int, tuple[W, ...]]]
    ) -> list[tuple[int, tuple[W, ...]]]:
        """What each way adds; ways that add the same are one, and none adds nothing."""
        found: dict[int, tuple[W, ...]] = {}
        for meets, moves in ways:
            step = self._sum(meets) - own
            found[step] = found.get(step, ()) + moves
        found.pop(0, None)
        return list(found.items())

    def _sum(self, meets: int) -> int:
        return sum([self._addends[place] for place in places(meets & self._places)])
