"""From epochs that were timed to the epoch a person would run. Pure numbers.

An epoch of ``n`` steps takes ``fixed + n * step``, both at least zero: a fixed cost
that dominates small data, and a cost per step. Five sizes are timed the documented
way; the largest is held out first, and a projection that misses it by more than a
tenth is refused. A machine's pace comes and goes between them, and the bare step timed
beside each epoch shows it: epochs are compared as if all had been timed at the mean of
the paces that were seen, in the rounds of each launch and beside the epochs. How far
the pace of another fresh start may lie from that mean is part of what is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import fmean, median, variance
from typing import Literal, NamedTuple

from probes.conditions import ASSUMED, quiet_cores
from probes.records import Epoch, LaunchSd, Measured, ProbeReport, Reach
from probes.shapes import shape_of
from probes.statistics import learnt, t_quantile

WORST = 0.10
"""Relative error on the held-out size from which nothing is projected."""

WANDER = LaunchSd(sd=0.08, freedom=8)
"""Spread of the log pace of fresh starts, before a probe's own are seen.

48 starts, three a contender and workload within minutes, had a standard deviation of 8%
on two virtual cores, 2026-11-30. Two contenders mostly move together, so that their
ratio differs less (``conditions.ASSUMED``).
"""

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
        misfit: that error or the worst residual, whichever is more.
        off: fraction by which the epochs of another fresh start may differ either way,
            with 95% chance: the misfit and how fresh starts differ.
        epoch_s: seconds of one epoch over the person's rows; None where refused.
        low_s, high_s: the same, off by ``off``.
    """

    fixed_s: float
    step_s: float
    error: float
    start_s: float
    misfit: float = 1.0
    off: float = 1.0
    epoch_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    refused: Reason | None = None


class _Point(NamedTuple):
    """Steps of an epoch and its seconds."""

    steps: int
    seconds: float


class _Line(NamedTuple):
    """Seconds of an epoch, fixed and for each of its steps."""

    fixed_s: float
    step_s: float

    def at(self, steps: int) -> float:
        return self.fixed_s + self.step_s * steps


@dataclass(frozen=True)
class Crossover:
    """Rows per epoch at which two contenders take equally long, with an interval."""

    rows: int
    low: int
    high: int


def project(result: Measured, report: ProbeReport) -> Projection:
    """One epoch over ``report.spec.rows``, the framework's documented way."""
    start_s = result.import_s + result.build_s + result.first_step_s
    if len({epoch.rows for epoch in result.epochs}) < FEWEST_SIZES:
        return Projection(0.0, 0.0, 1.0, start_s, refused="too few sizes")
    batch, rows = report.spec.batch, report.spec.rows
    paces = _paces(result, report)
    points = _points(result.epochs, batch, fmean(paces))
    held, known = points[-1], points[:-1]
    error = abs(_line(known).at(held.steps) / held.seconds - 1)
    line = _line(points)
    misfit = max(error, *(abs(line.at(p.steps) / p.seconds - 1) for p in points))
    off = math.hypot(misfit, _wander(paces))
    fit = (*line, error, start_s, misfit, off)
    refused: Reason | None = None
    if (result.aside_foreign or 0.0) > quiet_cores(report.environment.cores):
        refused = "busy"
    elif error > WORST:
        refused = "not linear"
    elif rows > _most_rows(report):
        refused = "memory"
    if refused is not None:
        return Projection(*fit, refused=refused)
    epoch_s = line.at(_steps(rows, batch))
    return Projection(
        *fit,
        epoch_s=epoch_s,
        low_s=epoch_s * (1 - min(off, 0.99)),
        high_s=epoch_s * (1 + off),
    )


def _paces(result: Measured, report: ProbeReport) -> list[float]:
    """Mean seconds of a bare step in each launch, and beside epochs if it was timed.

    Of launches the quiet ones, if there are any. Means, not medians: whoever trains for
    long meets all the paces of a machine. In a round a process was just woken, after
    others had the caches; beside epochs it had been alone for seconds.
    """
    most = quiet_cores(report.environment.cores)
    loud = {n for n, cores in enumerate(report.launch_foreign, 1) if cores > most}
    launches: dict[int, list[float]] = {}
    count = len(result.block_seconds)
    for launch, seconds in zip(
        result.launches or (1,) * count, result.block_seconds, strict=False
    ):
        launches.setdefault(launch, []).append(seconds)
    quiet = [fmean(blocks) for n, blocks in launches.items() if n not in loud]
    beside = _beside(result.epochs)
    paces = quiet or [fmean(blocks) for blocks in launches.values()]
    return [*paces, fmean(beside)] if beside else paces


def _wander(paces: Sequence[float]) -> float:
    """How far one more pace may lie from the mean of these, as a fraction, at 95%."""
    own = len(paces) - 1
    seen = [(variance(map(math.log, paces)), own)] if own else []
    known = learnt(seen, WANDER)
    error = known.sd * math.sqrt(1 + 1 / len(paces))
    return math.expm1(t_quantile(0.975, known.freedom) * error)


def _beside(epochs: Sequence[Epoch]) -> list[float]:
    """Seconds of all the bare steps that were timed beside epochs."""
    return [step for epoch in epochs for step in epoch.step_s]


def _points(epochs: Sequence[Epoch], batch: int, step_s: float) -> list[_Point]:
    """Epochs, fewest rows first, as if a bare step had taken ``step_s`` beside all.

    Tries of one size are first brought to a common pace, as far as the steps beside
    them say why they differ: covariance analysis, in logs. Then the level of all is
    that of ``step_s``: what bare steps take of an epoch is scaled, the rest stays.
    """
    epochs = sorted(epochs, key=lambda epoch: epoch.rows)
    slope, level = _slope(epochs), fmean(_beside(epochs) or [step_s])
    found = []
    for epoch in epochs:
        steps, paces = _steps(epoch.rows, batch), epoch.step_s or (level,)
        tries = zip(epoch.seconds, cycle(paces), strict=False)
        seconds = median(taken * (level / pace) ** slope for taken, pace in tries)
        bare_s = min(seconds, steps * level)
        found.append(_Point(steps, seconds + bare_s * (step_s / level - 1)))
    return found


def _slope(epochs: Sequence[Epoch]) -> float:
    """How an epoch's log seconds go with those of the step beside it, 0 to 1.

    Within each size, by least squares: 0 where the steps differ by chance alone.
    """
    up = down = 0.0
    for epoch in epochs:
        if not epoch.step_s:
            continue
        taken, paces = (list(map(math.log, t)) for t in (epoch.seconds, epoch.step_s))
        gaps = [pace - fmean(paces) for pace in paces]
        up += _product(gaps, taken)
        down += _product(gaps, gaps)
    return min(1.0, max(0.0, up / down)) if down else 0.0


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
    off = max(one.misfit, other.misfit, launches)
    found = [_meet(near, far, pace) for pace in (1 + off, 1.0, 1 - off)]
    rows = [round(steps * report.spec.batch) for steps in found if steps is not None]
    return Crossover(rows[1], rows[0], rows[2]) if len(rows) == 3 else None


def _meet(near: Projection, far: Projection, pace: float) -> float | None:
    """Steps at which ``near``, its pace changed, takes as long as ``far``."""
    gain = near.step_s * pace - far.step_s
    gap = far.fixed_s - near.fixed_s
    return gap / gain if gain > 0 and gap > 0 else None


def _line(points: Sequence[_Point]) -> _Line:
    """The line with neither part negative that has the least relative squares."""
    ones = [1 / point.seconds for point in points]
    slopes = [point.steps / point.seconds for point in points]
    aa, bb = _product(ones, ones), _product(slopes, slopes)
    ab, a, b = _product(ones, slopes), math.fsum(ones), math.fsum(slopes)
    determinant = aa * bb - ab * ab
    if determinant > 1e-12 * aa * bb:
        fixed = (a * bb - b * ab) / determinant
        step = (b * aa - a * ab) / determinant
        if fixed >= 0 and step >= 0:
            return _Line(fixed, step)
        if step < 0:
            return _Line(a / aa, 0.0)
    return _Line(0.0, b / bb)


def _product(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(left, right, strict=True))


def _steps(rows: int, batch: int) -> int:
    return math.ceil(rows / batch)


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
