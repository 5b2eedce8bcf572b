"""What runs show: accuracy, time to the target, and whether stacks agree. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median, variance

from probes.learning.records import Agreement, Learner, Learning, Learnt, Lesson, Run
from probes.statistics import STRICT, t_quantile

ZONE = 0.02
"""Differences of accuracy up to two points are of no practical interest."""

FIRST_GAP = 0.01
"""Relative difference of losses after one epoch that rounding does not explain.

Correct stacks stay far within it (5e-6 apart for an LSTM on two cores, 2026-11-25); a
learning rate that is off by a tenth does not.
"""

FEWEST = 3
"""Runs of each from which anything is said."""


def judged_learning(learning: Learning | None) -> Learning | None:
    """The same learning with its conclusions worked out again from the runs."""
    if learning is None:
        return None
    taught = [one for one in learning.learners if one.runs]
    pairs = max(1, len(taught) - 1)
    agreements = (
        agreement(one, taught[0], learning.lesson, STRICT / pairs) for one in taught[1:]
    )
    return learning.model_copy(
        update={
            "learnt": tuple(learnt(one, learning.lesson) for one in taught),
            "agreements": tuple(one for one in agreements if one is not None),
        }
    )


def learnt(learner: Learner, lesson: Lesson) -> Learnt:
    """Accuracy with its interval, and the time to the target over all runs."""
    ends = [run.accuracies[-1] for run in learner.runs]
    mean, half, _ = _interval(ends, lesson.test_rows, STRICT)
    times = sorted(until(run, lesson.target) for run in learner.runs)
    reached = [seconds for seconds in times if seconds < math.inf]
    middle = median(times) if times else math.inf
    return Learnt(
        contender=learner.contender,
        runs=len(learner.runs),
        accuracy=mean,
        low=max(0.0, mean - half),
        high=min(1.0, mean + half),
        reached=len(reached),
        seconds=middle if middle < math.inf else None,
        seconds_low=reached[0] if reached else None,
        seconds_high=times[-1] if times[-1] < math.inf else None,
        sure=1 - 0.5 ** (len(times) - 1),
    )


def until(run: Run, target: float) -> float:
    """Seconds of training until the first epoch that ends at the target, or inf."""
    spent = 0.0
    for seconds, accuracy in zip(run.seconds, run.accuracies, strict=False):
        spent += seconds
        if accuracy >= target:
            return spent
    return math.inf


def agreement(
    one: Learner, base: Learner, lesson: Lesson, level: float
) -> Agreement | None:
    """Paired over seeds; None where fewer than three seeds have both.

    Args:
        level: chance of a false directional word.
    """
    known = {run.seed: run for run in base.runs}
    pairs = [(run, known[run.seed]) for run in one.runs if run.seed in known]
    if len(pairs) < FEWEST:
        return None
    gaps = [a.accuracies[-1] - b.accuracies[-1] for a, b in pairs]
    mean, half, strict = _interval(gaps, lesson.test_rows, level)
    is_network = "scikit-learn" not in (one.contender, base.contender)
    first = max(_gap(a.first_loss, b.first_loss) for a, b in pairs)
    word = "undecided"
    if is_network and first > FIRST_GAP:
        word = "another_training"
    elif abs(mean) + half < ZONE:
        word = "same"
    elif abs(mean) > strict:
        word = "better" if mean > 0 else "worse"
    return Agreement.model_validate(
        {
            "contender": one.contender,
            "baseline": base.contender,
            "seeds": len(pairs),
            "difference": mean,
            "low": mean - half,
            "high": mean + half,
            "zone": ZONE,
            "first_gap": first if is_network else None,
            "word": word,
        }
    )


def _gap(a: float, b: float) -> float:
    return abs(a - b) / max(b, 1e-9)


def _interval(
    values: Sequence[float], rows: int, level: float
) -> tuple[float, float, float]:
    """Mean, and half widths of its 95% t interval and of that at ``level``."""
    count = len(values)
    if count < 2:
        return fmean(values), 1.0, 1.0
    # An accuracy moves in steps of one row; runs that all end on the same step are
    # not without error.
    steps = 1 / (12 * rows**2)
    error = math.sqrt((variance(values) + steps) / count)
    half = error * t_quantile(0.975, count - 1)
    return fmean(values), half, error * t_quantile(1 - level / 2, count - 1)
