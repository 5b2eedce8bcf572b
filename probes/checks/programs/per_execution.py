"""What ``steps_per_execution`` saves: the layer above TensorFlow, called less often."""

from __future__ import annotations

import statistics
import time

import numpy as np

from probes.checks.records import Facts

STEPS, BATCH, TRIES = 400, 32, 5


def gather(stack: str) -> Facts:
    """Milliseconds per step of ``fit``, one and twenty steps per call."""
    import keras

    del stack
    dice = np.random.default_rng(0)
    x = dice.normal(size=(STEPS * BATCH, 20)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    seen: Facts = {}
    for steps in (1, 20):
        model = keras.Sequential(
            [
                keras.Input((20,)),
                keras.layers.Dense(64, activation="relu"),
                keras.layers.Dense(1),
            ]
        )
        model.compile("adam", "mse", steps_per_execution=steps)
        seconds = []
        for _ in range(TRIES + 1):
            started = time.perf_counter()
            model.fit(x, y, batch_size=BATCH, verbose=0)
            seconds.append(time.perf_counter() - started)
        seen[f"step_ms_{steps}"] = 1e3 * statistics.median(seconds[1:]) / STEPS
    return seen
