"""Ways to hand rows to a loop in PyTorch."""

from __future__ import annotations

from collections.abc import Iterator

import torch


class Slices:
    """Batches by slicing tensors in memory, in another order each time."""

    def __init__(self, x: torch.Tensor, y: torch.Tensor, batch: int) -> None:
        self._x, self._y, self._batch = x, y, batch

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        order = torch.randperm(len(self._x), device=self._x.device)
        for chosen in order.split(self._batch):
            yield self._x[chosen], self._y[chosen]
