"""The forward pass of every model once more, on the tape, as what is right.

A contender that disagrees with it is not timed.

Activations are SiLU and pooling takes means, because both are smooth: at the kink of a
ReLU two correct float32 programs fall on different sides for one unit in a million,
and their gradients then differ as if one of them were wrong.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from probes.records import Workload
from probes.shapes import HEADS, Shape
from probes.tape import (
    Var,
    constant,
    convolution,
    halved,
    rows_of,
    sigmoid,
    silu,
    softmax,
    standardised,
    tanh,
)
from probes.workloads import LAYER_NORM_EPSILON, Inputs


def logits(shape: Shape, weights: list[Var], x: Inputs) -> Var:
    """Outputs ``(rows, classes)``, differentiable by each of ``weights``."""
    return _FAMILIES[shape.family](shape, weights, x)


def _mlp(shape: Shape, weights: list[Var], x: Inputs) -> Var:
    values = constant(np.asarray(x, np.float64))
    left = iter(weights)
    for _ in shape.widths:
        values = silu(values @ next(left) + next(left))
    return values @ next(left) + next(left)


def _cnn(shape: Shape, weights: list[Var], x: Inputs) -> Var:
    values = constant(np.asarray(x, np.float64))
    left = iter(weights)
    for _ in shape.widths:
        values = halved(silu(convolution(values, next(left)) + next(left)))
    pooled = values.mean(1).mean(2)
    flat = pooled.reshape(len(x), shape.widths[-1])
    return flat @ next(left) + next(left)


def _lstm(shape: Shape, weights: list[Var], x: Inputs) -> Var:
    kernel, recurrent, bias, *head = weights
    (units,) = shape.widths
    # Time first: one step is then a slice that stays together in memory.
    seen = constant(np.asarray(x, np.float64).transpose(1, 0, 2))
    entering = seen @ kernel + bias
    hidden = cell = constant(np.zeros((len(x), units)))
    for step in range(shape.example[0]):
        gates = entering.part((step,)) + hidden @ recurrent
        enter, forget, candidate, leave = (
            gates.part((slice(None), slice(n * units, (n + 1) * units)))
            for n in range(4)
        )
        cell = sigmoid(forget) * cell + sigmoid(enter) * tanh(candidate)
        hidden = sigmoid(leave) * tanh(cell)
    return hidden @ head[0] + head[1]


def _transformer(shape: Shape, weights: list[Var], x: Inputs) -> Var:
    (width, _), (length,) = shape.widths, shape.example
    left = iter(weights)
    rows, each = len(x), width // HEADS
    values = rows_of(next(left), np.asarray(x, np.int64)) + next(left)
    for _ in range(shape.blocks):
        kernels = [(next(left), next(left)) for _ in range(3)]
        query, key, value = (
            (values @ kernel.reshape(width, width) + bias.reshape(width))
            .reshape(rows, length, HEADS, each)
            .transpose(0, 2, 1, 3)
            for kernel, bias in kernels
        )
        weighed = softmax((query @ key.transpose(0, 1, 3, 2)).scaled(each**-0.5))
        mixed = (weighed @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
        attended = mixed @ next(left).reshape(width, width) + next(left)
        values = _normed(values + attended, next(left), next(left))
        inner = silu(values @ next(left) + next(left))
        fed = inner @ next(left) + next(left)
        values = _normed(values + fed, next(left), next(left))
    pooled = values.mean(1).reshape(rows, width)
    return pooled @ next(left) + next(left)


def _normed(x: Var, gain: Var, bias: Var) -> Var:
    return standardised(x, LAYER_NORM_EPSILON) * gain + bias


_FAMILIES: dict[Workload, Callable[[Shape, list[Var], Inputs], Var]] = {
    "mlp-tabular": _mlp,
    "cnn-image": _cnn,
    "lstm-sequence": _lstm,
    "transformer-text": _transformer,
}
