"""The same weights and rows in every stack: answers, losses of 30 steps, and answers
after them."""

from __future__ import annotations

from typing import Any

import numpy as np

from probes.checks.records import Facts

STEPS, BATCH, WIDTH = 30, 16, 32
RATE = 0.1


def gather(stack: str) -> Facts:
    """Answers before and after training and the loss of every step, as text."""
    dice = np.random.default_rng(0)
    x = dice.normal(size=(STEPS * BATCH, 8)).astype("float32")
    y = (x[:, 0] * x[:, 1] > 0).astype("int64")
    kernels = [
        dice.normal(size=shape).astype("float32") / 4
        for shape in ((8, WIDTH), (WIDTH, 2))
    ]
    run = _torch if stack == "pytorch" else _keras
    outputs, losses, trained = run(x, y, kernels)
    return {
        "outputs": tuple(repr(float(one)) for one in outputs[:BATCH].ravel()),
        "trained": tuple(repr(float(one)) for one in trained[:BATCH].ravel()),
        "losses": tuple(repr(float(one)) for one in losses),
        "first": float(losses[0]),
        "last": float(losses[-1]),
    }


def _torch(x: Any, y: Any, kernels: list[Any]) -> Any:
    import torch

    net = torch.nn.Sequential(
        torch.nn.Linear(8, WIDTH), torch.nn.ReLU(), torch.nn.Linear(WIDTH, 2)
    )
    with torch.no_grad():
        for layer, kernel in zip((net[0], net[2]), kernels, strict=True):
            layer.weight.copy_(torch.from_numpy(kernel.T.copy()))
            layer.bias.zero_()
        outputs = net(torch.from_numpy(x)).numpy()
    optimizer = torch.optim.SGD(net.parameters(), RATE)
    losses = []
    for start in range(0, len(x), BATCH):
        rows = torch.from_numpy(x[start : start + BATCH])
        answers = torch.from_numpy(y[start : start + BATCH])
        loss = torch.nn.functional.cross_entropy(net(rows), answers)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        trained = net(torch.from_numpy(x)).numpy()
    return outputs, losses, trained


def _keras(x: Any, y: Any, kernels: list[Any]) -> Any:
    import keras

    model = keras.Sequential(
        [
            keras.Input((8,)),
            keras.layers.Dense(WIDTH, activation="relu"),
            keras.layers.Dense(2),
        ]
    )
    zeros = (np.zeros(WIDTH, "float32"), np.zeros(2, "float32"))
    model.set_weights([kernels[0], zeros[0], kernels[1], zeros[1]])
    outputs = keras.ops.convert_to_numpy(model(x, training=False))
    model.compile(
        keras.optimizers.SGD(RATE),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    losses = []
    for start in range(0, len(x), BATCH):
        stop = start + BATCH
        loss = model.train_on_batch(x[start:stop], y[start:stop].astype("int32"))
        # What is returned is the mean since the last reset.
        losses.append(float(np.asarray(loss)))
        model.reset_metrics()
    trained = keras.ops.convert_to_numpy(model(x, training=False))
    return outputs, losses, trained
