"""TensorFlow without Keras: variables, operations and one ``tf.function`` step.

Shows what Keras costs on its own backend. The optimizer is the kernel that ships with
TensorFlow (``ResourceApplyAdam``), which has Keras's form of Adam.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow

from probes.backends.contract import MATMUL_SIDE, Optimizer
from probes.backends.entered import entries
from probes.backends.kinds import Kinds, kinds_of
from probes.backends.operations import tensorflow_operations
from probes.backends.tensorflow_settings import (
    is_xla,
    tensorflow_device_bytes,
    tensorflow_oddities,
    tensorflow_precision,
    tensorflow_threads,
)
from probes.reference import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_1,
    BETA_2,
    SGD_RATE,
)
from probes.shapes import HEADS, Shape
from probes.spec import Way
from probes.workloads import LAYER_NORM_EPSILON, Batch, Floats, Model, Weights

tf: Any = tensorflow
Tensor = Any


class TensorFlowStack:
    """A step as TensorFlow's own guide writes it, without XLA."""

    def __init__(self) -> None:
        tf.config.experimental.enable_tensor_float_32_execution(False)

    def build(self, model: Model) -> None:
        self._drawn = model
        self._variables = [tf.Variable(weight) for weight in model.weights]
        self._first = [tf.Variable(tf.zeros_like(v)) for v in self._variables]
        self._second = [tf.Variable(tf.zeros_like(v)) for v in self._variables]
        self._taken = tf.Variable(0.0)
        self._total = tf.Variable(0.0)
        self._steps = {
            "sgd": tf.function(self._sgd_step, jit_compile=False),
            "adam": tf.function(self._adam_step, jit_compile=False),
        }
        self._forward = tf.function(
            lambda x: _logits(model.shape, self._variables, x), jit_compile=False
        )
        self.adopt(model)

    def adopt(self, model: Model) -> None:
        self._drawn = model
        self._batches = [self._tensors(batch) for batch in model.batches]
        self.restart("adam")

    def versions(self) -> dict[str, str]:
        return {"tensorflow": str(tf.__version__)}

    def device(self) -> str:
        return "cuda" if tf.config.list_physical_devices("GPU") else "cpu"

    def threads(self) -> int:
        return tensorflow_threads()

    def precision(self) -> str:
        return tensorflow_precision()

    def held(self) -> list[Batch]:
        return [Batch(x.numpy(), y.numpy().astype(np.int64)) for x, y in self._batches]

    def kinds(self) -> Kinds:
        return kinds_of(self._variables, self._batches)

    def taken(self) -> int:
        return int(self._taken)

    def wait(self) -> None:
        tf.test.experimental.sync_devices()

    def device_bytes(self) -> int | None:
        return tensorflow_device_bytes()

    def oddities(self) -> tuple[str, ...]:
        found = tensorflow_oddities()
        if self._is_xla():
            found += ("its step was built with jit_compile=True",)
        return found

    def entered(self, steps: int) -> int:
        return entries(self._steps, self._name, lambda: self.block(steps))

    def _is_xla(self) -> bool:
        return is_xla(self._steps[self._name], *self._batches[0])

    def compilations(self) -> int:
        return int(self._steps[self._name].experimental_get_tracing_count())

    def operations(self) -> int | None:
        return tensorflow_operations(self._steps[self._name], *self._batches[0])

    def parameters(self) -> int:
        return sum(int(np.prod(v.shape)) for v in self._variables)

    def restart(self, optimizer: Optimizer) -> None:
        self._name = optimizer
        for variable, drawn in zip(self._variables, self._drawn.weights, strict=True):
            variable.assign(drawn)
        for moment in (*self._first, *self._second):
            moment.assign(tf.zeros_like(moment))
        self._taken.assign(0.0)

    def weights(self) -> Weights:
        return tuple(variable.numpy() for variable in self._variables)

    def outputs(self, batch: Batch) -> Floats:
        return np.asarray(self._forward(self._tensors(batch)[0]))

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        loss, slopes = self._slopes(*self._tensors(batch))
        return float(loss), tuple(slope.numpy() for slope in slopes)

    def block(self, steps: int) -> float:
        step, batches = self._steps[self._name], self._batches
        self._total.assign(0.0)
        for number in range(steps):
            step(*batches[number % len(batches)])
        return float(self._total) / steps

    def ways(self) -> tuple[Way, ...]:
        return ("dataset",)

    def tuned(self) -> tuple[Way, ...]:
        return ()

    def settings(self) -> dict[str, str]:
        return {"jit_compile": str(self._is_xla())}

    def ready(self, way: Way, rows: Batch, batch: int) -> None:
        """A ``tf.data`` pipeline over tensors in memory."""
        del way
        self.restart("adam")
        self._data = shuffled(rows, batch)

    def epoch(self) -> int:
        step, before = self._steps[self._name], self.taken()
        for x, y in self._data:
            step(x, y)
        return self.taken() - before

    def extras(self) -> tuple[str, ...]:
        return ()

    def predict(self, batch: Batch) -> None:
        self._forward(tf.convert_to_tensor(batch.x)).numpy()

    def product(self) -> float:
        """Multiply two square matrices; returns the operations done."""
        if not hasattr(self, "_square"):
            self._square = tf.random.uniform((MATMUL_SIDE, MATMUL_SIDE))
        tf.matmul(self._square, self._square)[0].numpy()
        return 2.0 * MATMUL_SIDE**3

    def _slopes(self, x: Tensor, y: Tensor) -> tuple[Tensor, list[Tensor]]:
        with tf.GradientTape() as tape:
            logits = _logits(self._drawn.shape, self._variables, x)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits)
            loss = tf.reduce_mean(losses)
        slopes = tape.gradient(loss, self._variables)
        # Adam moves every row of an embedding, as in the other stacks.
        return loss, [tf.convert_to_tensor(slope) for slope in slopes]

    def _sgd_step(self, x: Tensor, y: Tensor) -> None:
        loss, slopes = self._slopes(x, y)
        for variable, slope in zip(self._variables, slopes, strict=True):
            variable.assign_sub(SGD_RATE * slope)
        self._total.assign_add(loss)

    def _adam_step(self, x: Tensor, y: Tensor) -> None:
        loss, slopes = self._slopes(x, y)
        step = self._taken.assign_add(1.0)
        powers = (tf.pow(BETA_1, step), tf.pow(BETA_2, step))
        for variable, m, v, slope in zip(
            self._variables, self._first, self._second, slopes, strict=True
        ):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=m.handle,
                v=v.handle,
                beta1_power=powers[0],
                beta2_power=powers[1],
                lr=ADAM_RATE,
                beta1=BETA_1,
                beta2=BETA_2,
                epsilon=ADAM_EPSILON,
                grad=slope,
            )
        self._total.assign_add(loss)

    def _tensors(self, batch: Batch) -> tuple[Tensor, Tensor]:
        return tf.convert_to_tensor(batch.x), tf.convert_to_tensor(
            batch.y.astype(np.int32)
        )


def shuffled(rows: Batch, batch: int) -> Any:
    """Rows in memory as whole batches, in another order each epoch."""
    data = tf.data.Dataset.from_tensor_slices((rows.x, rows.y.astype(np.int32)))
    data = data.shuffle(len(rows.y)).batch(batch, drop_remainder=True)
    return data.prefetch(tf.data.AUTOTUNE)


def _logits(shape: Shape, weights: list[Tensor], x: Tensor) -> Tensor:
    *body, kernel, bias = weights
    families = {
        "mlp-tabular": _mlp,
        "cnn-image": _cnn,
        "lstm-sequence": _lstm,
        "transformer-text": _transformer,
    }
    return families[shape.family](shape, body, x) @ kernel + bias


def _mlp(shape: Shape, weights: list[Tensor], values: Tensor) -> Tensor:
    del shape
    for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
        values = tf.nn.silu(values @ kernel + bias)
    return values


def _cnn(shape: Shape, weights: list[Tensor], values: Tensor) -> Tensor:
    del shape
    for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
        values = tf.nn.silu(tf.nn.conv2d(values, kernel, 1, "SAME") + bias)
        values = tf.nn.avg_pool2d(values, 2, 2, "VALID")
    return tf.reduce_mean(values, (1, 2))


def _lstm(shape: Shape, weights: list[Tensor], x: Tensor) -> Tensor:
    kernel, recurrent, bias = weights
    entering = tf.transpose(tf.tensordot(x, kernel, 1) + bias, (1, 0, 2))
    start = tf.zeros((tf.shape(x)[0], shape.widths[0]))

    def step(before: tuple[Tensor, Tensor], entry: Tensor) -> tuple[Tensor, Tensor]:
        hidden, cell = before
        enter, forget, candidate, leave = tf.split(entry + hidden @ recurrent, 4, 1)
        cell = tf.sigmoid(forget) * cell + tf.sigmoid(enter) * tf.tanh(candidate)
        return tf.sigmoid(leave) * tf.tanh(cell), cell

    hidden, _ = tf.scan(step, entering, (start, start))
    return hidden[-1]


def _transformer(shape: Shape, weights: list[Tensor], x: Tensor) -> Tensor:
    width = shape.widths[0]
    left = iter(weights)
    values = tf.gather(next(left), x) + next(left)
    for _ in range(shape.blocks):
        query, key, value = (
            tf.einsum("btd,dhe->bhte", values, next(left)) + next(left)[:, None]
            for _ in range(3)
        )
        scores = tf.matmul(query, key, transpose_b=True) * (width // HEADS) ** -0.5
        mixed = tf.nn.softmax(scores) @ value
        attended = tf.einsum("bhte,hed->btd", mixed, next(left)) + next(left)
        values = _normed(values + attended, next(left), next(left))
        inner = tf.nn.silu(tf.tensordot(values, next(left), 1) + next(left))
        fed = tf.tensordot(inner, next(left), 1) + next(left)
        values = _normed(values + fed, next(left), next(left))
    return tf.reduce_mean(values, 1)


def _normed(values: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    mean, variance = tf.nn.moments(values, -1, keepdims=True)
    scale = gain * tf.math.rsqrt(variance + LAYER_NORM_EPSILON)
    return (values - mean) * scale + bias
