"""Refuse to time a contender that computes something else.

Every difference is the largest absolute difference over the largest absolute
value of the float64 reference, so it has no unit and no layer can hide behind a
larger one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from itertools import compress
from pathlib import Path

import numpy as np

from probes.backends.contract import Stack
from probes.limits import is_within
from probes.records import Gate
from probes.reference import STEPS, biases, compared, reference
from probes.spec import Precision
from probes.workloads import Batch, Floats, Model, Weights

FLOOR = 0.05
"""Part of the largest gradient below which an array's own size no longer counts.

Sums of many terms that nearly cancel, as behind an attention's scores, keep the
rounding of the terms.
"""


def check(
    stack: Stack,
    model: Model,
    folder: Path | None = None,
    precision: Precision = "float32",
) -> tuple[Gate, float]:
    """Compare a stack with the reference, on the very code that will be timed.

    Args:
        folder: of this probe, where the reference is kept for the next worker.
        precision: that it is to compute in; its limits are the ones to keep.

    Returns:
        The gate, and the seconds of the first Adam step, compilation included:
        it is taken here first, before anything has warmed the framework up.
    """
    batch = model.batches[0]
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
    true = reference(model, folder)
    largest = max(float(np.abs(slope).max()) for slope in true.gradients)
    moved = compared(model, true, precision)

    def gap(seen: Weights, wanted: Weights, floor: float = 0.0) -> float:
        chosen = list(compress(seen, moved)), list(compress(wanted, moved))
        return difference(*chosen, floor)

    def way(of: list[bool]) -> float:
        arrays = adam, true.adam, model.weights
        return astray(*(list(compress(one, of)) for one in arrays))

    held = stack.held()
    differences = {
        "batches": difference(
            _parts(held),
            _parts(model.batches),
        ),
        "outputs": difference([seen_outputs], [true.outputs]),
        "loss": abs(seen_loss - true.loss) / max(abs(true.loss), 1e-12),
        "gradients": gap(slopes, true.gradients, FLOOR * largest),
        "after_three_sgd_steps": gap(sgd, true.sgd),
        "after_three_adam_steps": gap(adam, true.adam),
        "way_of_three_adam_steps": way(moved),
    }
    if precision != "float32":
        differences["way_of_biases"] = way(biases(model, true))
    bounded = {name: _finite(value) for name, value in differences.items()}
    gate = Gate(passed=False, parameters=stack.parameters(), **bounded)
    passed = gate.parameters == model.parameters and is_within(gate, precision)
    return gate.model_copy(update={"passed": passed}), first_step_s


def difference(
    seen: Sequence[Floats], wanted: Sequence[Floats], floor: float = 1e-12
) -> float:
    """Largest over the arrays; infinite where shapes differ or a value is no number.

    Args:
        floor: least value that a difference is set against.
    """
    if [a.shape for a in seen] != [a.shape for a in wanted]:
        return float("inf")
    worst = 0.0
    for a, b in zip(seen, wanted, strict=True):
        scale = max(float(np.abs(b).max()), floor, 1e-12)
        gap = float(np.abs(np.asarray(a, np.float64) - b).max()) / scale
        worst = max(worst, gap if np.isfinite(gap) else float("inf"))
    return worst


def astray(
    seen: Sequence[Floats], wanted: Sequence[Floats], start: Sequence[Floats]
) -> float:
    """Distance from where the weights should be, over the way they had to go.

    Euclidean, over all arrays: what pulls every weight a little is seen, and the
    rounding of a few is not.
    """

    def length(these: Sequence[Floats], those: Sequence[Floats]) -> float:
        pairs = zip(these, those, strict=True)
        gaps = (np.asarray(a, np.float64) - b for a, b in pairs)
        return math.sqrt(sum(float((gap**2).sum()) for gap in gaps))

    if [a.shape for a in seen] != [a.shape for a in wanted]:
        return float("inf")
    return length(seen, wanted) / max(length(wanted, start), 1e-12)


def _parts(batches: Sequence[Batch]) -> list[Floats]:
    """Inputs and labels of all batches, in order."""
    both = ((batch.x, batch.y) for batch in batches)
    return [np.asarray(part, np.float64) for pair in both for part in pair]


def _finite(value: float) -> float:
    """A report is JSON and holds no infinity; a million says "not comparable"."""
    return value if value < 1e6 else 1e6
