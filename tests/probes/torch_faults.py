"""Faults to plant in the PyTorch stack; each changes it in the worker's process."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.backends import torch_nets, torch_stack
from probes.backends.torch_stack import TorchStack
from tests.probes.common_faults import common
from tests.probes.slowed import busy

Fault = Callable[[], None]

BUILD, RESTART, BLOCK, STEP = (
    TorchStack.build,
    TorchStack.restart,
    TorchStack.block,
    TorchStack._step,
)


def after(name: str, change: Callable[[Any], None]) -> Fault:
    """Do something to the stack whenever it has done ``name``."""
    method = getattr(TorchStack, name)

    def changed(self: Any, *arguments: Any) -> Any:
        result = method(self, *arguments)
        change(self)
        return result

    return lambda: setattr(TorchStack, name, changed)


def instead(name: str, method: Callable[..., Any]) -> Fault:
    return lambda: setattr(TorchStack, name, method)


def parameter(path: str, change: Callable[[torch.Tensor], torch.Tensor]) -> Fault:
    """Other values in one parameter after every restart."""

    def put(self: Any) -> None:
        with torch.no_grad():
            values = self._net.get_parameter(path)
            values.copy_(change(values.clone()))

    return after("restart", put)


def gates(places: tuple[int, ...]) -> Fault:
    """The gates of an LSTM, which are input, forget, cell, output, in other places."""

    def put(self: Any) -> None:
        with torch.no_grad():
            for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0"):
                values = getattr(self._net.lstm, name)
                parts = values.clone().chunk(4)
                values.copy_(torch.cat([parts[place] for place in places]))

    return after("restart", put)


def optimizer(**settings: Any) -> Fault:
    """The optimizers with settings that nobody asked for."""

    def put(self: Any) -> None:
        kind = type(self._optimizer)
        if settings.get("decoupled") and self._adam:
            kind = torch.optim.AdamW
        known = self._optimizer.param_groups[0]
        kept = {k: known[k] for k in ("lr", "betas", "fused") if k in known}
        given = {k: v for k, v in settings.items() if k != "decoupled"}
        if not self._adam:
            given = {k: v for k, v in given.items() if k == "momentum"}
            kept = {"lr": known["lr"]}
        else:
            given.pop("momentum", None)
        self._optimizer = kind(list(self._trained.values()), **(kept | given))

    return after("restart", put)


def norm_epsilon(value: float) -> Fault:
    def put(self: Any) -> None:
        for module in self._net.modules():
            if isinstance(module, nn.LayerNorm):
                module.eps = value

    return after("build", put)


def softmax_twice(self: Any, logits: Any, y: Any) -> Any:
    del self
    return functional.cross_entropy(torch.softmax(logits, 1), y)


def softmax_inside(self: Any) -> None:
    head = self._net.layers[-1]
    head.register_forward_hook(lambda *seen: torch.softmax(seen[-1], 1))


def other_batch(change: Callable[[list[Any]], None]) -> Fault:
    return after("build", lambda self: change(self._batches))


def labels_off(batches: list[Any]) -> None:
    x, y = batches[1]
    batches[1] = (x, y.flip(0))


def late_batch(batches: list[Any]) -> None:
    x, y = batches[9]
    batches[9] = (x.flip(0), y.flip(0))


def unwaited(self: Any, steps: int) -> float:
    """Hand the work to a thread and come back at once."""
    before = getattr(self, "_worker", None)
    if before is not None:
        before.join()
    if self._taken < 2:
        return BLOCK(self, steps)
    self._worker = threading.Thread(target=BLOCK, args=(self, steps))
    self._worker.start()
    return 0.0


def joined_weights(self: Any) -> Any:
    if getattr(self, "_worker", None) is not None:
        self._worker.join()
    return WEIGHTS(self)


WEIGHTS = TorchStack.weights


def without_waiting() -> None:
    instead("block", unwaited)()
    instead("weights", joined_weights)()


def one_short(self: Any, steps: int) -> float:
    return BLOCK(self, steps - 1 if self._taken else steps)


def every_second(self: Any, x: Any, y: Any) -> Any:
    """Gradients of two batches for one step, from the fourth on."""
    if self._taken < 3 or self._taken % 2:
        return STEP(self, x, y)
    self._taken += 1
    return self._objective(x, y).detach()


def double(self: Any, x: Any, y: Any) -> Any:
    if self._taken % 11 == 10:
        STEP(self, x, y)
    return STEP(self, x, y)


def eager_step(self: Any, x: Any, y: Any) -> Any:
    """Compiled where the gate looks, eager where the clock does."""
    kept, self._objective = self._objective, self._loss_of
    try:
        return STEP(self, x, y)
    finally:
        self._objective = kept


def dropped_out() -> None:
    """Dropout left at its default in the encoder, and on while training."""
    kind = torch_nets.Transformer

    class WithDropout(kind):  # type: ignore[misc, valid-type]
        def __init__(self, shape: Any) -> None:
            super().__init__(shape)
            for module in self.modules():
                if isinstance(module, nn.Dropout):
                    module.p = 0.1

    torch_nets.Transformer = WithDropout  # type: ignore[misc]


def without_bias() -> None:
    torch_stack.net_for = _net_without_bias  # type: ignore[attr-defined]


def _net_without_bias(shape: Any) -> nn.Module:
    net = torch_nets.net_for(shape)
    net.get_parameter("layers.2.bias").requires_grad_(False)
    return net


def autocast(self: Any, x: Any, y: Any) -> Any:
    with torch.autocast("cpu", torch.bfloat16):
        return self._loss(self._net(x), y)


def later(change: Callable[[], object]) -> Fault:
    """Change a setting after the gate, in the middle of the timed blocks."""
    calls: list[int] = []

    def count(self: Any) -> None:
        del self
        calls.append(1)
        if len(calls) == 12:
            change()

    return after("block", count)


def setting(place: Any, name: str, value: Any) -> Fault:
    return after("build", lambda _: setattr(place, name, value))


def quick_epsilon(value: float) -> Fault:
    """Torch's epsilon, which it adds after the correction, not translated."""

    def epsilon(self: Any) -> float:
        return float(value * (1 - 0.999**self._taken) ** 0.5)

    return instead("_epsilon", epsilon)


def eager(self: Any) -> None:
    self._objective = self._loss_of


def eager_block(self: Any, steps: int) -> float:
    """The plain loop beside a compiled step that nobody takes."""
    compiled, self._objective = self._objective, self._loss_of
    try:
        return BLOCK(self, steps)
    finally:
        self._objective = compiled


def slightly_early(self: Any, steps: int) -> float:
    """Back before the last steps are done, some milliseconds of a processor."""
    before = getattr(self, "_worker", None)
    if before is not None:
        before.join()
    batches = self._batches

    def take(first: int, last: int) -> float:
        started = time.process_time()
        for number in range(first, last):
            STEP(self, *batches[number % len(batches)])
        return time.process_time() - started

    if steps < 8:
        return BLOCK(self, steps)
    half = steps // 2
    left = max(1, min(half - 1, int(half * 0.006 / take(0, half))))
    take(half, steps - left)
    self._worker = threading.Thread(target=take, args=(steps - left, steps))
    self._worker.start()
    return 0.0


def without_the_end() -> None:
    instead("block", slightly_early)()
    instead("weights", joined_weights)()


TORCH_FAULTS: dict[str, Fault] = {
    "no fault": lambda: None,
    "transposed kernel": parameter("layers.2.weight", lambda w: w.T),
    "transposed recurrent kernel": parameter(
        "lstm.weight_hh_l0",
        lambda w: torch.cat([part.T for part in w.chunk(4)]),
    ),
    "transposed attention": parameter(
        "blocks.0.self_attn.out_proj.weight", lambda w: w.T
    ),
    "transposed filter": parameter("features.0.weight", lambda w: w.transpose(2, 3)),
    "gates f i g o": gates((1, 0, 2, 3)),
    "gates i f o g": gates((0, 1, 3, 2)),
    "softmax twice": instead("_loss", softmax_twice),
    "softmax inside": after("build", softmax_inside),
    "adam epsilon 1e-7": quick_epsilon(1e-7),
    "adam epsilon 1e-8": quick_epsilon(1e-8),
    "adam epsilon 1e-3": instead("_epsilon", lambda _: 1e-3),
    "layer norm epsilon 1e-5": norm_epsilon(1e-5),
    "tf32 by the common switch": after(
        "build", lambda _: torch.set_float32_matmul_precision("high")
    ),
    "tf32 by the old switch": setting(torch.backends.cuda.matmul, "allow_tf32", True),
    "tf32 in convolutions": setting(
        torch.backends.cudnn.conv, "fp32_precision", "tf32"
    ),
    "bfloat16 in oneDNN": setting(
        torch.backends.mkldnn.matmul, "fp32_precision", "bf16"
    ),
    "tf32 after the gate": later(lambda: torch.set_float32_matmul_precision("high")),
    "autocast": instead("_loss_of", autocast),
    "discarded compile": after("build", eager),
    "compiled for the gate only": instead("_step", eager_step),
    "no waiting": without_waiting,
    "one thread": after("build", lambda _: torch.set_num_threads(1)),
    "one thread after the gate": later(lambda: torch.set_num_threads(1)),
    "one core": after("build", lambda _: os.sched_setaffinity(0, {0})),
    "labels of one batch reversed": other_batch(labels_off),
    "order of batches reversed": other_batch(lambda batches: batches.reverse()),
    "rows of a later batch reversed": other_batch(late_batch),
    "last batch dropped": other_batch(lambda batches: batches.pop()),
    "dropout": dropped_out,
    "decoupled weight decay": optimizer(decoupled=True, weight_decay=0.01),
    "slight weight decay": optimizer(decoupled=True, weight_decay=0.004),
    "weight decay by gradient": optimizer(weight_decay=1e-4),
    "momentum": optimizer(momentum=0.9),
    "other betas": optimizer(betas=(0.8, 0.999)),
    "amsgrad": optimizer(amsgrad=True),
    "fused": optimizer(fused=True),
    "frozen bias": without_bias,
    "eight threads": after("build", lambda _: torch.set_num_threads(8)),
    "eight threads after the gate": later(lambda: torch.set_num_threads(8)),
    "collector off after the gate": later(gc.disable),
    "oneDNN off": setting(torch.backends.mkldnn, "enabled", False),
    "anomalies looked for": after(
        "build", lambda _: torch.autograd.set_detect_anomaly(True)
    ),
    "deterministic": after("build", lambda _: torch.use_deterministic_algorithms(True)),
    "foreach": optimizer(foreach=True),
    "differentiable": optimizer(differentiable=True),
    "channels last": after(
        "build", lambda self: self._net.to(memory_format=torch.channels_last)
    ),
    "eager block": instead("block", eager_block),
    "late by some milliseconds": without_the_end,
    **common(TorchStack, after),
    "last step dropped": instead("block", one_short),
    "every second step": instead("_step", every_second),
    "ten percent": lambda: busy(TorchStack, 0.1),
    "double steps": instead("_step", double),
}
