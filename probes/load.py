"""How much of the machine other processes took while the rounds ran."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

import psutil

from probes.environment import busy_seconds, own_seconds

SHORTEST_S = 1.0
"""Seconds of rounds before the load is read: the kernel counts in steps of 10 ms."""


class ForeignLoad:
    """Adds up, round by round, the core seconds that were not ours."""

    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._foreign_s = 0.0
        self._wall_s = 0.0
        self._mark = (0.0, 0.0, 0.0)

    def begin(self, pids: Iterable[int]) -> None:
        self._mark = (time.monotonic(), busy_seconds(), own_seconds(pids))

    def end(self, pids: Iterable[int]) -> None:
        """Count the time since ``begin``; the same processes must still be there."""
        wall, busy, own = self._mark
        self._wall_s += time.monotonic() - wall
        self._foreign_s += (busy_seconds() - busy) - (own_seconds(pids) - own)

    def fraction(self) -> float:
        """Part of all cores in foreign use, 0..1; 0 before SHORTEST_S."""
        if self._wall_s < SHORTEST_S:
            return 0.0
        # Other work on cores that we may not use does not count in full.
        cores = max(self._cores, psutil.cpu_count() or os.cpu_count() or 1)
        return min(1.0, max(0.0, self._foreign_s / self._wall_s / cores))

    def cores_busy(self) -> float | None:
        return self.fraction() * self._cores if self._wall_s >= SHORTEST_S else None

    def warnings(self, quiet: float, loud: float) -> list[str]:
        part = self.fraction()
        if part <= quiet:
            return []
        said = (
            f"other programs used {part:.0%} of this machine while it was measured; "
            "even one busy program can slow a framework many times over"
        )
        end = "nothing is decided" if part > loud else "the line is drawn at 10%"
        return [f"{said}: {end}"]
