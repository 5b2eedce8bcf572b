"""How deep the calls of one training step go, and through how many modules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np

from probes.checks.records import Facts


def gather(stack: str) -> Facts:
    """Depth and modules of one step after the first, as a user would write it."""
    x = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    step = _torch(x, y) if stack == "pytorch" else _keras(x, y)
    step()
    return measured(step)


def measured(step: Callable[[], object]) -> Facts:
    """Python frames below the step at the deepest, and modules they belong to."""
    depth = deepest = calls = 0
    modules: set[str] = set()

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal depth, deepest, calls
        if event == "call":
            depth += 1
            calls += 1
            deepest = max(deepest, depth)
            modules.add(str(frame.f_globals.get("__name__")))
        elif event == "return":
            depth -= 1

    sys.setprofile(watch)
    try:
        step()
    finally:
        sys.setprofile(None)
    return {"deepest": deepest, "modules": len(modules), "calls": calls}


def _torch(x: Any, y: Any) -> Callable[[], object]:
    import torch

    net = torch.nn.Sequential(
        torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1)
    )
    optimizer = torch.optim.SGD(net.parameters(), 0.01)
    rows, answers = torch.from_numpy(x), torch.from_numpy(y)

    def step() -> None:
        loss = torch.nn.functional.mse_loss(net(rows), answers)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def _keras(x: Any, y: Any) -> Callable[[], object]:
    import keras

    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile("sgd", "mse")
    return lambda: model.fit(x, y, batch_size=32, verbose=0)
