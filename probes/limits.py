"""How far from the float64 reference a contender may be and still be timed."""

from __future__ import annotations

from probes.records import Gate

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


EPOCH_LIMIT = 1e-3
"""Distance after one batch, over the way, that an epoch's weights may be off.

Rounding stays below 4e-5; a rate that is off by a hundredth is ten times the limit.
"""

IN_ORDER = 0.1
"""Distance after three batches under which their rows were not shuffled.

Shuffled rows end a third of the way apart or more, rows in order within a hundredth.
"""


def limit_of(name: str, parameters: int) -> float:
    """The limit of a kind of difference, for a model of so many weights."""
    limit = LIMITS[name]
    if name == "after_three_adam_steps":
        limit *= max(1.0, parameters / MANY_WEIGHTS)
    return limit


def is_within(gate: Gate) -> bool:
    """Whether every number of a gate is inside its limit, whatever it says itself."""
    return not _outside(gate)


def faults(gate: Gate, parameters: int) -> tuple[str, ...]:
    """What a failed gate found, each with its number and its limit."""
    found = [
        f"{name.replace('_', ' ')} differ by {value:.1e} (limit {limit:.0e})"
        for name, value, limit in _outside(gate)
    ]
    if gate.parameters != parameters:
        found.append(f"{gate.parameters} parameters instead of {parameters}")
    return tuple(found)


def _outside(gate: Gate) -> list[tuple[str, float, float]]:
    """Name, number and limit of all that is too large; what was not asked is not."""
    return [
        (name, value, limit)
        for name in LIMITS
        if (value := getattr(gate, name)) is not None
        and not value <= (limit := limit_of(name, gate.parameters))
    ]
