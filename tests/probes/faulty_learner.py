"""PyTorch as a learner with a planted fault: ``faulty_learner.py FAULT``."""

import sys
from typing import Any

from probes.answering import run_worker
from probes.learning.worker import Pupil, commands


def plant(fault: str) -> None:
    import torch

    from probes.backends import torch_stack
    from probes.backends.torch_stack import TorchStack

    adopt = TorchStack.adopt

    def shuffled(self: Any, model: Any) -> None:
        adopt(self, model)
        dice = torch.Generator().manual_seed(0)
        self._batches = [
            (x, y[torch.randperm(len(y), generator=dice)]) for x, y in self._batches
        ]

    def one_short(self: Any, model: Any) -> None:
        adopt(self, model)
        self._batches[-1] = self._batches[0]

    if fault == "shuffled labels":
        TorchStack.adopt = shuffled  # type: ignore[method-assign]
    elif fault == "one batch twice":
        TorchStack.adopt = one_short  # type: ignore[method-assign]
    else:
        wrong = {"rate / 10": 0.1, "rate * 1.1": 1.1}[fault]
        vars(torch_stack)["ADAM_RATE"] *= wrong


if __name__ == "__main__":
    plant(sys.argv[1])
    run_worker(commands(Pupil("pytorch")))
