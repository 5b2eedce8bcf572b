"""One contender's epochs of the default track, written one way, while a probe runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from probes.spec import Way
from probes.ways import WayTimes


@dataclass
class Habit:
    """Mutable on purpose: it lives as long as one probe."""

    way: Way
    rows: int
    steps: int
    seconds: list[float] = field(default_factory=list)
    launches: list[int] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)

    def add(self, seconds: float, launch: int, number: int) -> None:
        self.seconds.append(seconds)
        self.launches.append(launch)
        self.rounds.append(number)

    def record(self) -> WayTimes:
        return WayTimes(
            way=self.way,
            rows=self.rows,
            steps=self.steps,
            seconds=tuple(self.seconds),
            launches=tuple(self.launches),
            rounds=tuple(self.rounds),
        )
