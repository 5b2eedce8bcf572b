"""How far from the float64 reference a contender may be and still be timed."""

from __future__ import annotations

from probes.records import Gate
from probes.spec import Precision

MANY_WEIGHTS = 1_500_000
"""Weights up to which the worst of them after Adam keeps the limit below.

Adam divides by a slope's size. Where a slope lies near nought its rounding is kept, and
the worst of so many such divisions grows as their number: 1e-6 to 9e-6 with 0.3 to
1.5 million weights, 8e-5 with 12.6 million (Keras on two backends, 2026-11-25).
"""

LIMITS = {
    # float32 keeps 6e-8 of a value; sums over up to 2,000 features leave less.
    "outputs": 1e-5,
    "loss": 1e-5,
    # A unit on the very edge of its ReLU may fall on either side of it.
    "gradients": 1e-4,
    "after_three_sgd_steps": 1e-5,
    # Adam divides by the gradient's size and so keeps the rounding of tiny ones.
    # An epsilon translated between the frameworks stays near 1e-6, one that is
    # left alone is off by more than 1e-4.
    "after_three_adam_steps": 5e-5,
    # Over the way gone and not over the weights: decaying them by 0.4% of a step, as
    # Keras's AdamW does, is 4e-4 of the way, and rounding stays below 3e-5.
    "way_of_three_adam_steps": 1e-4,
    # Rounding stays below 3e-4 whatever the number of steps; a step on half a batch,
    # or one array left alone in some of them, is above 1e-1.
    "way_of_timed_blocks": 1e-2,
    # Data are copied, not computed.
    "batches": 0.0,
}
"""Largest difference of each kind, over the largest value of the reference."""

MIXED_LIMITS = {
    # Worst of healthy programs, then least of those faults that this is to tell.
    # 1.3e-2; a transposed filter 0.14, swapped gates 0.96, a transposed kernel 1.3.
    "outputs": 5e-2,
    # 5.6e-3; softmax twice 3.3e-2.
    "loss": 2e-2,
    # 6.7e-2; softmax twice 0.57, transposed or swapped 0.89.
    "gradients": 2e-1,
    # 2.3e-2 and 2.6e-2; transposed or swapped 1.3. Weights are float32.
    "after_three_sgd_steps": 1e-1,
    "after_three_adam_steps": 1e-1,
    # 0.11; one batch again and again 0.67, shuffled rows 1.1, transposed 82.
    "way_of_three_adam_steps": 4e-1,
    # 0.23, in blocks of one step; a layer left alone 1.0, shuffled rows 1.2.
    "way_of_timed_blocks": 7e-1,
    "batches": 0.0,
}
"""The same in bfloat16, which keeps 4e-3 of a value.

Measured on 2026-11-28 on a processor with AVX512-BF16 (torch 2.13, tensorflow 2.21, jax
0.10, keras 3.15): four families in sizes S and M, faults planted in PyTorch in size S.
What is a matter of small parts, as a rate off by a fifth (0.2 of the way), is for the
gate in float32, which the same code has passed before.
"""

FLOORS = {
    "outputs": 5e-4,
    "gradients": 5e-4,
    "way_of_three_adam_steps": 5e-4,
    "way_of_timed_blocks": 5e-4,
}
"""Least differences in bfloat16: what is nearer was computed in float32.

Healthy programs stay above 2.6e-3, 4.2e-3, 4.5e-3 and 3.6e-3, whatever the shape and
the number of steps; in float32 all four are below 3e-5 (2026-11-28, as above).
"""

EPOCH_LIMIT = 1e-3
"""Distance after one batch, over the way, that an epoch's weights may be off.

Rounding stays below 4e-5; a rate that is off by a hundredth is ten times the limit.
"""

IN_ORDER = 0.1
"""Distance after three batches under which their rows were not shuffled.

Shuffled rows end a third of the way apart or more, rows in order within a hundredth.
"""


def limits_in(precision: Precision) -> dict[str, float]:
    """The limits of everybody who is compared in a precision."""
    return LIMITS if precision == "float32" else MIXED_LIMITS


def limit_of(name: str, parameters: int, precision: Precision = "float32") -> float:
    """The limit of a kind of difference, for a model of so many weights."""
    limit = limits_in(precision)[name]
    if name == "after_three_adam_steps" and precision == "float32":
        limit *= max(1.0, parameters / MANY_WEIGHTS)
    return limit


def is_within(gate: Gate, precision: Precision = "float32") -> bool:
    """Whether every number of a gate is inside its limit, whatever it says itself."""
    return not (_outside(gate, precision) or _too_near(gate, precision))


def faults(
    gate: Gate, parameters: int, precision: Precision = "float32"
) -> tuple[str, ...]:
    """What a failed gate found, each with its number and its limit."""
    found = [
        f"{name.replace('_', ' ')} differ by {value:.1e} (limit {limit:.0e})"
        for name, value, limit in _outside(gate, precision)
    ]
    found += [
        f"{name.replace('_', ' ')} differ by {value:.1e} only, as in float32 "
        f"(in {precision} at least {least:.0e})"
        for name, value, least in _too_near(gate, precision)
    ]
    if gate.parameters != parameters:
        found.append(f"{gate.parameters} parameters instead of {parameters}")
    return tuple(found)


def _outside(gate: Gate, precision: Precision) -> list[tuple[str, float, float]]:
    """Name, number and limit of all that is too large; what was not asked is not."""
    return [
        (name, value, limit)
        for name in limits_in(precision)
        if (value := getattr(gate, name)) is not None
        and not value <= (limit := limit_of(name, gate.parameters, precision))
    ]


def _too_near(gate: Gate, precision: Precision) -> list[tuple[str, float, float]]:
    """Name, number and floor of all that is nearer than bfloat16 can be."""
    return [
        (name, value, least)
        for name, least in FLOORS.items()
        if precision == "bfloat16"
        and (value := getattr(gate, name)) is not None
        and not value >= least
    ]
