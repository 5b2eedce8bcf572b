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
from statistics import fmean
from typing import Literal

from probes.records import Epoch, Measured, ProbeReport, Reach

WORST = 0.10
"""Relative error on the held-out size from which nothing is projected."""

FEWEST_SIZES = 4

BYTES_PER_VALUE = 4

Reason = Literal["too few sizes", "not linear", "memory"]


@dataclass(frozen=True)
class Projection:
    """The person's epoch, or why there is none.

    Attributes:
        fixed_s, step_s: of the fitted line.
        error: relative error on the largest size when it was held out.
        epoch_s: seconds of one epoch over the person's rows; None where refused.
        low_s, high_s: the same, off by that error or the worst residual either way.
        start_s: seconds from start to the first finished step.
    """

    fixed_s: float
    step_s: float
    error: float
    start_s: float
    epoch_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    refused: Reason | None = None


@dataclass(frozen=True)
class Crossover:
    """Rows per epoch at which two contenders take equally long, with an interval.

    ``high`` is None where the slower one may never catch up.
    """

    rows: int
    low: int
    high: int | None


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
    refused: Reason | None = None
    if error > WORST:
        refused = "not linear"
    elif report.spec.rows > _most_rows(report):
        refused = "memory"
    if refused is not None:
        return Projection(*line, error, start_s, refused=refused)
    epoch_s = _at(line, report.spec.rows, batch)
    off = max(error, *(abs(_at(line, e.rows, batch) / _seconds(e) - 1) for e in epochs))
    return Projection(
        *line,
        error,
        start_s,
        epoch_s=epoch_s,
        low_s=epoch_s * (1 - min(off, 0.99)),
        high_s=epoch_s * (1 + off),
    )


def crossover(one: Projection, other: Projection, batch: int) -> Crossover | None:
    """Where the one with the lower fixed cost is overtaken, or None if nowhere."""
    if one.refused or other.refused:
        return None
    near, far = sorted((one, other), key=lambda fit: fit.fixed_s)
    middle = _meet(near, far, 1.0)
    if middle is None:
        return None
    off = max(one.error, other.error, 0.01)
    early, late = _meet(near, far, 1 + off), _meet(near, far, 1 - off)
    rows = [round(steps * batch) for steps in (middle, early or middle)]
    return Crossover(rows[0], rows[1], None if late is None else round(late * batch))


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
    return fmean(epoch.seconds)


def _most_rows(report: ProbeReport) -> int:
    """Rows whose inputs, as float32 arrays, fill half of the machine's memory."""
    spec = report.spec
    values = {
        "mlp-tabular": spec.features,
        "cnn-image": (spec.side or 32) ** 2 * (spec.channels or 3),
        "lstm-sequence": (spec.length or 100) * spec.features,
        "transformer-text": spec.length or 128,
    }[spec.workload]
    return report.environment.memory_bytes // (2 * values * BYTES_PER_VALUE)


def reach(report: ProbeReport) -> Reach | None:
    """Rows that the epochs of every contender speak for.

    None where a contender was timed over too few sizes to tell.
    """
    timed = [one for one in report.results if isinstance(one, Measured)]
    fits = [project(one, report).refused for one in timed]
    if not fits or "too few sizes" in fits:
        return None
    if "not linear" not in fits:
        return Reach(low=1, high=_most_rows(report), limit="memory")
    sizes = [[epoch.rows for epoch in one.epochs] for one in timed]
    low, high = max(map(min, sizes)), min(map(max, sizes))
    return Reach(low=low, high=high, limit="not linear")
