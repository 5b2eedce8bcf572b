"""What the worker looks at beside the clock: that timed work is work that was checked.

The gate compares three steps. Here every timed block, and each way to write an epoch,
is compared with the float64 reference too, so that a contender cannot go on otherwise
once the gate has looked.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from itertools import compress
from pathlib import Path

import numpy as np

from probes.answering import Answer
from probes.backends.contract import Stack
from probes.limits import IN_ORDER
from probes.reference import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_2,
    STEPS,
    Reference,
    after_block,
    compared,
    reference,
)
from probes.spec import Precision, Way
from probes.workloads import Batch, Floats, Model, Weights

TORCH_EPSILON = 1e-8
"""PyTorch's default, added to the root of the corrected second moment."""

CLEAR = 1e-3
"""Part of the largest gradient above which rounding decides nothing."""

SHUFFLES = 8
"""Epochs at most until one has its rows in another order."""

NOWHERE = 1e6
"""Distance of what cannot be compared: an answer is JSON and holds no infinity."""


class Watch:
    """Mutable on purpose: it lives as long as its worker.

    Args:
        folder: of this probe, where references are kept for the next worker.
        precision: that the stack computes in.
    """

    def __init__(
        self,
        stack: Stack,
        model: Model,
        folder: Path | None = None,
        precision: Precision = "float32",
    ) -> None:
        self._stack, self._model, self._folder = stack, model, folder
        self._precision = precision
        self._true: Reference | None = None
        self._ends: dict[int, Weights] = {}

    def drawn(self) -> str:
        """Digest of weights and batches as the framework holds them after a restart."""
        self._stack.restart("adam")
        seen = hashlib.sha256()
        for weight in self._stack.weights():
            seen.update(weight.tobytes())
        for batch in self._stack.held():
            seen.update(batch.x.tobytes() + batch.y.tobytes())
        return seen.hexdigest()

    def misheld(self) -> tuple[str, ...]:
        """What lies ready otherwise than as tensors of the asked kind, in words."""
        numbers = {"int32"} if self._model.shape.words else {"float32"}
        right = {
            "weights": {"float32"},
            "inputs": numbers,
            "labels": {"int32", "int64"},
        }
        found = self._stack.kinds()
        wrong = ((what, found[what] - right[what]) for what in right)
        return tuple(
            f"its {what} are held as {', '.join(sorted(kinds))}"
            for what, kinds in wrong
            if kinds
        )

    def block(self, steps: int, seen: Weights) -> float:
        """How far a block has led astray, as ``farthest`` counts it.

        Args:
            seen: weights after the discarded steps and then ``steps`` of a block.
        """
        if steps not in self._ends:
            self._ends = {steps: after_block(self._model, steps, self._folder)}
        return self._farthest(seen, self._ends[steps])

    def epoch(self, way: Way) -> Answer:
        """Train one batch the way that is timed, then three, from the drawn weights.

        Returns:
            ``astray``: of the weights after one batch, whatever the order of its rows;
            Adam's epsilon may be where Keras or where PyTorch has it. ``apart``: of
            those after three batches from where the order given would have led.
            ``taken``: optimizer steps of both. ``extras``: names of what the way has
            beside its rows.
        """
        stack, true = self._stack, self._known()
        batches = self._model.batches
        stack.ready(way, batches[0], len(batches[0].y))
        taken = stack.epoch()
        seen = stack.weights()
        epsilons = ADAM_EPSILON / (1 - BETA_2) ** 0.5, TORCH_EPSILON
        ends = [self._after_one_step(epsilon) for epsilon in epsilons]
        # Few rows may be in order by chance, but not again and again.
        for _ in range(SHUFFLES):
            stack.ready(way, joined(batches[:STEPS]), len(batches[0].y))
            last = stack.epoch()
            apart = self._farthest_clear(stack.weights(), true.adam)
            if apart > IN_ORDER:
                break
        return {
            "astray": min(self._farthest_clear(seen, end) for end in ends),
            "apart": apart,
            "taken": taken + last,
            "extras": stack.extras(),
        }

    def _after_one_step(self, epsilon: float) -> Weights:
        """Adam's first step, whose ``epsilon`` is added to the gradient's size."""
        pairs = zip(self._model.weights, self._known().gradients, strict=True)
        return tuple(w - ADAM_RATE * g / (np.abs(g) + epsilon) for w, g in pairs)

    def _farthest(self, seen: Weights, true: Weights) -> float:
        arrays = seen, true, self._model.weights
        chosen = compared(self._model, self._known(), self._precision)
        return farthest(*(list(compress(a, chosen)) for a in arrays))

    def _farthest_clear(self, seen: Weights, true: Weights) -> float:
        """The same, of the weights whose first gradient is clear of rounding.

        Adam's first step has the size of the rate whatever that of the gradient, so
        one that is all rounding would count as a whole step the wrong way.
        """
        slopes = self._known().gradients
        least = CLEAR * max(float(np.abs(slope).max()) for slope in slopes)
        arrays = seen, true, self._model.weights
        return farthest(
            *(
                [values[np.abs(g) > least] for values, g in zip(a, slopes, strict=True)]
                for a in arrays
            )
        )

    def _known(self) -> Reference:
        if self._true is None:
            self._true = reference(self._model, self._folder)
        return self._true


def farthest(
    seen: Sequence[Floats], true: Sequence[Floats], start: Sequence[Floats]
) -> float:
    """Distance from where weights should be, over the way they had to go.

    Euclidean, for each array by itself, and the largest: what leaves out a layer, or
    one bias, is seen however large the others are. The way of an array counts as one
    step of Adam at least: after some steps a bias may be back where it began.
    """
    worst = 0.0
    for a, b, c in zip(seen, true, start, strict=True):
        if a.shape != b.shape:
            return NOWHERE
        way = float(np.linalg.norm(np.subtract(b, c)))
        least = ADAM_RATE * math.sqrt(c.size)
        gap = float(np.linalg.norm(np.subtract(a, b))) / max(way, least, 1e-12)
        worst = max(worst, gap if gap < NOWHERE else NOWHERE)
    return worst


def joined(batches: Sequence[Batch]) -> Batch:
    """The rows of several batches, in order."""
    return Batch(
        np.concatenate([batch.x for batch in batches]),
        np.concatenate([batch.y for batch in batches]),
    )
