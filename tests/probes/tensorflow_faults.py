"""Faults to plant in the stack of bare TensorFlow, in the worker's process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow

from probes.backends.tensorflow_stack import TensorFlowStack

tf: Any = tensorflow
Fault = Callable[[], None]


def after(name: str, change: Callable[[Any], None]) -> Fault:
    """Do something to the stack whenever it has done ``name``."""
    method = getattr(TensorFlowStack, name)

    def changed(self: Any, *arguments: Any) -> Any:
        result = method(self, *arguments)
        change(self)
        return result

    return lambda: setattr(TensorFlowStack, name, changed)


def transposed(self: Any) -> None:
    square = self._variables[2]
    square.assign(tf.transpose(square))


TF32 = tf.config.experimental.enable_tensor_float_32_execution

TENSORFLOW_FAULTS: dict[str, Fault] = {
    "no fault": lambda: None,
    "transposed kernel": after("restart", transposed),
    "tf32": after("build", lambda _: TF32(True)),
    "eager functions": lambda: tf.config.run_functions_eagerly(True),
    "last batch dropped": after("adopt", lambda self: self._batches.pop()),
}
