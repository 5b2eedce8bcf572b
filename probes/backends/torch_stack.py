"""PyTorch, written the way its tutorials write a training loop.

The steady step is the plain loop over resident batches: zero the gradients, forward,
``cross_entropy``, ``backward``, ``step``. The loss is summed on the device and read
once per block, as Keras keeps a running mean too. One line is ours: Adam's epsilon is
rescaled every step, because torch adds it after the bias correction and Keras before,
and the gate compares the two. An epoch of the default track is without that line, and
its optimizer is as torch makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from probes.backends.contract import MATMUL_SIDE, Optimizer
from probes.backends.kinds import Kinds, kinds_of
from probes.backends.operations import torch_operations
from probes.backends.torch_data import Slices
from probes.backends.torch_nets import net_for, to_keras, to_torch
from probes.backends.torch_products import (
    exact_products,
    optimizer_oddities,
    torch_device_bytes,
    torch_oddities,
    torch_precision,
)
from probes.reference import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_1,
    BETA_2,
    SGD_RATE,
)
from probes.spec import Way
from probes.workloads import Batch, Floats, Inputs, Model, Weights


class TorchStack:
    """PyTorch on the CPU or the first accelerator: eager, compiled or with fused Adam.

    Args:
        compiled: forward pass and loss through ``torch.compile`` with its defaults.
        fused: the optimizer as one fused kernel (``Adam(fused=True)``).
    """

    def __init__(self, *, compiled: bool = False, fused: bool = False) -> None:
        # TensorFlow and XLA flush denormals in their threads; torch does not.
        torch.set_flush_denormal(True)
        # Convolutions and recurrent layers on CUDA are TF32 by default.
        exact_products()
        self._device = _device()
        self._compiled = compiled
        self._fused = fused
        if compiled:
            # A recompilation would be timed; it is an error instead.
            dynamo().config.error_on_recompile = True

    def build(self, model: Model) -> None:
        self._drawn = model
        self._net = net_for(model.shape).to(self._device)
        self._trained = {
            name: p for name, p in self._net.named_parameters() if p.requires_grad
        }
        self._objective = self._loss_of
        if self._compiled:
            self._objective = torch.compile(self._loss_of)
        self.adopt(model)

    def adopt(self, model: Model) -> None:
        self._drawn = model
        self._batches = [self._tensors(batch) for batch in model.batches]
        self.restart("adam")

    def versions(self) -> dict[str, str]:
        return {"torch": str(torch.__version__)}

    def device(self) -> str:
        return str(self._device.type)

    def threads(self) -> int:
        return int(torch.get_num_threads())

    def precision(self) -> str:
        return torch_precision(self._device.type)

    def compilations(self) -> int | None:
        if not self._compiled:
            return None
        return int(dynamo().utils.counters["stats"]["unique_graphs"])

    def held(self) -> list[Batch]:
        return [
            Batch(self._last(x.cpu().numpy()), y.cpu().numpy())
            for x, y in self._batches
        ]

    def taken(self) -> int:
        states = self._optimizer.state
        counts = (int(state["step"]) for state in states.values())
        return min(counts) if len(states) == len(self._trained) else 0

    def kinds(self) -> Kinds:
        return kinds_of(self._trained.values(), self._batches)

    def wait(self) -> None:
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        elif self._device.type == "mps":
            torch.mps.synchronize()

    def device_bytes(self) -> int | None:
        return torch_device_bytes(self._device.type)

    def oddities(self) -> tuple[str, ...]:
        (group,) = self._optimizer.param_groups
        found = optimizer_oddities(group)
        if bool(group["fused"]) != self._fused:
            found.append(f"its optimizer has fused={group['fused']}")
        tensors = [*self._trained.values(), *(x for x, _ in self._batches)]
        if not all(one.is_contiguous() for one in tensors):
            found.append("its tensors are not laid out as PyTorch does by itself")
        return (*found, *torch_oddities())

    def entered(self, steps: int) -> int | None:
        if not self._compiled:
            return None
        kinds = [torch.profiler.ProfilerActivity.CPU]
        with torch.profiler.profile(activities=kinds) as seen:
            self.block(steps)
        return sum("Torch-Compiled Region" in event.name for event in seen.events())

    def operations(self) -> int | None:
        """None where it is compiled: the counter sees single operations alone."""
        if self._compiled:
            return None
        return torch_operations(self.block)

    def parameters(self) -> int:
        return sum(int(p.numel()) for p in self._trained.values())

    def restart(self, optimizer: Optimizer) -> None:
        drawn = to_torch(self._drawn.shape, self._drawn.weights)
        with torch.no_grad():
            for name, parameter in self._trained.items():
                parameter.copy_(torch.from_numpy(np.ascontiguousarray(drawn[name])))
        self._taken = 0
        self._adam = optimizer == "adam"
        parameters = list(self._trained.values())
        if optimizer == "adam":
            self._optimizer: torch.optim.Optimizer = torch.optim.Adam(
                parameters,
                lr=ADAM_RATE,
                betas=(BETA_1, BETA_2),
                fused=self._fused or None,
            )
        else:
            self._optimizer = torch.optim.SGD(parameters, lr=SGD_RATE)

    def weights(self) -> Weights:
        # to_keras copies: on a CPU the arrays would otherwise follow later training.
        kept = {n: p.detach().cpu().numpy() for n, p in self._trained.items()}
        return to_keras(self._drawn.shape, kept)

    def outputs(self, batch: Batch) -> Floats:
        with torch.no_grad():
            logits = self._net(self._tensors(batch)[0])
        return np.asarray(logits.cpu().numpy())

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        self._net.zero_grad(set_to_none=True)
        loss = self._objective(x, y)
        loss.backward()
        slopes = {n: _numpy(p.grad) for n, p in self._trained.items()}
        return loss.item(), to_keras(self._drawn.shape, slopes)

    def block(self, steps: int) -> float:
        self._net.train()
        batches = self._batches
        total = torch.zeros((), device=self._device)
        for step in range(steps):
            x, y = batches[step % len(batches)]
            total += self._step(x, y)
        return float(total.item()) / steps

    def ways(self) -> tuple[Way, ...]:
        return "loader", "slices"

    def tuned(self) -> tuple[Way, ...]:
        return ()

    def settings(self) -> dict[str, str]:
        return {
            "torch.compile": str(self._compiled),
            "fused": str(self._optimizer.defaults["fused"]),
        }

    def ready(self, way: Way, rows: Batch, batch: int) -> None:
        self.restart("adam")
        self._net.train()
        if way == "loader":
            x, y = self._host_tensors(rows)
            self._epoch: Iterable[tuple[torch.Tensor, torch.Tensor]] = DataLoader(
                TensorDataset(x, y), batch_size=batch, shuffle=True
            )
        else:
            self._epoch = Slices(*self._tensors(rows), batch)

    def epoch(self) -> int:
        """The plain loop; its mean loss is read once, at the end."""
        total = torch.zeros((), device=self._device)
        before = self.taken()
        for x, y in self._epoch:
            self._optimizer.zero_grad()
            loss = self._objective(x.to(self._device), y.to(self._device))
            loss.backward()
            self._optimizer.step()
            total += loss.detach() * len(x)
        total.item()
        return self.taken() - before

    def extras(self) -> tuple[str, ...]:
        return ()

    def predict(self, batch: Batch) -> None:
        with torch.inference_mode():
            self._net(torch.from_numpy(self._first(batch.x)).to(self._device)).cpu()

    def product(self) -> float:
        """Multiply two square matrices; returns the operations done."""
        side = MATMUL_SIDE
        if not hasattr(self, "_square"):
            self._square = torch.rand(side, side, device=self._device)
        (self._square @ self._square).sum().item()
        return 2.0 * side**3

    def _step(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        self._taken += 1
        if self._adam:
            scale = (1 - BETA_2**self._taken) ** 0.5
            self._optimizer.param_groups[0]["eps"] = self._epsilon() / scale
        self._optimizer.zero_grad(set_to_none=True)
        loss = self._objective(x, y)
        loss.backward()
        self._optimizer.step()
        return loss.detach()

    def _epsilon(self) -> float:
        return ADAM_EPSILON

    def _loss_of(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return self._loss(self._net(x), y)

    def _loss(self, logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(logits, y)

    def _tensors(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        x, y = self._host_tensors(batch)
        return x.to(self._device), y.to(self._device)

    def _host_tensors(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.from_numpy(self._first(batch.x)), torch.from_numpy(batch.y)

    def _first(self, x: Inputs) -> Inputs:
        """Channels first for pictures, as PyTorch wants them."""
        if self._drawn.shape.family != "cnn-image":
            return x
        # A copy: with one channel the view counts as contiguous, with other strides
        # than a batch from a loader has, and compiled code asks for the same ones.
        return np.array(x.transpose(0, 3, 1, 2), np.float32, order="C")

    def _last(self, x: Inputs) -> Inputs:
        """Channels last again, as they were drawn."""
        if self._drawn.shape.family != "cnn-image":
            return x
        return np.asarray(x.transpose(0, 2, 3, 1), np.float32)


def _device() -> torch.device:
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def dynamo() -> Any:
    import torch._dynamo

    return torch._dynamo


def _numpy(slope: torch.Tensor | None) -> Floats:
    assert slope is not None
    return np.asarray(slope.cpu().numpy())
