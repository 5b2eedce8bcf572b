"""From epochs that were timed to the epoch a person would run. Pure numbers.

An epoch of ``n`` steps takes ``fixed + n * step``, both at least zero: a fixed cost
that dominates small data, and a cost per step. Five sizes are timed the documented
way; the largest is held out first, and a projection that misses it by more than a
tenth is refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from probes.conditions import ASSUMED, quiet_cores
from probes.records import Epoch, Measured, ProbeReport, Reach
from probes.shapes import shape_of
from probes.statistics import t_quantile

WORST = 0.10
"""Relative error on the held-out size from which nothing is projected."""

LEAST_OFF = 0.05
"""No projection is believed to be closer than this, whatever its fit."""

FEWEST_SIZES = 4

BYTES_PER_VALUE = 4

Reason = Literal["too few sizes", "busy", "not linear", "memory"]


@dataclass(frozen=True)
class Projection:
    """The person's epoch, or why there is none.

    Attributes:
        fixed_s, step_s: of the fitted line.
        error: relative error on the largest size when it was held out.
        start_s: seconds from start to the first finished step.
        off: fraction by which it may be off either way: that error, the worst residual
            or LEAST_OFF, whichever is most.
        epoch_s: seconds of one epoch over the person's rows; None where refused.
        low_s, high_s: the same, off by ``off``.
    """

    fixed_s: float
    step_s: float
    error: float
    start_s: float
    off: float = 1.0
    epoch_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    refused: Reason | None = None


@dataclass(frozen=True)
class Crossover:
    """Rows per epoch at which two contenders take equally long, with an interval."""

    rows: int
    low: int
    high: int


def project(result: Measured, report: ProbeReport) -> Projection:
    """One epoch over ``report.spec.rows``, the framework's documented way."""
    start_s = result.import_s + result.build_s + result.first_step_s
    epochs = sorted(result.epochs, key=lambda epoch: epoch.rows)
    if len({epoch.rows for epoch in epochs}) < FEWEST_SIZES:
        return Projection(0.0, 0.0, 1.0, start_s, refused="too few sizes")
    batch = report.spec.batch
    held, known = epochs[-1], epochs[:-1]
    guess = _line(known, batch)
    error = abs(_at(guess, held.rows, batch) / _seconds(held) - 1)
    line = _line(epochs, batch)
    residuals = (abs(_at(line, e.rows, batch) / _seconds(e) - 1) for e in epochs)
    off = max(LEAST_OFF, error, *residuals)
    refused: Reason | None = None
    if (result.aside_foreign or 0.0) > quiet_cores(report.environment.cores):
        refused = "busy"
    elif error > WORST:
        refused = "not linear"
    elif report.spec.rows > _most_rows(report):
        refused = "memory"
    if refused is not None:
        return Projection(*line, error, start_s, off, refused=refused)
    epoch_s = _at(line, report.spec.rows, batch)
    return Projection(
        *line,
        error,
        start_s,
        off,
        epoch_s=epoch_s,
        low_s=epoch_s * (1 - min(off, 0.99)),
        high_s=epoch_s * (1 + off),
    )


def crossover(
    one: Projection, other: Projection, report: ProbeReport
) -> Crossover | None:
    """Where the one with the lower fixed cost is overtaken.

    None if nowhere, or if that may be chance: both lines were timed in one launch of
    each, so their paces must lie further apart than launches do.
    """
    if one.refused or other.refused:
        return None
    near, far = sorted((one, other), key=lambda fit: fit.fixed_s)
    prior = report.launch_sd or ASSUMED
    launches = math.expm1(prior.sd * t_quantile(0.975, prior.freedom))
    off = max(one.off, other.off, launches)
    found = [_meet(near, far, pace) for pace in (1 + off, 1.0, 1 - off)]
    rows = [round(steps * report.spec.batch) for steps in found if steps is not None]
    return Crossover(rows[1], rows[0], rows[2]) if len(rows) == 3 else None


def _meet(near: Projection, far: Projection, pace: float) -> float | None:
    """Steps at which ``near``, its pace changed, takes as long as ``far``."""
    gain = near.step_s * pace - far.step_s
    gap = far.fixed_s - near.fixed_s
    return gap / gain if gain > 0 and gap > 0 else None


def _line(epochs: Sequence[Epoch], batch: int) -> tuple[float, float]:
    """Fixed and per-step seconds, neither negative, by least relative squares."""
    points = [(_steps(e.rows, batch), _seconds(e)) for e in epochs]
    ones = [1 / seconds for _, seconds in points]
    slopes = [steps / seconds for steps, seconds in points]
    aa, bb = _product(ones, ones), _product(slopes, slopes)
    ab, a, b = _product(ones, slopes), math.fsum(ones), math.fsum(slopes)
    determinant = aa * bb - ab * ab
    if determinant > 1e-12 * aa * bb:
        fixed = (a * bb - b * ab) / determinant
        step = (b * aa - a * ab) / determinant
        if fixed >= 0 and step >= 0:
            return fixed, step
        if step < 0:
            return a / aa, 0.0
    return 0.0, b / bb


def _product(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(left, right, strict=True))


def _at(line: tuple[float, float], rows: int, batch: int) -> float:
    return line[0] + line[1] * _steps(rows, batch)


def _steps(rows: int, batch: int) -> int:
    return math.ceil(rows / batch)


def _seconds(epoch: Epoch) -> float:
    return median(epoch.seconds)


def _most_rows(report: ProbeReport) -> int:
    """Rows whose inputs, as float32 arrays, fill half of the machine's memory."""
    values = shape_of(report.spec).example_values
    return report.environment.memory_bytes // (2 * values * BYTES_PER_VALUE)


def reach(report: ProbeReport) -> Reach | None:
    """Rows that the epochs of every contender speak for.

    None where a contender was timed over too few sizes to tell, or beside others.
    """
    timed = [one for one in report.results if isinstance(one, Measured)]
    fits = [project(one, report).refused for one in timed]
    if not fits or "too few sizes" in fits or "busy" in fits:
        return None
    if "not linear" not in fits:
        return Reach(low=1, high=_most_rows(report), limit="memory")
    sizes = [[epoch.rows for epoch in one.epochs] for one in timed]
    low, high = max(map(min, sizes)), min(map(max, sizes))
    return Reach(low=low, high=high, limit="not linear")
