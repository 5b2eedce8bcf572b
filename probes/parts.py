"""Parts of what is reported of one contender. Data only."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from probes.spec import Count, Finite, ProbeRecord, Seconds, Short, Tally


class Gate(ProbeRecord):
    """Whether a contender computes what the float64 NumPy reference computes.

    Differences are the largest absolute difference over the largest absolute
    reference value; no unit. Reports from before 2026-12 lack what may be None.

    Attributes:
        way_of_three_adam_steps: root of the summed squared differences after the
            steps, over that of the way the reference went in them.
        way_of_timed_blocks: the same after the steps of a timed block, for the array of
            weights and the block that were farthest off.
        way_of_biases: the same as of three Adam steps, of biases and gains alone, where
            they are not compared: in bfloat16.
        batches: of the data that lie ready to be timed, to the data drawn.
    """

    passed: bool
    outputs: Finite
    loss: Finite
    gradients: Finite
    after_three_sgd_steps: Finite
    after_three_adam_steps: Finite
    way_of_three_adam_steps: Finite | None = None
    way_of_timed_blocks: Finite | None = None
    way_of_biases: Finite | None = None
    batches: Finite | None = None
    parameters: Count


class Epoch(ProbeRecord):
    """Whole epochs the documented way over ``rows`` rows.

    Attributes:
        seconds: of an epoch, one value per try.
        step_s: seconds of a bare step, timed right after each of them as rounds time
            theirs; empty in reports from before 2026-12.
    """

    rows: Count
    seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=20)
    step_s: tuple[Seconds, ...] = Field(default=(), max_length=20)

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        if self.step_s and len(self.step_s) != len(self.seconds):
            raise ValueError("step_s: one value for each of seconds, or none")
        return self


class Latencies(ProbeRecord):
    """Seconds for one answer: half, 95% and 99% of ``calls`` were as quick."""

    median: Seconds
    p95: Seconds
    p99: Seconds
    calls: Count


class Footprint(ProbeRecord):
    """What training took in a process that did nothing else.

    Attributes:
        steps: optimizer steps of the training whose peak it is.
        peak_bytes: peak resident memory while it trained; where the system cannot tell
            that apart, since it started.
        device_bytes: most memory of a graphics processor that the framework used; None
            on a processor, and where the framework does not tell.
        energy_source: the counters read; None where the machine tells none.
        step_j: joules of one step, by these counters, whatever else ran.
    """

    steps: Count
    peak_bytes: Tally
    device_bytes: Tally | None = None
    energy_source: Short | None = None
    step_j: Finite | None = Field(default=None, ge=0)
