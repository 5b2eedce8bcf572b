"""Faults in the stack of bare TensorFlow that begin when the gate has looked."""

from __future__ import annotations

from typing import Any

from probes.backends.tensorflow_stack import TensorFlowStack
from tests.probes.common_faults import staying
from tests.probes.tensorflow_faults import Fault, after, tf

BLOCK, SLOPES = TensorFlowStack.block, TensorFlowStack._slopes


def in_double() -> None:
    """Inputs held as float64, which every step first makes float32."""

    def put(self: Any) -> None:
        self._batches = [(tf.cast(x, tf.float64), y) for x, y in self._batches]

    def cast(self: Any, x: Any, y: Any) -> Any:
        return SLOPES(self, tf.cast(x, tf.float32), y)

    after("adopt", put)()
    setattr(TensorFlowStack, "_slopes", cast)  # noqa: B010 - a planted fault


def input_gradients() -> None:
    """The slopes of the inputs are asked for, and kept where nobody looks."""
    kept = tf.Variable(0.0)

    def other(self: Any, x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss, slopes = SLOPES(self, x, y)
        kept.assign(tf.reduce_sum(tape.gradient(loss, x)))
        return loss, slopes

    setattr(TensorFlowStack, "_slopes", other)  # noqa: B010 - a planted fault


def same_order() -> None:
    ready = TensorFlowStack.ready

    def other(self: Any, way: Any, rows: Any, batch: int) -> None:
        ready(self, way, rows, batch)
        data = tf.data.Dataset.from_tensor_slices((rows.x, rows.y.astype("int32")))
        self._data = data.batch(batch)

    setattr(TensorFlowStack, "ready", other)  # noqa: B010 - a planted fault


LATER_TENSORFLOW: dict[str, Fault] = {
    "later the first batch": lambda: setattr(TensorFlowStack, "block", staying(BLOCK)),
    "batches in double": in_double,
    "input gradients": input_gradients,
    "epochs in order": same_order,
}
