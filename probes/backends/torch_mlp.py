"""The MLP in PyTorch, written the way its tutorials write a training loop.

The steady step is the plain eager loop over resident batches: zero the
gradients, forward, ``cross_entropy``, ``backward``, ``step``. The loss is summed
on the device and read once per block, as Keras keeps a running mean too. One
line is ours: Adam's epsilon is rescaled every step, because torch adds it after
the bias correction and Keras before, and the gate compares the two.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probes.backends.contract import Optimizer
from probes.workloads import (
    ADAM_EPSILON,
    ADAM_RATE,
    BETA_1,
    BETA_2,
    HIDDEN,
    SGD_RATE,
    Batch,
    Floats,
    Mlp,
    Weights,
)


class TorchMlp:
    """PyTorch eager on the CPU or the first CUDA device."""

    def __init__(self) -> None:
        # TensorFlow and XLA flush denormals in their threads; torch does not.
        torch.set_flush_denormal(True)
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def build(self, model: Mlp) -> None:
        self._drawn = model
        self._net = nn.Sequential(
            nn.Linear(model.features, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, model.classes),
        ).to(self._device)
        self._batches = [self._tensors(batch) for batch in model.batches]
        self.restart("adam")

    def versions(self) -> dict[str, str]:
        return {"torch": str(torch.__version__)}

    def device(self) -> str:
        return str(self._device.type)

    def threads(self) -> int:
        return int(torch.get_num_threads())

    def parameters(self) -> int:
        return sum(int(p.numel()) for p in self._net.parameters())

    def restart(self, optimizer: Optimizer) -> None:
        with torch.no_grad():
            for parameter, value in zip(
                self._net.parameters(), self._drawn.weights, strict=True
            ):
                parameter.copy_(torch.from_numpy(np.array(value.T)))
        self._taken = 0
        self._adam = optimizer == "adam"
        if optimizer == "adam":
            self._optimizer: torch.optim.Optimizer = torch.optim.Adam(
                self._net.parameters(), lr=ADAM_RATE, betas=(BETA_1, BETA_2)
            )
        else:
            self._optimizer = torch.optim.SGD(self._net.parameters(), lr=SGD_RATE)

    def weights(self) -> Weights:
        # A copy: on a CPU the arrays would otherwise follow later training.
        kept = (p.detach().cpu().numpy() for p in self._net.parameters())
        return tuple(np.array(value.T) for value in kept)

    def outputs(self, batch: Batch) -> Floats:
        with torch.no_grad():
            logits = self._net(self._tensors(batch)[0])
        return np.asarray(logits.cpu().numpy())

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]:
        x, y = self._tensors(batch)
        self._net.zero_grad(set_to_none=True)
        loss = self._loss(self._net(x), y)
        loss.backward()
        slopes = (p.grad for p in self._net.parameters())
        return loss.item(), tuple(g.cpu().numpy().T for g in slopes)

    def block(self, steps: int) -> float:
        self._net.train()
        batches = self._batches
        total = torch.zeros((), device=self._device)
        for step in range(steps):
            x, y = batches[step % len(batches)]
            total += self._step(x, y)
        return float(total.item()) / steps

    def fit_epoch(self, rows: Batch, batch: int) -> None:
        """One shuffled epoch over in-memory tensors, by slicing."""
        x, y = self._tensors(rows)
        self._net.train()
        total = torch.zeros((), device=self._device)
        for chosen in torch.randperm(len(x), device=self._device).split(batch):
            total += self._step(x[chosen], y[chosen]) * len(chosen)
        total.item()

    def _step(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        self._taken += 1
        if self._adam:
            scale = (1 - BETA_2**self._taken) ** 0.5
            self._optimizer.param_groups[0]["eps"] = self._epsilon() / scale
        self._optimizer.zero_grad(set_to_none=True)
        loss = self._loss(self._net(x), y)
        loss.backward()
        self._optimizer.step()
        return loss.detach()

    def _epsilon(self) -> float:
        return ADAM_EPSILON

    def _loss(self, logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(logits, y)

    def _tensors(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        x, y = torch.from_numpy(batch.x), torch.from_numpy(batch.y)
        return x.to(self._device), y.to(self._device)
