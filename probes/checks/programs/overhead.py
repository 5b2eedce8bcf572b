"""From which batch on does fit() take less than a tenth more than the bare step?

The same dense model is trained in turn by ``fit`` over arrays and by a step written in
its backend without Keras, at batches that grow fourfold. A step of ``fit`` is timed
between calls of its train function, so what an epoch costs once is not in it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

import numpy as np

from probes.checks.programs.bare_step import RATE, Bare, bare_step
from probes.checks.records import NO_BATCH, UNDECIDED, Facts, Value

BATCHES = (32, 128, 512, 2_048, 8_192)
FEATURES, HIDDEN = 32, 256
ROUNDS = 7
ROWS, FEWEST, MOST = 8_192, 5, 48
"""Steps of a round are as many as make so many rows, within these bounds."""

TENTH = 10.0
"""Percent of the bare step."""

Pair = tuple[float, float]
"""Seconds of a step within ``fit`` and of a bare one, from the same round."""


def gather(stack: str) -> Facts:
    """What ``fit`` adds to a step: percent of the bare one, and milliseconds."""
    found = {batch: _rounds(stack, batch) for batch in BATCHES}
    seen: Facts = {"below_tenth_from": below_tenth_from(found)}
    for batch, pairs in found.items():
        seen[f"percent_{batch}"] = median(_shares(pairs))
        seen[f"ms_{batch}"] = 1e3 * median(fit - bare for fit, bare in pairs)
    return seen


def below_tenth_from(found: Mapping[int, Sequence[Pair]]) -> Value:
    """The smallest batch from which on ``fit`` adds less than a tenth.

    Open where a tenth lies between the quartiles of the rounds at the largest batch;
    at a smaller one that is no reason to count it in.
    """
    first: Value = NO_BATCH
    for batch in sorted(found, reverse=True):
        low, _, high = quantiles(_shares(found[batch]), n=4, method="inclusive")
        if high >= TENTH:
            return UNDECIDED if first == NO_BATCH and low < TENTH else first
        first = batch
    return first


def _shares(pairs: Sequence[Pair]) -> list[float]:
    return [100 * (fit / bare - 1) for fit, bare in pairs]


def _rounds(stack: str, batch: int) -> list[Pair]:
    import keras

    steps = max(FEWEST, min(MOST, ROWS // batch))
    dice = np.random.default_rng(0)
    x = dice.normal(size=(steps * batch, FEATURES)).astype("float32")
    y = x[:, :1].copy()
    model = _model()
    bare = bare_step(stack, model.get_weights())
    ready = [
        (bare.tensor(x[at : at + batch]), bare.tensor(y[at : at + batch]))
        for at in range(0, len(x), batch)
    ]
    _refuse_other_sums(model, bare, x[:batch], y[:batch])
    stamps = _stamped(model)
    ended = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda *_: stamps.append(time.perf_counter())
    )
    # On TensorFlow the first call waits for the data pipeline to start. Elsewhere all
    # count: on JAX a call returns early, and the last ones pay for it.
    skipped = 1 if stack == "keras-tensorflow" else 0
    pairs = []
    for _ in range(ROUNDS + 1):
        stamps.clear()
        model.fit(x, y, batch_size=batch, verbose=0, callbacks=[ended])
        fit_s = (stamps[-1] - stamps[skipped]) / (steps - skipped)
        pairs.append((fit_s, _bare_s(bare, ready)))
    return pairs[1:]


def _model() -> Any:
    import keras

    model = keras.Sequential(
        [
            keras.Input((FEATURES,)),
            keras.layers.Dense(HIDDEN, activation="relu"),
            keras.layers.Dense(HIDDEN, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(RATE), "mse")
    return model


def _refuse_other_sums(model: Any, bare: Bare, x: Any, y: Any) -> None:
    """Two steps each: the second loss shows what the first did to the weights."""
    for _ in range(2):
        theirs = float(model.train_on_batch(x, y))
        ours = float(bare.step(bare.tensor(x), bare.tensor(y)))
        model.reset_metrics()
        if abs(theirs - ours) > 1e-3 * abs(ours):
            raise ValueError(f"the bare step has loss {ours:.4g}, Keras {theirs:.4g}")


def _stamped(model: Any) -> list[float]:
    """Where every call of the train function writes down when it began."""
    stamps: list[float] = []
    model.make_train_function()
    train = model.train_function

    def stamped(*given: Any) -> Any:
        stamps.append(time.perf_counter())
        return train(*given)

    model.train_function = stamped
    return stamps


def _bare_s(bare: Bare, ready: Sequence[tuple[Any, Any]]) -> float:
    started = time.perf_counter()
    for x, y in ready:
        loss = bare.step(x, y)
    float(loss)
    return (time.perf_counter() - started) / len(ready)
