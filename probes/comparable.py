"""Who may be compared: the same model, in the same precision, in a possible time."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from probes.limits import is_within
from probes.records import Gate, Measured, NotMeasured, ProbeReport, ProbeSpec
from probes.shapes import flops_of, parameters_of, shape_of
from probes.spec import Precision

SAID: dict[Precision, str] = {"float32": "highest", "bfloat16": "bfloat16"}
"""What a stack says of its products where it computes in a precision."""

MORE = 1.001
"""Part of the operations needed that may be counted: all healthy stacks make as many as
the model needs, to the very last one, or hide some (four models, sizes S and M,
2026-11-28)."""

ROOFLINE = 1.5
"""How much faster than the best matrix product a step may look: products are measured
once for each contender, and the machine may be slower in those moments."""


def comparable(report: ProbeReport) -> list[Measured]:
    """Who computes the same model, and no faster than the machine can."""
    peak = fastest_product(report.results)
    return [
        result
        for result in report.results
        if isinstance(result, Measured)
        and is_comparable(result, report.spec)
        and is_possible(result, report.spec, peak)
    ]


def is_comparable(result: Measured, spec: ProbeSpec) -> bool:
    """Whether it computes the model, and no more, in the precision asked for."""
    gates: dict[Precision, Gate | None] = {spec.precision: result.gate}
    if spec.precision != "float32":
        gates["float32"] = result.float32_gate
    parameters = parameters_of(shape_of(spec))
    same = all(
        gate is not None
        and gate.passed
        and is_within(gate, precision)
        and gate.parameters == parameters
        for precision, gate in gates.items()
    )
    same = same and too_many(result.counted_flops, spec) is None
    return same and result.precision == SAID[spec.precision]


def too_many(counted: int | None, spec: ProbeSpec) -> str | None:
    """In words that a step makes more operations than needed; None where it does not.

    Args:
        counted: in what the framework runs; None where it was not looked into.
    """
    needed = flops_of(shape_of(spec), spec.batch)
    if counted is None or counted <= MORE * needed:
        return None
    return f"a step makes {counted:,} operations in products, and needs {needed:,}"


def fastest_product(results: Sequence[Measured | NotMeasured]) -> float | None:
    """Operations per second of the best matrix product that any contender made."""
    seen = (r.matmul_flops for r in results if isinstance(r, Measured))
    return max((flops for flops in seen if flops is not None), default=None)


def is_possible(result: Measured, spec: ProbeSpec, peak: float | None) -> bool:
    """Whether its steps were no faster than a bare matrix product allows.

    Args:
        peak: operations per second of such a product; None where none was timed.
    """
    flops = flops_of(shape_of(spec), spec.batch)
    return peak is None or flops / median(result.block_seconds) <= ROOFLINE * peak
