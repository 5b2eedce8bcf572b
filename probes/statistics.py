"""From raw block times to a ratio with an interval and a word. Pure numbers.

Blocks of one launch agree better than launches do: the interval therefore has a
term for the launch, taken from an assumption until launches of this very probe
correct it. Without it a longer probe is only more sure of its own launch.

A launch counts as the median of its rounds, and their spread is read from absolute
deviations: no round is dropped, and a few that others spoilt hardly move either.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean, median, variance
from typing import Literal

from scipy.special import fdtri, stdtr, stdtrit

from probes.conditions import ASSUMED, Conditions
from probes.records import Contender, LaunchSd, Ratio

Word = Literal["slower", "faster", "no_difference", "undecided"]

LEAST_SD = 0.01
"""No machine is believed to repeat itself better than this."""

MOST_FREEDOM = 60
"""Degrees of freedom that a history may weigh at most: machines change."""

STRICT = 0.01
"""Chance, over all contenders of a probe, of one false directional word."""

SURPRISE = 0.99
"""Probability under what is believed of launches, past which it is believed no more."""

LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True)
class Paired:
    """Natural logs of contender seconds over baseline seconds.

    Attributes:
        launches: one sequence per launch, one value per round.
    """

    contender: Contender
    baseline: Contender
    launches: Sequence[Sequence[float]]


def compare(
    pairs: Sequence[Paired], conditions: Conditions | None = None
) -> tuple[Ratio, ...]:
    """A ratio for each contender with two rounds or more, in the order given.

    Directional words are held to a family-wise error of 1% by Holm's procedure: the
    clearest difference must be clear at 1% over the number of contenders, the next at
    1% over one fewer, and the first that fails ends it.
    """
    conditions = conditions or Conditions()
    edge = math.log1p(conditions.zone)
    seen = [one for pair in pairs if (one := _summary(pair, conditions.prior))]
    found = holm([beyond(one.centre, edge, one.error, one.freedom) for one in seen])
    return tuple(
        one.ratio(conditions, level, is_clear=is_clear)
        for one, (level, is_clear) in zip(seen, found, strict=True)
    )


def holm(chances: Sequence[float]) -> list[tuple[float, bool]]:
    """The level of each one's own test, and whether it is clear at STRICT over all.

    Args:
        chances: one-sided probabilities, in any order.

    >>> holm([0.5, 0.001, 0.0045])
    [(0.01, False), (0.0033333333333333335, True), (0.005, False)]
    """
    found: dict[int, tuple[float, bool]] = {}
    still = True
    clearest = sorted(range(len(chances)), key=chances.__getitem__)
    for place, number in enumerate(clearest):
        level = STRICT / (len(chances) - place)
        still = still and chances[number] < level / 2
        found[number] = (level, still)
    return [found[number] for number in range(len(chances))]


def beyond(centre: float, edge: float, error: float, freedom: int) -> float:
    """One-sided probability of being this far outside the zone by chance.

    Args:
        centre, error: of a log ratio, and its standard error.
        edge: of the zone, on the same scale.
    """
    if error == 0:
        return 0.0 if abs(centre) > edge else 1.0
    return 1 - t_below((abs(centre) - edge) / error, freedom)


@dataclass(frozen=True)
class _Summary:
    pair: Paired
    rounds: int
    count: int
    centre: float
    error: float
    freedom: int

    def ratio(self, conditions: Conditions, level: float, *, is_clear: bool) -> Ratio:
        half = self.error * t_quantile(0.975, self.freedom)
        strict = self.error * t_quantile(1 - level / 2, self.freedom)
        edge = math.log1p(conditions.zone)
        word = self._word(half, edge, is_clear=is_clear)
        if not conditions.decides:
            word = "undecided"
        leans = word == "undecided" and conditions.decides and abs(self.centre) > half
        return Ratio(
            contender=self.pair.contender,
            baseline=self.pair.baseline,
            ratio=_factor(self.centre),
            low=_factor(self.centre - half),
            high=_factor(self.centre + half),
            strict_low=_factor(self.centre - strict),
            strict_high=_factor(self.centre + strict),
            rounds=self.rounds,
            word=word,
            zone=conditions.zone,
            decides=conditions.decides,
            freedom=self.freedom,
            launches=self.count,
            leaning=_direction(self.centre) if leans else None,
            more_s=self._more_s(conditions, level) if word == "undecided" else None,
        )

    def _word(self, half: float, edge: float, *, is_clear: bool) -> Word:
        if is_clear:
            return _direction(self.centre)
        # One launch cannot show that launches agree, however many rounds it had.
        if self.count > 1 and abs(self.centre) + half < edge:
            return "no_difference"
        return "undecided"

    def _more_s(self, conditions: Conditions, level: float) -> float | None:
        """Seconds until this spread would settle it, or None if not within an hour."""
        if conditions.launch_s is None or not conditions.decides:
            return None
        edge = math.log1p(conditions.zone)
        each = self.error * math.sqrt(self.count)
        for more in range(1, 200):
            count, freedom = self.count + more, self.freedom + more
            error = each / math.sqrt(count)
            gap = abs(self.centre) - edge
            is_far = gap > error * t_quantile(1 - level / 2, freedom)
            is_near = -gap > error * t_quantile(0.975, freedom)
            if is_far or is_near:
                seconds = more * conditions.launch_s
                return seconds if seconds <= LONGEST_WAIT_S else None
        return None


def _summary(pair: Paired, prior: LaunchSd) -> _Summary | None:
    groups = [list(group) for group in pair.launches if group]
    rounds = sum(len(group) for group in groups)
    if rounds < 2:
        return None
    centre, error, freedom = spread(groups, prior)
    return _Summary(pair, rounds, len(groups), centre, error, freedom)


def _direction(centre: float) -> Literal["slower", "faster"]:
    return "slower" if centre > 0 else "faster"


def between_launches(launches: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Variance between launches beyond what their rounds explain, and its freedom."""
    groups = [list(group) for group in launches if group]
    if len(groups) < 2:
        return 0.0, 0
    centres = [median(group) for group in groups]
    return max(0.0, variance(centres) - block_variance(groups)), len(groups) - 1


def learnt(seen: Sequence[tuple[float, int]], assumed: LaunchSd = ASSUMED) -> LaunchSd:
    """The assumption, put right by what was seen of a machine.

    Args:
        seen: variances and their degrees of freedom, as of earlier probes.
    """
    freedom = assumed.freedom + sum(one[1] for one in seen)
    squares = assumed.freedom * assumed.sd**2
    squares += math.fsum(variance * freedom for variance, freedom in seen)
    sd = max(LEAST_SD, math.sqrt(squares / freedom))
    return LaunchSd(sd=sd, freedom=min(freedom, MOST_FREEDOM))


def spread(groups: list[list[float]], prior: LaunchSd) -> tuple[float, float, int]:
    """Centre, standard error and degrees of freedom of the mean of launch medians."""
    between, own = between_launches(groups)
    freedom = prior.freedom + own
    launch = (prior.freedom * prior.sd**2 + own * between) / freedom
    if own and between > prior.sd**2 * f_quantile(SURPRISE, own, prior.freedom):
        # One launch went astray, or the machine has changed: the past is no guide.
        launch, freedom = between, own
    centre = fmean(median(group) for group in groups)
    error = math.sqrt((launch + block_variance(groups)) / len(groups))
    return centre, error, freedom


def block_variance(groups: Sequence[Sequence[float]]) -> float:
    """Variance of a launch's median that its rounds explain, mean over launches."""
    return MEDIAN_COST * block_sd(groups) ** 2 * fmean(1 / len(g) for g in groups)


MEDIAN_COST = math.pi / 2
"""Variance of a median over that of a mean, for normal values."""


def block_sd(groups: Sequence[Sequence[float]]) -> float:
    """Standard deviation of rounds around their own launch, from medians alone."""
    off = [abs(value - median(group)) for group in groups for value in group]
    freedom = len(off) - sum(1 for group in groups if group)
    if freedom <= 0:
        return 0.0
    return 1.4826 * median(off) * math.sqrt(len(off) / freedom)


def _factor(log_ratio: float) -> float:
    return math.exp(min(max(log_ratio, -600.0), 600.0))


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """Value that a t variable stays below with ``probability``."""
    return float(stdtrit(freedom, probability))


def t_below(t: float, freedom: int) -> float:
    """Distribution function of Student's t."""
    return float(stdtr(freedom, t))


@cache
def f_quantile(probability: float, above: int, below: int) -> float:
    """Value that a ratio of two variances stays below with ``probability``.

    Args:
        above, below: degrees of freedom of the two.
    """
    return float(fdtri(above, below, probability))


ODD = 3.5
"""Standard deviations of rounds past which one is tagged as odd."""

LEAST_ODD = math.log1p(0.05)
"""Log ratio to its launch's median below which a round is never odd."""


def odd_rounds(launches: Sequence[int], seconds: Sequence[float]) -> tuple[int, ...]:
    """Rounds that lie far from the others of their launch, counted from 1.

    >>> odd_rounds((1,) * 5, (1.0, 1.01, 3.0, 0.99, 1.0))
    (3,)
    """
    groups: dict[int, list[float]] = {}
    for launch, value in zip(launches, seconds, strict=True):
        groups.setdefault(launch, []).append(math.log(value))
    far = max(LEAST_ODD, ODD * block_sd(list(groups.values())))
    return tuple(
        number
        for number, (launch, value) in enumerate(
            zip(launches, seconds, strict=True), start=1
        )
        if abs(math.log(value) - median(groups[launch])) > far
    )
