"""Faults in the PyTorch stack that begin when a gate of three steps has looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from probes.backends.torch_stack import TorchStack
from tests.probes.torch_faults import Fault, instead

ADOPT, READY, RESTART, STEP = (
    TorchStack.adopt,
    TorchStack.ready,
    TorchStack.restart,
    TorchStack._step,
)


def later(step: Callable[[Any, Any, Any], Any]) -> Fault:
    """Another step from the fourth on."""

    def other(self: Any, x: Any, y: Any) -> Any:
        return STEP(self, x, y) if self._taken < 3 else step(self, x, y)

    return instead("_step", other)


def with_other_rate(self: Any, x: Any, y: Any) -> Any:
    self._optimizer.param_groups[0]["lr"] = 1.2e-3
    return STEP(self, x, y)


def with_dropout(self: Any, x: Any, y: Any) -> Any:
    return STEP(self, functional.dropout(x, 0.1), y)


def of_half_a_batch(self: Any, x: Any, y: Any) -> Any:
    half = len(y) // 2
    return STEP(self, x[:half], y[:half])


def of_the_first_batch(self: Any, x: Any, y: Any) -> Any:
    del x, y
    return STEP(self, *self._batches[0])


def with_old_gradients(self: Any, x: Any, y: Any) -> Any:
    self._taken += 1
    self._optimizer.step()
    with torch.no_grad():
        return self._objective(x, y)


def forward_only(self: Any, x: Any, y: Any) -> Any:
    """A count that goes on while the weights stand still."""
    self._taken += 1
    for state in self._optimizer.state.values():
        state["step"] += 1
    with torch.no_grad():
        return self._objective(x, y)


def without_first_layer() -> None:
    """Later steps leave the first layer alone, though its count goes on."""

    def frozen(self: Any, x: Any, y: Any) -> Any:
        kept = [p.detach().clone() for p in list(self._trained.values())[:2]]
        loss = STEP(self, x, y)
        with torch.no_grad():
            for parameter, values in zip(self._trained.values(), kept, strict=False):
                parameter.copy_(values)
        return loss

    later(frozen)()


def without_a_bias(self: Any, x: Any, y: Any) -> Any:
    """The smallest array is left alone, and so is its count."""
    bias = self._trained["layers.4.bias"]
    bias.requires_grad_(False)
    try:
        return STEP(self, x, y)
    finally:
        bias.requires_grad_(True)


def in_double() -> None:
    """Twice the precision, and about half the speed."""
    tensors = TorchStack._tensors

    def wide(self: Any, batch: Any) -> Any:
        self._net.double()
        x, y = tensors(self, batch)
        return x.double(), y

    instead("_tensors", wide)()


def with_input_gradients(self: Any, x: Any, y: Any) -> Any:
    return STEP(self, x.detach().requires_grad_(), y)


def forward_twice(self: Any, x: Any, y: Any) -> Any:
    with torch.no_grad():
        self._objective(x, y)
    return STEP(self, x, y)


def forward_epochs(self: Any) -> int:
    """Whole epochs that train nothing."""
    taken = 0
    for x, y in self._epoch:
        self._objective(x, y)
        for parameter in self._trained.values():
            state = self._optimizer.state[parameter]
            state["step"] = state.get("step", 0) + 1
        taken += 1
    return taken


def epochs_of(change: Callable[[Any], object]) -> Fault:
    """Epochs that were laid out otherwise; blocks are as they should be."""

    def other(self: Any, way: Any, rows: Any, batch: int) -> None:
        READY(self, way, rows, batch)
        change(self)

    return instead("ready", other)


def other_rate(self: Any) -> None:
    self._optimizer.param_groups[0]["lr"] = 1.2e-3


def other_labels(self: Any) -> None:
    self._epoch = [(x, y.flip(0)) for x, y in self._epoch]


def same_order(self: Any, way: Any, rows: Any, batch: int) -> None:
    READY(self, way, rows, batch)
    self._epoch = DataLoader(TensorDataset(*self._host_tensors(rows)), batch)


def half_epochs(self: Any) -> None:
    self._epoch = list(self._epoch)[1:]


def other_loss_in_epochs() -> None:
    """Squares instead of logs, in epochs alone."""
    epoch = TorchStack.epoch

    def squares(self: Any, x: Any, y: Any) -> Any:
        return (self._net(x) - functional.one_hot(y, 3)).square().mean()

    def other(self: Any) -> int:
        kept, self._objective = self._objective, squares.__get__(self)
        try:
            return epoch(self)
        finally:
            self._objective = kept

    instead("epoch", other)()


LATER_TORCH: dict[str, Fault] = {
    "later another rate": later(with_other_rate),
    "later dropout": later(with_dropout),
    "later half a batch": later(of_half_a_batch),
    "later the first batch": later(of_the_first_batch),
    "later old gradients": later(with_old_gradients),
    "later forward only": later(forward_only),
    "later without a layer": without_first_layer,
    "later without a bias": later(without_a_bias),
    "double precision": in_double,
    "input gradients": instead("_step", with_input_gradients),
    "forward twice": instead("_step", forward_twice),
    "epochs without training": instead("epoch", forward_epochs),
    "epochs with another rate": epochs_of(other_rate),
    "epochs with other labels": epochs_of(other_labels),
    "epochs with another loss": other_loss_in_epochs,
    "epochs in order": instead("ready", same_order),
    "epochs cut short": epochs_of(half_epochs),
}
