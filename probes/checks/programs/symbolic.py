"""Low-level functions of the backend on the symbolic input of a Keras model."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import keras

from probes.checks.records import Facts


def gather(stack: str) -> Facts:
    """Whether the backend's own ``relu`` takes ``keras.Input``, and Keras's does."""
    raw = {
        "keras-tensorflow": ("tensorflow", "nn.relu"),
        "keras-torch": ("torch", "relu"),
        "keras-jax": ("jax", "nn.relu"),
    }[stack]
    function: Any = importlib.import_module(raw[0])
    for part in raw[1].split("."):
        function = getattr(function, part)
    seen: Facts = {}
    for name, relu in (("raw", function), ("ops", keras.ops.relu)):
        error = _error(relu)
        seen[f"{name}_works"] = error is None
        seen[f"{name}_says"] = error or "works"
    return seen


def _error(relu: Callable[[Any], Any]) -> str | None:
    inputs = keras.Input((4,))
    try:
        keras.Model(inputs, relu(inputs))
    except Exception as error:
        first = str(error).strip().splitlines() or [""]
        return f"{type(error).__name__}: {first[0]}"[:200]
    return None
