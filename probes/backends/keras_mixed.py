"""Keras under its dtype policy ``mixed_bfloat16``, on whichever backend there is.

Set for all layers at once, as Keras's guide has it: layers compute in bfloat16, weights
and the optimizer's state stay float32, and so does the loss. Only what differs from the
float32 stack stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from probes.backends.contract import MATMUL_SIDE, MIXED
from probes.backends.keras_backends import KerasOnTensorFlow, KerasOnTorch
from probes.backends.keras_on_jax import KerasOnJax, state_of
from probes.backends.keras_stack import KerasStack, Tensor
from probes.backends.operations import GRAPH_PRODUCTS, JAX_PRODUCTS, inside
from probes.workloads import Batch, Model, Weights

POLICY = f"mixed_{MIXED}"

NUMBERS = {"float32", "int32", "int64"}
"""As what Keras keeps an optimizer's state and its count of steps."""


class Mixed(KerasStack):
    """Goes before a backend's own stack."""

    def build(self, model: Model) -> None:
        """The policy is left as it was: layers keep the one they were made under."""
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(POLICY)
        try:
            super().build(model)
        finally:
            keras.config.set_dtype_policy(before)

    def precision(self) -> str:
        """``bfloat16``, or what other policy a layer has, or the backend's switch."""
        policies = {layer.dtype_policy.name for layer in layers_of(self._model)}
        named = {MIXED if name == POLICY else name for name in policies}
        return ", ".join(sorted({self._products(), *named} - {"highest"}))

    def product_kinds(self) -> set[str]:
        raise NotImplementedError

    def oddities(self) -> tuple[str, ...]:
        state = {keras.backend.standardize_dtype(v.dtype) for v in self._state()}
        found = (f"its optimizer keeps {kind}" for kind in sorted(state - NUMBERS))
        return (*super().oddities(), *found)

    def _state(self) -> list[Any]:
        return list(self._model.optimizer.variables)

    def product(self) -> float:
        if not hasattr(self, "_square"):
            drawn = np.random.default_rng(0).random((MATMUL_SIDE, MATMUL_SIDE))
            self._square = keras.ops.convert_to_tensor(drawn, MIXED)
        return super().product()


class MixedOnTensorFlow(Mixed, KerasOnTensorFlow):
    def build(self, model: Model) -> None:
        super().build(model)
        self._slopes = self._tf.function(self._sloped, jit_compile=self.jit_compile)

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        """From a graph, as a step is.

        TensorFlow's eager operations sum a bias's gradient in bfloat16, off by more
        than its size for pictures; those of a graph do not (2.21, 2026-11-28).
        """
        loss, slopes = self._slopes(*self._tensors(batch))
        return float(loss), tuple(slope.numpy() for slope in slopes)

    def _sloped(self, x: Tensor, y: Tensor) -> tuple[Tensor, list[Tensor]]:
        with self._tf.GradientTape() as tape:
            loss = self._model.compute_loss(y=y, y_pred=self._model(x, training=True))
        slopes = tape.gradient(loss, self._model.trainable_weights)
        return loss, [self._tf.convert_to_tensor(slope) for slope in slopes]

    def product_kinds(self) -> set[str]:
        """As the graph of the step has them, and all functions that it calls."""
        step = self._steps[self._model].get_concrete_function(self._batches[0])
        graph = step.graph.as_graph_def()
        called = (node for one in graph.library.function for node in one.node_def)
        return {
            self._tf.as_dtype(node.attr["T"].type).name
            for node in (*graph.node, *called)
            if node.op in GRAPH_PRODUCTS
        }


class MixedOnTorch(Mixed, KerasOnTorch):
    def product_kinds(self) -> set[str]:
        from probes.backends.torch_kinds import product_kinds

        return product_kinds(lambda: self.block(1))


class MixedOnJax(Mixed, KerasOnJax):
    def product_kinds(self) -> set[str]:
        """As the step's own program has them, and all that it calls.

        Of a product with a gradient that JAX keeps in float32, as in its attention,
        the other side is told.
        """
        step, state = self._steps[self._model], state_of(self._model)
        traced = step.trace(state, self._batches[0])
        sides = (
            {str(value.aval.dtype) for value in one.invars}
            for one in _equations(traced.jaxpr.jaxpr)
            if one.primitive.name in JAX_PRODUCTS
        )
        return set().union(*({MIXED} if MIXED in two else two for two in sides))


def layers_of(model: Any) -> Iterator[Any]:
    """Layers that compute something, those inside others too."""
    for layer in model._flatten_layers(include_self=False):
        if not isinstance(layer, keras.layers.InputLayer):
            yield layer


def _equations(program: Any) -> Iterator[Any]:
    """Of a JAX program, with those inside loops and calls."""
    for one in program.eqns:
        yield one
        for inner in inside(one.params):
            yield from _equations(inner)


def open_mixed_keras(*, compiled: bool = False) -> Mixed:
    """The stack for the backend named by ``KERAS_BACKEND``, under the policy."""
    stacks: dict[str, type[Mixed]] = {
        "tensorflow": MixedOnTensorFlow,
        "torch": MixedOnTorch,
        "jax": MixedOnJax,
    }
    return stacks[keras.backend.backend()](compiled=compiled)
