"""Training by hand: a loop of our own, a gradient penalty, two optimizers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from probes.checks.records import Facts

STEPS = 40
PENALTY = 0.1
RATE = 0.05


def gather(stack: str) -> Facts:
    """Losses before and after, of the same model and rows in every stack."""
    dice = np.random.default_rng(0)
    x = dice.normal(size=(64, 4)).astype("float32")
    y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]], "float32")).astype("float32")
    kernel = dice.normal(size=(4, 1)).astype("float32")
    trained = {
        "pytorch": _torch,
        "keras-torch": _keras_torch,
        "keras-tensorflow": _keras_tensorflow,
        "keras-jax": _keras_jax,
    }[stack]
    return trained(x, y, kernel)


def _told(losses: list[float], penalty: float, **more: Any) -> Facts:
    return {
        "first": losses[0],
        "last": losses[-1],
        "falls": losses[-1] < losses[0] / 2,
        "penalty": penalty,
        **more,
    }


def _torch(x: Any, y: Any, kernel: Any) -> Facts:
    import torch

    model = torch.nn.Linear(4, 1)
    with torch.no_grad():
        model.weight.copy_(torch.from_numpy(kernel.T))
        model.bias.zero_()
    return _by_torch(model, [model.weight], [model.bias], x, y)


def _keras_torch(x: Any, y: Any, kernel: Any) -> Facts:
    model = _keras_model(kernel)
    weight, bias = (one.value for one in model.trainable_variables)
    return _by_torch(model, [weight], [bias], x, y)


def _by_torch(
    model: Callable[[Any], Any], weights: Any, biases: Any, x: Any, y: Any
) -> Facts:
    """PyTorch's own loop; whether the model is Keras's makes no difference to it."""
    import torch

    rows, answers = torch.from_numpy(x), torch.from_numpy(y)
    optimizers = (torch.optim.SGD(weights, RATE), torch.optim.Adam(biases, RATE))
    losses = []
    for _ in range(STEPS):
        fault = torch.mean((model(rows) - answers) ** 2)
        gradients = torch.autograd.grad(fault, weights, create_graph=True)
        penalty = sum((one**2).sum() for one in gradients)
        for optimizer in optimizers:
            optimizer.zero_grad()
        (fault + PENALTY * penalty).backward()
        for optimizer in optimizers:
            optimizer.step()
        losses.append(float(fault.detach()))
        if len(losses) == 1:
            first = float(penalty.detach())
    native = isinstance(weights[0], torch.nn.Parameter)
    return _told(losses, first, native=native, optimizers=len(optimizers))


def _keras_model(kernel: Any) -> Any:
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.set_weights([kernel, np.zeros(1, "float32")])
    return model


def _keras_tensorflow(x: Any, y: Any, kernel: Any) -> Facts:
    import keras
    import tensorflow as tf

    model = _keras_model(kernel)
    weights = [one.value for one in model.trainable_variables]
    optimizers = (keras.optimizers.SGD(RATE), keras.optimizers.Adam(RATE))
    losses, first = [], 0.0
    for step in range(STEPS):
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                fault = tf.reduce_mean((model(x) - y) ** 2)
            gradient = inner.gradient(fault, weights[0])
            penalty = tf.reduce_sum(gradient**2)
            total = fault + PENALTY * penalty
        found = outer.gradient(total, weights)
        for optimizer, one, variable in zip(
            optimizers, found, model.trainable_variables, strict=True
        ):
            optimizer.apply([one], [variable])
        losses.append(float(fault))
        first = first if step else float(penalty)
    native = isinstance(weights[0], tf.Variable)
    return _told(losses, first, native=native, optimizers=len(optimizers))


def _keras_jax(x: Any, y: Any, kernel: Any) -> Facts:
    import jax
    import keras
    from jax import numpy

    model = _keras_model(kernel)
    fixed = [one.value for one in model.non_trainable_variables]

    def fault(weights: Any) -> Any:
        answers, _ = model.stateless_call(weights, fixed, x)
        return numpy.mean((answers - y) ** 2)

    def penalty(weights: Any) -> Any:
        return numpy.sum(jax.grad(fault)(weights)[0] ** 2)

    total = jax.jit(
        jax.grad(lambda weights: fault(weights) + PENALTY * penalty(weights))
    )
    optimizers = (keras.optimizers.SGD(RATE), keras.optimizers.Adam(RATE))
    losses, first = [], 0.0
    for step in range(STEPS):
        weights = [one.value for one in model.trainable_variables]
        losses.append(float(fault(weights)))
        first = first if step else float(penalty(weights))
        for optimizer, one, variable in zip(
            optimizers, total(weights), model.trainable_variables, strict=True
        ):
            optimizer.apply([one], [variable])
    native = isinstance(model.trainable_variables[0].value, jax.Array)
    return _told(losses, first, native=native, optimizers=len(optimizers))
