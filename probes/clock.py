"""Whether a worker's times can be believed: its clock, and what is not timed. Pure.

Both ends read the same clock of the machine. So what a worker reads lies between the
moments at which it was asked and answered, however busy the machine is and however
long a process was suspended: a clock of another pace drifts out of that span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

LATE = 0.05
"""Part of a block's time that may still be outstanding when its clock stops."""

LATE_S = 0.005
"""Seconds outstanding that are within the jitter of reading weights back."""

OFTEN = 8
"""Blocks from which on what is outstanding is no jitter if most of them show it."""

OFTEN_LATE, OFTEN_LATE_S = 0.03, 0.001
"""The same two limits for the median of a launch's blocks."""

SLACK_S = 0.001
"""Seconds by which readings at both ends of a pipe may be out of order."""

BUSIEST = 1.1
"""Most of its cores' time that a process can have used; more, and its clock is slow."""

CPU_SLACK_S = 0.02
"""Processor seconds below which some systems do not count."""

THRICE = 3
"""Times the usual steps, in the block that shows how time grows with steps."""

STEEP = 1.25
"""Most that the work of such a block may be, over thrice that of a usual one."""

BESIDE = 0.1
"""Part of the further steps' work by which the work beside the clock may grow."""


UNSTEADY = 1.5
"""Times the least by which usual blocks' work may differ if anything is to be said."""

LOOKS = 5
"""Such blocks that must all look odd: on a busy machine one may."""

LONGEST_LOOK_S = 2.0
"""Seconds of such a block; where steps take longer it is not asked for."""


@dataclass(frozen=True)
class Block:
    """One timed block.

    Attributes:
        seconds: of its steps, as timed.
        late_s: that the weights took longer to arrive than they usually do.
        work_s: processor seconds of its steps. Others' work changes them less than it
            does the seconds.
        beside_s: processor seconds of the rest: weights put back, first steps untimed.
    """

    steps: int
    seconds: float
    late_s: float
    work_s: float = 0.0
    beside_s: float = 0.0


@dataclass
class Timekeeper:
    """What a launch's blocks showed so far. Lives as long as one process.

    Attributes:
        on_processor: whether it computes there. Work on a graphics processor is not
            told by processor seconds, and results take their time to arrive from it.
        has_clock: whether its worker shows one.
    """

    blocks: list[Block] = field(default_factory=list)
    late: int = 0
    has_clock: bool = False
    on_processor: bool = True

    def fault(
        self,
        answer: Mapping[str, Any],
        steps: int,
        cores: int,
        span: tuple[float, float],
    ) -> str | None:
        """What is wrong with the time of one block, in words; None where nothing is.

        Args:
            answer: of the worker; one without ``clock`` has less to judge by.
            cores: that the process may use.
            span: the parent's clock before asking and after the answer, in seconds.
        """
        block = block_of(answer, steps)
        self.blocks.append(block)
        if answer.get("clock") is not None:
            self.has_clock = True
            if fault := misread(answer["clock"], block.seconds, span):
                return fault
        most_s = BUSIEST * cores * block.seconds + CPU_SLACK_S
        if block.work_s > most_s:
            return (
                f"{block.work_s:.2g} s of {cores} cores do not fit "
                f"into its {block.seconds:.2g} s"
            )
        return self._late()

    def _late(self) -> str | None:
        """Three blocks in a row that were not waited for, or most of a launch's."""
        last, usual = self.blocks[-1], self.blocks[-OFTEN:]
        is_late = last.late_s > max(LATE_S, LATE * last.seconds)
        self.late = self.late + 1 if is_late else 0
        often_s = median(block.late_s for block in usual)
        least_s = max(OFTEN_LATE_S, OFTEN_LATE * median(b.seconds for b in usual))
        is_often = len(usual) == OFTEN and often_s > least_s and self.on_processor
        if self.late < 3 and not is_often:
            return None
        late_s = last.late_s if self.late >= 3 else often_s
        return f"the clock stopped {late_s:.2g} s before the work was done"

    def growth_fault(self) -> str | None:
        """What the last block, of thrice the usual steps, says of the usual ones.

        Work beside the clock does not grow with the steps that are asked for, and work
        within it grows as they do. A busy machine may look otherwise, but not each
        time; where usual blocks differ much among themselves, nothing is said.
        """
        long = self.blocks[-1]
        usual = [one for one in self.blocks if one.steps * THRICE == long.steps]
        return grown(usual, long) if usual and self.on_processor else None


def block_of(answer: Mapping[str, Any], steps: int) -> Block:
    """One block from a worker's answer."""
    late_s = float(answer.get("unsettled_s", 0.0))
    readings = answer.get("cpu_clock")
    if readings is None:
        work_s = float(answer.get("cpu_s", 0.0))
        return Block(steps, answer["seconds"], late_s, work_s)
    came, began, ended, left = readings
    work_s = ended - began
    return Block(steps, answer["seconds"], late_s, work_s, left - came - work_s)


def misread(
    readings: Sequence[float], seconds: float, span: tuple[float, float]
) -> str | None:
    """Whether the readings of a clock are none, in words.

    Args:
        readings: when the command came, the clock started and stopped, and the answer
            was ready.
        seconds: as the worker counts them.
        span: the parent's readings around them.
    """
    asked, answered = span
    in_order = [asked - SLACK_S, *readings, answered + SLACK_S]
    if len(readings) != 4 or in_order != sorted(in_order):
        return "its clock is not this machine's"
    if abs(readings[2] - readings[1] - seconds) > SLACK_S:
        return f"its {seconds:.2g} s are not what its clock showed"
    return None


def grown(usual: Sequence[Block], long: Block) -> str | None:
    """Whether work is done outside the clock, in words, by given blocks."""
    latest = [one.work_s for one in usual[-LOOKS:]]
    if max(latest) > UNSTEADY * min(latest) + CPU_SLACK_S:
        return None
    # Whatever came last saw the same machine as the long block did.
    work_s = max(median(one.work_s for one in usual), usual[-1].work_s)
    beside_s = max(median(one.beside_s for one in usual), usual[-1].beside_s)
    more_s = (THRICE - 1) * work_s
    if long.work_s > STEEP * THRICE * work_s + CPU_SLACK_S or (
        long.beside_s - beside_s > max(CPU_SLACK_S / 2, BESIDE * more_s)
    ):
        return "part of its steps is done outside the clock"
    return None
