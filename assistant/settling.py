"""What hard rules leave, and which of them settle a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

from knowledge.records import Framework, Stack


class Excluding(Protocol):
    """A hard rule, as knowledge or as a record of the answer."""

    @property
    def excludes(self) -> tuple[Stack, ...]: ...


_STACKS = [
    {stack for stack in Stack if stack.framework is family} for family in Framework
]
"""The stacks of each framework."""

H = TypeVar("H", bound=Excluding)


def left(hard: Iterable[Excluding]) -> list[Stack]:
    """The stacks that none of these excludes, in their order."""
    out = {stack for one in hard for stack in one.excludes}
    return [stack for stack in Stack if stack not in out]


def settling(hard: Sequence[H]) -> tuple[H, ...]:
    """The fewest of these that leave one framework; empty where none do.

    Of as few, those that come first.
    """
    for size in range(1, len(hard) + 1):
        for some in combinations(hard, size):
            out = {stack for one in some for stack in one.excludes}
            if (out >= _STACKS[0]) != (out >= _STACKS[1]):
                return some
    return ()
