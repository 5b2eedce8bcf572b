"""What every stack must be able to do, so that it can be gated and then timed."""

from __future__ import annotations

from typing import Literal, Protocol

from probes.records import ProbeSpec
from probes.workloads import Batch, Floats, Mlp, Weights

Optimizer = Literal["sgd", "adam"]


class Stack(Protocol):
    """One model in one framework. ``block`` is both gated and timed.

    ``restart`` puts the drawn weights and an optimizer that has taken no step in
    place; compiled code is kept. ``block`` then takes ``steps`` training steps
    through the resident batches from the first on, waits for the device once at
    the end, and returns the mean loss it reported.
    """

    def build(self, model: Mlp) -> None: ...

    def versions(self) -> dict[str, str]: ...

    def device(self) -> str: ...

    def threads(self) -> int: ...

    def parameters(self) -> int: ...

    def restart(self, optimizer: Optimizer) -> None: ...

    def weights(self) -> Weights: ...

    def outputs(self, batch: Batch) -> Floats: ...

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]: ...

    def block(self, steps: int) -> float: ...

    def fit_epoch(self, rows: Batch, batch: int) -> None: ...


def open_stack(spec: ProbeSpec, contender: str) -> Stack:
    """Import a contender's framework into this process and return its stack."""
    if spec.workload != "mlp-tabular":
        raise ValueError(f"{spec.workload}: no such workload")
    if contender == "pytorch":
        from probes.backends.torch_mlp import TorchMlp

        return TorchMlp()
    from probes.backends.keras_mlp import open_keras

    return open_keras()
