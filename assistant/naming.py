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


class Side:
    """What a balance and a set of vetoes name, whatever is below them in a total.

    Attributes:
        choice: the framework; vetoes win over points.
        balance: in points.
        left: what the vetoes leave.
        least, most: from where, and up to before where, totals under the same vetoes
            name the same framework; there may be more under others.
        matter: the bits of a total on which the stack still depends.
        outcomes: framework and stack, by those bits.
    """

    def __init__(
        self, lanes: Lanes, left: Left, key: int, lead: float, *, middle: bool
    ) -> None:
        self._lanes, self._total = lanes, key << lanes.balance_at
        self._middle = middle and Stack.KERAS_TORCH in left.stacks["keras"]
        self.left, self.balance = left, lanes.balance(self._total)
        held = self._total >> lanes.end << lanes.end
        below, above = (held + (at << lanes.balance_at) for at in lanes.level(lead))
        self.choice, self.least, self.most = self._named(
            held, below, above, held + (1 << lanes.end)
        )
        self.matter = lanes.of.get(self.choice, lanes.points)
        self.outcomes = Memo(self._outcome)

    def _named(
        self, start: int, below: int, above: int, end: int
    ) -> tuple[Choice, int, int]:
        if self.left.forced is not None:
            return self.left.forced, start, end
        if self._total >= above:
            return "keras", above, end
        if self._total < below:
            return "pytorch", start, below
        return "either", below, above

    def _outcome(self, points: int) -> Outcome:
        """The stack of the chosen family with most points.

        Ties go by the order of the stacks. Where either framework will do and both
        have real support, Keras on PyTorch serves both wishes, if it may.
        """
        family = self.choice
        if family == "either":
            sides = self._lanes.sides(self._total | points)
            if self._middle and all(side >= STRONG_SUPPORT for side in sides):
                return self.choice, Stack.KERAS_TORCH
            if self.balance == 0:
                return self.choice, None
            family = "keras" if self.balance > 0 else "pytorch"
        strength = {
            stack: self._lanes.of_stack(points, stack)
            for stack in self.left.stacks[family]
        }
        best = max(strength, key=lambda stack: strength[stack], default=None)
        return self.choice, best


class Sides(Memo[int, Side]):
    """Every side of a lead that is met, by what a total holds from the balance up."""

    def __init__(
        self, lanes: Lanes, vetoes: Sequence[Veto], lead: float, *, middle: bool
    ) -> None:
        """Make ready.

        Args:
            lanes: of the total; its vetoes stand from ``lanes.end`` up, in this order.
            vetoes: all that may hold.
            lead: points that a lead must exceed.
            middle: whether Keras on PyTorch may stand for both.
        """
        self._left = Memo[int, Left](
            lambda held: Left(v for bit, v in enumerate(vetoes) if held >> bit & 1)
        )
        width = lanes.end - lanes.balance_at
        super().__init__(
            lambda key: Side(lanes, self._left[key >> width], key, lead, middle=middle)
        )
