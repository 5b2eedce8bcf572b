"""The real check worker with one planted fault: ``faulty_checker.py FAULT STACK``."""

import os
import sys
from typing import Any

from probes.checks import worker


def idle(self: Any, closure: Any = None) -> None:
    del self, closure


def plant(fault: str) -> None:
    if fault == "idle optimizer":
        import torch

        torch.optim.SGD.step = idle
    if fault == "skewed layer":
        import keras

        call = keras.layers.Dense.call

        def skewed(self: Any, inputs: Any, training: Any = None) -> Any:
            return call(self, inputs, training) * 1.05

        keras.layers.Dense.call = skewed


if __name__ == "__main__":
    planted, stack = sys.argv[1:]
    if (stack == "pytorch") == (planted == "idle optimizer"):
        plant(planted)
    code = worker.main(stack)
    sys.stderr.flush()
    os._exit(code)
