"""Which framework and which stack a sum of points and vetoes names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.lanes import Lanes
from assistant.memo import Memo
from assistant.scoring import STRONG_SUPPORT, Choice
from knowledge.records import Framework, Stack, Veto

Outcome = tuple[Choice, Stack | None]


class Left:
    """What a set of vetoes leaves.

    Attributes:
        stacks: of each framework, those that are not excluded, in their order.
        settled: whether hard rules, not points, left one framework.
        collided: whether they left none.
        forced: the choice, where points have no say in it.
    """

    def __init__(self, vetoes: Iterable[Veto]) -> None:
        out = {stack for veto in vetoes for stack in veto.excludes}
        left = [stack for stack in Stack if stack not in out]
        self.stacks: dict[Choice, list[Stack]] = {
            family.value: [stack for stack in left if stack.framework is family]
            for family in Framework
        }
        families = [name for name, stacks in self.stacks.items() if stacks]
        self.settled = len(families) == 1
        self.collided = not families
        self.forced: Choice | None = None
        if len(families) < 2:
            self.forced = families[0] if families else "either"


class Naming:
    """Names the outcome of a total: points in lanes, and above them a bit per veto."""

    def __init__(self, lanes: Lanes, vetoes: Sequence[Veto], lead: float) -> None:
        """Make ready.

        Args:
            lanes: of the total; its vetoes stand from ``lanes.end`` up, in this order.
            lead: points that a lead must exceed.
        """
        self._lanes = lanes
        self._vetoes = vetoes
        below, above = lanes.level(lead)
        self._from_to: dict[Choice, tuple[int, int]] = {
            "pytorch": (0, below),
            "either": (below, above),
            "keras": (above, 1 << lanes.end - lanes.balance_at),
        }
        self._left = Memo(self._standing)
        self._best = Memo(self._strongest)
        self._ranges = Memo(self._range)

    def left(self, total: int) -> Left:
        """What the vetoes in the total leave."""
        return self._left[total >> self._lanes.end]

    def outcome(self, total: int) -> Outcome:
        """The framework and the stack of the chosen family with most points.

        Ties go by the order of the stacks. Where either framework will do and both
        have real support, Keras on PyTorch serves both wishes.
        """
        lanes = self._lanes
        choice = family = self.choice(total)
        if choice == "either":
            both = all(points >= STRONG_SUPPORT for points in lanes.sides(total))
            if both and Stack.KERAS_TORCH in self.left(total).stacks["keras"]:
                return choice, Stack.KERAS_TORCH
            balance = lanes.balance(total)
            if balance == 0:
                return choice, None
            family = "keras" if balance > 0 else "pytorch"
        held = total >> lanes.end
        return choice, self._best[family, held, total & lanes.stacks]

    def choice(self, total: int) -> Choice:
        """The framework; vetoes win over points."""
        forced = self.left(total).forced
        if forced is not None:
            return forced
        balance = self._lanes.biased(total)
        below, above = self._from_to["either"]
        if balance >= above:
            return "keras"
        return "pytorch" if balance < below else "either"

    def is_forced(self, total: int) -> bool:
        """Whether points have no say."""
        return self.left(total).forced is not None

    def range(self, total: int) -> tuple[int, int]:
        """From where, and up to before where, totals name the same framework.

        Under the same vetoes, that is; there may be more under others.
        """
        return self._ranges[self.choice(total), total >> self._lanes.end]

    def _standing(self, held: int) -> Left:
        return Left(veto for bit, veto in enumerate(self._vetoes) if held >> bit & 1)

    def _strongest(self, of: tuple[Choice, int, int]) -> Stack | None:
        family, held, points = of
        left = self._left[held].stacks[family]
        return max(
            left, key=lambda stack: self._lanes.of_stack(points, stack), default=None
        )

    def _range(self, of: tuple[Choice, int]) -> tuple[int, int]:
        choice, held = of
        lanes = self._lanes
        start, end = held << lanes.end, held + 1 << lanes.end
        if self._left[held].forced is not None:
            return start, end
        first, last = self._from_to[choice]
        return start + (first << lanes.balance_at), start + (last << lanes.balance_at)
