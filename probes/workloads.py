"""The models we time, as numbers: weights, data and sizes.

Everything is drawn from a seed with NumPy, so that every contender starts from the
same weights and sees the same rows in the same order. Weights have Keras's shapes and
stand in the order of its ``trainable_weights``; PyTorch's are made from them. What the
models compute is written down in ``probes.forward``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from probes.records import ProbeSpec, Size, Workload

Doubles = NDArray[np.float64]
Floats = NDArray[np.floating[Any]]
Weights = tuple[Floats, ...]
"""One array per trainable weight, in the shapes and the order of Keras."""

Inputs = NDArray[np.float32] | NDArray[np.int32]

LAYER_NORM_EPSILON = 1e-3
"""Keras's default. A smaller one is lost in rounding, and so would be a wrong one."""

HEADS = 4
"""Attention heads of the transformer."""

RESIDENT_VALUES = 2**22
"""Input values kept resident for timing; 16 MiB of float32."""

EPOCH_STEPS = 150
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
class Shape:
    """What one example is, and how large the model.

    Attributes:
        widths: units of hidden layers, channels of convolutions, units of the LSTM,
            or model width and width of the feed-forward part, for each block.
        example: shape of one example.
        words: size of the vocabulary; 0 where the inputs are numbers.
    """

    family: Workload
    widths: tuple[int, ...]
    example: tuple[int, ...]
    classes: int
    words: int = 0
    blocks: int = 1

    @property
    def example_values(self) -> int:
        return int(np.prod(self.example))


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


@dataclass(frozen=True)
class _Sized:
    """What a size means where the person gave no number of their own."""

    widths: tuple[int, ...]
    side: int = 0
    channels: int = 0
    length: int = 0
    blocks: int = 1


SIZES: dict[Workload, dict[Size, _Sized]] = {
    "mlp-tabular": {
        "S": _Sized((128, 128)),
        "M": _Sized((512, 512, 256)),
        "L": _Sized((2048, 2048, 2048, 2048)),
    },
    "cnn-image": {
        "S": _Sized((16, 32), side=28, channels=1),
        "M": _Sized((32, 64, 128), side=32, channels=3),
        "L": _Sized((64, 128, 256, 512), side=96, channels=3),
    },
    "lstm-sequence": {
        "S": _Sized((64,), length=32),
        "M": _Sized((128,), length=100),
        "L": _Sized((512,), length=200),
    },
    "transformer-text": {
        "S": _Sized((64, 128), length=32, blocks=2),
        "M": _Sized((256, 1024), length=128, blocks=4),
        "L": _Sized((512, 2048), length=256, blocks=6),
    },
}
"""Layer widths and input sizes: S is bound by overhead, L by computing."""


def shape_of(spec: ProbeSpec) -> Shape:
    """The person's own numbers, and those of the size for what they did not give."""
    sized = SIZES[spec.workload][spec.size]
    side, length = spec.side or sized.side, spec.length or sized.length
    example: tuple[int, ...] = (spec.features,)
    words = 0
    if spec.workload == "cnn-image":
        example = (side, side, spec.channels or sized.channels)
    elif spec.workload == "lstm-sequence":
        example = (length, spec.features)
    elif spec.workload == "transformer-text":
        example, words = (length,), spec.vocabulary
    return Shape(
        spec.workload, sized.widths, example, spec.classes, words, sized.blocks
    )


def draw(spec: ProbeSpec) -> Model:
    """Draw the model and its batches; the same spec gives the same numbers."""
    dice = np.random.default_rng(spec.seed)
    shape = shape_of(spec)
    weights = weights_of(shape, dice)
    per_batch = spec.batch * shape.example_values
    count = min(16, max(3, RESIDENT_VALUES // per_batch))
    batches = tuple(_rows(shape, spec.batch, dice) for _ in range(count))
    return Model(shape, weights, batches, 3 * spec.batch * _products(shape))


def weights_of(shape: Shape, dice: np.random.Generator) -> Weights:
    """Weights of a model, drawn one array after the other."""
    return tuple(_drawn(kind, size, dice) for kind, size in _layout(shape))


def small_shape(
    family: Workload, example: tuple[int, ...], classes: int, words: int = 0
) -> Shape:
    """The model of size S for examples of some other shape."""
    small = SIZES[family]["S"]
    return Shape(family, small.widths, example, classes, words, small.blocks)


def epoch_rows(spec: ProbeSpec, rows: int | None = None) -> Batch:
    """The rows of a timed epoch: ``rows``, or the person's own, or a bounded part."""
    shape = shape_of(spec)
    limit = min(EPOCH_STEPS * spec.batch, 4 * RESIDENT_VALUES // shape.example_values)
    count = max(1, min(rows or spec.rows, max(limit, spec.batch)))
    return _rows(shape, count, np.random.default_rng(spec.seed + 1))


def _rows(shape: Shape, rows: int, dice: np.random.Generator) -> Batch:
    size = (rows, *shape.example)
    x: Inputs
    if shape.words:
        x = dice.integers(0, shape.words, size, dtype=np.int32)
    else:
        x = dice.normal(0, 1, size).astype(np.float32)
    return Batch(x, dice.integers(0, shape.classes, rows, dtype=np.int64))


_Kind = Literal["kernel", "bias", "gain", "table"]


def _drawn(
    kind: _Kind, size: tuple[int, ...], dice: np.random.Generator
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


def _layout(shape: Shape) -> Iterator[tuple[_Kind, tuple[int, ...]]]:
    """Kind and Keras's shape of each weight, in Keras's order."""
    if shape.family == "mlp-tabular":
        for inputs, outputs in pairwise((*shape.example, *shape.widths)):
            yield from _dense(inputs, outputs)
        yield from _dense(shape.widths[-1], shape.classes)
    elif shape.family == "cnn-image":
        for inputs, outputs in pairwise((shape.example[-1], *shape.widths)):
            yield "kernel", (3, 3, inputs, outputs)
            yield "bias", (outputs,)
        yield from _dense(shape.widths[-1], shape.classes)
    elif shape.family == "lstm-sequence":
        (units,) = shape.widths
        yield "kernel", (shape.example[-1], 4 * units)
        yield "kernel", (units, 4 * units)
        yield "bias", (4 * units,)
        yield from _dense(units, shape.classes)
    else:
        yield from _transformer_layout(shape)


def _transformer_layout(shape: Shape) -> Iterator[tuple[_Kind, tuple[int, ...]]]:
    width, inner = shape.widths
    each = width // HEADS
    yield "table", (shape.words, width)
    yield "table", (*shape.example, width)
    for _ in range(shape.blocks):
        for _ in range(3):
            yield "kernel", (width, HEADS, each)
            yield "bias", (HEADS, each)
        yield "kernel", (HEADS, each, width)
        yield "bias", (width,)
        yield from _norm(width)
        yield from _dense(width, inner)
        yield from _dense(inner, width)
        yield from _norm(width)
    yield from _dense(width, shape.classes)


def _dense(inputs: int, outputs: int) -> Iterator[tuple[_Kind, tuple[int, ...]]]:
    yield "kernel", (inputs, outputs)
    yield "bias", (outputs,)


def _norm(width: int) -> Iterator[tuple[_Kind, tuple[int, ...]]]:
    yield "gain", (width,)
    yield "bias", (width,)


def _products(shape: Shape) -> int:
    """Floating point operations of one example's forward matrix products."""
    if shape.family == "mlp-tabular":
        sizes = (*shape.example, *shape.widths, shape.classes)
        return sum(2 * a * b for a, b in pairwise(sizes))
    if shape.family == "cnn-image":
        total, side = 2 * shape.widths[-1] * shape.classes, shape.example[0]
        for inputs, outputs in pairwise((shape.example[-1], *shape.widths)):
            total += 2 * 9 * side * side * inputs * outputs
            side //= 2
        return total
    if shape.family == "lstm-sequence":
        (units,), (length, features) = shape.widths, shape.example
        return 2 * length * 4 * units * (features + units) + 2 * units * shape.classes
    (width, inner), (length,) = shape.widths, shape.example
    block = 2 * length * (4 * width * width + 2 * width * inner)
    attention = 2 * 2 * length * length * width
    return shape.blocks * (block + attention) + 2 * width * shape.classes
