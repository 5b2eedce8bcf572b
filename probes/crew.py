"""The contenders of one probe: each fails alone, the others go on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from probes.arm import Arm
from probes.child import WorkerError
from probes.environment import own_helpers
from probes.load import ForeignLoad
from probes.records import (
    Contender,
    Control,
    Footprint,
    Measured,
    NotMeasured,
    ProbeSpec,
)
from probes.spec import Precision

log = logging.getLogger(__name__)


@dataclass
class Crew:
    """Mutable on purpose: it lives as long as one probe.

    Attributes:
        identity: of the probe, for the log.
        arms: in the order asked for, the baseline first and its control last.
    """

    identity: str
    arms: list[Arm] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        spec: ProbeSpec,
        find_missing: Callable[[Contender], str | None],
        identity: str,
        limit_s: float,
    ) -> Crew:
        """Everybody the spec names; who cannot run here is there with a reason."""
        names = spec.everybody()
        crew = cls(identity, [Arm(name, spec, limit_s) for name in names])
        if spec.control and not find_missing(names[0]):
            crew.arms.append(Arm(names[0], spec, limit_s, control=True))
        for arm in crew.arms:
            if reason := find_missing(arm.contender):
                arm.failure = NotMeasured(
                    contender=arm.contender, status="not_installed", reason=reason
                )
            elif reason := unmixed(arm.contender, spec.precision):
                arm.failure = NotMeasured(
                    contender=arm.contender, status="gate_failed", reason=reason
                )
        return crew

    def alive(self) -> list[Arm]:
        return [arm for arm in self.arms if arm.failure is None]

    def timed(self) -> list[Arm]:
        """Who is compared: all that are alive but the control."""
        return [arm for arm in self.alive() if not arm.control]

    def results(
        self, footprints: Mapping[Contender, Footprint] | None = None
    ) -> list[Measured | NotMeasured]:
        """What is known of everybody but the control, footprints where there are."""
        found = [arm.result() for arm in self.arms if not arm.control]
        known = footprints or {}
        return [
            result.model_copy(update={"footprint": known.get(result.contender)})
            if isinstance(result, Measured)
            else result
            for result in found
        ]

    def pids(self) -> list[int]:
        return [arm.child.pid for arm in self.arms if arm.child is not None]

    def control(self) -> Control | None:
        """The rounds of the baseline's second process; None where it made none."""
        arm = next((arm for arm in self.arms if arm.control), None)
        if arm is None or not arm.blocks:
            return None
        return Control(
            contender=arm.contender,
            block_seconds=tuple(arm.blocks),
            launches=tuple(arm.launches),
        )

    async def attempt(self, arm: Arm, action: Awaitable[None]) -> None:
        """Let a contender fail alone."""
        try:
            await action
            arm.check_drawn(next((one.drawn for one in self.arms if one.drawn), ""))
        except WorkerError as error:
            if arm.failure is None:
                arm.fail(error)
            log.warning(
                "contender failed probe=%s contender=%s phase=%s",
                self.identity,
                arm.contender,
                arm.phase,
            )
            await arm.close()

    async def watched(
        self, arm: Arm, action: Awaitable[None], load: ForeignLoad
    ) -> float | None:
        """Cores in foreign use while a contender acts; None where it is no more."""
        before = _helped(arm)
        load.begin(self.pids())
        await self.attempt(arm, action)
        if arm.child is None:
            return None
        return load.taken(self.pids(), _helped(arm) - before)

    async def close(self) -> None:
        await asyncio.gather(*(arm.close() for arm in self.arms))


def unmixed(contender: Contender, precision: Precision) -> str | None:
    """Why a contender cannot be timed in a precision, or None where it can."""
    if precision == "float32" or contender != "tensorflow-raw":
        return None
    return (
        f"not comparable, because TensorFlow's documented way to {precision} is "
        "Keras's dtype policy; without Keras everybody casts by hand"
    )


def _helped(arm: Arm) -> float:
    """Core seconds of all that its process has started; 0 where there is none."""
    return own_helpers(arm.child.pid) if arm.child is not None else 0.0
