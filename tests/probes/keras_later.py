"""Faults in the Keras stacks that begin when a gate of three steps has looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from probes.backends.keras_stack import KerasStack
from tests.probes.common_faults import staying
from tests.probes.keras_faults import Fault, after, instead

ADAM, BLOCK, FEED = keras.optimizers.Adam, KerasStack.block, KerasStack._feed


def other_rate(*arguments: Any, **settings: Any) -> Any:
    """A fifth faster from the fourth step on."""
    made = ADAM(*arguments, **settings)
    steps = keras.optimizers.schedules.PiecewiseConstantDecay([3], [1e-3, 1.2e-3])
    made.learning_rate = steps
    return made


def batches(change: Callable[[Any, Any], Any]) -> Fault:
    def put(self: Any) -> None:
        self._batches = [
            change(batch.x, batch.y.astype(np.int32)) for batch in self._drawn.batches
        ]

    return after(KerasStack, "adopt", put)


def in_double(x: Any, y: Any) -> Any:
    return keras.ops.convert_to_tensor(x, "float64"), keras.ops.convert_to_tensor(y)


def fed(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    """``fit`` with other arguments."""

    def other(self: Any, way: Any, rows: Any, batch: int) -> dict[str, Any]:
        return change(FEED(self, way, rows, batch))

    return instead(KerasStack, "_feed", other)


def forward_twice() -> None:
    """The loss that is reported asks for the outputs once more."""
    compiled = KerasStack._compiled

    def doubled(self: Any, *arguments: Any) -> Any:
        model = compiled(self, *arguments)
        step = model.train_step

        def again(*given: Any) -> Any:
            done, x = step(*given), given[-1][0]
            if keras.backend.backend() == "jax":
                logs, state = done
                out = model.stateless_call(*given[0][:2], x)[0]
                return logs | {"loss": logs["loss"] + 1e-30 * out.sum()}, state
            return done | {"loss": done["loss"] + 1e-30 * keras.ops.sum(model(x))}

        model.train_step = again
        return model

    setattr(KerasStack, "_compiled", doubled)  # noqa: B010 - a planted fault


LATER_KERAS: dict[str, Fault] = {
    "later another rate": instead(keras.optimizers, "Adam", other_rate),
    "later the first batch": instead(KerasStack, "block", staying(BLOCK)),
    "batches in double": batches(in_double),
    "forward twice": forward_twice,
    "batches in NumPy": batches(lambda x, y: (x, y)),
    "epochs with other labels": fed(lambda told: told | {"y": told["y"][::-1]}),
    "epochs in order": fed(lambda told: told | {"shuffle": False}),
    "epochs with validation": fed(
        lambda told: told | {"validation_data": (told["x"][:8], told["y"][:8])}
    ),
    "epochs with callbacks": fed(
        lambda told: told | {"callbacks": [keras.callbacks.TerminateOnNaN()]}
    ),
    "epochs cut short": fed(
        lambda told: told | {"x": told["x"][::2], "y": told["y"][::2]}
    ),
    "epochs with weighed rows": fed(
        lambda told: told | {"class_weight": {0: 1.0, 1: 5.0, 2: 1.0}}
    ),
}
