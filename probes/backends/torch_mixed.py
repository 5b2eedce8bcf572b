"""PyTorch under autocast to bfloat16, as its own recipe for mixed precision has it.

Forward pass and loss run under ``torch.autocast``, the rest as it is without: weights,
gradients and the optimizer's state stay float32. Only what differs stands here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from probes.backends.contract import MATMUL_SIDE, MIXED
from probes.backends.torch_kinds import product_kinds
from probes.backends.torch_stack import TorchStack, dynamo
from probes.workloads import Batch, Floats


class MixedTorchStack(TorchStack):
    """The same stack; all that computes outputs does it under autocast."""

    def __init__(self, *, compiled: bool = False, fused: bool = False) -> None:
        super().__init__(compiled=compiled, fused=fused)
        if compiled:
            # What the float32 stack compiled in this process has the same code, and
            # another program for it would count as a recompilation.
            dynamo().reset()
            dynamo().utils.counters.clear()

    def precision(self) -> str:
        """``bfloat16``, or what autocast or any switch says beside it."""
        kind = self._device.type
        with self._autocast():
            on = torch.is_autocast_enabled(kind)
            mixed = torch.get_autocast_dtype(kind) if on else torch.float32
        found = {str(mixed).removeprefix("torch."), super().precision()}
        return ", ".join(sorted(found - {"highest"}))

    def product_kinds(self) -> set[str]:
        return product_kinds(lambda: self.block(1))

    def oddities(self) -> tuple[str, ...]:
        states = self._optimizer.state.values()
        kept = {v.dtype for state in states for v in state.values() if v.ndim}
        wrong = sorted(str(kind).removeprefix("torch.") for kind in kept)
        found = (f"its optimizer keeps {kind}" for kind in wrong if kind != "float32")
        return (*super().oddities(), *found)

    def outputs(self, batch: Batch) -> Floats:
        with torch.no_grad(), self._autocast():
            logits = self._net(self._tensors(batch)[0])
        return np.asarray(logits.float().cpu().numpy())

    def predict(self, batch: Batch) -> None:
        with self._autocast():
            super().predict(batch)

    def product(self) -> float:
        if not hasattr(self, "_square"):
            square = torch.rand(MATMUL_SIDE, MATMUL_SIDE, device=self._device)
            self._square = square.to(torch.bfloat16)
        return super().product()

    def _loss_of(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        with self._autocast():
            return super()._loss_of(x, y)

    def _autocast(self) -> Any:
        return torch.autocast(self._device.type, getattr(torch, MIXED))
