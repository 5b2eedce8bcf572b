"""One value of ``KERAS_BACKEND`` in a process of its own."""

from __future__ import annotations

import sys
import time
from importlib.abc import MetaPathFinder
from typing import Any

import numpy as np

from probes.checks.records import Facts


class Absent(MetaPathFinder):
    """Makes one package look as if it were not installed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, fullname: str, *_: Any) -> None:
        if fullname.split(".")[0] == self._name:
            raise ModuleNotFoundError(f"No module named {self._name!r}")


def gather(stack: str) -> Facts:
    """Whether Keras can be imported with this value, and whether it then trains."""
    if stack == "backend-hidden":
        sys.meta_path.insert(0, Absent("torch"))
    started = time.perf_counter()
    try:
        import keras
    except Exception as error:
        return {
            "works": False,
            "trains": False,
            "error": f"{type(error).__name__}: {error}",
        }
    seen: Facts = {
        "works": True,
        "name": str(keras.backend.backend()),
        "import_s": time.perf_counter() - started,
        "tensorflow_loaded": "tensorflow" in sys.modules,
    }
    return seen | _training(keras)


def _training(keras: Any) -> Facts:
    dice = np.random.default_rng(0)
    x = dice.normal(size=(64, 4)).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    try:
        losses = model.fit(x, y, epochs=3, batch_size=16, verbose=0).history["loss"]
    except Exception as error:
        return {"trains": False, "error": f"{type(error).__name__}: {error}"}
    return {"trains": bool(losses[-1] < losses[0])}
