"""What the right answer is: loss, gradients and optimizer steps in float64.

A reference takes seconds for a large model and is the same for every contender and
launch, so the first worker of a probe leaves it in the probe's own folder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

from probes.forward import logits
from probes.shapes import Kind, layout
from probes.spec import Precision
from probes.tape import constant, cross_entropy, differentiate
from probes.workloads import Batch, Doubles, Floats, Model, Weights

SGD_RATE = 0.1
"""Learning rate of the gate's plain gradient descent."""

ADAM_RATE = 1e-3
ADAM_EPSILON = 1e-7
"""Keras's default, added to the root of the raw second moment (before correction)."""
BETA_1 = 0.9
BETA_2 = 0.999

STEPS = 3
"""Optimizer steps that a contender must take as the reference does."""

DISCARDED_STEPS = 2
"""Untimed steps before each block: caches are cold after a suspension."""


MATRICES: tuple[Kind, ...] = ("kernel", "table")

CLEAR_IN_BFLOAT16 = 2**-8
"""Part of the largest gradient under which an array's own is lost in rounding.

What queries and keys of a last layer have to learn was 1e-4, and their gradients in
bfloat16 were seven times as large (PyTorch, ``transformer-text`` M, 2026-11-28).
"""

SMALL_FLOPS = 1e10
"""Operations of a step under which threads of NumPy cost more than they bring."""


@dataclass(frozen=True)
class Reference:
    """Float64 results for the first batch, and weights after three steps."""

    outputs: Doubles
    loss: float
    gradients: Weights
    sgd: Weights
    adam: Weights

    @property
    def moved(self) -> list[bool]:
        """Of each weight array, whether it has a gradient to follow.

        A key's bias shifts all scores of a query alike, so its gradient is zero but
        for rounding, which Adam turns into whole steps: there is nothing to compare.
        """
        sizes = [float(np.abs(slope).max()) for slope in self.gradients]
        return [size > 1e-9 * max(sizes) for size in sizes]


def compared(model: Model, true: Reference, precision: Precision) -> list[bool]:
    """Of each weight array, whether its way is compared.

    All that moved; in bfloat16 kernels and tables alone, and of these whose gradient is
    clear of rounding. A bias's gradient is a sum over rows and places, and frameworks
    take it in bfloat16 on a processor: it was off by up to 1.9 of its size (Keras on
    JAX, 25,088 places, 2026-11-28), which no limit would tell from a fault. In float32,
    which comes first, all are compared.
    """
    return true.moved if precision == "float32" else _clear(model, true, MATRICES)


def biases(model: Model, true: Reference) -> list[bool]:
    """Of each weight array, whether it is a bias or gain that is left out for that."""
    return _clear(model, true, ("bias", "gain"))


def _clear(model: Model, true: Reference, kinds: Sequence[Kind]) -> list[bool]:
    """Whether it is of these kinds, its gradient clear of rounding in bfloat16."""
    sizes = [float(np.abs(slope).max()) for slope in true.gradients]
    return [
        kind in kinds and size > CLEAR_IN_BFLOAT16 * max(sizes)
        for (kind, _), size in zip(layout(model.shape), sizes, strict=True)
    ]


def reference(model: Model, folder: Path | None = None) -> Reference:
    """Work the answers out, or read them where this probe has left them."""
    kept = folder / "reference.npz" if folder is not None else None
    if kept is not None and kept.exists():
        return _read(kept, len(model.weights))
    with _few_threads(model):
        batch, batches = model.batches[0], model.batches[:STEPS]
        value, slopes = loss_and_gradients(model, model.weights, batch)
        found = Reference(
            outputs=outputs(model, model.weights, batch),
            loss=value,
            gradients=slopes,
            sgd=after_sgd(model, batches),
            adam=after_adam(model, batches),
        )
    if kept is not None:
        _write(found, kept)
    return found


def after_block(model: Model, steps: int, folder: Path | None = None) -> Weights:
    """Weights, as float32, after the Adam steps of one timed block.

    A block starts from the drawn weights with ``DISCARDED_STEPS`` through the first
    batches and then takes ``steps`` through the batches from the first on.
    """
    kept = folder / f"block-{steps}.npz" if folder is not None else None
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as arrays:
            return tuple(arrays[str(place)] for place in range(len(model.weights)))
    count = len(model.batches)
    order = (*range(DISCARDED_STEPS), *range(steps))
    with _few_threads(model):
        ends = after_adam(model, [model.batches[number % count] for number in order])
    found = tuple(end.astype(np.float32) for end in ends)
    if kept is not None:
        _save(kept, {str(place): end for place, end in enumerate(found)})
    return found


def outputs(model: Model, weights: Weights, batch: Batch) -> Doubles:
    """Logits, shape ``(rows, classes)``."""
    return logits(model.shape, [constant(_double(w)) for w in weights], batch.x).value


def loss_and_gradients(
    model: Model, weights: Weights, batch: Batch
) -> tuple[float, Weights]:
    """Mean softmax cross-entropy in nats, and its gradient by each weight."""
    leaves = [constant(_double(weight)) for weight in weights]
    end = cross_entropy(logits(model.shape, leaves, batch.x), batch.y)
    return float(end.value), differentiate(end, leaves)


def after_sgd(model: Model, batches: Sequence[Batch]) -> Weights:
    """Weights after one plain gradient step per batch."""
    now: Weights = tuple(_double(weight) for weight in model.weights)
    for batch in batches:
        _, slopes = loss_and_gradients(model, now, batch)
        now = tuple(w - SGD_RATE * g for w, g in zip(now, slopes, strict=True))
    return now


def after_adam(model: Model, batches: Sequence[Batch]) -> Weights:
    """Weights after one Adam step per batch, in Keras's form of the algorithm."""
    now: Weights = tuple(_double(weight) for weight in model.weights)
    first: Weights = tuple(np.zeros_like(w) for w in now)
    second: Weights = tuple(np.zeros_like(w) for w in now)
    for step, batch in enumerate(batches, start=1):
        _, slopes = loss_and_gradients(model, now, batch)
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


@contextlib.contextmanager
def _few_threads(model: Model) -> Iterator[None]:
    """One thread for NumPy where products are small.

    Several wait for each other at every product, beside other programs many times
    longer than the product takes.
    """
    if model.flops > SMALL_FLOPS:
        yield
        return
    blas = ThreadpoolController().select(internal_api="openblas")
    with blas.limit(limits=1):
        yield


def _double(weight: Floats) -> Doubles:
    return np.asarray(weight, np.float64)


def _write(found: Reference, kept: Path) -> None:
    arrays = {
        f"{name}{number}": value
        for name in ("gradients", "sgd", "adam")
        for number, value in enumerate(getattr(found, name))
    }
    _save(kept, arrays | {"outputs": found.outputs, "loss": np.float64(found.loss)})


def _save(kept: Path, arrays: Mapping[str, Floats | np.float64]) -> None:
    draft = kept.with_name(f"{os.getpid()}.npz")
    with draft.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    draft.replace(kept)


def _read(kept: Path, count: int) -> Reference:
    with np.load(kept, allow_pickle=False) as arrays:
        groups = {
            name: tuple(arrays[f"{name}{number}"] for number in range(count))
            for name in ("gradients", "sgd", "adam")
        }
        return Reference(arrays["outputs"], float(arrays["loss"]), **groups)
