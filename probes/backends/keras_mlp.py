"""The MLP in Keras 3, on whichever backend the process was started with.

The steady step is ``model.train_step``, the step that ``fit`` takes for every
batch, wrapped as ``fit`` wraps it: in ``tf.function`` on TensorFlow, in
``jax.jit`` on JAX, called eagerly on torch. What ``fit`` adds around it (the data
pipeline, callbacks, logs read back for every batch) is timed apart, by the epoch
that really calls ``fit``. ``jit_compile`` is always given: False on TensorFlow and
torch, as Keras chooses for a CPU; True on JAX, whose ``fit`` is eager otherwise.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from probes.backends.contract import Optimizer
from probes.workloads import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_1,
    BETA_2,
    HIDDEN,
    SGD_RATE,
    Batch,
    Floats,
    Mlp,
    Weights,
)

Model = Any
Tensor = Any
"""Keras ships no types; these names say what an untyped value is."""

Advance = Callable[[int, list[tuple[Tensor, Tensor]]], float]
"""Takes that many steps over resident batches, returns the mean loss."""


class KerasMlp:
    """Two models of one shape: one compiled with SGD for the gate, one with Adam."""

    jit_compile = False
    package = ""

    def build(self, model: Mlp) -> None:
        self._drawn = model
        self._models = {"sgd": self._compiled("sgd"), "adam": self._compiled("adam")}
        self._fresh = {
            name: [
                np.array(keras.ops.convert_to_numpy(v.value))
                for v in made.optimizer.variables
            ]
            for name, made in self._models.items()
        }
        self._advance = {
            name: self._stepper(made) for name, made in self._models.items()
        }
        self._batches = [self._tensors(batch) for batch in model.batches]
        self.restart("adam")

    def versions(self) -> dict[str, str]:
        backend = importlib.import_module(self.package)
        return {"keras": keras.__version__, self.package: str(backend.__version__)}

    def device(self) -> str:
        raise NotImplementedError

    def threads(self) -> int:
        raise NotImplementedError

    def parameters(self) -> int:
        return int(self._model.count_params())

    def restart(self, optimizer: Optimizer) -> None:
        self._name = optimizer
        self._model = self._models[optimizer]
        self._model.set_weights(list(self._drawn.weights))
        self._model.reset_metrics()
        state = zip(
            self._model.optimizer.variables, self._fresh[optimizer], strict=True
        )
        for variable, value in state:
            variable.assign(value)

    def weights(self) -> Weights:
        return tuple(self._model.get_weights())

    def outputs(self, batch: Batch) -> Floats:
        x, _ = self._tensors(batch)
        return self._numpy(self._model(x, training=False))

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        raise NotImplementedError

    def block(self, steps: int) -> float:
        return self._advance[self._name](steps, self._batches)

    def fit_epoch(self, rows: Batch, batch: int) -> None:
        """One epoch of ``fit`` over NumPy arrays with Keras's defaults."""
        self._model.fit(rows.x, rows.y, batch_size=batch, epochs=1, verbose=0)

    def _compiled(self, name: Optimizer) -> Model:
        layers = keras.layers
        model = keras.Sequential(
            [
                keras.Input((self._drawn.features,)),
                layers.Dense(HIDDEN, activation="relu"),
                layers.Dense(HIDDEN, activation="relu"),
                layers.Dense(self._drawn.classes),
            ]
        )
        optimizer = (
            keras.optimizers.Adam(ADAM_RATE, BETA_1, BETA_2, epsilon=self._epsilon())
            if name == "adam"
            else keras.optimizers.SGD(SGD_RATE)
        )
        model.compile(optimizer, loss=self._loss(), jit_compile=self.jit_compile)
        optimizer.build(model.trainable_variables)
        return model

    def _epsilon(self) -> float:
        return ADAM_EPSILON

    def _loss(self) -> Model:
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def _stepper(self, model: Model) -> Advance:
        raise NotImplementedError

    def _tensors(self, batch: Batch) -> tuple[Tensor, Tensor]:
        x = keras.ops.convert_to_tensor(batch.x)
        return x, keras.ops.convert_to_tensor(batch.y.astype(np.int32))

    def _numpy(self, tensor: Tensor) -> Floats:
        return np.asarray(keras.ops.convert_to_numpy(tensor), np.float32)


class KerasOnTensorFlow(KerasMlp):
    package = "tensorflow"

    def __init__(self) -> None:
        import tensorflow

        self._tf: Any = tensorflow

    def device(self) -> str:
        return "cuda" if self._tf.config.list_physical_devices("GPU") else "cpu"

    def threads(self) -> int:
        chosen = int(self._tf.config.threading.get_intra_op_parallelism_threads())
        return chosen or _threads_from_environment()

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        with self._tf.GradientTape() as tape:
            loss = self._model.compute_loss(y=y, y_pred=self._model(x, training=True))
        slopes = tape.gradient(loss, self._model.trainable_weights)
        return float(loss), tuple(slope.numpy() for slope in slopes)

    def _stepper(self, model: Model) -> Advance:
        step = self._tf.function(model.train_step, jit_compile=self.jit_compile)

        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            for number in range(steps):
                logs = step(batches[number % len(batches)])
            return float(logs["loss"])

        return advance


class KerasOnTorch(KerasMlp):
    package = "torch"

    def __init__(self) -> None:
        import torch

        self._torch: Any = torch
        torch.set_flush_denormal(True)

    def device(self) -> str:
        return "cuda" if self._torch.cuda.is_available() else "cpu"

    def threads(self) -> int:
        return int(self._torch.get_num_threads())

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        self._model.zero_grad()
        loss = self._model.compute_loss(y=y, y_pred=self._model(x, training=True))
        loss.backward()
        slopes = (weight.value.grad for weight in self._model.trainable_weights)
        return float(loss.item()), tuple(slope.cpu().numpy() for slope in slopes)

    def _stepper(self, model: Model) -> Advance:
        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            for number in range(steps):
                logs = model.train_step(batches[number % len(batches)])
            return float(logs["loss"])

        return advance


class KerasOnJax(KerasMlp):
    package = "jax"
    jit_compile = True

    def __init__(self) -> None:
        import jax

        self._jax: Any = jax

    def device(self) -> str:
        return "cuda" if self._jax.default_backend() == "gpu" else "cpu"

    def threads(self) -> int:
        return _threads_from_environment()

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        model = self._model

        def loss_of(trainable: list[Tensor]) -> Tensor:
            logits, _ = model.stateless_call(trainable, [], x, training=True)
            return model.compute_loss(y=y, y_pred=logits)

        values = [variable.value for variable in model.trainable_variables]
        loss, slopes = self._jax.value_and_grad(loss_of)(values)
        return float(loss), tuple(np.asarray(slope) for slope in slopes)

    def _stepper(self, model: Model) -> Advance:
        step = self._jax.jit(model.train_step)

        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            kept = (
                model.trainable_variables,
                model.non_trainable_variables,
                model.optimizer.variables,
                model.metrics_variables,
            )
            state = tuple([variable.value for variable in group] for group in kept)
            for number in range(steps):
                logs, state = step(state, batches[number % len(batches)])
            loss = float(logs["loss"])
            for group, values in zip(kept, state, strict=True):
                for variable, value in zip(group, values, strict=True):
                    variable.assign(value)
            return loss

        return advance


def _threads_from_environment() -> int:
    return int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)


def open_keras() -> KerasMlp:
    """The stack for the backend named by ``KERAS_BACKEND``."""
    stacks: dict[str, type[KerasMlp]] = {
        "tensorflow": KerasOnTensorFlow,
        "torch": KerasOnTorch,
        "jax": KerasOnJax,
    }
    return stacks[keras.backend.backend()]()
