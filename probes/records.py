"""What a probe is asked, and what it measured, in numbers that mean something later.

This is the one probes module the assistant may import. It is data only.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from probes.learning.records import Learning, Learns, Learnt
from probes.parts import Epoch, Footprint, Gate, Latencies
from probes.spec import (
    HOSTED,
    LOCAL,
    Begun,
    Contender,
    Count,
    Finite,
    ProbeRecord,
    ProbeSpec,
    Seconds,
    Short,
    Size,
    Tally,
    Workload,
)
from probes.verdicts import LaunchSd, Ratio, Reach
from probes.ways import Overhead, WayTimes

__all__ = [
    "HOSTED",
    "LOCAL",
    "Contender",
    "Epoch",
    "Footprint",
    "Gate",
    "LaunchSd",
    "Learning",
    "Learns",
    "Learnt",
    "ProbeRecord",
    "ProbeSpec",
    "Ratio",
    "Reach",
    "Short",
    "Size",
    "Workload",
]


class Environment(ProbeRecord):
    """The machine, named by what matters for speed; no host, user or path.

    Attributes:
        gpus: model and driver of each graphics processor that its driver names.
    """

    system: Short
    machine: Short
    processor: Short
    cores: Count
    memory_bytes: Count
    python: Short
    gpus: tuple[Short, ...] = Field(default=(), max_length=32)


class Measured(ProbeRecord):
    """One contender that was timed.

    Attributes:
        precision: of matrix products; ``highest`` is float32 throughout.
        float32_gate: which the same code passed before it was built anew to compute in
            bfloat16; None in float32.
        compilations: programs compiled for the timed step; None where it is eager.
        step_flops: floating point operations that one step's matrix products need.
        counted_flops: those found in what the framework runs, where it lets be looked;
            fewer where a kernel or a loop hides them, never more than it makes.
        matmul_flops: operations per second of one large matrix product, measured in
            the same process; no step can be faster.
        block_seconds: seconds per optimizer step, one value per round, round order.
        cpu_step_s: processor seconds of one step, over all threads of its process, the
            median of its blocks; over the wall seconds it says how many cores it keeps
            busy.
        steps_per_block: optimizer steps behind each of those values.
        settings: what else decides the speed, as the framework itself has it.
        import_s, build_s, first_step_s: start-up, apart from the steady step; the first
            launch's, whose compiler found its cache empty.
        first_step_warm_s: the same in later launches, median, where the compiler found
            in its cache what the first had left; None where nothing is kept.
        steady: whether the last warm-up blocks of every launch agreed with each other.
        peak_bytes: peak resident memory while training, in reports from before 2026-12,
            which took it from the process that was timed; now in ``footprint``.
        footprint: memory and energy, from a process of its own; None where no time was
            left for it.
        start_foreign: cores that other processes kept busy while it started and warmed
            up, one value for each launch.
        aside_foreign: the same while ``epochs`` and ``predict_s`` were timed; None in
            reports from before 2026-12.
        import_bytes: resident memory after the import alone.
        ways: epochs of the default track, the documented way first.
        fit_epoch_s: seconds of one whole epoch the framework's documented way, over
            ``fit_rows`` rows; default track, never mixed with block_seconds.
        epochs: such epochs over several numbers of rows, for the projection.
        predict_s: latencies of answering for one row.
        predict_rows_per_s: best throughput of answering for many rows.
        installed_bytes: size on disk of the packages it needs.
        launches: the process launch each block ran in, counted from 1, as long as
            block_seconds; empty means that one launch made all of them.
        odd_rounds: which of block_seconds, counted from 1, lie far from the others of
            their launch; worked out, never believed. They count like all others.
    """

    contender: Contender
    status: Literal["measured"] = "measured"
    versions: dict[Short, Short] = Field(max_length=12)
    device: Short
    threads: Count
    precision: Short = "highest"
    compilations: Tally | None = None
    step_flops: Tally | None = None
    counted_flops: Tally | None = None
    matmul_flops: Finite | None = Field(default=None, gt=0)
    settings: dict[Short, Short] = Field(default_factory=dict, max_length=8)
    gate: Gate
    float32_gate: Gate | None = None
    import_s: Finite = Field(ge=0)
    build_s: Finite = Field(ge=0)
    first_step_s: Finite = Field(ge=0)
    first_step_warm_s: Finite | None = Field(default=None, ge=0)
    steady: bool
    steps_per_block: Count
    block_seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=1_000)
    cpu_step_s: Finite | None = Field(default=None, ge=0)
    peak_bytes: Tally | None = None
    footprint: Footprint | None = None
    start_foreign: tuple[Annotated[Finite, Field(ge=0)], ...] = Field(
        default=(), max_length=100
    )
    aside_foreign: Finite | None = Field(default=None, ge=0)
    import_bytes: Tally | None = None
    installed_bytes: Tally | None = None
    fit_epoch_s: Seconds | None = None
    fit_rows: Tally | None = None
    epochs: tuple[Epoch, ...] = Field(default=(), max_length=12)
    ways: tuple[WayTimes, ...] = Field(default=(), max_length=8)
    predict_s: Latencies | None = None
    predict_rows_per_s: Finite | None = Field(default=None, gt=0)
    launches: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(
        default=(), max_length=1_000
    )
    odd_rounds: tuple[Count, ...] = Field(default=(), max_length=1_000)


class NotMeasured(ProbeRecord):
    """One contender without a time, and why, in a sentence."""

    contender: Contender
    status: Literal["not_installed", "crashed", "gate_failed", "out_of_time"]
    reason: Short
    gate: Gate | None = None


class Control(ProbeRecord):
    """The baseline against itself: a second process of it, timed in the same rounds.

    Attributes:
        block_seconds, launches: as in Measured.
        ratio: second process over first; what is not 1 is this machine's doing.
    """

    contender: Contender
    block_seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=1_000)
    launches: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(max_length=1_000)
    ratio: Finite | None = Field(default=None, gt=0)


PROTOCOL = 2
"""Number of the way in which is measured; one more with each change that moves a time.

2: from 2026-12 on, with the load on the cores in use alone.
"""


class ProbeReport(ProbeRecord):
    """The raw block times and everything needed to read them again next year.

    ``ratios`` can be recomputed from the raw times; a report that came from
    elsewhere is read that way.

    Attributes:
        protocol: PROTOCOL of the program that measured.
        default_ratios: of the default track; ``ratios`` are of the matched one.
        overheads: what each documented way adds to the bare step.
        learning: what contenders learnt from data, where that was asked for.
        reach: rows that the epochs of all its contenders speak for; None where too few
            were timed, so that it speaks for ``spec.rows`` only.
        launch_sd: what the machine's own history said of launches before this probe;
            None where it had none.
        foreign_cores: cores that other processes kept busy while the rounds ran,
            on average; None where it could not be read.
        launch_foreign: the same for each launch, in order; where two launches or more
            were left alone, the ratios rest on these only.
        epoch_foreign: the same while the default track ran.
    """

    schema_version: Literal[1] = 1
    protocol: int = Field(default=1, ge=1, le=1_000)
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    spec: ProbeSpec
    environment: Environment
    started_at: Begun
    duration_s: Finite = Field(ge=0)
    results: tuple[
        Annotated[Measured | NotMeasured, Field(discriminator="status")], ...
    ] = Field(max_length=8)
    ratios: tuple[Ratio, ...] = Field(max_length=8)
    default_ratios: tuple[Ratio, ...] = Field(default=(), max_length=40)
    overheads: tuple[Overhead, ...] = Field(default=(), max_length=8)
    control: Control | None = None
    learning: Learning | None = None
    reach: Reach | None = None
    launch_sd: LaunchSd | None = None
    warnings: tuple[Short, ...] = Field(default=(), max_length=50)
    stopped_early: bool = False
    foreign_cores: Finite | None = Field(default=None, ge=0)
    launch_foreign: tuple[Annotated[Finite, Field(ge=0)], ...] = Field(
        default=(), max_length=100
    )
    epoch_foreign: tuple[Annotated[Finite, Field(ge=0)], ...] = Field(
        default=(), max_length=100
    )


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
