"""A Python ``if`` on the values of a tensor, inside a layer that is being trained."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from probes.checks.records import Facts


def gather(stack: str) -> Facts:
    """Whether each way of running takes both branches, and what it says if not."""
    return _torch() if stack == "pytorch" else _keras(stack)


def _torch() -> Facts:
    import torch

    taken: list[str] = []

    class Choosing(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            if x.mean() > 0:
                taken.append("up")
                return x * 2
            taken.append("down")
            return x * -1

    def both(model: Any) -> bool:
        taken.clear()
        ones = torch.ones(4, 2)
        right = bool((model(ones) == 2).all() and (model(-ones) == 1).all())
        return right

    seen: Facts = {"eager": both(Choosing()) and set(taken) == {"up", "down"}}
    graphs: list[int] = []

    def counted(graph: Any, _: Any) -> Any:
        graphs.append(1)
        return graph.forward

    seen["compiled"] = both(torch.compile(Choosing(), backend=counted))
    seen["compiled_graphs"] = len(graphs)
    return seen


def _keras(stack: str) -> Facts:
    import keras

    class Choosing(keras.layers.Layer):
        def call(self, x: Any) -> Any:
            if keras.ops.mean(x) > 0:
                return x * 2.0
            return x * -1.0

    class Model(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.dense, self.choose = keras.layers.Dense(1), Choosing()

        def call(self, x: Any) -> Any:
            return self.choose(self.dense(x))

    x = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")

    def train(**how: Any) -> None:
        model = Model()
        model.compile("sgd", "mse", **how)
        model(x[:1])
        model.fit(x, x[:, :1], verbose=0, batch_size=8)

    seen: Facts = {}
    for name, how in (("fit", {}), ("run_eagerly", {"run_eagerly": True})):
        error = _error(partial(train, **how))
        seen[name] = error is None
        seen[f"{name}_says"] = error or "works"
    if stack == "keras-tensorflow":
        seen |= _tensorflow()
    return seen


def _tensorflow() -> Facts:
    """Bare TensorFlow: ``tf.function`` rewrites the branch into its graph."""
    tf: Any = importlib.import_module("tensorflow")

    def choose(x: Any) -> Any:
        if tf.reduce_mean(x) > 0:
            return x * 2.0
        return x * -1.0

    plain = tf.function(choose, autograph=False)
    ones = tf.ones((2, 2))
    return {
        "raw_eager": _error(lambda: choose(ones)) is None,
        "raw_function": _error(lambda: tf.function(choose)(ones)) is None,
        "raw_without_autograph": _error(lambda: plain(ones)) is None,
    }


def _error(action: Callable[[], object]) -> str | None:
    try:
        action()
    except Exception as error:
        first = str(error).strip().splitlines() or [""]
        return f"{type(error).__name__}: {first[0]}"[:200]
    return None
