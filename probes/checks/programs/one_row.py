"""One row at a time: ``predict()`` beside calling the model."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from probes.checks.records import Facts

CALLS, WARM = 40, 5


def gather(stack: str) -> Facts:
    """Median milliseconds of an answer for one row, each way.

    Raises:
        ValueError: the two ways answer differently, so their times say nothing.
    """
    row = np.random.default_rng(0).normal(size=(1, 20)).astype("float32")
    if stack == "pytorch":
        import torch

        net = torch.nn.Sequential(
            torch.nn.Linear(20, 64), torch.nn.ReLU(), torch.nn.Linear(64, 2)
        )

        def answer() -> Any:
            with torch.inference_mode():
                return net(torch.from_numpy(row)).numpy()

        return {"call_ms": _median(answer)}
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(2),
        ]
    )
    called = keras.ops.convert_to_numpy(model(row, training=False))
    if not np.allclose(model.predict(row, verbose=0), called, atol=1e-5):
        raise ValueError("predict() gives another answer than calling the model")
    call = _median(lambda: keras.ops.convert_to_numpy(model(row, training=False)))
    predict = _median(lambda: model.predict(row, verbose=0))
    return {"call_ms": call, "predict_ms": predict, "times": predict / call}


def _median(action: Callable[[], Any]) -> float:
    for _ in range(WARM):
        action()
    seconds = []
    for _ in range(CALLS):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return 1e3 * statistics.median(seconds)
