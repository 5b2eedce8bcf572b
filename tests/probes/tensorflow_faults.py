"""Faults to plant in the stack of bare TensorFlow, in the worker's process."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import tensorflow

from probes.backends.tensorflow_stack import TensorFlowStack
from tests.probes.common_faults import common

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


def secretly_xla(self: Any) -> None:
    steps = {"sgd": self._sgd_step, "adam": self._adam_step}
    self._steps = {
        name: tf.function(step, jit_compile=True) for name, step in steps.items()
    }


def eager_steps() -> None:
    """The step is traced, and then the method is called that was traced."""

    def trace(self: Any) -> None:
        for step in self._steps.values():
            step.get_concrete_function(*self._batches[0])

    def block(self: Any, steps: int) -> float:
        self._total.assign(0.0)
        step = self._adam_step if self._name == "adam" else self._sgd_step
        for number in range(steps):
            step(*self._batches[number % len(self._batches)])
        return float(self._total) / steps

    after("adopt", trace)()
    setattr(TensorFlowStack, "block", block)  # noqa: B010 - a planted fault


TF32 = tf.config.experimental.enable_tensor_float_32_execution

TENSORFLOW_FAULTS: dict[str, Fault] = {
    "no fault": lambda: None,
    "transposed kernel": after("restart", transposed),
    "tf32": after("build", lambda _: TF32(True)),
    "eager functions": lambda: tf.config.run_functions_eagerly(True),
    "last batch dropped": after("adopt", lambda self: self._batches.pop()),
    "XLA in secret": after("build", secretly_xla),
    "auto-clustering": lambda: tf.config.optimizer.set_jit("autoclustering"),
    "Grappler off": lambda: tf.config.optimizer.set_experimental_options(
        {"disable_meta_optimizer": True}
    ),
    "eager steps": eager_steps,
    "eight threads by variable": lambda: os.environ.update(TF_NUM_INTRAOP_THREADS="8"),
    **common(TensorFlowStack, after),
}
