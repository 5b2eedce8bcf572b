"""Keras on JAX in its own way: compiling, gradients, devices, state handed over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from probes.backends.contract import threads_from_environment
from probes.backends.entered import entries
from probes.backends.keras_stack import Advance, KerasModel, KerasStack, Tensor
from probes.backends.operations import jax_operations
from probes.workloads import Batch, Model, Weights

POOL = "tf_XLAEigen"
"""Name of the threads that XLA computes with on a processor."""


class KerasOnJax(KerasStack):
    package = "jax"
    jit_compile = True

    def __init__(self, *, compiled: bool = False) -> None:
        super().__init__(compiled=compiled)
        import jax

        self._jax: Any = jax

    def build(self, model: Model) -> None:
        self._steps: dict[KerasModel, Any] = {}
        super().build(model)

        def forward(trainable: list[Tensor], fixed: list[Tensor], x: Tensor) -> Tensor:
            return self._model.stateless_call(trainable, fixed, x, training=False)[0]

        self._forward = self._jax.jit(forward)

    def compilations(self) -> int:
        return int(self._steps[self._model]._cache_size())

    def entered(self, steps: int) -> int:
        return entries(self._steps, self._model, lambda: self.block(steps))

    def operations(self) -> int | None:
        step, state = self._steps[self._model], state_of(self._model)
        return jax_operations(step.trace(state, self._batches[0]).jaxpr)

    def _inferred(self, x: Tensor) -> Tensor:
        model = self._model
        groups = (model.trainable_variables, model.non_trainable_variables)
        return self._forward(*([v.value for v in group] for group in groups), x)

    def device(self) -> str:
        return "cuda" if self._jax.default_backend() == "gpu" else "cpu"

    def threads(self) -> int:
        """Threads that XLA's pool has, where the system names them."""
        if "multi_thread_eigen=false" in os.environ.get("XLA_FLAGS", ""):
            return 1
        names = Path("/proc/self/task").glob("*/comm")
        pool = sum(one.read_text("ascii", "replace").strip() == POOL for one in names)
        return pool or threads_from_environment()

    def device_bytes(self) -> int | None:
        told = self._jax.devices()[0].memory_stats() or {}
        return told.get("peak_bytes_in_use") if self.device() == "cuda" else None

    def wait(self) -> None:
        self._jax.block_until_ready([v.value for v in self._model.variables])

    def _products(self) -> str:
        return str(self._jax.config.jax_default_matmul_precision or "default")

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        model = self._model

        fixed = [variable.value for variable in model.non_trainable_variables]

        def loss_of(trainable: list[Tensor]) -> Tensor:
            logits, _ = model.stateless_call(trainable, fixed, x, training=True)
            return model.compute_loss(y=y, y_pred=logits)

        values = [variable.value for variable in model.trainable_variables]
        loss, slopes = self._jax.value_and_grad(loss_of)(values)
        return float(loss), tuple(np.asarray(slope) for slope in slopes)

    def _stepper(self, model: KerasModel) -> Advance:
        self._steps[model] = self._jax.jit(model.train_step)

        def advance(steps: int, batches: list[tuple[Tensor, Tensor]]) -> float:
            step = self._steps[model]
            kept, state = groups(model), state_of(model)
            for number in range(steps):
                logs, state = step(state, batches[number % len(batches)])
            loss = float(logs["loss"])
            for group, values in zip(kept, state, strict=True):
                for variable, value in zip(group, values, strict=True):
                    variable.assign(value)
            return loss

        return advance


def groups(model: KerasModel) -> tuple[list[Tensor], ...]:
    """The variables that a step on JAX is handed and gives back, in its order."""
    return (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )


def state_of(model: KerasModel) -> tuple[list[Tensor], ...]:
    """Their values."""
    return tuple([variable.value for variable in group] for group in groups(model))
