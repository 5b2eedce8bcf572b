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

TIGHT = 0.015
"""Standard error of a mean log ratio that more rounds need not lower.

The launch term is three times as large; rounds beyond this are time wasted.
"""

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


def is_tight(errors: Sequence[float], rounds: int) -> bool:
    """Whether a launch may stop: at a look, with every block error small."""
    if rounds >= LOOKS[-1]:
        return True
    return rounds in LOOKS and all(error < TIGHT for error in errors)


def wants_launch(
    ratios: Sequence[Ratio], done: int, *, most: int, cost_s: float, left_s: float
) -> bool:
    """Whether a further launch of every contender is worth its time.

    The second always is, where there is time: a launch cannot see how far launches
    differ. Later ones are for what is still undecided.
    """
    if done >= most or cost_s > left_s:
        return False
    return done < 2 or any(ratio.word == "undecided" for ratio in ratios)
