"""What holds for a whole probe: how quiet it was, and where the line is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from probes.records import LaunchSd

ZONE = 0.05
"""Differences up to this fraction are of no interest where nobody chose another."""

ASSUMED = LaunchSd(sd=0.05, freedom=4)
"""Spread of a log ratio between launches where a machine has no history.

Five repeated launches of torch against Keras on TensorFlow, in alternating pairs
on two shared cores, had a coefficient of variation of 4.9%.
"""

WIDE_ZONE = 0.10

WIDEST_ZONE = 0.15
"""Where the baseline differs from itself so much that nothing is decided."""

BARRIER_CORES = 2
"""Cores of which QUIET and LOUD are parts, on a machine with more of them as well.

Threads of one product wait for each other: one that must share its core holds up all
of them, however many there are.
"""

QUIET = 0.1
"""Part of those cores that others may use before the zone is widened to WIDE_ZONE."""

LOUD = 0.25
"""Part of those cores in foreign use from which nothing is decided.

One busy process on two cores slowed torch 15 to 30 times and turned a ratio round.
"""


def quiet_cores(cores: int) -> float:
    """Cores that others may keep busy on a machine of so many, and it is quiet.

    >>> quiet_cores(64) == quiet_cores(2) == 2 * quiet_cores(1) == 0.2
    True
    """
    return QUIET * min(cores, BARRIER_CORES)


def loud_cores(cores: int) -> float:
    """Cores in foreign use past which nothing is decided."""
    return LOUD * min(cores, BARRIER_CORES)


@dataclass(frozen=True)
class Conditions:
    """What holds for all comparisons of one probe.

    Attributes:
        foreign: cores that other processes kept busy; None where nobody knows.
        cores: of the machine.
        control: log ratio of the baseline to itself; None where it was not timed.
        prior: what is believed of launches before this probe's own are seen.
        launch_s: seconds that a further launch of every contender takes.
        least_zone: differences up to this fraction are of no interest to who asked.
    """

    foreign: float | None = 0.0
    cores: int = BARRIER_CORES
    control: float | None = None
    prior: LaunchSd = ASSUMED
    launch_s: float | None = None
    least_zone: float = ZONE

    @property
    def zone(self) -> float:
        """Differences that are of no interest here: wider on a restless machine."""
        zone = self.least_zone
        if self.foreign is None or self.foreign > quiet_cores(self.cores):
            zone = max(zone, WIDE_ZONE)
        if self.control is None or abs(self.control) <= math.log1p(self.least_zone) / 2:
            return zone
        return min(WIDEST_ZONE, max(zone, self._unlike()))

    @property
    def decides(self) -> bool:
        """Whether anything may be said: not beside others' work, nor on quicksand."""
        quiet = self.foreign is None or self.foreign <= loud_cores(self.cores)
        return quiet and self._unlike() < WIDEST_ZONE

    def _unlike(self) -> float:
        """Twice the fraction by which the baseline differs from itself."""
        return 2 * math.expm1(abs(self.control or 0.0))
