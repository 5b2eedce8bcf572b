"""The models we time, as numbers: weights, data and sizes.

Everything is drawn from a seed with NumPy, so that every contender starts from the
same weights and sees the same rows in the same order. Weights have Keras's shapes and
stand in the order of its ``trainable_weights``; PyTorch's are made from them. What the
models compute is written down in ``probes.forward``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from probes.shapes import Kind, Shape, flops_of, layout, shape_of
from probes.spec import ProbeSpec

Doubles = NDArray[np.float64]
Floats = NDArray[np.floating[Any]]
Weights = tuple[Floats, ...]
"""One array per trainable weight, in the shapes and the order of Keras."""

Inputs = NDArray[np.float32] | NDArray[np.int32]

LAYER_NORM_EPSILON = 1e-3
"""Keras's default. A smaller one is lost in rounding, and so would be a wrong one."""

RESIDENT_VALUES = 2**22
"""Input values kept resident for timing; 16 MiB of float32."""

EPOCH_STEPS = 1_000
"""Steps in the timed epoch at most; enough that its fixed cost does not dominate."""


@dataclass(frozen=True)
class Batch:
    """Examples of one step.

    Attributes:
        x: ``(rows, features)``, ``(rows, side, side, channels)`` or ``(rows, length,
            features)`` float32; ``(rows, length)`` int32 word numbers for text.
        y: int64 class numbers, ``(rows,)``.
    """

    x: Inputs
    y: NDArray[np.int64]


@dataclass(frozen=True)
class Model:
    """A model of some family, drawn, and the batches to step through.

    Attributes:
        weights: float32, as Keras orders them.
        batches: at least three; a block steps through them in order, then again.
        flops: floating point operations of one training step, matrix products only.
    """

    shape: Shape
    weights: Weights
    batches: tuple[Batch, ...]
    flops: int

    @property
    def parameters(self) -> int:
        return sum(int(weight.size) for weight in self.weights)


def draw(spec: ProbeSpec) -> Model:
    """Draw the model and its batches; the same spec gives the same numbers."""
    dice = np.random.default_rng(spec.seed)
    shape = shape_of(spec)
    weights = weights_of(shape, dice)
    per_batch = spec.batch * shape.example_values
    count = min(16, max(3, RESIDENT_VALUES // per_batch))
    batches = tuple(_rows(shape, spec.batch, dice) for _ in range(count))
    return Model(shape, weights, batches, flops_of(shape, spec.batch))


def weights_of(shape: Shape, dice: np.random.Generator) -> Weights:
    """Weights of a model, drawn one array after the other."""
    return tuple(_drawn(kind, size, dice) for kind, size in layout(shape))


def most_steps(spec: ProbeSpec) -> int:
    """Whole batches in the longest epoch that a probe times; memory bounds them."""
    values = spec.batch * shape_of(spec).example_values
    return max(1, min(EPOCH_STEPS, 4 * RESIDENT_VALUES // values))


def epoch_rows(spec: ProbeSpec, rows: int) -> Batch:
    """So many rows for an epoch; the same spec gives the same numbers."""
    return _rows(shape_of(spec), rows, np.random.default_rng(spec.seed + 1))


def _rows(shape: Shape, rows: int, dice: np.random.Generator) -> Batch:
    size = (rows, *shape.example)
    x: Inputs
    if shape.words:
        x = dice.integers(0, shape.words, size, dtype=np.int32)
    else:
        x = dice.normal(0, 1, size).astype(np.float32)
    return Batch(x, dice.integers(0, shape.classes, rows, dtype=np.int64))


def _drawn(
    kind: Kind, size: tuple[int, ...], dice: np.random.Generator
) -> NDArray[np.float32]:
    if kind == "kernel":
        inputs = int(np.prod(size[:-1])) if len(size) != 3 else size[0]
        drawn = dice.normal(0, np.sqrt(2 / inputs), size)
    elif kind == "gain":
        drawn = dice.normal(1, 0.05, size)
    elif kind == "table":
        drawn = dice.normal(0, 0.5, size)
    else:
        # Biases that are not zero, so that a forgotten one shows in the gate.
        drawn = dice.normal(0, 0.05, size)
    return drawn.astype(np.float32)
