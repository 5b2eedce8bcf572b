"""What any set of rules adds up to, read from one table for every twelve of them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.scoring import STRONG_SUPPORT, Choice, Contribution
from knowledge.records import Framework, Stack, Veto

WORD = 12
"""Rules to a table. A table is filled as its sums are asked for, 4,096 at most."""

SETTLED: dict[Choice, float] = {"keras": 8.0, "either": 0.0, "pytorch": -8.0}
"""The lead, in points, that a hard rule counts as where leads are compared."""

# Lanes of a total: Keras, PyTorch, then every stack.
_STACK_LANE = {stack: len(Framework) + place for place, stack in enumerate(Stack)}


_WORD = (1 << WORD) - 1


class _Left:
    """What a set of vetoes leaves: the stacks of each framework, with their lanes."""

    def __init__(self, vetoes: Sequence[Veto]) -> None:
        out = {stack for veto in vetoes for stack in veto.excludes}
        left = [stack for stack in Stack if stack not in out]
        self.of = {
            framework.value: [
                (s, _STACK_LANE[s]) for s in left if s.framework == framework
            ]
            for framework in Framework
        }
        self.middle = Stack.KERAS_TORCH in left
        families = {stack.framework for stack in left}
        self.forced: Choice | None = None
        if len(families) < 2:
            self.forced = next(iter(families)).value if families else "either"


class Tally:
    """What any set of rules adds up to under fixed weights and evidence.

    Sums are exact: points are scaled to integers, one lane of a long integer for every
    framework and stack, so a table gives a sum of twelve rules in one number.
    """

    def __init__(
        self,
        values: Sequence[Contribution],
        silenced: int,
        evidence: Sequence[Contribution],
        vetoes: Sequence[Veto],
        lead: float,
    ) -> None:
        self._lead = lead
        self._vetoes = vetoes
        self._heard = ((1 << len(values)) - 1) & ~silenced
        self._shift = len(values)
        self._left: dict[int, _Left] = {}
        parts = [line.points.as_integer_ratio() for line in (*values, *evidence)]
        self._scale = max((below for _, below in parts), default=1)
        whole = [above * (self._scale // below) for above, below in parts]
        self._width = sum(whole).bit_length() + 1
        self._lane = (1 << self._width) - 1
        packed = [
            number << self._width * _lane_of(line)
            for number, line in zip(whole, (*values, *evidence), strict=True)
        ]
        self._start = sum(packed[len(values) :])
        self._tables = [
            _Sums(packed[place : min(place + WORD, len(values))])
            for place in range(0, len(values), WORD)
        ]

    def _total(self, bits: int) -> int:
        total = self._start
        bits &= self._heard
        for table in self._tables:
            total += table[bits & _WORD]
            bits >>= WORD
        return total

    def _points(self, total: int, lane: int) -> float:
        return (total >> self._width * lane & self._lane) / self._scale

    def _balance(self, total: int) -> float:
        return (
            (total & self._lane) - (total >> self._width & self._lane)
        ) / self._scale

    def _stacks_left(self, bits: int) -> _Left:
        held = bits >> self._shift
        left = self._left.get(held)
        if left is None:
            vetoes = [v for place, v in enumerate(self._vetoes) if held >> place & 1]
            left = self._left[held] = _Left(vetoes)
        return left

    def choice(self, bits: int) -> Choice:
        """The framework that :func:`assistant.scoring.decide` would choose."""
        return self._choice(bits, self._total(bits))

    def position(self, bits: int) -> float:
        """The lead in points, Keras above zero; :data:`SETTLED` where vetoes settle."""
        if bits >> self._shift:
            forced = self._stacks_left(bits).forced
            if forced is not None:
                return SETTLED[forced]
        return self._balance(self._total(bits))

    def _choice(self, bits: int, total: int) -> Choice:
        if bits >> self._shift:
            forced = self._stacks_left(bits).forced
            if forced is not None:
                return forced
        # Division of whole numbers rounds once, as fsum does.
        keras = total & self._lane
        balance = (keras - (total >> self._width & self._lane)) / self._scale
        if balance > self._lead:
            return "keras"
        return "pytorch" if balance < -self._lead else "either"

    def outcome(self, bits: int) -> tuple[Choice, Stack | None]:
        """Framework and stack, as :func:`assistant.scoring.decide` would name them."""
        total = self._total(bits)
        choice = self._choice(bits, total)
        left = self._stacks_left(bits)
        family = choice
        if choice == "either":
            enough = all(self._points(total, n) >= STRONG_SUPPORT for n in (0, 1))
            if enough and left.middle:
                return choice, Stack.KERAS_TORCH
            balance = self._balance(total)
            if balance == 0:
                return choice, None
            family = "keras" if balance > 0 else "pytorch"
        if total < 1 << 2 * self._width:  # no rule speaks of stacks
            return choice, left.of[family][0][0] if left.of[family] else None
        best, most = None, -1
        for stack, lane in left.of[family]:
            points = total >> self._width * lane & self._lane
            if points > most:
                best, most = stack, points
        return choice, best


def _lane_of(line: Contribution) -> int:
    if line.at == "stack":
        return _STACK_LANE[Stack(line.toward)]
    return 0 if line.toward == Framework.KERAS else 1


class _Sums(dict[int, int]):
    """The sum of every subset, by the bits of its members; made when first wanted."""

    def __init__(self, packed: Sequence[int]) -> None:
        super().__init__({0: 0})
        self._packed = packed

    def __missing__(self, bits: int) -> int:
        chosen = (one for n, one in enumerate(self._packed) if bits >> n & 1)
        made = self[bits] = sum(chosen)
        return made
