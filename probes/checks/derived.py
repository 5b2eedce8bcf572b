"""Facts that compare processes with each other, worked out from what each saw."""

from __future__ import annotations

from collections.abc import Mapping

from probes.checks.records import Facts, Value
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
        seen[f"{place}.baseline"] = ratio.baseline
    return seen


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
    del facts
    return {}
