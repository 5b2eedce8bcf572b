"""Refuse to time a contender that computes something else.

Every difference is the largest absolute difference over the largest absolute
value of the float64 reference, so it has no unit and no layer can hide behind a
larger one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from probes.backends.contract import Stack
from probes.limits import LIMITS
from probes.records import Gate
from probes.workloads import (
    Floats,
    Mlp,
    after_adam,
    after_sgd,
    gradients,
    loss,
    outputs,
)

STEPS = 3


def check(stack: Stack, model: Mlp) -> tuple[Gate, float]:
    """Compare a stack with the reference, on the very code that will be timed.

    Returns:
        The gate, and the seconds of the first Adam step, compilation included:
        it is taken here first, before anything has warmed the framework up.
    """
    batch, batches = model.batches[0], model.batches[:STEPS]
    stack.restart("adam")
    started = time.perf_counter()
    stack.block(1)
    first_step_s = time.perf_counter() - started

    stack.restart("adam")
    seen_loss, slopes = stack.loss_and_gradients(batch)
    seen_outputs = stack.outputs(batch)
    stack.block(STEPS)
    adam = stack.weights()
    stack.restart("sgd")
    stack.block(STEPS)
    sgd = stack.weights()
    stack.restart("adam")
    true_loss = loss(model.weights, batch)
    differences = {
        "outputs": difference([seen_outputs], [outputs(model.weights, batch.x)]),
        "loss": abs(seen_loss - true_loss) / max(abs(true_loss), 1e-12),
        "gradients": difference(slopes, gradients(model.weights, batch)),
        "after_three_sgd_steps": difference(sgd, after_sgd(model.weights, batches)),
        "after_three_adam_steps": difference(adam, after_adam(model.weights, batches)),
    }
    parameters = stack.parameters()
    passed = parameters == model.parameters and _within(differences)
    bounded = {name: _finite(value) for name, value in differences.items()}
    return Gate(passed=passed, parameters=parameters, **bounded), first_step_s


def difference(seen: Sequence[Floats], wanted: Sequence[Floats]) -> float:
    """Largest over the arrays; infinite where shapes differ or a value is not one."""
    if [a.shape for a in seen] != [a.shape for a in wanted]:
        return float("inf")
    worst = 0.0
    for a, b in zip(seen, wanted, strict=True):
        scale = max(float(np.abs(b).max()), 1e-12)
        gap = float(np.abs(np.asarray(a, np.float64) - b).max()) / scale
        worst = max(worst, gap if np.isfinite(gap) else float("inf"))
    return worst


def _within(differences: dict[str, float]) -> bool:
    return all(value <= LIMITS[name] for name, value in differences.items())


def _finite(value: float) -> float:
    """A report is JSON and holds no infinity; a million says "not comparable"."""
    return value if value < 1e6 else 1e6
