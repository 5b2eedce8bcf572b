"""What a probe is asked, and what it measured, in numbers that mean something later.

This is the one probes module the assistant may import. It is data only.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Contender = Literal["pytorch", "keras-tensorflow", "keras-torch", "keras-jax"]
Workload = Literal["mlp-tabular"]
Short = Annotated[str, Field(max_length=300)]
Seconds = Annotated[float, Field(gt=0, lt=1e6, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class ProbeRecord(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProbeSpec(ProbeRecord):
    """One comparison to run. The first contender is the baseline of all ratios.

    Attributes:
        rows: the person's own rows; the epoch is projected to them.
        batch: rows per optimizer step.
        budget_s: hard deadline for the whole probe, in seconds.
    """

    workload: Workload = "mlp-tabular"
    rows: int = Field(default=10_000, ge=1, le=10**12)
    features: int = Field(default=20, ge=1, le=2_000)
    classes: int = Field(default=2, ge=2, le=1_000)
    batch: int = Field(default=32, ge=1, le=8_192)
    contenders: tuple[Contender, ...] = Field(
        default=("pytorch", "keras-tensorflow", "keras-torch"),
        min_length=1,
        max_length=4,
    )
    budget_s: float = Field(default=90, ge=5, le=3_600)
    hardware_class: Short = "local"
    seed: int = Field(default=0, ge=0, lt=2**31)


class Environment(ProbeRecord):
    """The machine, named by what matters for speed; no host, user or path."""

    system: Short
    machine: Short
    processor: Short
    cores: int = Field(ge=1)
    memory_bytes: int = Field(ge=1)
    python: Short


class Gate(ProbeRecord):
    """Whether a contender computes what the float64 NumPy reference computes.

    Differences are the largest absolute difference over the largest absolute
    reference value; no unit.
    """

    passed: bool
    outputs: Finite
    loss: Finite
    gradients: Finite
    after_three_sgd_steps: Finite
    after_three_adam_steps: Finite
    parameters: int = Field(ge=1)


class Measured(ProbeRecord):
    """One contender that was timed.

    Attributes:
        block_seconds: seconds per optimizer step, one value per round, round order.
        steps_per_block: optimizer steps behind each of those values.
        import_s, build_s, first_step_s: start-up, apart from the steady step.
        steady: whether the last warm-up blocks agreed with each other.
        peak_bytes: peak resident memory of the worker process.
        fit_epoch_s: seconds of one whole epoch the framework's documented way, over
            ``fit_rows`` rows; default track, never mixed with block_seconds.
        launches: the process launch each block ran in, counted from 1, as long as
            block_seconds; empty means that one launch made all of them.
    """

    contender: Contender
    status: Literal["measured"] = "measured"
    versions: dict[Short, Short] = Field(max_length=12)
    device: Short
    threads: int = Field(ge=1)
    gate: Gate
    import_s: Finite = Field(ge=0)
    build_s: Finite = Field(ge=0)
    first_step_s: Finite = Field(ge=0)
    steady: bool
    steps_per_block: int = Field(ge=1)
    block_seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=1_000)
    peak_bytes: int = Field(ge=0)
    fit_epoch_s: Seconds | None = None
    fit_rows: int | None = None
    launches: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(
        default=(), max_length=1_000
    )


class NotMeasured(ProbeRecord):
    """One contender without a time, and why, in a sentence."""

    contender: Contender
    status: Literal["not_installed", "crashed", "gate_failed", "out_of_time"]
    reason: Short
    gate: Gate | None = None


class Ratio(ProbeRecord):
    """How many times as long a contender's step takes as the baseline's.

    ``low`` and ``high`` bound a 95% t interval on the mean of paired log ratios.

    Attributes:
        launches: fresh starts of each process that the rounds are spread over.
    """

    contender: Contender
    baseline: Contender
    ratio: Finite = Field(gt=0)
    low: Finite = Field(gt=0)
    high: Finite = Field(gt=0)
    rounds: int = Field(ge=2)
    word: Literal["slower", "faster", "no_difference", "undecided"]
    zone: Finite = Field(gt=0, lt=1)
    launches: int = Field(default=1, ge=1)


class ProbeReport(ProbeRecord):
    """The raw block times and everything needed to read them again next year.

    ``ratios`` can be recomputed from the raw times; a report that came from
    elsewhere is read that way.

    Attributes:
        foreign_cores: cores that other processes kept busy while the rounds ran,
            on average; None where it could not be read.
    """

    schema_version: Literal[1] = 1
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    spec: ProbeSpec
    environment: Environment
    started_at: datetime
    duration_s: Finite = Field(ge=0)
    results: tuple[
        Annotated[Measured | NotMeasured, Field(discriminator="status")], ...
    ] = Field(max_length=4)
    ratios: tuple[Ratio, ...] = Field(max_length=4)
    warnings: tuple[Short, ...] = Field(default=(), max_length=50)
    stopped_early: bool = False
    foreign_cores: Finite | None = Field(default=None, ge=0)


JobState = Literal["queued", "running", "done", "failed", "cancelled"]


class Progress(ProbeRecord):
    """How far a running probe is: ``fraction`` 0..1, ``remaining_s`` an estimate."""

    fraction: float = Field(ge=0, le=1)
    phase: Short
    remaining_s: Finite = Field(ge=0)
    ratios: tuple[Ratio, ...] = ()


class Job(ProbeRecord):
    """A probe as the wire shows it. ``verdict`` holds the ratios known so far."""

    id: str
    state: JobState
    progress: float = Field(ge=0, le=1)
    phase: Short
    remaining_s: Finite = Field(ge=0)
    verdict: tuple[Ratio, ...] = ()
    report: ProbeReport | None = None
    problem: Short | None = None
