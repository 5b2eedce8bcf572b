"""From raw block times to a ratio with an interval and a word. Pure numbers.

Blocks of one launch agree better than launches do: the interval therefore has a
term for the launch, taken from an assumption until launches of this very probe
correct it. Without it a longer probe is only more sure of its own launch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from statistics import fmean, variance
from typing import Literal

from probes.records import Contender, Ratio

Word = Literal["slower", "faster", "no_difference", "undecided"]

ZONE = 0.05
"""Differences up to this fraction are of no practical interest."""

LAUNCH_SD = 0.05
"""Assumed standard deviation of a log ratio between launches.

Five repeated launches of torch against Keras on TensorFlow, in alternating pairs
on two shared cores, had a coefficient of variation of 4.9%.
"""

LAUNCH_FREEDOM = 4
"""Degrees of freedom behind LAUNCH_SD: five repetitions."""

QUIET = 0.1
"""Fraction of all cores that others may use before the zone is widened to WIDE_ZONE."""

LOUD = 0.25
"""Fraction of all cores in foreign use from which nothing is decided.

One busy process on two cores slowed torch 15 to 30 times and turned a ratio round.
"""

WIDE_ZONE = 0.10


def compare(
    contender: Contender,
    baseline: Contender,
    launches: Sequence[Sequence[float]],
    *,
    foreign: float = 0.0,
) -> Ratio | None:
    """Summarise paired rounds, or return None where there are fewer than two.

    Args:
        launches: natural logs of contender seconds over baseline seconds, one
            sequence per launch, one value per round.
        foreign: fraction of all cores that other processes kept busy, 0..1.
    """
    groups = [list(group) for group in launches if group]
    rounds = sum(len(group) for group in groups)
    if rounds < 2 or foreign < 0:
        return None
    centre, error, freedom = _spread(groups)
    half = error * t_quantile(0.975, freedom)
    strict = error * t_quantile(0.995, freedom)
    zone = ZONE if foreign <= QUIET else WIDE_ZONE
    word = _word(centre, half, strict, zone, len(groups))
    return Ratio(
        contender=contender,
        baseline=baseline,
        ratio=_factor(centre),
        low=_factor(centre - half),
        high=_factor(centre + half),
        rounds=rounds,
        word="undecided" if foreign > LOUD else word,
        zone=zone,
        launches=len(groups),
    )


def block_error(launches: Sequence[Sequence[float]]) -> float:
    """Standard error that more rounds could still remove, as a log ratio."""
    groups = [group for group in launches if group]
    rounds = sum(len(group) for group in groups)
    return math.sqrt(_within(groups) / rounds) if rounds > 1 else math.inf


def _spread(groups: list[list[float]]) -> tuple[float, float, int]:
    """Centre, standard error and degrees of freedom of the mean of launch means."""
    count = len(groups)
    means = [fmean(group) for group in groups]
    block = _within(groups) * fmean(1 / len(group) for group in groups)
    between = max(0.0, variance(means) - block) if count > 1 else 0.0
    freedom = LAUNCH_FREEDOM + count - 1
    launch = (LAUNCH_FREEDOM * LAUNCH_SD**2 + (count - 1) * between) / freedom
    return fmean(means), math.sqrt((launch + block) / count), freedom


def _within(groups: Sequence[Sequence[float]]) -> float:
    """Pooled variance of rounds around their own launch."""
    freedom = sum(len(group) - 1 for group in groups)
    if not freedom:
        return 0.0
    means = [fmean(group) for group in groups]
    squares = (
        (value - mean) ** 2
        for group, mean in zip(groups, means, strict=True)
        for value in group
    )
    return math.fsum(squares) / freedom


def _word(centre: float, half: float, strict: float, zone: float, count: int) -> Word:
    edge = math.log1p(zone)
    if centre - strict > edge:
        return "slower"
    if centre + strict < -edge:
        return "faster"
    # One launch cannot show that launches agree, however many rounds it had.
    if count > 1 and abs(centre) + half < edge:
        return "no_difference"
    return "undecided"


def _factor(log_ratio: float) -> float:
    return math.exp(min(max(log_ratio, -600.0), 600.0))


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """Value that a t variable stays below with ``probability``, from 0.5 on."""
    low, high = 0.0, 2.0
    while _t_below(high, freedom) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        if _t_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_below(t: float, freedom: int) -> float:
    """Distribution function for whole degrees of freedom, t >= 0.

    The finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(freedom))
    cosine2 = math.cos(angle) ** 2
    term = total = 1.0
    odd = freedom % 2
    for k in range(1, (freedom - odd) // 2):
        term *= cosine2 * (2 * k - 1 + odd) / (2 * k + odd)
        total += term
    if not odd:
        return 0.5 + math.sin(angle) * total / 2
    if freedom == 1:
        return 0.5 + angle / math.pi
    return 0.5 + (angle + math.sin(angle) * math.cos(angle) * total) / math.pi
