"""The models we time, as numbers: weights, data, and what the right answer is.

Everything is drawn from a seed with NumPy, so that every contender starts from
the same weights and sees the same rows in the same order. The reference is
written out by hand in float64; a contender that disagrees with it is not timed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from probes.records import ProbeSpec

Doubles = NDArray[np.float64]
Floats = NDArray[np.float64] | NDArray[np.float32]
Weights = tuple[Floats, ...]
"""Kernel and bias of each layer in turn; kernels have shape ``(inputs, outputs)``."""

HIDDEN = 128
"""Units in each of the two hidden layers."""

SGD_RATE = 0.1
"""Learning rate of the gate's plain gradient descent."""

ADAM_RATE = 1e-3
ADAM_EPSILON = 1e-7
"""Keras's default, added to the root of the raw second moment (before correction)."""
BETA_1 = 0.9
BETA_2 = 0.999

RESIDENT_VALUES = 2**22
"""Feature values kept resident for timing; 16 MiB of float32."""

EPOCH_STEPS = 150
"""Steps in the timed epoch at most; enough that its fixed cost does not dominate."""


@dataclass(frozen=True)
class Batch:
    """Rows of one step: ``x`` float32 ``(rows, features)``, ``y`` int64 ``(rows,)``."""

    x: NDArray[np.float32]
    y: NDArray[np.int64]


@dataclass(frozen=True)
class Mlp:
    """features-128-128-classes, ReLU, logits, and the batches to step through.

    Attributes:
        weights: float32, six arrays.
        batches: at least three; a block steps through them in order, then again.
    """

    features: int
    classes: int
    weights: Weights
    batches: tuple[Batch, ...]

    @property
    def parameters(self) -> int:
        return sum(int(weight.size) for weight in self.weights)


def mlp(spec: ProbeSpec) -> Mlp:
    """Draw the model and its batches; the same spec gives the same numbers."""
    dice = np.random.default_rng(spec.seed)
    sizes = (spec.features, HIDDEN, HIDDEN, spec.classes)
    weights: list[Floats] = []
    for inputs, outputs in pairwise(sizes):
        kernel = dice.normal(0, np.sqrt(2 / inputs), (inputs, outputs))
        weights.append(kernel.astype(np.float32))
        # Biases that are not zero, so that a forgotten one shows in the gate.
        weights.append(dice.normal(0, 0.05, outputs).astype(np.float32))
    count = min(16, max(3, RESIDENT_VALUES // (spec.batch * spec.features)))
    batches = tuple(_rows(spec, spec.batch, dice) for _ in range(count))
    return Mlp(spec.features, spec.classes, tuple(weights), batches)


def epoch_rows(spec: ProbeSpec) -> Batch:
    """The rows of the timed ``fit`` epoch: the person's own, or a bounded part."""
    limit = min(EPOCH_STEPS * spec.batch, 4 * RESIDENT_VALUES // spec.features)
    rows = max(1, min(spec.rows, max(limit, spec.batch)))
    return _rows(spec, rows, np.random.default_rng(spec.seed + 1))


def _rows(spec: ProbeSpec, rows: int, dice: np.random.Generator) -> Batch:
    x = dice.normal(0, 1, (rows, spec.features)).astype(np.float32)
    y = dice.integers(0, spec.classes, rows, dtype=np.int64)
    return Batch(x, y)


def outputs(weights: Weights, x: Floats) -> Doubles:
    """Logits of the model in float64, shape ``(rows, classes)``."""
    return _activations(weights, x)[-1]


def loss(weights: Weights, batch: Batch) -> float:
    """Mean softmax cross-entropy in nats."""
    logits = outputs(weights, batch.x)
    chosen = _log_softmax(logits)[np.arange(len(batch.y)), batch.y]
    return float(-chosen.mean())


def gradients(weights: Weights, batch: Batch) -> tuple[Doubles, ...]:
    """Gradient of the mean loss, one array per weight, in the order of weights."""
    activations = _activations(weights, batch.x)
    rows = len(batch.y)
    error = np.exp(_log_softmax(activations[-1]))
    error[np.arange(rows), batch.y] -= 1
    error /= rows
    found: list[Doubles] = []
    for layer in (2, 1, 0):
        found[:0] = [activations[layer].T @ error, error.sum(axis=0)]
        if layer:
            kernel = np.asarray(weights[2 * layer], np.float64)
            error = (error @ kernel.T) * (activations[layer] > 0)
    return tuple(found)


def after_sgd(weights: Weights, batches: Sequence[Batch]) -> Weights:
    """Weights after one plain gradient step per batch."""
    now = _double(weights)
    for batch in batches:
        slopes = gradients(now, batch)
        now = tuple(w - SGD_RATE * g for w, g in zip(now, slopes, strict=True))
    return now


def after_adam(weights: Weights, batches: Sequence[Batch]) -> Weights:
    """Weights after one Adam step per batch, in Keras's form of the algorithm."""
    now = _double(weights)
    first = tuple(np.zeros_like(w) for w in now)
    second = tuple(np.zeros_like(w) for w in now)
    for step, batch in enumerate(batches, start=1):
        slopes = gradients(now, batch)
        first = tuple(
            BETA_1 * m + (1 - BETA_1) * g for m, g in zip(first, slopes, strict=True)
        )
        second = tuple(
            BETA_2 * v + (1 - BETA_2) * g * g
            for v, g in zip(second, slopes, strict=True)
        )
        rate = ADAM_RATE * np.sqrt(1 - BETA_2**step) / (1 - BETA_1**step)
        now = tuple(
            w - rate * m / (np.sqrt(v) + ADAM_EPSILON)
            for w, m, v in zip(now, first, second, strict=True)
        )
    return now


def _double(weights: Weights) -> tuple[Doubles, ...]:
    return tuple(np.asarray(weight, np.float64) for weight in weights)


def _activations(weights: Weights, x: Floats) -> list[Doubles]:
    values = [np.asarray(x, np.float64)]
    doubles = _double(weights)
    for layer in range(3):
        sums = values[-1] @ doubles[2 * layer] + doubles[2 * layer + 1]
        values.append(sums if layer == 2 else np.maximum(sums, 0))
    return values


def _log_softmax(logits: Doubles) -> Doubles:
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted).sum(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(exponentials))
