"""Reverse-mode differentiation in float64 NumPy: the judge of every gradient.

Small on purpose. Each operation is written out with its own derivative, so that a
reader can check it against a textbook; the tests check it against finite differences.
No framework takes part, for a reference must not share a fault with what it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Indices = NDArray[np.int32] | NDArray[np.int64]
Backward = Callable[[Doubles], Sequence[Doubles]]


class Var:
    """A value on the tape, and how to hand its gradient back to what it came from."""

    __slots__ = ("backward", "grad", "parents", "value")

    def __init__(
        self,
        value: Doubles,
        parents: Sequence[Var] = (),
        backward: Backward | None = None,
    ) -> None:
        self.value = value
        self.parents = tuple(parents)
        self.backward = backward
        self.grad: Doubles | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    def __add__(self, other: Var) -> Var:
        return Var(
            self.value + other.value,
            (self, other),
            lambda g: (_reduced(g, self.shape), _reduced(g, other.shape)),
        )

    def __sub__(self, other: Var) -> Var:
        return self + other.scaled(-1.0)

    def __mul__(self, other: Var) -> Var:
        return Var(
            self.value * other.value,
            (self, other),
            lambda g: (
                _reduced(g * other.value, self.shape),
                _reduced(g * self.value, other.shape),
            ),
        )

    def __matmul__(self, other: Var) -> Var:
        """Product of the last two axes; leading axes are broadcast."""
        a, b = self.value, other.value
        return Var(
            a @ b,
            (self, other),
            lambda g: (
                _reduced(g @ b.swapaxes(-1, -2), a.shape),
                _reduced(a.swapaxes(-1, -2) @ g, b.shape),
            ),
        )

    def scaled(self, factor: float) -> Var:
        return Var(self.value * factor, (self,), lambda g: (g * factor,))

    def reshape(self, *shape: int) -> Var:
        old = self.shape
        return Var(self.value.reshape(shape), (self,), lambda g: (g.reshape(old),))

    def transpose(self, *axes: int) -> Var:
        back = np.argsort(axes)
        return Var(self.value.transpose(axes), (self,), lambda g: (g.transpose(back),))

    def part(self, where: tuple[slice | int, ...]) -> Var:
        """Basic slicing."""

        def backward(g: Doubles) -> tuple[Doubles]:
            whole = np.zeros(self.shape)
            whole[where] = g
            return (whole,)

        return Var(self.value[where], (self,), backward)

    def mean(self, axis: int) -> Var:
        """Mean over one axis, which is kept with length one."""
        count = self.shape[axis]
        return Var(
            self.value.mean(axis=axis, keepdims=True),
            (self,),
            lambda g: (np.broadcast_to(g / count, self.shape),),
        )


def constant(value: NDArray[np.float32] | Doubles) -> Var:
    return Var(np.asarray(value, np.float64))


def silu(x: Var) -> Var:
    """``x * sigmoid(x)``, also called swish."""
    s = 0.5 * (1 + np.tanh(0.5 * x.value))
    slope = s * (1 + x.value * (1 - s))
    return Var(x.value * s, (x,), lambda g: (g * slope,))


def tanh(x: Var) -> Var:
    y = np.tanh(x.value)
    return Var(y, (x,), lambda g: (g * (1 - y * y),))


def sigmoid(x: Var) -> Var:
    y = 0.5 * (1 + np.tanh(0.5 * x.value))
    return Var(y, (x,), lambda g: (g * y * (1 - y),))


def softmax(x: Var) -> Var:
    """Over the last axis."""
    y = np.exp(_log_softmax(x.value))
    return Var(y, (x,), lambda g: (y * (g - (g * y).sum(-1, keepdims=True)),))


def standardised(x: Var, epsilon: float) -> Var:
    """The last axis shifted and scaled to mean 0 and variance 1, before any gain."""
    centred = x.value - x.value.mean(-1, keepdims=True)
    inverse = 1 / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon)
    y = centred * inverse

    def backward(g: Doubles) -> tuple[Doubles]:
        along = (g * y).mean(-1, keepdims=True)
        return (inverse * (g - g.mean(-1, keepdims=True) - y * along),)

    return Var(y, (x,), backward)


def rows_of(table: Var, indices: Indices) -> Var:
    """Rows of a ``(n, d)`` table; shape ``(*indices.shape, d)``."""

    def backward(g: Doubles) -> tuple[Doubles]:
        whole = np.zeros(table.shape)
        np.add.at(whole, indices, g)
        return (whole,)

    return Var(table.value[indices], (table,), backward)


def convolution(x: Var, kernel: Var) -> Var:
    """3x3, stride 1, zero padding; ``x`` is NHWC, ``kernel`` ``(3, 3, in, out)``.

    One matrix product per offset instead of a column matrix: nine times less memory.
    """
    _, height, width, _ = x.shape
    padded = np.pad(x.value, ((0, 0), (1, 1), (1, 1), (0, 0)))
    offsets = [(i, j) for i in range(3) for j in range(3)]

    def window(values: Doubles, i: int, j: int) -> Doubles:
        return values[:, i : i + height, j : j + width]

    total = np.zeros((*x.shape[:3], kernel.shape[3]))
    for i, j in offsets:
        total += window(padded, i, j) @ kernel.value[i, j]

    def backward(g: Doubles) -> tuple[Doubles, Doubles]:
        spread = np.zeros(padded.shape)
        slopes = np.zeros(kernel.shape)
        flat = g.reshape(-1, g.shape[-1])
        for i, j in offsets:
            seen = window(padded, i, j)
            slopes[i, j] = seen.reshape(-1, seen.shape[-1]).T @ flat
            window(spread, i, j)[...] += g @ kernel.value[i, j].T
        return spread[:, 1:-1, 1:-1], slopes

    return Var(total, (x, kernel), backward)


def halved(x: Var) -> Var:
    """Mean over 2x2 windows of NHWC; an odd last row or column is left out."""
    count, height, width, channels = x.shape
    rows, columns = height // 2, width // 2
    cut = x.value[:, : 2 * rows, : 2 * columns]
    blocks = cut.reshape(count, rows, 2, columns, 2, channels)

    def backward(g: Doubles) -> tuple[Doubles]:
        whole = np.zeros(x.shape)
        spread = np.repeat(np.repeat(g / 4, 2, axis=1), 2, axis=2)
        whole[:, : 2 * rows, : 2 * columns] = spread
        return (whole,)

    return Var(blocks.mean((2, 4)), (x,), backward)


def cross_entropy(logits: Var, labels: Indices) -> Var:
    """Mean softmax cross-entropy in nats of ``(rows, classes)``; a single value."""
    logs = _log_softmax(logits.value)
    rows = np.arange(len(labels))

    def backward(g: Doubles) -> tuple[Doubles]:
        error = np.exp(logs)
        error[rows, labels] -= 1
        return (g * error / len(labels),)

    return Var(np.asarray(-logs[rows, labels].mean()), (logits,), backward)


def differentiate(end: Var, wanted: Sequence[Var]) -> tuple[Doubles, ...]:
    """Gradient of the single value ``end`` by each of ``wanted``; zero if unused."""
    end.grad = np.ones(end.shape)
    for node in reversed(_sorted(end)):
        if node.backward is None or node.grad is None:
            continue
        for parent, slope in zip(node.parents, node.backward(node.grad), strict=True):
            parent.grad = slope if parent.grad is None else parent.grad + slope
        if node not in wanted:
            node.grad = None
    return tuple(
        np.zeros(one.shape) if one.grad is None else np.asarray(one.grad)
        for one in wanted
    )


def _sorted(end: Var) -> list[Var]:
    """Every node after its parents, without recursion: a tape may be very long."""
    found: list[Var] = []
    seen: set[int] = set()
    waiting: list[tuple[Var, bool]] = [(end, False)]
    while waiting:
        node, is_done = waiting.pop()
        if is_done:
            found.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent in node.parents)
    return found


def _log_softmax(logits: Doubles) -> Doubles:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))


def _reduced(gradient: Doubles, shape: tuple[int, ...]) -> Doubles:
    """Sum over the axes along which a value of ``shape`` was broadcast."""
    extra = gradient.ndim - len(shape)
    total = gradient.sum(axis=tuple(range(extra))) if extra else gradient
    axes = tuple(
        axis
        for axis, length in enumerate(shape)
        if length == 1 and total.shape[axis] != 1
    )
    return total.sum(axis=axes, keepdims=True) if axes else total
