"""How much of the machine other processes took while the rounds ran."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Sequence

import psutil

from probes.environment import busy_seconds, own_helpers, own_seconds
from probes.statistics import QUIET

SHORTEST_S = 0.5
"""Seconds of rounds before the load is read: the kernel counts in steps of 10 ms."""

LOOK_S = 0.2
"""Seconds of looking whether the machine is quiet, before the rounds of a launch."""


LONGEST_WAIT_S = 20.0


class ForeignLoad:
    """Adds up, launch by launch, the core seconds that were not ours."""

    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._seen: dict[int, tuple[float, float]] = {}
        self._mark = (0.0, 0.0, 0.0)

    def begin(self, pids: Iterable[int]) -> None:
        self._mark = (time.monotonic(), busy_seconds(), own_seconds(pids))

    def end(self, pids: Iterable[int], launch: int) -> None:
        """Count the time since ``begin``; the same processes must still be there."""
        wall, foreign = self._since(pids)
        known_wall, known_foreign = self._seen.get(launch, (0.0, 0.0))
        self._seen[launch] = (known_wall + wall, known_foreign + foreign)

    def taken(self, pids: Iterable[int], fresh: int) -> float:
        """Cores in foreign use since ``begin``, while process ``fresh`` started.

        What it starts itself, to compile or for its own pools, is not foreign.
        """
        wall, foreign = self._since(pids)
        return self._part(wall, foreign - own_helpers(fresh)) * self._cores

    def _since(self, pids: Iterable[int]) -> tuple[float, float]:
        wall, busy, own = self._mark
        foreign = (busy_seconds() - busy) - (own_seconds(pids) - own)
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
            if self._part(*self._since(pids)) <= QUIET:
                return max(0.0, time.monotonic() - began - LOOK_S)
            tell()
        return time.monotonic() - began

    def by_launch(self) -> tuple[float, ...]:
        """Cores in foreign use in each launch so far; () before SHORTEST_S of one."""
        if not self._seen or min(wall for wall, _ in self._seen.values()) < SHORTEST_S:
            return ()
        return tuple(
            self._part(*self._seen.get(launch, (0.0, 0.0))) * self._cores
            for launch in range(1, max(self._seen) + 1)
        )

    def cores_busy(self) -> float | None:
        """Cores in foreign use on average; None where too little was seen."""
        wall = sum(wall for wall, _ in self._seen.values())
        foreign = sum(foreign for _, foreign in self._seen.values())
        return self._part(wall, foreign) * self._cores if wall >= SHORTEST_S else None

    def _part(self, wall: float, foreign: float) -> float:
        """Part of all cores, 0..1."""
        # Other work on cores that we may not use does not count in full.
        cores = max(self._cores, psutil.cpu_count() or os.cpu_count() or 1)
        return min(1.0, max(0.0, foreign) / wall / cores) if wall else 0.0
