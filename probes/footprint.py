"""What training takes beside time: memory and energy, each in a process of its own.

A process that is gated and timed holds more than a program that trains. This pass
comes last, with the time that is left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from probes.arm import Arm, Command
from probes.child import Child, WorkerError, surroundings
from probes.records import Contender, Footprint, ProbeSpec
from probes.schedule import LEAST_LAUNCHES

NUMBER = 99
"""Launch number of these processes: their seed of hashes, and their stderr's name."""

MOST_SHARE = 0.25
"""Part of a probe's budget that may be kept back for this."""


class Footprints:
    """Mutable on purpose: it lives as long as one probe."""

    def __init__(self, spec: ProbeSpec, command: Command) -> None:
        self._spec = spec
        self._command = command
        self.found: dict[Contender, Footprint] = {}
        self.lost: dict[Contender, str] = {}

    def wanted_s(self, arms: list[Arm]) -> float:
        """Seconds to keep back for these contenders."""
        needed = sum(_cost_s(arm) for arm in arms)
        return min(needed, MOST_SHARE * self._spec.budget_s)

    def kept_s(self, arms: list[Arm], launch: int) -> float:
        """Seconds that another launch may not take; three are always worth theirs."""
        return self.wanted_s(arms) if launch >= LEAST_LAUNCHES else 0.0

    async def run(
        self,
        arms: list[Arm],
        folder: Path,
        left: Callable[[], float],
        tell: Callable[[str], None],
    ) -> None:
        """Start each contender once more, as long as the time allows."""
        for arm in arms:
            if _cost_s(arm) > left():
                self.lost[arm.contender] = "no time was left"
                continue
            tell(f"memory of {arm.contender}")
            try:
                self.found[arm.contender] = await self._of(arm, folder)
            except WorkerError as error:
                self.lost[arm.contender] = str(error)[:200]

    def remarks(self) -> Iterator[str]:
        """Whose memory is not known and why; and whether energy is told here."""
        for contender, why in self.lost.items():
            yield f"{contender}: its memory is not known: {why}"[:300]
        seen = self.found.values()
        if seen and all(one.energy_source is None for one in seen):
            yield "energy is not told by this machine"

    async def _of(self, arm: Arm, folder: Path) -> Footprint:
        env = surroundings(arm.contender, folder, NUMBER)
        command = self._command(arm.contender)
        name = f"{arm.contender}-{NUMBER}"
        child = await Child.start(command, folder, env, name)
        try:
            asked = self._spec.model_dump(mode="json")
            await child.ask("load", arm.limit_s, spec=asked)
            answer = await child.ask("footprint", arm.limit_s, steps=max(3, arm.steps))
        finally:
            await child.kill()
        answer.pop("number", None)
        try:
            return Footprint.model_validate_json(json.dumps(answer))
        except ValidationError:
            raise WorkerError("its answers lacked fields of a report") from None


def _cost_s(arm: Arm) -> float:
    """About the seconds of starting a contender again, without its gate."""
    parts = ("import_s", "build_s", "first_step_s")
    return 1.5 * sum(float(arm.facts.get(part, 0.0)) for part in parts) + 2.0
