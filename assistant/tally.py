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
from operator import itemgetter
from typing import NamedTuple, TypeVar

from assistant.index import Part, places
from assistant.lanes import Counts, Lanes
from assistant.memo import Memo
from assistant.moves import Move
from assistant.naming import Left, Outcome, Side, Sides
from assistant.scoring import Choice, Contribution, Verdict
from knowledge.records import PRESCRIBED, Veto

W = TypeVar("W")
Steps = Sequence[tuple[int, tuple[W, ...]]]
"""What ways to answer otherwise add to a total, and the ways that add it."""

Moves = tuple[Move, ...]
Pair = tuple[Move, Move]

SETTLED: dict[Choice, float] = {"keras": 8.0, "either": 0.0, "pytorch": -8.0}
"""The lead, in points, that a hard rule counts as where leads are compared."""


class Turn:
    """Moves that lead to the same, to be looked up by: equal to itself alone."""

    __slots__ = ("moves",)

    def __init__(self, moves: tuple[Move, ...]) -> None:
        self.moves = moves


class Price(NamedTuple):
    """What a part adds, and what other answers in its group would add to that.

    ``alone`` touch no count, the least first; they lie from ``least`` to ``most``.
    ``joint`` touch some.
    """

    own: int
    least: int
    most: int
    alone: Sequence[tuple[int, Turn]]
    joint: Sequence[tuple[int, Turn]]


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
        *,
        middle: bool = True,
    ) -> None:
        """Lay out the lanes.

        Args:
            asks: for each place of the index, how many groups are asked there.
            lines: the rules that count, by place, weighted.
            vetoes: the vetoes that count, by place; after all lines.
            evidence: lines that hold for everybody, weighted.
            lead: points that a lead must exceed.
            middle: whether Keras on PyTorch may stand for both.
        """
        self._lines, self._vetoes, self._evidence = lines, vetoes, tuple(evidence)
        counts = Counts(asks, [*lines, *vetoes])
        lanes = Lanes([*lines.values(), *evidence], counts.end)
        values = {place: lanes.packed(line) for place, line in lines.items()}
        values |= {place: 1 << lanes.end + bit for bit, place in enumerate(vetoes)}
        self._values = values
        self._addends = values | counts.one
        self._counts, self._tops = (1 << counts.end) - 1, sum(counts.top.values())
        self._agreed = Memo[int, int](
            lambda tops: sum(values[p] for p, top in counts.top.items() if tops & top)
        )
        self._places = sum(1 << place for place in values)
        self._empty = lanes.empty + sum(lanes.packed(line) for line in evidence)
        self._start = self._empty + counts.start
        self._at = lanes.balance_at
        self._sides = Sides(lanes, tuple(vetoes.values()), lead, middle=middle)
        self._verdicts = Memo(self._verdict)
        self._turns = Memo(Turn)
        self._prices = Memo(self._price)
        self._pair_prices = Memo(self._pair_price)
        self._hard = sum(1 << place for place in vetoes)
        self._reaches = Memo[Part, tuple[int, int]](lambda part: part.reach)
        self._unmoved = Memo(self._unmovable)

    def verdict(self, holds: int) -> Verdict:
        """What holds, line by line, and what it adds up to.

        Args:
            holds: bits of the index.
        """
        return self._verdicts[holds & self._places]

    def _verdict(self, holds: int) -> Verdict:
        lines, vetoes, total = [], [], self._empty
        for place in places(holds):
            total += self._values[place]
            if place in self._lines:
                lines.append(self._lines[place])
            else:
                vetoes.append(self._vetoes[place])
        side = self._sides[total >> self._at]
        choice, stack = side.outcomes[total & side.matter]
        return Verdict(
            choice=choice,
            stack=stack,
            balance=side.balance,
            contributions=(*lines, *self._evidence),
            vetoes=tuple(vetoes),
            settled=side.left.settled,
            collided=side.left.collided,
        )

    def outcome(self, parts: Iterable[Part]) -> Outcome:
        """The framework and the stack that these parts come to."""
        _, now, side = self._standing(parts)
        return side.outcomes[now & side.matter]

    def position(self, parts: Iterable[Part]) -> float:
        """The lead in points, Keras above zero; :data:`SETTLED` where vetoes settle."""
        _, _, side = self._standing(parts)
        forced = side.left.forced
        return side.balance if forced is None else SETTLED[forced]

    def flips(self, parts: Iterable[Part]) -> list[tuple[Outcome, Turn]]:
        """Moves that name another framework, with what they come to."""
        prices = [self._prices[part] for part in parts]
        total, now, here = self._sum_of(prices)
        agreed, tops, sides, at = self._agreed, self._tops, self._sides, self._at
        least, most, choice = here.least, here.most, here.choice
        down, up = least - now, most - now
        reached: list[tuple[int, Turn]] = []
        # Some thirty steps for every person: nothing is called in here.
        for _, lowest, highest, alone, joint in prices:
            if lowest < down or highest >= up:
                for step, turn in alone:
                    if step < down or step >= up:
                        reached.append((now + step, turn))
            for step, turn in joint:
                then = total + step
                then += agreed[then & tops]
                if then < least or then >= most:
                    reached.append((then, turn))
        turned = []
        for then, turn in reached:
            side = sides[then >> at]
            if side.choice != choice:
                turned.append((side.outcomes[then & side.matter], turn))
        return turned

    def pairs(self, parts: Sequence[Part]) -> Iterator[tuple[Outcome, Iterable[Pair]]]:
        """Two moves of different fields that name another framework.

        To be asked where no single move does, but a prescription: those are left out.
        """
        total, _, here = self._standing(parts)
        if here.left.forced is not None and self.stays(parts):
            return
        prices = [self._pair_prices[part] for part in parts]
        for then, some, others in self._after_two(total, prices, here.left.forced):
            if here.least <= then < here.most:
                continue
            side = self._sides[then >> self._at]
            if side.choice != here.choice:
                yield side.outcomes[then & side.matter], product(some, others)
        # Two moves in one group are no sum of two moves.
        for price in prices:
            for step, pairs in price.within:
                then = self._after(total + step)
                side = self._sides[then >> self._at]
                if side.choice != here.choice:
                    yield side.outcomes[then & side.matter], pairs

    def stays(self, parts: Iterable[Part]) -> bool:
        """Whether vetoes force one choice, whatever else than prescriptions changes."""
        must = may = self._hard
        for part in parts:
            stands, may_stand = self._reaches[part]
            must, may = must & stands, may & may_stand
        return self._unmoved[must, may]

    def _unmovable(self, held: tuple[int, int]) -> bool:
        """The same of the vetoes that hold in any case, and of all that may."""
        certain, most = (Left(self._vetoes[at] for at in places(one)) for one in held)
        return certain.forced is not None and certain.forced == most.forced

    def _after_two(
        self, total: int, prices: Iterable[PairPrice], forced: Choice | None
    ) -> Iterator[tuple[int, Moves, Moves]]:
        """Totals after moves in two groups, less those that cannot but name the same.

        Where vetoes force the choice, only a step that touches a veto can change it.
        """
        hard = [(at, *one) for at, price in enumerate(prices) for one in price.hard]
        soft = [(at, *one) for at, price in enumerate(prices) for one in price.soft]
        every = hard + soft
        agreed, tops = self._agreed, self._tops
        for at, step, moves in hard if forced else every:
            half = total + step
            still = self._sides[self._after(half) >> self._at].left.forced
            for there, more, others in hard if still else every:
                if there != at:
                    then = half + more
                    yield then + agreed[then & tops], moves, others

    def _standing(self, parts: Iterable[Part]) -> tuple[int, int, Side]:
        """The sum, the same with what several groups agree on, and what that names."""
        return self._sum_of([self._prices[part] for part in parts])

    def _sum_of(self, prices: Iterable[Price]) -> tuple[int, int, Side]:
        total = self._start + sum([price[0] for price in prices])
        now = total + self._agreed[total & self._tops]
        return total, now, self._sides[now >> self._at]

    def _after(self, total: int) -> int:
        return total + self._agreed[total & self._tops]

    def _price(self, part: Part) -> Price:
        own = self._sum(part.meets)
        turns, ways = self._turns, self._steps(own, part.ways)
        steps = [(step, turns[moves]) for step, moves in ways]
        alone = sorted(
            (one for one in steps if not one[0] & self._counts), key=itemgetter(0)
        )
        return Price(
            own,
            least=alone[0][0] if alone else 0,
            most=alone[-1][0] if alone else 0,
            alone=alone,
            joint=[one for one in steps if one[0] & self._counts],
        )

    def _pair_price(self, part: Part) -> PairPrice:
        own = self._sum(part.meets)
        free = [
            (meets, kept)
            for meets, moves in part.ways
            if (kept := tuple(one for one in moves if one.field != PRESCRIBED))
        ]
        hard = [one for one in free if (one[0] ^ part.meets) & self._hard]
        soft = [one for one in free if not (one[0] ^ part.meets) & self._hard]
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
