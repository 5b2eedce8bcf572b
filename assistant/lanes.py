"""Counts, and points of every kind, side by side in one long integer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor, ulp

from assistant.scoring import Contribution
from knowledge.records import Framework, Stack


class Counts:
    """Lanes that count in how many groups a thing is met, if it asks several.

    A lane starts so that the last group sets its top bit.

    Attributes:
        one: what a group adds, by the place of the thing.
        top: the bit that says that all groups have.
        start: all lanes before the first group.
        end: the first bit above them.
    """

    def __init__(self, asks: Sequence[int], places: Iterable[int]) -> None:
        """Make a lane for each of these places where several groups are asked."""
        self.one: dict[int, int] = {}
        self.top: dict[int, int] = {}
        self.start = self.end = 0
        for place in places:
            if asks[place] > 1:
                width = asks[place].bit_length()
                self.one[place] = 1 << self.end
                self.top[place] = 1 << self.end + width
                self.start += (1 << width) - asks[place] << self.end
                self.end += width + 1


class Lanes:
    """Where in a sum each kind of points stands, and how points become whole numbers.

    From the low end: a lane of points for every stack, one for PyTorch, and the
    balance, Keras minus PyTorch, plus a bias that keeps it positive. What a caller
    adds from bit ``end`` up is left alone.

    Attributes:
        of: for each framework, the bits of its stacks' lanes.
        points: the bits of all lanes below the balance.
        empty: a sum of no lines.
    """

    def __init__(self, lines: Sequence[Contribution], low: int) -> None:
        """Make lanes, from bit ``low`` up, wide enough for the sum of all lines."""
        ratios = [line.points.as_integer_ratio() for line in lines]
        self._scale = max((below for _, below in ratios), default=1)
        most = sum(above * (self._scale // below) for above, below in ratios)
        width = most.bit_length() + 1
        self._mask = (1 << width) - 1
        self._at = {stack: low + place * width for place, stack in enumerate(Stack)}
        self._torch = low + len(Stack) * width
        self.of: dict[str, int] = {
            family.value: sum(
                self._mask << at
                for stack, at in self._at.items()
                if stack.framework is family
            )
            for family in Framework
        }
        self._bias = 1 << most.bit_length()
        self.balance_at = self._torch + width
        self.points = sum(self.of.values()) | self._mask << self._torch
        self.end = self.balance_at + width
        self.empty = self._bias << self.balance_at

    def packed(self, line: Contribution) -> int:
        """What a line adds."""
        above, below = line.points.as_integer_ratio()
        whole = above * (self._scale // below)
        if line.at == "stack":
            return whole << self._at[Stack(line.toward)]
        if line.toward == Framework.KERAS:
            return whole << self.balance_at
        return (whole << self._torch) - (whole << self.balance_at)

    def biased(self, total: int) -> int:
        """The balance with its bias, to be compared with :meth:`level`."""
        return total >> self.balance_at & self._mask

    def balance(self, total: int) -> float:
        """Keras minus PyTorch, in points."""
        # Division of whole numbers rounds once, as fsum does.
        return (self.biased(total) - self._bias) / self._scale

    def sides(self, total: int) -> tuple[float, float]:
        """Points for Keras, points for PyTorch."""
        torch = total >> self._torch & self._mask
        keras = self.biased(total) - self._bias + torch
        return keras / self._scale, torch / self._scale

    def of_stack(self, total: int, stack: Stack) -> int:
        """To be compared with another stack's only."""
        return total >> self._at[stack] & self._mask

    def level(self, lead: float) -> tuple[int, int]:
        """From where, and up to before where, biased balances name no framework.

        Args:
            lead: what the balance, in points and rounded to a float, must exceed; 0,
                or a power of two.
        """
        # Halfway to the next float still rounds down, to the even neighbour.
        most = (Fraction(lead) + Fraction(ulp(lead)) / 2) * self._scale
        reach = min(floor(most), self._bias - 1)
        return self._bias - reach, self._bias + reach + 1
