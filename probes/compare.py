"""Two reports side by side: what changed in the verdicts, and what else had changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from probes.records import Contender, Measured, ProbeReport, Ratio

Word = Literal["slower", "faster", "no_change_seen"]


@dataclass(frozen=True)
class Change:
    """One contender's ratio to the same baseline, then and now.

    Attributes:
        factor: ratio now over ratio then, with a 95% interval that takes both
            reports as independent.
    """

    contender: Contender
    baseline: Contender
    then: Ratio
    now: Ratio
    factor: float
    low: float
    high: float
    word: Word


def changes(then: ProbeReport, now: ProbeReport) -> tuple[Change, ...]:
    """Every ratio that both reports hold, in the order of the later one."""
    known = {_compared(r): r for r in (*then.ratios, *then.default_ratios)}
    return tuple(
        _change(before, ratio)
        for ratio in (*now.ratios, *now.default_ratios)
        if (before := known.get(_compared(ratio))) is not None
    )


def _compared(ratio: Ratio) -> tuple[object, ...]:
    """What must be the same for two ratios to be of one thing."""
    what = (ratio.contender, ratio.way, ratio.baseline, ratio.baseline_way)
    return (ratio.track, *what, ratio.epoch_rows)


def compared(ratio: Ratio) -> str:
    """Contender and baseline by name, of whole epochs with their ways."""
    ways = (f", {way}" if way else "" for way in (ratio.way, ratio.baseline_way))
    return f"{ratio.contender}{next(ways)} over {ratio.baseline}{next(ways)}"


def _change(then: Ratio, now: Ratio) -> Change:
    centre = math.log(now.ratio / then.ratio)
    half = math.hypot(
        math.log(now.high / now.low) / 2, math.log(then.high / then.low) / 2
    )
    word: Word = "no_change_seen"
    if abs(centre) > half:
        word = "slower" if centre > 0 else "faster"
    return Change(
        contender=now.contender,
        baseline=now.baseline,
        then=then,
        now=now,
        factor=math.exp(centre),
        low=math.exp(centre - half),
        high=math.exp(centre + half),
        word=word,
    )


def differences(then: ProbeReport, now: ProbeReport) -> Iterator[str]:
    """What else differs, one line each: question, machine, versions, devices."""
    for label, before, after in (
        ("spec", then.spec, now.spec),
        ("machine", then.environment, now.environment),
    ):
        for field in type(before).model_fields:
            one, other = getattr(before, field), getattr(after, field)
            if one != other:
                yield f"{label} {field}: {one} → {other}"
    known = {r.contender: r for r in then.results if isinstance(r, Measured)}
    for result in now.results:
        before_it = known.get(result.contender)
        if not isinstance(result, Measured) or before_it is None:
            continue
        for package, version in result.versions.items():
            old = before_it.versions.get(package, "absent")
            if old != version:
                yield f"{result.contender} {package}: {old} → {version}"
        if before_it.device != result.device:
            yield f"{result.contender} device: {before_it.device} → {result.device}"


def sentence(change: Change) -> str:
    """One change in words."""
    word = {
        "slower": "slower against it than before",
        "faster": "faster against it than before",
        "no_change_seen": "no change seen",
    }[change.word]
    return (
        f"{compared(change.now)}: {change.then.ratio:.2f} → "
        f"{change.now.ratio:.2f}, {change.factor:.2f} times "
        f"(95% interval {change.low:.2f}-{change.high:.2f}): {word}"
    )
