"""In which order contenders take their turns, and when there is enough of it. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import TypeVar

from probes.records import Ratio

T = TypeVar("T")

LOOKS = (8, 15, 30)
"""Rounds of one launch after which the probe may decide to stop it."""

LEAST_LAUNCHES = 3
"""Launches that are always worth their time: they show how far launches differ."""

NARROW = 0.10
"""Relative half-width of an interval that a short probe is content with."""

LONG_S = 300.0
"""Seconds of budget from which half of NARROW is asked for."""

BLOCK_S = 0.05
"""Seconds a timed block lasts at least: far above the clock and the one sync."""

GROUP = 5
"""Blocks in a warm-up group."""

AGREE = 0.05
"""Fraction by which the medians of two successive groups may differ when steady."""

MOST_GROUPS = 6
"""Warm-up groups before a contender is labelled as not steady."""


def order(contenders: Sequence[T], number: int) -> tuple[T, ...]:
    """Who goes first in round ``number``, from 0.

    A rotation and its mirror image in turn, so that over ``2 * len`` rounds each
    contender holds each place, and follows each other one, equally often.
    """
    count = len(contenders)
    turn = (number // 2) % count
    rotated = (*contenders[turn:], *contenders[:turn])
    return rotated[::-1] if number % 2 else rotated


def longer(steps: int, seconds: float) -> int | None:
    """Steps to try next so that a block lasts BLOCK_S, or None when it does."""
    if seconds >= BLOCK_S:
        return None
    wanted = math.ceil(steps * 1.2 * BLOCK_S / max(seconds, BLOCK_S / 50))
    return max(steps + 1, min(wanted, 20 * steps))


def is_steady(blocks: Sequence[float]) -> bool:
    """Whether the last two warm-up groups agree."""
    if len(blocks) < 2 * GROUP:
        return False
    before, after = median(blocks[-2 * GROUP : -GROUP]), median(blocks[-GROUP:])
    return abs(math.log(after / before)) < AGREE


def wanted_rounds(
    block_sd: float, launch_sd: float, *, start_s: float, round_s: float
) -> float:
    """Rounds of a launch that give the narrowest interval for the time they take.

    The variance of a mean over launches of ``n`` rounds each, times the seconds of a
    launch, is least at this ``n``: start-up is dear, so where rounds scatter more than
    launches do, and are cheap, a launch is worth many of them.
    """
    return block_sd / launch_sd * math.sqrt(start_s / round_s)


def is_enough(rounds: int, wanted: float) -> bool:
    """Whether a launch may stop: at a look, with the rounds that it is worth."""
    return rounds >= LOOKS[-1] or (rounds in LOOKS and rounds >= wanted)


def wants_launch(
    ratios: Sequence[Ratio],
    done: int,
    *,
    most: int,
    cost_s: float,
    left_s: float,
    budget_s: float,
) -> bool:
    """Whether a further launch of every contender is worth its time.

    The first three always are, where there is time: a launch cannot see how far
    launches differ. Later ones are for what is still undecided, or wider than the
    time given may expect.
    """
    if done >= most or cost_s > left_s:
        return False
    narrow = NARROW if budget_s < LONG_S else NARROW / 2
    return done < LEAST_LAUNCHES or any(
        ratio.word == "undecided" or half_width(ratio) > narrow for ratio in ratios
    )


def half_width(ratio: Ratio) -> float:
    """Half of the 95% interval on the log scale: about the fraction of the ratio."""
    return math.log(ratio.high / ratio.low) / 2
