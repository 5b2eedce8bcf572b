"""The five mistakes of ``bugs.py`` in PyTorch, one training step each."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, inputs: int = 4) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, 8)
        self.out = nn.Linear(8, 2)

    def forward(self, x: Any) -> Any:
        return self.out(torch.relu(self.hidden(x)))


def step(net: Any, x: Any, y: Any, *, compiled: bool = False) -> float:
    """One step of gradient descent; the loss."""
    model = torch.compile(net, backend="eager") if compiled else net
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    loss = nn.functional.cross_entropy(model(torch.as_tensor(x)), torch.as_tensor(y))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return float(loss.detach())


def shape(x: Any, y: Any, *, compiled: bool = False) -> float:
    return step(Net(5), x, y, compiled=compiled)


def dtype(x: Any, y: Any) -> float:
    return step(Net(), x.astype("float64"), y)


def label(x: Any, y: Any, *, compiled: bool = False) -> float:
    return step(Net(), x, y + 5, compiled=compiled)


def nan(x: Any, y: Any) -> float:
    spoilt = x.copy()
    spoilt[3, 2] = float("nan")
    return step(Net(), spoilt, y)


def no_gradient(x: Any, y: Any) -> float:
    class Cut(Net):
        def forward(self, x: Any) -> Any:
            return super().forward(x).detach()

    return step(Cut(), x, y)
