"""Faults to plant in the Keras and TensorFlow stacks, in the worker's process."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from probes.backends import keras_backends, keras_models, keras_on_jax, keras_stack
from probes.backends.keras_stack import KerasStack
from tests.probes.common_faults import common
from tests.probes.slowed import busy

Fault = Callable[[], None]


def after(kind: type, name: str, change: Callable[[Any], None]) -> Fault:
    """Do something to the stack whenever it has done ``name``."""
    method = getattr(kind, name)

    def changed(self: Any, *arguments: Any) -> Any:
        result = method(self, *arguments)
        change(self)
        return result

    return lambda: setattr(kind, name, changed)


def instead(kind: Any, name: str, method: Any) -> Fault:
    return lambda: setattr(kind, name, method)


def weight(place: int, change: Callable[[Any], Any]) -> Fault:
    """Other values in one weight after every restart."""

    def put(self: Any) -> None:
        variable = self._model.trainable_weights[place]
        values = keras.ops.convert_to_numpy(variable.value)
        variable.assign(np.ascontiguousarray(change(np.array(values))))

    return after(KerasStack, "restart", put)


def gates(values: Any) -> Any:
    """Input, forget, output, cell instead of input, forget, cell, output."""
    one, two, three, four = np.split(values, 4, axis=-1)
    return np.concatenate([one, two, four, three], axis=-1)


def swapped_gates() -> None:
    restart = KerasStack.restart

    def changed(self: Any, name: Any) -> None:
        restart(self, name)
        for place in range(3):
            variable = self._model.trainable_weights[place]
            values = keras.ops.convert_to_numpy(variable.value)
            variable.assign(gates(np.array(values)))

    setattr(KerasStack, "restart", changed)  # noqa: B010 - a planted fault


def loss(**settings: Any) -> Fault:
    made = keras.losses.SparseCategoricalCrossentropy
    return instead(KerasStack, "_loss", lambda _: made(**settings))


def softmax_inside() -> None:
    model_for = keras_models.model_for

    def with_softmax(shape: Any) -> Any:
        model = model_for(shape)
        return keras.Model(model.inputs, keras.layers.Softmax()(model.outputs[0]))

    setattr(keras_stack, "model_for", with_softmax)  # noqa: B010


def layer(kind: str, **settings: Any) -> Fault:
    """A layer of the models with settings that nobody asked for."""
    made = getattr(keras.layers, kind)

    def other(*arguments: Any, **known: Any) -> Any:
        return made(*arguments, **(known | settings))

    return instead(keras.layers, kind, other)


def optimizer(**settings: Any) -> Fault:
    made = keras.optimizers.Adam

    def other(*arguments: Any, **known: Any) -> Any:
        return made(*arguments, **(known | settings))

    return instead(keras.optimizers, "Adam", other)


def hurried() -> None:
    """JAX's step without a look at what it gives, nor any other waiting."""
    kind = keras_on_jax.KerasOnJax
    stepper = kind._stepper

    def other(self: Any, model: Any) -> Any:
        step = self._jax.jit(model.train_step)
        waits = stepper(self, model)

        def advance(steps: int, batches: Any) -> float:
            if not self.taken():
                return waits(steps, batches)
            kept = keras_on_jax.groups(model)
            state = tuple([variable.value for variable in group] for group in kept)
            for number in range(steps):
                _, state = step(state, batches[number % len(batches)])
            for group, values in zip(kept, state, strict=True):
                for variable, value in zip(group, values, strict=True):
                    variable._value = value
            return 0.0

        return advance

    setattr(kind, "_stepper", other)  # noqa: B010 - a planted fault
    setattr(kind, "wait", lambda _: None)  # noqa: B010


def unjitted() -> None:
    import jax

    jax.config.update("jax_disable_jit", True)


def other_xla() -> None:
    """``jit_compile`` the other way round in the step alone."""
    kind = keras_backends.KerasOnTensorFlow
    stepper = kind._stepper

    def other(self: Any, model: Any) -> Any:
        kept, self.jit_compile = self.jit_compile, not self.jit_compile
        try:
            return stepper(self, model)
        finally:
            self.jit_compile = kept

    setattr(kind, "_stepper", other)  # noqa: B010 - a planted fault


def eager_functions() -> None:
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)


def tf32(kind: type) -> Fault:
    def put(_: Any) -> None:
        import tensorflow as tf

        tf.config.experimental.enable_tensor_float_32_execution(True)

    return after(kind, "build", put)


def torch_tf32() -> None:
    def put(self: Any) -> None:
        self._torch.set_float32_matmul_precision("high")

    after(keras_backends.KerasOnTorch, "build", put)()


def jax_precision(value: str | None) -> Fault:
    def put(self: Any) -> None:
        self._jax.config.update("jax_default_matmul_precision", value)

    return after(keras_on_jax.KerasOnJax, "build", put)


def variable(name: str, value: str) -> Fault:
    return lambda: os.environ.update({name: value})


def batch(change: Callable[[list[Any]], object]) -> Fault:
    def put(self: Any) -> None:
        change(self._batches)

    return after(KerasStack, "adopt", put)


def one_short() -> None:
    block = KerasStack.block

    def other(self: Any, steps: int) -> float:
        return block(self, steps - 1 if self.taken() else steps)

    setattr(KerasStack, "block", other)  # noqa: B010 - a planted fault


def eager_steps() -> None:
    """The step is traced, and then the method is called that was traced."""
    kind = keras_backends.KerasOnTensorFlow

    def other(self: Any, model: Any) -> Any:
        step = self._steps[model] = self._tf.function(model.train_step)

        def advance(steps: int, batches: Any) -> float:
            step.get_concrete_function(batches[0])
            for number in range(steps):
                logs = model.train_step(batches[number % len(batches)])
            return float(logs["loss"])

        return advance

    setattr(kind, "_stepper", other)  # noqa: B010 - a planted fault


def looped_graph() -> None:
    """All steps of a block in one graph, beside a step that was traced for show."""
    kind = keras_backends.KerasOnTensorFlow

    def other(self: Any, model: Any) -> Any:
        tf = self._tf
        step = self._steps[model] = tf.function(model.train_step)

        def body(number: Any, x: Any, y: Any) -> Any:
            place = number % x.shape[0]
            model.train_step((x[place], y[place]))
            return number + 1, x, y

        @tf.function  # type: ignore[untyped-decorator]
        def many(steps: Any, x: Any, y: Any) -> None:
            tf.while_loop(lambda number, *_: number < steps, body, (0, x, y))

        def advance(steps: int, batches: Any) -> float:
            step.get_concrete_function(batches[0])
            x, y = (tf.stack(part) for part in zip(*batches, strict=True))
            many(tf.constant(steps), x, y)
            return float(model.metrics[0].result())

        return advance

    setattr(kind, "_stepper", other)  # noqa: B010 - a planted fault


def looped_jit() -> None:
    """The same on JAX."""
    import jax

    kind = keras_on_jax.KerasOnJax

    def other(self: Any, model: Any) -> Any:
        step = self._steps[model] = jax.jit(model.train_step)

        def many(state: Any, x: Any, y: Any, steps: Any) -> Any:
            def body(number: Any, known: Any) -> Any:
                place = number % len(x)
                return model.train_step(known[1], (x[place], y[place]))

            first = model.train_step(state, (x[0], y[0]))
            return jax.lax.fori_loop(1, steps, body, first)

        whole = jax.jit(many)

        def advance(steps: int, batches: Any) -> float:
            kept = keras_on_jax.groups(model)
            state = tuple([variable.value for variable in group] for group in kept)
            if not step._cache_size():
                step(state, batches[0])
            x, y = (jax.numpy.stack(part) for part in zip(*batches, strict=True))
            logs, state = whole(state, x, y, steps)
            for group, values in zip(kept, state, strict=True):
                for variable, value in zip(group, values, strict=True):
                    variable.assign(value)
            return float(logs["loss"])

        return advance

    setattr(kind, "_stepper", other)  # noqa: B010 - a planted fault


def with_accuracy() -> None:
    made = KerasStack._compiled

    def other(self: Any, *arguments: Any) -> Any:
        model = made(self, *arguments)
        model.compile(
            model.optimizer,
            loss=self._loss(),
            metrics=["accuracy"],
            jit_compile=self.jit_compile,
        )
        return model

    setattr(KerasStack, "_compiled", other)  # noqa: B010 - a planted fault


def by_tensorflow(change: Callable[[Any], object]) -> Fault:
    def put() -> None:
        import tensorflow

        change(tensorflow)

    return put


def by_torch(change: Callable[[Any], object]) -> Fault:
    def put(self: Any) -> None:
        change(self._torch)

    return after(KerasStack, "build", put)


KERAS_FAULTS: dict[str, Fault] = {
    "no fault": lambda: None,
    "ten percent": lambda: busy(KerasStack, 0.1),
    "transposed kernel": weight(2, lambda values: values.T),
    "gates i f o g": swapped_gates,
    "loss from probabilities": loss(from_logits=False),
    "softmax inside": softmax_inside,
    "adam epsilon 1e-8": instead(KerasStack, "_epsilon", lambda _: 1e-8),
    "adam epsilon 1e-3": instead(KerasStack, "_epsilon", lambda _: 1e-3),
    "layer norm epsilon 1e-5": layer("LayerNormalization", epsilon=1e-5),
    "dropout": layer("MultiHeadAttention", dropout=0.1),
    "no bias": layer("Dense", use_bias=False),
    "weight decay": optimizer(weight_decay=0.004),
    "every second step": optimizer(gradient_accumulation_steps=2),
    "clipped gradients": optimizer(clipnorm=1e-3),
    "mixed policy": lambda: keras.config.set_dtype_policy("mixed_bfloat16"),
    "tf32": tf32(KerasStack),
    "jax bfloat16": jax_precision("bfloat16"),
    "jax default": jax_precision(None),
    "discarded jit": unjitted,
    "other xla": other_xla,
    "eager functions": eager_functions,
    "no waiting": hurried,
    "tf32 by torch": torch_tf32,
    "one thread by variable": variable("TF_NUM_INTRAOP_THREADS", "1"),
    "one thread of XLA": variable("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false"),
    "one core": after(KerasStack, "build", lambda _: os.sched_setaffinity(0, {0})),
    "order of batches reversed": batch(lambda batches: batches.reverse()),
    "last batch dropped": batch(lambda batches: batches.pop()),
    "last step dropped": one_short,
    "eight threads by variable": variable("TF_NUM_INTRAOP_THREADS", "8"),
    "eight threads": by_torch(lambda torch: torch.set_num_threads(8)),
    "oneDNN off": by_torch(lambda torch: torch.backends.mkldnn.set_flags(False)),
    "anomalies looked for": by_torch(
        lambda torch: torch.autograd.set_detect_anomaly(True)
    ),
    "deterministic": by_torch(lambda torch: torch.use_deterministic_algorithms(True)),
    "auto-clustering": by_tensorflow(
        lambda tf: tf.config.optimizer.set_jit("autoclustering")
    ),
    "Grappler off": by_tensorflow(
        lambda tf: tf.config.optimizer.set_experimental_options(
            {"disable_meta_optimizer": True}
        )
    ),
    "oneDNN off by variable": variable("TF_ENABLE_ONEDNN_OPTS", "0"),
    "eager steps": eager_steps,
    "loop in the graph": looped_graph,
    "loop in the jit": looped_jit,
    "accuracy too": with_accuracy,
    **common(KerasStack, partial(after, KerasStack)),
}
