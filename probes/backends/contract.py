"""What every stack must be able to do, so that it can be gated and then timed."""

from __future__ import annotations

import os
from typing import Literal, Protocol, runtime_checkable

from probes.backends.kinds import Kinds
from probes.spec import Way
from probes.workloads import Batch, Floats, Model, Weights

Optimizer = Literal["sgd", "adam"]

MIXED = "bfloat16"
"""What a stack in mixed precision computes in."""

MATMUL_SIDE = 1024
"""Rows and columns of the matrices whose product tells how fast the device can be."""


class Stack(Protocol):
    """One model in one framework. ``block`` is both gated and timed.

    ``restart`` puts the drawn weights and an optimizer that has taken no step in
    place; compiled code is kept. ``block`` then takes ``steps`` training steps
    through the resident batches from the first on, waits for the device once at
    the end, and returns the mean loss it reported.
    """

    def build(self, model: Model) -> None: ...

    def adopt(self, model: Model) -> None:
        """Other weights and batches of the same shapes; what is compiled stays."""

    def versions(self) -> dict[str, str]: ...

    def device(self) -> str: ...

    def threads(self) -> int: ...

    def parameters(self) -> int: ...

    def restart(self, optimizer: Optimizer) -> None: ...

    def weights(self) -> Weights: ...

    def outputs(self, batch: Batch) -> Floats: ...

    def loss_and_gradients(self, batch: Batch) -> tuple[float, Weights]: ...

    def block(self, steps: int) -> float: ...

    def ways(self) -> tuple[Way, ...]:
        """How an epoch is written here: the documented way, then named others."""

    def tuned(self) -> tuple[Way, ...]:
        """Further ways, which somebody in search of speed would try."""

    def settings(self) -> dict[str, str]:
        """What else decides the speed, as the framework itself has it."""

    def ready(self, way: Way, rows: Batch, batch: int) -> None:
        """Lay out what a program has before its first epoch; untimed."""

    def epoch(self) -> int:
        """One shuffled epoch the way that was laid out; the steps it took."""

    def extras(self) -> tuple[str, ...]:
        """Names of what an epoch as laid out has beside its rows; may run one."""

    def predict(self, batch: Batch) -> None:
        """Outputs of a batch, back in the host's memory."""

    def product(self) -> float:
        """One large matrix product, waited for; the operations done."""

    def precision(self) -> str:
        """``highest`` where matrix products are float32 throughout, as asked just now.

        Anything else names the setting that says otherwise.
        """

    def held(self) -> list[Batch]:
        """The resident batches, read back from the device, as they were drawn."""

    def kinds(self) -> Kinds:
        """As what weights and resident batches are held just now."""

    def taken(self) -> int:
        """Optimizer steps since ``restart``, by the optimizer's own count.

        The least of its counts where it keeps one for each weight.
        """

    def wait(self) -> None:
        """Return once the device has done all that it was given."""

    def device_bytes(self) -> int | None:
        """Most memory of an accelerator in use so far; None where it is not told."""

    def oddities(self) -> tuple[str, ...]:
        """What is set otherwise than this contender's name says, in words.

        Asked with every block, so it takes no step.
        """

    def entered(self, steps: int) -> int | None:
        """How often a block of so many steps enters what this stack has compiled.

        As the program itself tells, or a profiler; None where nothing is compiled.
        """

    def compilations(self) -> int | None:
        """Programs compiled for the timed step so far; None where it is eager."""

    def operations(self) -> int | None:
        """Of one step's matrix products, as counted in what the framework runs.

        No more than it does; None where that cannot be looked into. May take steps.
        """


@runtime_checkable
class MixedStack(Stack, Protocol):
    """A stack that computes in bfloat16 and keeps its weights in float32."""

    def product_kinds(self) -> set[str]:
        """Kinds of the numbers that a training step's matrix products are given.

        As the framework itself has them; may take a step.
        """


def open_stack(contender: str) -> Stack:
    """Import a contender's framework into this process and return its stack."""
    if contender == "tensorflow-raw":
        from probes.backends.tensorflow_stack import TensorFlowStack

        return TensorFlowStack()
    if contender.startswith("pytorch"):
        from probes.backends.torch_stack import TorchStack

        return TorchStack(
            compiled=contender == "pytorch-compile", fused=contender == "pytorch-fused"
        )
    from probes.backends.keras_backends import open_keras

    return open_keras(compiled=contender == "keras-tensorflow-xla")


def open_mixed(contender: str) -> MixedStack:
    """The same in mixed precision, for whoever has a documented way to it."""
    if contender.startswith("pytorch"):
        from probes.backends.torch_mixed import MixedTorchStack

        return MixedTorchStack(
            compiled=contender == "pytorch-compile", fused=contender == "pytorch-fused"
        )
    from probes.backends.keras_mixed import open_mixed_keras

    return open_mixed_keras(compiled=contender == "keras-tensorflow-xla")


def threads_from_environment(name: str = "OMP_NUM_THREADS") -> int:
    """What a framework was told by variable ``name``, where it cannot be asked."""
    return int(os.environ.get(name) or os.cpu_count() or 1)
