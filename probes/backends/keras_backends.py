"""Keras on TensorFlow and on torch in their ways: compiling, gradients, devices."""

from __future__ import annotations

from typing import Any

import keras

from probes.backends.entered import entries
from probes.backends.keras_on_jax import KerasOnJax
from probes.backends.keras_stack import Advance, KerasModel, KerasStack, Tensor
from probes.backends.operations import tensorflow_operations, torch_operations
from probes.spec import Way
from probes.workloads import Batch, Model, Weights


class KerasOnTensorFlow(KerasStack):
    package = "tensorflow"

    def __init__(self, *, compiled: bool = False) -> None:
        super().__init__(compiled=compiled)
        import tensorflow

        self._tf: Any = tensorflow
        tensorflow.config.experimental.enable_tensor_float_32_execution(False)

    def build(self, model: Model) -> None:
        self._steps: dict[KerasModel, Any] = {}
        super().build(model)
        self._forward = self._tf.function(
            lambda x: self._model(x, training=False), jit_compile=self.jit_compile
        )

    def compilations(self) -> int:
        return int(self._steps[self._model].experimental_get_tracing_count())

    def _inferred(self, x: Tensor) -> Tensor:
        return self._forward(x)

    def tuned(self) -> tuple[Way, ...]:
        return "fit-16", "fit-dataset"

    def _feed(self, way: Way, rows: Batch, batch: int) -> dict[str, Any]:
        if way != "fit-dataset":
            return super()._feed(way, rows, batch)
        from probes.backends.tensorflow_stack import shuffled

        return {"x": shuffled(rows, batch)}

    def device(self) -> str:
        return "cuda" if self._tf.config.list_physical_devices("GPU") else "cpu"

    def threads(self) -> int:
        from probes.backends.tensorflow_settings import tensorflow_threads

        return tensorflow_threads()

    def wait(self) -> None:
        self._tf.test.experimental.sync_devices()

    def device_bytes(self) -> int | None:
        from probes.backends.tensorflow_settings import tensorflow_device_bytes

        return tensorflow_device_bytes()

    def oddities(self) -> tuple[str, ...]:
        from probes.backends.tensorflow_settings import is_xla, tensorflow_oddities

        found = super().oddities() + tensorflow_oddities()
        if not self.compilations():
            return found
        made = is_xla(self._steps[self._model], self._batches[0])
        if made != self.jit_compile:
            found += (f"its step was built with jit_compile={made}",)
        return found

    def entered(self, steps: int) -> int:
        return entries(self._steps, self._model, lambda: self.block(steps))

    def operations(self) -> int | None:
        return tensorflow_operations(self._steps[self._model], self._batches[0])

    def _products(self) -> str:
        from probes.backends.tensorflow_settings import tensorflow_precision

        return tensorflow_precision()

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        with self._tf.GradientTape() as tape:
            loss = self._model.compute_loss(y=y, y_pred=self._model(x, training=True))
        slopes = tape.gradient(loss, self._model.trainable_weights)
        # The gradient of an embedding comes as the rows that were looked up.
        dense = (self._tf.convert_to_tensor(slope) for slope in slopes)
        return float(loss), tuple(slope.numpy() for slope in dense)

    def _stepper(self, model: KerasModel) -> Advance:
        self._steps[model] = self._tf.function(
            model.train_step, jit_compile=self.jit_compile
        )

        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            step = self._steps[model]
            for number in range(steps):
                logs = step(batches[number % len(batches)])
            return float(logs["loss"])

        return advance


class KerasOnTorch(KerasStack):
    package = "torch"

    def __init__(self, *, compiled: bool = False) -> None:
        super().__init__(compiled=compiled)
        import torch

        from probes.backends.torch_products import exact_products

        self._torch: Any = torch
        torch.set_flush_denormal(True)
        exact_products()

    def tuned(self) -> tuple[Way, ...]:
        return ("fit-loader",)

    def _feed(self, way: Way, rows: Batch, batch: int) -> dict[str, Any]:
        if way != "fit-loader":
            return super()._feed(way, rows, batch)
        from torch.utils.data import DataLoader, TensorDataset

        x, y = self._torch.from_numpy(rows.x), self._torch.from_numpy(rows.y)
        return {"x": DataLoader(TensorDataset(x, y), batch_size=batch, shuffle=True)}

    def device(self) -> str:
        return str(self._model.trainable_weights[0].value.device.type)

    def threads(self) -> int:
        return int(self._torch.get_num_threads())

    def device_bytes(self) -> int | None:
        from probes.backends.torch_products import torch_device_bytes

        return torch_device_bytes(self.device())

    def wait(self) -> None:
        if self.device() == "cuda":
            self._torch.cuda.synchronize()
        elif self.device() == "mps":
            self._torch.mps.synchronize()

    def oddities(self) -> tuple[str, ...]:
        from probes.backends.torch_products import torch_oddities

        return super().oddities() + torch_oddities()

    def operations(self) -> int:
        return torch_operations(self.block)

    def _products(self) -> str:
        from probes.backends.torch_products import torch_precision

        return torch_precision(self.device())

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        self._model.zero_grad()
        loss = self._model.compute_loss(y=y, y_pred=self._model(x, training=True))
        loss.backward()
        slopes = (weight.value.grad for weight in self._model.trainable_weights)
        return float(loss.item()), tuple(slope.cpu().numpy() for slope in slopes)

    def _stepper(self, model: KerasModel) -> Advance:
        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            for number in range(steps):
                logs = model.train_step(batches[number % len(batches)])
            return float(logs["loss"])

        return advance


def open_keras(*, compiled: bool = False) -> KerasStack:
    """The stack for the backend named by ``KERAS_BACKEND``.

    Args:
        compiled: ``jit_compile=True``, which on TensorFlow means XLA.
    """
    stacks: dict[str, type[KerasStack]] = {
        "tensorflow": KerasOnTensorFlow,
        "torch": KerasOnTorch,
        "jax": KerasOnJax,
    }
    return stacks[keras.backend.backend()](compiled=compiled)
