"""As what a stack holds its numbers: kind of number, and where it is not a tensor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Tensor = Any
Kinds = dict[str, set[str]]
"""``weights``, ``inputs`` and ``labels``, each with the kinds that occur."""


def kinds_of(
    weights: Iterable[Tensor], batches: Sequence[tuple[Tensor, Tensor]]
) -> Kinds:
    """A plain ``float32`` for a framework's tensor that lies where the weights lie."""
    held = list(weights)
    home = _place(held[0])
    return {
        "weights": {_kind(weight, home) for weight in held},
        "inputs": {_kind(x, home) for x, _ in batches},
        "labels": {_kind(y, home) for _, y in batches},
    }


def _kind(tensor: Tensor, home: str) -> str:
    name = str(getattr(tensor.dtype, "name", tensor.dtype)).removeprefix("torch.")
    if isinstance(tensor, np.ndarray):
        return f"{name} of NumPy"
    return name if _place(tensor) == home else f"{name} on {_place(tensor)}"


def _place(tensor: Tensor) -> str:
    """Kind of device, which PyTorch alone lets every operation choose."""
    return str(getattr(getattr(tensor, "device", None), "type", ""))
