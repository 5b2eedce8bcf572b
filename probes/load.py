"""How much of the machine other processes took while the rounds ran."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence

from probes.conditions import quiet_cores
from probes.environment import busy_seconds, own_seconds

Busy = Callable[[], float]

SHORTEST_S = 0.5
"""Seconds of rounds before the load is read: the kernel counts in steps of 10 ms."""

LOOK_S = 0.2
"""Seconds of looking whether the machine is quiet, before the rounds of a launch."""


LONGEST_WAIT_S = 20.0


class ForeignLoad:
    """Adds up, launch by launch, the core seconds that were not ours.

    Args:
        cores: that we may use.
        busy: core seconds that all programs have used of them so far.
    """

    def __init__(self, cores: int, busy: Busy = busy_seconds) -> None:
        self._cores = cores
        self._busy = busy
        self._seen: dict[int, tuple[float, float]] = {}
        self._mark = (0.0, 0.0, 0.0)

    def begin(self, pids: Iterable[int]) -> None:
        self._mark = (time.monotonic(), self._busy(), own_seconds(pids))

    def end(self, pids: Iterable[int], launch: int) -> None:
        """Count the time since ``begin``; the same processes must still be there."""
        wall, foreign = self._since(pids)
        known_wall, known_foreign = self._seen.get(launch, (0.0, 0.0))
        self._seen[launch] = (known_wall + wall, known_foreign + foreign)

    def taken(self, pids: Iterable[int], helped: float) -> float:
        """Cores in foreign use since ``begin``.

        Args:
            helped: core seconds of what our processes started themselves meanwhile, to
                compile or for their own pools; it is not foreign.
        """
        wall, foreign = self._since(pids)
        return self._cores_of(wall, foreign - helped)

    def _since(self, pids: Iterable[int]) -> tuple[float, float]:
        wall, busy, own = self._mark
        foreign = (self._busy() - busy) - (own_seconds(pids) - own)
        return time.monotonic() - wall, max(0.0, foreign)

    async def wait_until_quiet(
        self, pids: Sequence[int], at_most_s: float, tell: Callable[[], None]
    ) -> float:
        """Let others finish first; the seconds of waiting, 0 where all was quiet.

        Args:
            pids: our own processes, which do not count.
            at_most_s: given up after so many seconds, or LONGEST_WAIT_S.
            tell: called after each look that found the machine busy.
        """
        began = time.monotonic()
        while time.monotonic() - began < min(at_most_s, LONGEST_WAIT_S):
            self.begin(pids)
            await asyncio.sleep(LOOK_S)
            if self._cores_of(*self._since(pids)) <= quiet_cores(self._cores):
                return max(0.0, time.monotonic() - began - LOOK_S)
            tell()
        return time.monotonic() - began

    def by_launch(self) -> tuple[float, ...]:
        """Cores in foreign use in each launch whose load is known.

        The newest is left out before SHORTEST_S of it: too little to tell.
        """
        known = dict(self._seen)
        while known and known[max(known)][0] < SHORTEST_S:
            del known[max(known)]
        return tuple(
            self._cores_of(*known.get(launch, (0.0, 0.0)))
            for launch in range(1, max(known, default=0) + 1)
        )

    def cores_busy(self) -> float | None:
        """Cores in foreign use on average; None where too little was seen."""
        wall = sum(wall for wall, _ in self._seen.values())
        foreign = sum(foreign for _, foreign in self._seen.values())
        return self._cores_of(wall, foreign) if wall >= SHORTEST_S else None

    def _cores_of(self, wall: float, foreign: float) -> float:
        return min(float(self._cores), max(0.0, foreign) / wall) if wall else 0.0
