"""The real worker with one planted fault: ``faulty_worker.py CONTENDER FAULT``."""

import sys
from typing import Any, cast

from probes import worker
from probes.answering import run_worker
from probes.records import Contender
from probes.reference import BETA_2


def plant_in_torch(fault: str) -> None:
    import torch
    from torch.nn import functional

    from probes.backends.torch_stack import TorchStack

    build, restart, stack = TorchStack.build, TorchStack.restart, TorchStack

    def shuffled(self: Any, model: Any) -> None:
        build(self, model)
        x, y = self._batches[1]
        self._batches[1] = (x, y.flip(0))

    def transposed(self: Any, optimizer: Any) -> None:
        restart(self, optimizer)
        with torch.no_grad():
            square = self._net.layers[2].weight
            square.copy_(square.T.clone())

    def untranslated(self: Any) -> float:
        return float(1e-7 * (1 - BETA_2**self._taken) ** 0.5)

    def softmax_twice(self: Any, logits: Any, y: Any) -> Any:
        del self
        return functional.cross_entropy(torch.softmax(logits, 1), y)

    def swapped(self: Any, optimizer: Any) -> None:
        restart(self, optimizer)
        with torch.no_grad():
            for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0"):
                gates = getattr(self._net.lstm, name)
                first, second, *others = gates.clone().chunk(4)
                gates.copy_(torch.cat([second, first, *others]))

    def eager(self: Any, model: Any) -> None:
        build(self, model)
        self._objective = self._loss_of

    def low_precision(self: Any, model: Any) -> None:
        torch.set_float32_matmul_precision("high")
        build(self, model)

    def one_thread(self: Any, model: Any) -> None:
        torch.set_num_threads(1)
        build(self, model)

    def default_norm(self: Any, model: Any) -> None:
        build(self, model)
        for module in self._net.modules():
            if isinstance(module, torch.nn.LayerNorm):
                module.eps = 1e-3

    step = TorchStack._step

    def doubled(self: Any, x: Any, y: Any) -> Any:
        if self._taken % 11 == 10:
            step(self, x, y)
        return step(self, x, y)

    name, method = {
        "ten percent": ("_step", doubled),
        "swapped gates": ("restart", swapped),
        "discarded compile": ("build", eager),
        "low precision": ("build", low_precision),
        "one thread": ("build", one_thread),
        "layer norm epsilon": ("build", default_norm),
        "transposed kernel": ("restart", transposed),
        "softmax twice": ("_loss", softmax_twice),
        "wrong epsilon": ("_epsilon", untranslated),
        "shuffled data": ("build", shuffled),
        "no fault": ("build", build),
    }[fault]
    setattr(stack, name, method)


def plant_in_jax(fault: str) -> None:
    assert fault == "no waiting"
    from probes.backends.keras_backends import KerasOnJax

    stepper = KerasOnJax._stepper

    def hurried(self: Any, model: Any) -> Any:
        step = self._jax.jit(model.train_step)
        waits = stepper(self, model)

        def advance(steps: int, batches: Any) -> float:
            if steps < 4:
                return waits(steps, batches)
            kept = (
                model.trainable_variables,
                model.non_trainable_variables,
                model.optimizer.variables,
                model.metrics_variables,
            )
            state = tuple([variable.value for variable in group] for group in kept)
            for number in range(steps):
                _, state = step(state, batches[number % len(batches)])
            for group, values in zip(kept, state, strict=True):
                for variable, value in zip(group, values, strict=True):
                    variable._value = value
            return 0.0

        return advance

    setattr(KerasOnJax, "_stepper", hurried)  # noqa: B010 - a planted fault


def plant_in_keras(fault: str) -> None:
    import keras

    from probes.backends.keras_stack import KerasStack

    def from_probabilities(self: Any) -> Any:
        del self
        return keras.losses.SparseCategoricalCrossentropy(from_logits=False)

    name, method = {
        "wrong epsilon": ("_epsilon", lambda _: 1e-8),
        "loss from probabilities": ("_loss", from_probabilities),
    }[fault]
    setattr(KerasStack, name, method)


if __name__ == "__main__":
    contender, planted = sys.argv[1:]
    if contender.startswith("pytorch"):
        plant_in_torch(planted)
    else:
        (plant_in_jax if contender == "keras-jax" else plant_in_keras)(planted)
    run_worker(worker.commands(worker.Bench(cast(Contender, contender))))
