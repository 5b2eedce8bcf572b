"""Faults in PyTorch's mixed precision, which the gate in float32 does not meet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import torch

from probes.backends.torch_mixed import MixedTorchStack
from probes.backends.torch_stack import TorchStack
from tests.probes.torch_faults import Fault, softmax_twice

BLOCK, BUILD, RESTART = (
    MixedTorchStack.block,
    MixedTorchStack.build,
    MixedTorchStack.restart,
)


def instead(name: str, method: Callable[..., Any]) -> Fault:
    return lambda: setattr(MixedTorchStack, name, method)


def disabled(self: Any) -> Any:
    return torch.autocast(self._device.type, torch.bfloat16, enabled=False)


def later_in_float32(self: Any, steps: int) -> float:
    """Steps in float32 from the fourth on, where the gate does not look."""
    if not self._taken:
        return BLOCK(self, steps)
    kept, self._autocast = self._autocast, nullcontext
    try:
        return BLOCK(self, steps)
    finally:
        self._autocast = kept


def one_layer_in_float32(self: Any, model: Any) -> None:
    BUILD(self, model)
    layer = self._net.layers[2]
    forward = layer.forward

    def exact(x: Any) -> Any:
        with torch.autocast("cpu", enabled=False):
            return forward(x.float())

    layer.forward = exact


def transposed(self: Any, optimizer: Any) -> None:
    RESTART(self, optimizer)
    with torch.no_grad():
        values = self._net.get_parameter("layers.2.weight")
        values.copy_(values.clone().T)


def short_state(self: Any, steps: int) -> float:
    """The optimizer's moments in bfloat16 once a block is done."""
    loss = BLOCK(self, steps)
    if self._taken > 3:
        for state in self._optimizer.state.values():
            state["exp_avg"] = state["exp_avg"].bfloat16()
    return loss


MIXED_TORCH: dict[str, Fault] = {
    "mixed: no fault": lambda: None,
    "mixed: autocast disabled": instead("_autocast", disabled),
    "mixed: autocast for show": instead("_loss_of", TorchStack._loss_of),
    "mixed: later in float32": instead("block", later_in_float32),
    "mixed: one layer in float32": instead("build", one_layer_in_float32),
    "mixed: transposed kernel": instead("restart", transposed),
    "mixed: softmax twice": instead("_loss", softmax_twice),
    "mixed: optimizer in bfloat16": instead("block", short_state),
}
