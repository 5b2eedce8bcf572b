"""The five mistakes of ``bugs.py`` in Keras, one call of ``fit`` each."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import keras


class Net(keras.Model):
    def __init__(self, inputs: int = 4, *, cut: bool = False) -> None:
        super().__init__()
        self.hidden = keras.layers.Dense(8, activation="relu")
        self.hidden.build((None, inputs))
        self.out = keras.layers.Dense(2)
        self.cut = cut

    def call(self, x: Any) -> Any:
        answers = self.out(self.hidden(x))
        return keras.ops.stop_gradient(answers) if self.cut else answers


def step(net: Any, x: Any, y: Any) -> float:
    """One step of ``fit``; the loss."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile("sgd", loss)
    return float(net.fit(x, y, batch_size=len(x), verbose=0).history["loss"][0])


def shape(x: Any, y: Any) -> float:
    return step(Net(5), x, y)


def dtype(x: Any, y: Any) -> float:
    return step(Net(), x.astype("float64"), y)


def label(x: Any, y: Any) -> float:
    return step(Net(), x, y + 5)


def nan(x: Any, y: Any) -> float:
    spoilt = x.copy()
    spoilt[3, 2] = float("nan")
    return step(Net(), spoilt, y)


def no_gradient(x: Any, y: Any) -> float:
    return step(Net(cut=True), x, y)


def advice() -> int:
    """How many of three doubtful lines Keras answers with a warning or an error."""
    doubtful: tuple[Callable[[], Any], ...] = (
        lambda: keras.Sequential([keras.layers.Dense(1, input_shape=(4,))]),
        lambda: keras.layers.Dense(0),
        lambda: keras.layers.Dense(1, activation="rellu"),
    )
    told = 0
    for line in doubtful:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            try:
                line()
            except Exception:
                told += 1
                continue
        told += bool(heard)
    return told
