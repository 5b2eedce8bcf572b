"""What whole epochs of the default track showed, as a report keeps it. Data only."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from probes.spec import Contender, Count, Finite, ProbeRecord, Seconds, Way

Number = Annotated[int, Field(ge=1, le=10_000)]
"""Of a launch or a round, counted from 1."""


class WayTimes(ProbeRecord):
    """Whole epochs of one contender, written one way.

    Attributes:
        rows, steps: of each epoch; whole batches.
        seconds: of each epoch, one per round.
        launches: the process launch of each, as in block_seconds.
        rounds: the round of each; epochs of one round make a pair.
    """

    way: Way
    rows: Count
    steps: Count
    seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=1_000)
    launches: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(max_length=1_000)
    rounds: tuple[Number, ...] = Field(max_length=1_000)


class Overhead(ProbeRecord):
    """What the documented way takes per step beyond the bare step of the same stack.

    Both were timed in the same launches. ``low`` and ``high`` bound a 95% t interval
    on the mean over launches; all times are seconds per step.

    Attributes:
        bare_s: the step of the matched track, the median of its blocks.
        rows: of the epochs; what is spent once an epoch is spread over their steps.
    """

    contender: Contender
    way: Way
    seconds: Finite
    low: Finite
    high: Finite
    bare_s: Seconds
    rows: Count
    launches: Count
