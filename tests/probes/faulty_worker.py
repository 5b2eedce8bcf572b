"""The real worker with one planted fault: ``faulty_worker.py CONTENDER FAULT``."""

import os
import sys
from typing import Any

from probes import worker
from probes.workloads import BETA_2


def plant_in_torch(fault: str) -> None:
    import torch
    from torch.nn import functional

    from probes.backends.torch_mlp import TorchMlp

    build, restart, stack = TorchMlp.build, TorchMlp.restart, TorchMlp

    def shuffled(self: Any, model: Any) -> None:
        build(self, model)
        x, y = self._batches[1]
        self._batches[1] = (x, y.flip(0))

    def transposed(self: Any, optimizer: Any) -> None:
        restart(self, optimizer)
        with torch.no_grad():
            square = self._net[2].weight
            square.copy_(square.T.clone())

    def untranslated(self: Any) -> float:
        return float(1e-7 * (1 - BETA_2**self._taken) ** 0.5)

    def softmax_twice(self: Any, logits: Any, y: Any) -> Any:
        del self
        return functional.cross_entropy(torch.softmax(logits, 1), y)

    name, method = {
        "transposed kernel": ("restart", transposed),
        "softmax twice": ("_loss", softmax_twice),
        "wrong epsilon": ("_epsilon", untranslated),
        "shuffled data": ("build", shuffled),
        "no fault": ("build", build),
    }[fault]
    setattr(stack, name, method)


def plant_in_keras(fault: str) -> None:
    import keras

    from probes.backends.keras_mlp import KerasMlp

    def from_probabilities(self: Any) -> Any:
        del self
        return keras.losses.SparseCategoricalCrossentropy(from_logits=False)

    name, method = {
        "wrong epsilon": ("_epsilon", lambda _: 1e-8),
        "loss from probabilities": ("_loss", from_probabilities),
    }[fault]
    setattr(KerasMlp, name, method)


if __name__ == "__main__":
    contender, planted = sys.argv[1:]
    (plant_in_torch if contender == "pytorch" else plant_in_keras)(planted)
    code = worker.main(contender)
    sys.stderr.flush()
    os._exit(code)
