"""The real check worker with one planted lie: ``faulty_checker.py LIE STACK``."""

import importlib.metadata
import os
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from probes.checks import worker


def idle(self: Any, closure: Any = None) -> None:
    del self, closure


def idle_optimizer() -> None:
    import torch

    torch.optim.SGD.step = idle


def skewed_layer() -> None:
    import keras

    call = keras.layers.Dense.call

    def skewed(self: Any, inputs: Any, training: Any = None) -> Any:
        return call(self, inputs, training) * 1.05

    keras.layers.Dense.call = skewed


def closed_licence() -> None:
    real = importlib.metadata.distribution

    def closed(name: str) -> Any:
        found = real(name)
        if name != "torch":
            return found
        told: Any = found.metadata
        for field in ("License", "License-Expression", "Classifier"):
            del told[field]
        told["License"] = "All rights reserved"
        return SimpleNamespace(
            metadata=told, version=found.version, requires=found.requires
        )

    importlib.metadata.distribution = closed  # type: ignore[assignment]


def false_backend_name() -> None:
    import keras

    keras.config.backend = lambda: "theano"
    keras.backend.backend = keras.config.backend


def no_exporter() -> None:
    import keras

    def refused(*args: Any, **named: Any) -> None:
        del args, named
        raise RuntimeError("there is no exporter")

    keras.Model.export = refused


def quick_predict() -> None:
    import keras
    import numpy as np

    def zeros(self: Any, x: Any, verbose: int = 0) -> Any:
        del verbose
        return np.zeros((len(x), *self.output_shape[1:]), "float32")

    keras.Model.predict = zeros


def idle_fit() -> None:
    import keras

    fit = keras.Model.fit

    def slow(self: Any, *args: Any, **named: Any) -> Any:
        time.sleep(2.0)
        self.trainable = False
        return fit(self, *args, **named)

    keras.Model.fit = slow


LIES: dict[str, tuple[str, Callable[[], None]]] = {
    "idle optimizer": ("pytorch", idle_optimizer),
    "skewed layer": ("keras", skewed_layer),
    "closed licence": ("bare", closed_licence),
    "false backend name": ("backend-default", false_backend_name),
    "no exporter": ("keras", no_exporter),
    "quick predict": ("keras", quick_predict),
    "idle fit": ("keras", idle_fit),
}
"""Beginning of the stack's name in which each is planted, and how."""


if __name__ == "__main__":
    told, stack = sys.argv[1:]
    where, plant = LIES[told]
    if stack.startswith(where):
        plant()
    code = worker.main(stack)
    sys.stderr.flush()
    os._exit(code)
