"""Keras 3, on whichever backend the process was started with.

The steady step is ``model.train_step``, the step that ``fit`` takes for every
batch, wrapped as ``fit`` wraps it: in ``tf.function`` on TensorFlow, in
``jax.jit`` on JAX, called eagerly on torch. What ``fit`` adds around it (the data
pipeline, callbacks, logs read back for every batch) is timed apart, by the epoch
that really calls ``fit``. ``jit_compile`` is always given: False on TensorFlow and
torch, as Keras chooses for a CPU; True on JAX, whose ``fit`` is eager otherwise.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from probes.backends.contract import MATMUL_SIDE, Optimizer
from probes.backends.keras_models import model_for
from probes.backends.kinds import Kinds, kinds_of
from probes.reference import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_1,
    BETA_2,
    SGD_RATE,
)
from probes.spec import Way
from probes.workloads import Batch, Floats, Model, Weights

KerasModel = Any
Tensor = Any
"""Keras ships no types; these names say what an untyped value is."""


UNWANTED = (
    "weight_decay",
    "amsgrad",
    "use_ema",
    "gradient_accumulation_steps",
    "clipnorm",
    "global_clipnorm",
    "clipvalue",
    "loss_scale_factor",
)
"""What an optimizer of Keras may be told beyond its rates: all cost time."""

ORDINARY = {"x", "y", "batch_size", "epochs", "verbose", "loss"}
"""What a timed ``fit`` is given, and its only log."""

Advance = Callable[[int, list[tuple[Tensor, Tensor]]], float]
"""Takes that many steps over resident batches, returns the mean loss."""


MANY_STEPS = 16
"""``steps_per_execution`` of the tuned way ``fit-16``."""


class KerasStack:
    """Two models of one shape: one compiled with SGD for the gate, one with Adam."""

    jit_compile = False
    package = ""

    def __init__(self, *, compiled: bool = False) -> None:
        self.jit_compile = self.jit_compile or compiled

    def build(self, model: Model) -> None:
        self._drawn = model
        self._models: dict[str, KerasModel] = {}
        self._fresh: dict[str, list[Floats]] = {}
        for name in ("sgd", "adam"):
            self._keep(name, self._compiled(name))
        self._advance = {
            name: self._stepper(made) for name, made in self._models.items()
        }
        self.adopt(model)

    def adopt(self, model: Model) -> None:
        self._drawn = model
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

    def _keep(self, name: str, made: KerasModel) -> None:
        """A model under a name, and its optimizer as it was before any step."""
        self._models[name] = made
        self._fresh[name] = [
            np.array(keras.ops.convert_to_numpy(v.value))
            for v in made.optimizer.variables
        ]

    def restart(self, optimizer: Optimizer) -> None:
        self._again(optimizer)

    def _again(self, name: str) -> None:
        self._name = name
        self._model = self._models[name]
        for variable, value in zip(
            self._model.trainable_weights, self._drawn.weights, strict=True
        ):
            variable.assign(value)
        self._model.reset_metrics()
        state = zip(self._model.optimizer.variables, self._fresh[name], strict=True)
        for variable, value in state:
            variable.assign(value)

    def weights(self) -> Weights:
        return tuple(self._numpy(v.value) for v in self._model.trainable_weights)

    def outputs(self, batch: Batch) -> Floats:
        x, _ = self._tensors(batch)
        return self._numpy(self._model(x, training=False))

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        raise NotImplementedError

    def block(self, steps: int) -> float:
        return self._advance[self._name](steps, self._batches)

    def ways(self) -> tuple[Way, ...]:
        return ("fit",)

    def tuned(self) -> tuple[Way, ...]:
        return ("fit-16",)

    def settings(self) -> dict[str, str]:
        model = self._models["adam"]
        return {
            "jit_compile": str(model.jit_compile),
            "steps_per_execution": str(model.steps_per_execution),
        }

    def ready(self, way: Way, rows: Batch, batch: int) -> None:
        if way == "fit-16" and way not in self._models:
            self._keep(way, self._compiled("adam", MANY_STEPS))
        self._again("fit-16" if way == "fit-16" else "adam")
        self._fed = self._feed(way, rows, batch)

    def epoch(self) -> int:
        """One epoch of ``fit`` with Keras's defaults."""
        before = int(self._model.optimizer.iterations)
        self._model.fit(**self._fed, epochs=1, verbose=0)
        return int(self._model.optimizer.iterations) - before

    def extras(self) -> tuple[str, ...]:
        """What ``fit`` is given beside rows, and what it logs beside the loss."""
        model, fit = self._model, self._model.fit
        given: set[str] = set()

        def noted(**arguments: Any) -> Any:
            given.update(arguments)
            return fit(**arguments)

        model.__dict__["fit"] = noted
        try:
            self.epoch()
        finally:
            del model.__dict__["fit"]
        return tuple(sorted((given | set(model.history.history)) - ORDINARY))

    def _feed(self, way: Way, rows: Batch, batch: int) -> dict[str, Any]:
        """Arguments of ``fit`` that hand over the rows; NumPy arrays by default."""
        del way
        return {"x": rows.x, "y": rows.y, "batch_size": batch}

    def precision(self) -> str:
        """What the backend says of its products, and the model of its layers."""
        policies = {layer.dtype_policy.name for layer in self._model.layers}
        found = {self._products(), *policies} - {"float32", "highest"}
        return ", ".join(sorted(found)) or "highest"

    def _products(self) -> str:
        """The backend's precision of float32 matrix products."""
        raise NotImplementedError

    def held(self) -> list[Batch]:
        read = keras.ops.convert_to_numpy
        return [
            Batch(np.asarray(read(x)), np.asarray(read(y), np.int64))
            for x, y in self._batches
        ]

    def kinds(self) -> Kinds:
        weights = (variable.value for variable in self._model.trainable_weights)
        return kinds_of(weights, self._batches)

    def taken(self) -> int:
        return int(self._numpy(self._model.optimizer.iterations.value))

    def wait(self) -> None:
        raise NotImplementedError

    def device_bytes(self) -> int | None:
        raise NotImplementedError

    def oddities(self) -> tuple[str, ...]:
        optimizer = self._model.optimizer
        found = [
            f"its optimizer has {name}={getattr(optimizer, name)}"
            for name in UNWANTED
            if getattr(optimizer, name, None)
        ]
        model = self._model
        if model.run_eagerly:
            found.append("its model runs eagerly")
        if model.steps_per_execution != 1 or model.jit_compile != self.jit_compile:
            found.append(f"its model has {self.settings()}")
        if kept := ", ".join(one.name for one in model.metrics[1:]):
            found.append(f"its model keeps metrics beside the loss: {kept}")
        return tuple(found)

    def entered(self, steps: int) -> int | None:
        """None where steps run as they are written."""
        del steps
        return None

    def compilations(self) -> int | None:
        """Programs compiled for the timed step; None where it runs eagerly."""
        return None

    def operations(self) -> int | None:
        raise NotImplementedError

    def predict(self, batch: Batch) -> None:
        """The documented way for few rows: call the model, not ``predict``."""
        self._numpy(self._inferred(keras.ops.convert_to_tensor(batch.x)))

    def product(self) -> float:
        """Multiply two square matrices; returns the operations done."""
        if not hasattr(self, "_square"):
            dice = np.random.default_rng(0)
            side = (MATMUL_SIDE, MATMUL_SIDE)
            drawn = dice.random(side, dtype=np.float32)
            self._square = keras.ops.convert_to_tensor(drawn)
        self._numpy(keras.ops.matmul(self._square, self._square)[0])
        return 2.0 * MATMUL_SIDE**3

    def _inferred(self, x: Tensor) -> Tensor:
        return self._model(x, training=False)

    def _compiled(self, name: Optimizer, at_once: int = 1) -> KerasModel:
        model = model_for(self._drawn.shape)
        optimizer = (
            keras.optimizers.Adam(ADAM_RATE, BETA_1, BETA_2, epsilon=self._epsilon())
            if name == "adam"
            else keras.optimizers.SGD(SGD_RATE)
        )
        model.compile(
            optimizer,
            loss=self._loss(),
            jit_compile=self.jit_compile,
            steps_per_execution=at_once,
        )
        optimizer.build(model.trainable_variables)
        return model

    def _epsilon(self) -> float:
        return ADAM_EPSILON

    def _loss(self) -> KerasModel:
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def _stepper(self, model: KerasModel) -> Advance:
        raise NotImplementedError

    def _tensors(self, batch: Batch) -> tuple[Tensor, Tensor]:
        x = keras.ops.convert_to_tensor(batch.x)
        return x, keras.ops.convert_to_tensor(batch.y.astype(np.int32))

    def _numpy(self, tensor: Tensor) -> Floats:
        return np.asarray(keras.ops.convert_to_numpy(tensor), np.float32)
