"""The rounds of the default track: whole epochs as each framework's guide writes them.

They come after a launch's rounds of the matched track, in the processes that are warm,
and take nothing from it: no time that a launch needs which is still owed, and of the
rest a fixed share. What is left when no further launch is wanted is theirs, and the
tuned ways' where the main question is settled or somebody asked for them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from probes.arm import Arm
from probes.child import WorkerError
from probes.crew import Crew
from probes.habit import Habit
from probes.load import ForeignLoad
from probes.records import ProbeSpec
from probes.schedule import LEAST_LAUNCHES, order
from probes.spec import Way
from probes.workloads import most_steps

ROUNDS = 6
"""Rounds of the default track in one launch."""

SHARE = 0.2
"""Part of the time so far that all these rounds may take while launches go on."""

EPOCH_S = 0.3
"""Seconds of steps in an epoch, about, for the slowest contender."""

LEAST_STEPS, MOST_STEPS = 16, 150


def allowed(
    elapsed_s: float, spent_s: float, left_s: float, cost_s: float, done: int
) -> float:
    """Seconds for the default track after launch ``done``, another to follow.

    Args:
        elapsed_s, left_s: of the probe.
        spent_s: on this track so far.
        cost_s: of one more launch of the matched track.
    """
    owed = min(max(1, LEAST_LAUNCHES - done), int(left_s / cost_s))
    return min(SHARE * elapsed_s - spent_s, left_s - owed * cost_s)


@dataclass(frozen=True, eq=False)
class Place:
    """A contender and one of its ways."""

    arm: Arm
    way: Way


class DefaultTrack:
    """Mutable on purpose: it lives as long as one probe.

    Attributes:
        spent_s: seconds of all its turns so far.
    """

    def __init__(
        self,
        spec: ProbeSpec,
        crew: Crew,
        load: ForeignLoad,
        tell: Callable[[str], None],
    ) -> None:
        self.spec = spec
        self.crew = crew
        self.load = load
        self.tell = tell
        self.rounds = 0
        self.spent_s = 0.0
        self._steps = 0
        self._warm_s: dict[tuple[str, Way], float] = {}

    async def run(self, launch: int, allowed_s: float, *, tuned: bool) -> None:
        """Rounds until there are enough or the time would not do for another.

        A contender that fails here keeps its steps; a round cut short leaves no trace.
        """
        places = self._places(tuned or self.spec.variants)
        began = time.monotonic()
        if len(places) < 2 or self._expected_s(places) > allowed_s:
            return
        try:
            async with asyncio.timeout(allowed_s):
                for place in places:
                    self.tell(f"warming up epochs of {place.arm.name}, {place.way}")
                    await self._attempt(place, warm=True)
                await self._take_turns(launch, places, began + allowed_s)
        except TimeoutError:
            # Whoever is in the middle of an answer can give no other.
            await self.crew.close()
        finally:
            self.spent_s += time.monotonic() - began

    async def _take_turns(self, launch: int, places: list[Place], ends: float) -> None:
        for number in range(ROUNDS):
            began = time.monotonic()
            present = [place for place in places if place.arm.child is not None]
            if len(present) < 2:
                return
            self.tell(f"timing whole epochs, launch {launch}, round {number + 1}")
            self.load.begin(self.crew.pids())
            turns = order(present, self.rounds)
            taken = [(place, await self._attempt(place)) for place in turns]
            if any(place.arm.child is None for place in present):
                continue
            self.load.end(self.crew.pids(), launch)
            self.rounds += 1
            for place, seconds in taken:
                habit = place.arm.ways[place.way]
                habit.add(seconds, launch, self.rounds)
            if 2 * time.monotonic() - began > ends:
                return

    async def _attempt(self, place: Place, *, warm: bool = False) -> float:
        """Seconds of an epoch; 0 where the contender failed and is out of it."""
        arm, way = place.arm, place.way
        if arm.child is None:
            return 0.0
        began = time.monotonic()
        try:
            seconds, rows = await arm.epoch(way, self._epoch_steps())
        except WorkerError as error:
            arm.lost = f"{arm.name}: {arm.phase}: {error}"[:300]
            await arm.close()
            return 0.0
        if warm:
            self._warm_s[arm.name, way] = time.monotonic() - began
            steps = rows // self.spec.batch
            arm.ways.setdefault(way, Habit(way, rows, steps))
        return seconds

    def _places(self, tuned: bool) -> list[Place]:
        kinds = ("ways", "tuned") if tuned else ("ways",)
        return [
            Place(arm, way)
            for kind in kinds
            for arm in self.crew.timed()
            if arm.child is not None and not arm.lost and arm.blocks
            for way in arm.facts.get(kind, ())
        ]

    def _epoch_steps(self) -> int:
        """The same for everybody, and for the whole probe."""
        if not self._steps:
            slowest = max(median(arm.blocks) for arm in self.crew.timed())
            wanted = min(MOST_STEPS, max(LEAST_STEPS, int(EPOCH_S / slowest)))
            held = min(self.spec.rows // self.spec.batch, most_steps(self.spec))
            self._steps = max(1, min(held, wanted))
        return self._steps

    def _expected_s(self, places: list[Place]) -> float:
        """Seconds of warming up, as seen before or guessed, and of two rounds."""
        steps = self._epoch_steps()
        epochs = {p: 2 * steps * median(p.arm.blocks) for p in places}
        warm = (self._warm_s.get((p.arm.name, p.way), 2 * epochs[p]) for p in places)
        return sum(warm) + 2 * sum(epochs.values())
