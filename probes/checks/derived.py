"""Facts that compare processes with each other, worked out from what each saw."""

from __future__ import annotations

from collections.abc import Mapping

from probes.checks.records import UNDECIDED, Facts, Value
from probes.records import Measured, ProbeReport


def from_report(name: str, report: ProbeReport) -> Facts:
    """A probe's report as facts named ``name.contender.what``."""
    seen: Facts = {}
    for result in report.results:
        if not isinstance(result, Measured):
            continue
        place = f"{name}.{result.contender}"
        times = sorted(result.block_seconds)
        seen[f"{place}.step_ms"] = 1e3 * times[len(times) // 2]
        seen[f"{place}.agrees"] = result.gate.passed
        seen[f"{place}.outputs"] = result.gate.outputs
        seen[f"{place}.import_s"] = result.import_s
        if result.predict_s:
            seen[f"{place}.answer_ms"] = 1e3 * result.predict_s.median
        if len(result.epochs) > 1:
            seen |= _by_rows(place, result, report.spec.batch)
    for ratio in report.ratios:
        place = f"{name}.{ratio.contender}"
        seen[f"{place}.word"] = ratio.word
        seen[f"{place}.ratio"] = ratio.ratio
        seen[f"{place}.low"] = ratio.low
        seen[f"{place}.high"] = ratio.high
        seen[f"{place}.tenth_slower"] = _tenth_slower(ratio.low, ratio.high)
        seen[f"{place}.baseline"] = ratio.baseline
    return seen


def _tenth_slower(low: float, high: float) -> Value:
    """Whether a step takes at least a tenth longer, where the interval can tell."""
    if low > 1.1:
        return True
    return UNDECIDED if high > 1.1 else False


def _by_rows(place: str, result: Measured, batch: int) -> Facts:
    """Microseconds per row of the smallest and the largest timed epoch."""
    few, many = result.epochs[0], result.epochs[-1]
    return {
        f"{place}.few_rows": few.rows,
        f"{place}.many_rows": many.rows,
        f"{place}.us_per_row_few": 1e6 * min(few.seconds) / few.rows,
        f"{place}.us_per_row_many": 1e6 * min(many.seconds) / many.rows,
        f"{place}.fit_step_ms": 1e3 * min(many.seconds) * batch / many.rows,
    }


def compared(facts: Mapping[str, Value]) -> Facts:
    """Facts across stacks, as far as their parts are there."""
    seen: Facts = {}
    for what in ("outputs", "losses", "trained"):
        if found := _far_apart(facts, f"twins.pytorch.{what}", what):
            seen[f"twins.{what}_difference"] = max(found)
    for task in ("mlp", "cnn", "lstm"):
        reached = _numbers(facts, "tasks", task)
        if len(reached) > 1:
            seen[f"tasks.{task}_spread"] = max(reached) - min(reached)
    penalties = _numbers(facts, "loop", "penalty")
    if len(penalties) > 1 and max(penalties) > 0:
        apart = max(penalties) - min(penalties)
        seen["loop.penalty_difference"] = apart / max(penalties)
    return seen


def _far_apart(facts: Mapping[str, Value], base: str, what: str) -> list[float]:
    """Of each Keras stack, the largest difference over the largest value."""
    ours = facts.get(base)
    if not isinstance(ours, tuple):
        return []
    numbers = [float(one) for one in ours]
    largest = max(abs(one) for one in numbers)
    found = []
    for name, theirs in facts.items():
        program, _, rest = name.partition(".")
        if program != "twins" or name == base or not rest.endswith(f".{what}"):
            continue
        if not isinstance(theirs, tuple) or len(theirs) != len(numbers):
            return []
        pairs = zip(numbers, map(float, theirs), strict=True)
        found.append(max(abs(a - b) for a, b in pairs) / largest)
    return found


def _numbers(facts: Mapping[str, Value], program: str, what: str) -> list[float]:
    return [
        float(value)
        for name, value in facts.items()
        if name.startswith(f"{program}.")
        and name.count(".") == 2
        and name.endswith(f".{what}")
        and isinstance(value, int | float)
    ]
