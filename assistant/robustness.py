"""How firm a verdict is when the criteria are weighed otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil, floor, fsum
from random import Random
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.scoring import Choice, Contribution, Verdict
from knowledge.records import Framework

SPREAD = 0.3
"""Share by which every weight may move up or down in a random weighting."""

DRAWS = 1_000
_SEED = 2022

STEP = 10
"""Weights are tried in tenths, as the sliders move."""

MOST_WEIGHT = 2

Heading = tuple[str, tuple[float, ...]]
"""A criterion with the signed points under it at neutral weight, Keras positive."""


@dataclass(frozen=True, slots=True)
class Tipping:
    """The smallest change of one weight that names another framework."""

    criterion: str
    before: float
    weight: float
    step: float
    choice: Choice


def firmness(
    verdict: Verdict,
    neutral: Sequence[Contribution],
    weights: Mapping[str, float],
    lead: float,
) -> tuple[float, Tipping | None]:
    """How firm a verdict is, and what would turn it.

    Every weight is drawn evenly from 30% below to 30% above what it is. The draws are
    the same for everybody, so the same profile gets the same share.

    Args:
        neutral: the lines of the verdict at neutral weight.
        weights: of the verdict, by criterion.
        lead: points that a lead must exceed.

    Returns:
        The share, 0..1, of random weightings near the present one that keep the
        choice; and the smallest change of one weight, in tenths from 0 to 2, that turns
        it, of equal changes that of the first criterion by name.
    """
    if verdict.settled or verdict.collided:
        return 1.0, None
    found = _headings(neutral)
    known = tuple([weights.get(name, 1.0) for name, _ in found])
    return _firmness(found, known, verdict.choice, lead)


def _headings(neutral: Iterable[Contribution]) -> tuple[Heading, ...]:
    """The lines that speak of frameworks, by criterion, in order of their names."""
    found: dict[str, tuple[float, ...]] = {}
    for line in neutral:
        if line.at == "framework" and line.points:
            points = line.points if line.toward == Framework.KERAS else -line.points
            found[line.criterion] = (*found.get(line.criterion, ()), points)
    return tuple(sorted(found.items()))


@lru_cache(maxsize=8_192)
def _firmness(
    neutral: tuple[Heading, ...],
    weights: tuple[float, ...],
    choice: Choice,
    lead: float,
) -> tuple[float, Tipping | None]:
    sums = [
        (name, fsum(points) * weight)
        for (name, points), weight in zip(neutral, weights, strict=True)
    ]
    share = _share([(name, one) for name, one in sums if one], choice, lead)
    return share, _tipping(neutral, weights, choice, lead)


def _share(sums: Sequence[tuple[str, float]], choice: Choice, lead: float) -> float:
    middle = fsum(one for _, one in sums)
    reach = SPREAD * fsum(abs(one) for _, one in sums)
    if _named(middle - reach, lead) == _named(middle + reach, lead) == choice:
        return 1.0
    totals = np.zeros(DRAWS)
    for name, one in sums:
        totals += one * _factors(name)
    keras = np.count_nonzero(totals > lead)
    pytorch = np.count_nonzero(totals < -lead)
    either = DRAWS - keras - pytorch
    return {"keras": keras, "pytorch": pytorch, "either": either}[choice] / DRAWS


@lru_cache(maxsize=256)
def _factors(criterion: str) -> NDArray[np.float64]:
    """One factor per draw, by the criterion's name: its neighbours do not matter."""
    dice = Random(f"{_SEED} {criterion}")
    return np.array([dice.uniform(1 - SPREAD, 1 + SPREAD) for _ in range(DRAWS)])


def _named(balance: float, lead: float) -> Choice:
    if balance > lead:
        return "keras"
    return "pytorch" if balance < -lead else "either"


def _tipping(
    neutral: tuple[Heading, ...],
    weights: tuple[float, ...],
    choice: Choice,
    lead: float,
) -> Tipping | None:
    best: Tipping | None = None
    for (name, points), before in zip(neutral, weights, strict=True):
        rest = [
            one * weight
            for (other, many), weight in zip(neutral, weights, strict=True)
            if other != name
            for one in many
        ]
        total = fsum(rest)
        if fsum([*rest, -total]) == 0:
            # An exact sum serves as well, and is met again and again.
            rest = [total]
        found = _turning(tuple(rest), points, before, choice, lead)
        if found is not None:
            step, weight, then = found
            if best is None or step < best.step:
                best = Tipping(name, before, weight, step, then)
    return best


@lru_cache(maxsize=8_192)
def _turning(
    rest: tuple[float, ...],
    points: tuple[float, ...],
    before: float,
    choice: Choice,
    lead: float,
) -> tuple[float, float, Choice] | None:
    """For one criterion the least step, the weight it leads to, and what that names."""
    named = partial(_at, rest, points, lead)
    ways: tuple[Literal[-1, 1], ...] = (-1, 1)
    turned = [_first(named, choice, before, way) for way in ways]
    steps = [
        (round(abs(weight - before), 6), weight, named(weight))
        for weight in turned
        if weight is not None
    ]
    return min(steps, key=lambda found: found[0], default=None)


def _at(
    rest: Sequence[float], points: Sequence[float], lead: float, weight: float
) -> Choice:
    return _named(fsum([*rest, *(one * weight for one in points)]), lead)


def _first(
    named: Callable[[float], Choice], choice: Choice, before: float, way: Literal[-1, 1]
) -> float | None:
    """The nearest tenth on that side with another choice, found by halving.

    The balance moves one way with the weight, so what has turned stays turned.
    """
    end = MOST_WEIGHT * STEP if way > 0 else 0
    near = ceil(before * STEP) if way > 0 else floor(before * STEP)
    if (end - near) * way < 0 or named(end / STEP) == choice:
        return None
    while near != end:
        middle = (near + end) // 2 if way > 0 else -(-(near + end) // 2)
        if named(middle / STEP) == choice:
            near = middle + way
        else:
            end = middle
    return end / STEP
