"""Seconds per step without any of our code: ``bare_script.py CONTENDER SEED``.

Each framework in its own idiom, on the default table model: 20 features, two hidden
layers of 128, two classes, batch 32, Adam. Says "ready" once it is warm; then each line
that it reads is answered with the seconds per step of one block, of 50 ms or more as a
probe's are: a shorter one says more of waking up than of the framework.
"""

import math
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

CONTENDER, SEED = sys.argv[1], int(sys.argv[2])
BATCHES, STEPS, WARM, WOKEN, BLOCK_S = 16, 100, 20, 2, 0.05
COMPILED = ("keras-jax", "keras-tensorflow-xla")
os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count()))
if CONTENDER.startswith("keras-"):
    os.environ["KERAS_BACKEND"] = CONTENDER.split("-")[1]

dice = np.random.default_rng(SEED)
X = [dice.normal(size=(32, 20)).astype("float32") for _ in range(BATCHES)]
Y = [dice.integers(0, 2, 32) for _ in range(BATCHES)]


def torch_steps() -> Callable[[int], None]:
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Linear(20, 128), nn.SiLU(), nn.Linear(128, 128), nn.SiLU(), nn.Linear(128, 2)
    )
    fused = CONTENDER == "pytorch-fused" or None
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=fused)
    data = [
        (torch.from_numpy(x), torch.from_numpy(y)) for x, y in zip(X, Y, strict=True)
    ]

    def loss_of(x: Any, y: Any) -> Any:
        return nn.functional.cross_entropy(model(x), y)

    if CONTENDER == "pytorch-compile":
        loss_of = torch.compile(loss_of)

    def run(count: int) -> None:
        total = torch.zeros(())
        for number in range(count):
            x, y = data[number % BATCHES]
            optimizer.zero_grad()
            loss = loss_of(x, y)
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
    model.compile("adam", loss, jit_compile=CONTENDER in COMPILED)
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
    if CONTENDER.startswith("keras-tensorflow"):
        import tensorflow as tf

        step = tf.function(step, jit_compile=CONTENDER in COMPILED)

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


def tensorflow_steps() -> Callable[[int], None]:
    import tensorflow

    tf: Any = tensorflow
    sizes = ((20, 128), (128, 128), (128, 2))
    scales = [(2 / inputs) ** 0.5 for inputs, _ in sizes]
    kernels = [
        tf.Variable(tf.random.normal(size, stddev=scale))
        for size, scale in zip(sizes, scales, strict=True)
    ]
    biases = [tf.Variable(tf.zeros(size[1])) for size in sizes]
    variables = [*kernels, *biases]
    first = [tf.Variable(tf.zeros_like(one)) for one in variables]
    second = [tf.Variable(tf.zeros_like(one)) for one in variables]
    taken, total = tf.Variable(0.0), tf.Variable(0.0)
    data = [
        (tf.constant(x), tf.constant(y.astype("int32")))
        for x, y in zip(X, Y, strict=True)
    ]

    def written(x: Any, y: Any) -> None:
        with tf.GradientTape() as tape:
            values = x
            for number, (kernel, bias) in enumerate(zip(kernels, biases, strict=True)):
                values = values @ kernel + bias
                values = tf.nn.silu(values) if number < 2 else values
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, values)
            loss = tf.reduce_mean(losses)
        slopes = tape.gradient(loss, variables)
        taken.assign_add(1.0)
        powers = tf.pow(0.9, taken), tf.pow(0.999, taken)
        moments = zip(variables, first, second, slopes, strict=True)
        for variable, m, v, slope in moments:
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=m.handle,
                v=v.handle,
                beta1_power=powers[0],
                beta2_power=powers[1],
                lr=1e-3,
                beta1=0.9,
                beta2=0.999,
                epsilon=1e-7,
                grad=slope,
            )
        total.assign_add(loss)

    step = tf.function(written)

    def run(count: int) -> None:
        total.assign(0.0)
        for number in range(count):
            step(*data[number % BATCHES])
        float(total)

    return run


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    kinds = {"pytorch": torch_steps, "tensorflow": tensorflow_steps}
    if CONTENDER == "keras-jax":
        run = jax_steps()
    else:
        run = kinds.get(CONTENDER.split("-")[0], keras_steps)()
    best_s = min(seconds_of(run, STEPS) for _ in range(WARM))
    steps = STEPS * math.ceil(BLOCK_S / best_s)
    say("ready")
    for _ in sys.stdin:
        run(WOKEN)
        say(seconds_of(run, steps) / steps)


def seconds_of(run: Callable[[int], None], steps: int) -> float:
    started = time.perf_counter()
    run(steps)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
