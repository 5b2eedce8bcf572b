"""What is timed, in numbers only: sizes of examples and models, and their costs.

No array is made here: whoever reads a report needs no more of its model than this.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from probes.spec import ProbeSpec, Size, Workload

HEADS = 4
"""Attention heads of the transformer."""

Kind = Literal["kernel", "bias", "gain", "table"]


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
        return math.prod(self.example)


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


def small_shape(
    family: Workload, example: tuple[int, ...], classes: int, words: int = 0
) -> Shape:
    """The model of size S for examples of some other shape."""
    small = SIZES[family]["S"]
    return Shape(family, small.widths, example, classes, words, small.blocks)


def parameters_of(shape: Shape) -> int:
    """Trainable numbers of a model, without drawing one."""
    return sum(math.prod(size) for _, size in layout(shape))


def flops_of(shape: Shape, batch: int) -> int:
    """Floating point operations of one training step, matrix products only.

    Products backward are twice those forward, less what would be the gradient of the
    examples: nothing in front of the first layer is trained.
    """
    return batch * (3 * _products(shape) - _entering(shape))


def layout(shape: Shape) -> Iterator[tuple[Kind, tuple[int, ...]]]:
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


def _transformer_layout(shape: Shape) -> Iterator[tuple[Kind, tuple[int, ...]]]:
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


def _dense(inputs: int, outputs: int) -> Iterator[tuple[Kind, tuple[int, ...]]]:
    yield "kernel", (inputs, outputs)
    yield "bias", (outputs,)


def _norm(width: int) -> Iterator[tuple[Kind, tuple[int, ...]]]:
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


def _entering(shape: Shape) -> int:
    """Of those, what multiplies the numbers of the example itself."""
    if shape.family == "mlp-tabular":
        return 2 * shape.example[0] * shape.widths[0]
    if shape.family == "cnn-image":
        side, _, channels = shape.example
        return 2 * 9 * side * side * channels * shape.widths[0]
    if shape.family == "lstm-sequence":
        return 2 * shape.example_values * 4 * shape.widths[0]
    return 0
