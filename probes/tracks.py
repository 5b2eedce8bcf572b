"""Verdicts of the default track, and what separates it from the matched one. Pure.

The default track has the statistics of the matched one: paired rounds, launches that
count as the median of their rounds, and a family of its own for Holm's procedure. Its
values are whole epochs as each framework's guide writes them, so that a fixed cost of
each epoch is in them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import fmean, median

from probes.conditions import Conditions
from probes.records import LaunchSd, Measured, Ratio
from probes.statistics import (
    Paired,
    block_variance,
    compare,
    spread,
    t_quantile,
)
from probes.ways import Overhead, WayTimes

Counted = frozenset[int] | None
"""The launches to go by; None: all of them."""


def default_ratios(
    timed: Sequence[Measured], conditions: Conditions, counted: Counted
) -> tuple[Ratio, ...]:
    """Every way of every contender against the first contender's documented way.

    Args:
        timed: comparable contenders, the baseline first.
    """
    base = next((one for one in timed if one.ways), None)
    if base is None:
        return ()
    first = base.ways[0]
    others = [
        (one, way, logs)
        for one in timed
        if (one.device, one.threads) == (base.device, base.threads)
        for way in one.ways
        if way is not first and (logs := _logs(way, first, counted))
    ]
    pairs = [Paired(one.contender, base.contender, logs) for one, _, logs in others]
    found = compare(pairs, conditions)
    return tuple(
        ratio.model_copy(
            update={
                "track": "default",
                "way": way.way,
                "baseline_way": first.way,
                "epoch_rows": way.rows,
            }
        )
        for ratio, (_, way, _) in zip(found, others, strict=True)
    )


def _logs(one: WayTimes, base: WayTimes, counted: Counted) -> list[list[float]]:
    """Log ratios of paired epochs by launch; nothing where two pairs are not made."""
    if one.rows != base.rows:
        return []
    known = {number: seconds for number, _, seconds in _rounds(base, counted)}
    groups: dict[int, list[float]] = {}
    for number, launch, seconds in _rounds(one, counted):
        if number in known:
            log_ratio = math.log(seconds / known[number])
            groups.setdefault(launch, []).append(log_ratio)
    found = list(groups.values())
    return found if sum(len(group) for group in found) > 1 else []


def _rounds(way: WayTimes, counted: Counted) -> Iterator[tuple[int, int, float]]:
    """Number, launch and seconds of each round that counts."""
    if len({len(way.rounds), len(way.launches), len(way.seconds)}) == 1:
        for one in zip(way.rounds, way.launches, way.seconds, strict=True):
            if counted is None or one[1] in counted:
                yield one


def overheads(
    timed: Sequence[Measured], prior: LaunchSd, counted: Counted
) -> tuple[Overhead, ...]:
    """What each contender's documented way adds to its bare step."""
    found = (_overhead(one, prior, counted) for one in timed)
    return tuple(one for one in found if one is not None)


def _overhead(one: Measured, prior: LaunchSd, counted: Counted) -> Overhead | None:
    """Launch by launch: the step of an epoch less the median of the launch's blocks."""
    if not one.ways or len(one.launches) != len(one.block_seconds):
        return None
    way = one.ways[0]
    bare: dict[int, list[float]] = {}
    for launch, seconds in zip(one.launches, one.block_seconds, strict=True):
        bare.setdefault(launch, []).append(seconds)
    whole: dict[int, list[float]] = {}
    for _, launch, seconds in _rounds(way, counted):
        if launch in bare:
            whole.setdefault(launch, []).append(seconds / way.steps)
    if sum(len(group) for group in whole.values()) < 2:
        return None
    # In units of an epoch's step, in which launches differ by about ``prior``.
    scale = median(seconds for group in whole.values() for seconds in group)
    beyond = [
        [(seconds - median(bare[launch])) / scale for seconds in group]
        for launch, group in whole.items()
    ]
    bare_groups = [[s / scale for s in bare[launch]] for launch in whole]
    centre, error, freedom = spread(beyond, prior)
    error = math.hypot(error, math.sqrt(block_variance(bare_groups) / len(whole)))
    half = error * t_quantile(0.975, freedom)
    return Overhead(
        contender=one.contender,
        way=way.way,
        seconds=centre * scale,
        low=(centre - half) * scale,
        high=(centre + half) * scale,
        bare_s=fmean(median(bare[launch]) for launch in whole),
        rows=way.rows,
        launches=len(whole),
    )
