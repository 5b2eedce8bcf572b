"""Points of every kind side by side in one long integer, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, ulp

from assistant.scoring import Contribution
from knowledge.records import Framework, Stack


class Lanes:
    """Where in a sum each kind of points stands, and how points become whole numbers.

    From the low end: a lane of points for every stack, one for PyTorch, and the
    balance, Keras minus PyTorch, plus a bias that keeps it positive. What a caller
    adds from bit ``end`` up is left alone.

    Attributes:
        stacks: the bits of all stacks' lanes.
        empty: a sum of no lines.
    """

    def __init__(self, lines: Sequence[Contribution]) -> None:
        """Make lanes wide enough for the sum of all these lines."""
        ratios = [line.points.as_integer_ratio() for line in lines]
        self._scale = max((below for _, below in ratios), default=1)
        most = sum(above * (self._scale // below) for above, below in ratios)
        width = most.bit_length() + 1
        self._mask = (1 << width) - 1
        self._at = {stack: place * width for place, stack in enumerate(Stack)}
        self._torch = len(Stack) * width
        self.stacks = (1 << self._torch) - 1
        self._bias = 1 << most.bit_length()
        self.balance_at = self._torch + width
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
