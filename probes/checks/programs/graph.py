"""Static or dynamic: how often Python runs a layer while N steps are trained."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from probes.checks.records import Facts

STEPS = 10
WIDTH = 4


def gather(stack: str) -> Facts:
    """Calls of one layer's Python in ``STEPS`` steps, each way the stack offers."""
    dice = np.random.default_rng(0)
    x = dice.normal(size=(STEPS * 8, WIDTH)).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    return _torch(x, y) if stack == "pytorch" else _keras(stack, x, y)


def _torch(x: Any, y: Any) -> Facts:
    import torch

    calls = 0

    class Counting(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.dense = torch.nn.Linear(WIDTH, 1)

        def forward(self, x: Any) -> Any:
            nonlocal calls
            calls += 1
            return self.dense(x)

    def train(model: Any) -> int:
        nonlocal calls
        before = calls
        optimizer = torch.optim.SGD(model.parameters(), 0.01)
        for start in range(0, len(x), 8):
            rows = torch.from_numpy(x[start : start + 8])
            answers = torch.from_numpy(y[start : start + 8])
            loss = torch.nn.functional.mse_loss(model(rows), answers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return calls - before

    eager = train(Counting())
    captured: list[int] = []

    def counted(graph: Any, _: Any) -> Any:
        captured.append(1)
        return graph.forward

    train(torch.compile(Counting(), backend=counted))
    return {"steps": STEPS, "calls": eager, "graphs_when_compiled": len(captured)}


def _keras(stack: str, x: Any, y: Any) -> Facts:
    import keras

    calls = 0

    class Counting(keras.layers.Layer):
        def build(self, shape: Any) -> None:
            self.kernel = self.add_weight(shape=(shape[-1], 1))

        def call(self, x: Any) -> Any:
            nonlocal calls
            calls += 1
            return keras.ops.matmul(x, self.kernel)

    def train(**how: Any) -> int:
        nonlocal calls
        model = keras.Sequential([keras.Input((WIDTH,)), Counting()])
        model.compile("sgd", "mse", **how)
        calls = 0
        model.fit(x, y, batch_size=8, verbose=0, shuffle=False)
        return calls

    seen: Facts = {"steps": STEPS, "calls": train(), "eager": train(run_eagerly=True)}
    if stack == "keras-tensorflow":
        seen |= _tensorflow(x, y)
    return seen


def _tensorflow(x: Any, y: Any) -> Facts:
    """The same with bare TensorFlow, as written and under ``tf.function``."""
    tf: Any = importlib.import_module("tensorflow")
    kernel = tf.Variable(tf.zeros((WIDTH, 1)))
    calls = 0

    def step(rows: Any, answers: Any) -> Any:
        nonlocal calls
        calls += 1
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((rows @ kernel - answers) ** 2)
        kernel.assign_sub(0.01 * tape.gradient(loss, kernel))
        return loss

    counts = []
    for way in (step, tf.function(step)):
        calls = 0
        for start in range(0, len(x), 8):
            way(tf.constant(x[start : start + 8]), tf.constant(y[start : start + 8]))
        counts.append(calls)
    return {"raw_eager": counts[0], "raw_function": counts[1]}
