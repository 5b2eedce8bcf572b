"""Two reports side by side: what changed in the verdicts, and what else had changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from probes.records import Contender, Measured, ProbeReport, Ratio
from probes.shapes import shape_of
from probes.statistics import beyond, holm, t_quantile

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


def obstacle(then: ProbeReport, now: ProbeReport) -> str | None:
    """Why ratios of the two are not of one thing, or None."""
    before, after = shape_of(then.spec), shape_of(now.spec)
    values = (
        ("workload", then.spec.workload, now.spec.workload),
        ("size", then.spec.size, now.spec.size),
        ("example", before.example, after.example),
        ("classes", before.classes, after.classes),
        ("vocabulary", before.words, after.words),
        ("batch", then.spec.batch, now.spec.batch),
        ("precision", then.spec.precision, now.spec.precision),
    )
    found = [f"{name} {one} → {other}" for name, one, other in values if one != other]
    if not found:
        return None
    return f"They timed different steps, so nothing is compared: {'; '.join(found)}."


def changes(then: ProbeReport, now: ProbeReport) -> tuple[Change, ...]:
    """Every ratio that both reports hold, in the order of the later one.

    A change is told like a difference: past the zone of both, at 1% over all of them
    by Holm's procedure, and only where both machines were left alone.
    """
    if obstacle(then, now) is not None:
        return ()
    known = {_compared(r): r for r in (*then.ratios, *then.default_ratios)}
    moved = [
        _Moved(before, ratio)
        for ratio in (*now.ratios, *now.default_ratios)
        if (before := known.get(_compared(ratio))) is not None
    ]
    clear = holm([one.chance for one in moved])
    return tuple(
        one.change(is_clear=is_clear)
        for one, (_, is_clear) in zip(moved, clear, strict=True)
    )


def _compared(ratio: Ratio) -> tuple[object, ...]:
    """What must be the same for two ratios to be of one thing."""
    what = (ratio.contender, ratio.way, ratio.baseline, ratio.baseline_way)
    return (ratio.track, *what, ratio.epoch_rows)


def compared(ratio: Ratio) -> str:
    """Contender and baseline by name, of whole epochs with their ways."""
    ways = (f", {way}" if way else "" for way in (ratio.way, ratio.baseline_way))
    return f"{ratio.contender}{next(ways)} over {ratio.baseline}{next(ways)}"


@dataclass(frozen=True)
class _Moved:
    then: Ratio
    now: Ratio

    @property
    def centre(self) -> float:
        return math.log(self.now.ratio / self.then.ratio)

    @property
    def errors(self) -> tuple[float, float]:
        """Standard errors of the two log ratios, read back from their intervals."""
        then, now = (
            math.log(one.high / one.low) / 2 / t_quantile(0.975, one.freedom)
            for one in (self.then, self.now)
        )
        return then, now

    @property
    def error(self) -> float:
        return math.hypot(*self.errors)

    @property
    def freedom(self) -> int:
        """Of the difference of two means whose errors differ (Welch, Satterthwaite)."""
        parts = zip(self.errors, (self.then.freedom, self.now.freedom), strict=True)
        below = math.fsum(error**4 / freedom for error, freedom in parts)
        return max(1, int(self.error**4 / below)) if below else 1

    @property
    def chance(self) -> float:
        if not (self.then.decides and self.now.decides):
            return 1.0
        edge = math.log1p(max(self.then.zone, self.now.zone))
        return beyond(self.centre, edge, self.error, self.freedom)

    def change(self, *, is_clear: bool) -> Change:
        half = self.error * t_quantile(0.975, self.freedom)
        word: Word = "no_change_seen"
        if is_clear:
            word = "slower" if self.centre > 0 else "faster"
        return Change(
            contender=self.now.contender,
            baseline=self.now.baseline,
            then=self.then,
            now=self.now,
            factor=math.exp(self.centre),
            low=math.exp(self.centre - half),
            high=math.exp(self.centre + half),
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
    if then.protocol != now.protocol:
        yield f"protocol: {then.protocol} → {now.protocol}"
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
