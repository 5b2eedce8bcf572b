"""Seconds per step without any of our code: ``bare_script.py CONTENDER SEED``.

Each framework in its own idiom, on the default table model: 20 features, two hidden
layers of 128, two classes, batch 32, Adam. Prints the median over 5 s of blocks of 100
steps; a shorter stretch says more of the moment than of the framework.
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

CONTENDER, SEED = sys.argv[1], int(sys.argv[2])
BATCHES, STEPS, WARM, LONG_S = 16, 100, 5, 5.0
os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count()))
os.environ["KERAS_BACKEND"] = CONTENDER.removeprefix("keras-").replace("py", "")

dice = np.random.default_rng(SEED)
X = [dice.normal(size=(32, 20)).astype("float32") for _ in range(BATCHES)]
Y = [dice.integers(0, 2, 32) for _ in range(BATCHES)]


def torch_steps() -> Callable[[int], None]:
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Linear(20, 128), nn.SiLU(), nn.Linear(128, 128), nn.SiLU(), nn.Linear(128, 2)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    data = [
        (torch.from_numpy(x), torch.from_numpy(y)) for x, y in zip(X, Y, strict=True)
    ]

    def run(count: int) -> None:
        total = torch.zeros(())
        for number in range(count):
            x, y = data[number % BATCHES]
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.detach()
        total.item()

    return run


def keras_model() -> Any:
    import keras

    layers = [keras.layers.Dense(128, activation="silu") for _ in range(2)]
    model = keras.Sequential([keras.Input((20,)), *layers, keras.layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, jit_compile=CONTENDER == "keras-jax")
    model.optimizer.build(model.trainable_variables)
    return model


def keras_steps() -> Callable[[int], None]:
    import keras

    model = keras_model()
    data = [
        (keras.ops.convert_to_tensor(x), keras.ops.convert_to_tensor(y.astype("int32")))
        for x, y in zip(X, Y, strict=True)
    ]
    step = model.train_step
    if CONTENDER == "keras-tensorflow":
        import tensorflow as tf

        step = tf.function(step)

    def run(count: int) -> None:
        for number in range(count):
            logs = step(data[number % BATCHES])
        float(logs["loss"])

    return run


def jax_steps() -> Callable[[int], None]:
    import jax

    model = keras_model()
    step = jax.jit(model.train_step)
    groups = (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )
    state = tuple([variable.value for variable in group] for group in groups)
    data = [
        (jax.numpy.asarray(x), jax.numpy.asarray(y)) for x, y in zip(X, Y, strict=True)
    ]
    kept = [state]

    def run(count: int) -> None:
        state = kept[0]
        for number in range(count):
            logs, state = step(state, data[number % BATCHES])
        float(logs["loss"])
        kept[0] = state

    return run


def main() -> None:
    steps = {"pytorch": torch_steps, "keras-jax": jax_steps}
    run = steps.get(CONTENDER, keras_steps)()
    seconds = []
    for _ in range(WARM):
        run(STEPS)
    ends = time.perf_counter() + LONG_S
    while (started := time.perf_counter()) < ends:
        run(STEPS)
        seconds.append((time.perf_counter() - started) / STEPS)
    sys.stdout.write(f"{median(seconds)}\n")


if __name__ == "__main__":
    main()
