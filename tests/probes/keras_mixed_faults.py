"""Faults in Keras's mixed precision, which the gate in float32 does not meet."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np

from probes.backends import keras_mixed, keras_models, keras_stack
from probes.backends.keras_mixed import Mixed
from tests.probes.keras_faults import Fault, after, instead


def transposed(self: Any) -> None:
    variable = self._model.trainable_weights[2]
    values = keras.ops.convert_to_numpy(variable.value)
    variable.assign(np.ascontiguousarray(values.T))


def one_layer_in_float32() -> None:
    """Layers of the policy that is set, but for the one in the middle."""
    made = keras_models.model_for

    def other(shape: Any) -> Any:
        model = made(shape)

        def kept(layer: Any) -> Any:
            settings = layer.get_config()
            if layer is model.layers[2]:
                settings["dtype"] = "float32"
            return layer.__class__.from_config(settings)

        return keras.models.clone_model(model, clone_function=kept)

    setattr(keras_stack, "model_for", other)  # noqa: B010 - a planted fault


def restless_policy() -> None:
    """A policy that says bfloat16 and computes in float32."""

    class ForShow(keras.dtype_policies.DTypePolicy):  # type: ignore[misc]
        @property
        def compute_dtype(self) -> str:
            return "float32"

    show = partial(keras.config.set_dtype_policy, ForShow("mixed_bfloat16"))

    def build(self: Any, model: Any) -> None:
        show()
        keras_stack.KerasStack.build(self, model)

    setattr(Mixed, "build", build)  # noqa: B010 - a planted fault


MIXED_KERAS: dict[str, Fault] = {
    "mixed: no fault": lambda: None,
    "mixed: policy disabled": instead(keras_mixed, "POLICY", "float32"),
    "mixed: policy for show": restless_policy,
    "mixed: one layer in float32": one_layer_in_float32,
    "mixed: transposed kernel": after(Mixed, "restart", transposed),
}
