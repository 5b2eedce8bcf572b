"""A table, pictures and series: the same three tasks learnt in every stack."""

from __future__ import annotations

from typing import Any

import numpy as np

from probes.checks.records import Facts

ROWS, HELD_BACK, EPOCHS, BATCH = 1_200, 400, 15, 32


def gather(stack: str) -> Facts:
    """Accuracy on rows held back, for an MLP, a CNN and an LSTM."""
    dice = np.random.default_rng(0)
    tasks = {"mlp": _table(dice), "cnn": _pictures(dice), "lstm": _series(dice)}
    learn = _torch if stack == "pytorch" else _keras
    return {name: learn(name, *rows) for name, rows in tasks.items()}


def _table(dice: Any) -> tuple[Any, Any]:
    x = dice.normal(size=(ROWS, 8)).astype("float32")
    return x, (x[:, 0] + x[:, 1] - x[:, 2] > 0).astype("int64")


def _pictures(dice: Any) -> tuple[Any, Any]:
    """Noise with a bright bar that lies or stands."""
    x = dice.normal(size=(ROWS, 12, 12, 1)).astype("float32")
    y = dice.integers(0, 2, ROWS)
    for picture, label in zip(x, y, strict=True):
        place = dice.integers(0, 12)
        if label:
            picture[place, :, 0] += 3
        else:
            picture[:, place, 0] += 3
    return x, y.astype("int64")


def _series(dice: Any) -> tuple[Any, Any]:
    """Does the sum of a series end above zero?"""
    x = dice.normal(size=(ROWS, 12, 2)).astype("float32")
    return x, (x[:, :, 0].sum(axis=1) > 0).astype("int64")


def _keras(name: str, x: Any, y: Any) -> float:
    import keras

    keras.utils.set_random_seed(0)
    layers = keras.layers
    body = {
        "mlp": [layers.Dense(32, activation="relu")],
        "cnn": [
            layers.Conv2D(8, 5, activation="relu"),
            layers.GlobalMaxPooling2D(),
        ],
        "lstm": [layers.LSTM(16)],
    }[name]
    model = keras.Sequential([keras.Input(x.shape[1:]), *body, layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    known = slice(HELD_BACK, None)
    model.fit(x[known], y[known], batch_size=BATCH, epochs=EPOCHS, verbose=0)
    answers = model.predict(x[:HELD_BACK], batch_size=HELD_BACK, verbose=0)
    return 100 * float((answers.argmax(1) == y[:HELD_BACK]).mean())


def _torch(name: str, x: Any, y: Any) -> float:
    import torch
    from torch import nn

    torch.manual_seed(0)

    class Last(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lstm = nn.LSTM(2, 16, batch_first=True)

        def forward(self, x: Any) -> Any:
            return self.lstm(x)[0][:, -1]

    body = {
        "mlp": [nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 2)],
        "cnn": [
            nn.Conv2d(1, 8, 5),
            nn.ReLU(),
            nn.AdaptiveMaxPool2d(1),
            nn.Flatten(),
            nn.Linear(8, 2),
        ],
        "lstm": [Last(), nn.Linear(16, 2)],
    }[name]
    net = nn.Sequential(*body)
    rows = torch.from_numpy(np.moveaxis(x, -1, 1).copy() if name == "cnn" else x)
    answers = torch.from_numpy(y)
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    known = torch.arange(HELD_BACK, ROWS)
    for _ in range(EPOCHS):
        for batch in known[torch.randperm(len(known))].split(BATCH):
            loss = nn.functional.cross_entropy(net(rows[batch]), answers[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        said = net(rows[:HELD_BACK]).argmax(1)
    return 100 * float((said == answers[:HELD_BACK]).float().mean())
