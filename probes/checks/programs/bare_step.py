"""One step of gradient descent on a dense model, computed by each engine alone.

Weights come as Keras lists them, kernel ``(in, out)`` and bias ``(out,)`` of a layer,
with relu between layers; the loss is the mean of squared errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 0.01

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bare:
    """A step that takes tensors of its engine and returns the loss before it.

    ``tensor`` makes such a tensor of an array.
    """

    step: Callable[[Any, Any], Any]
    tensor: Callable[[Floats], Any]


def bare_step(stack: str, weights: Sequence[Floats]) -> Bare:
    """The step in the engine that this Keras stack runs on."""
    return {
        "keras-tensorflow": _tensorflow,
        "keras-torch": _torch,
        "keras-jax": _jax,
    }[stack](weights)


def _tensorflow(weights: Sequence[Floats]) -> Bare:
    import tensorflow as tf

    own = [tf.Variable(one) for one in weights]

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            for at in range(0, len(own), 2):
                x = tf.nn.relu(x) if at else x
                x = tf.matmul(x, own[at]) + own[at + 1]
            loss = tf.reduce_mean((x - y) ** 2)
        for one, gradient in zip(own, tape.gradient(loss, own), strict=True):
            one.assign_sub(RATE * gradient)
        return loss

    return Bare(tf.function(step), tf.constant)


def _torch(weights: Sequence[Floats]) -> Bare:
    import keras
    import torch

    # Keras puts its tensors on an accelerator where there is one; so must this.
    device = keras.ops.zeros(1).device
    layers: list[torch.nn.Module] = []
    for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
        layer = torch.nn.Linear(*kernel.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(kernel.T))
            layer.bias.copy_(torch.from_numpy(bias))
        layers += [layer, torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1]).to(device)
    optimizer = torch.optim.SGD(net.parameters(), RATE)

    def step(x: Any, y: Any) -> Any:
        loss = torch.nn.functional.mse_loss(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.detach()

    return Bare(step, lambda values: torch.from_numpy(values).to(device))


def _jax(weights: Sequence[Floats]) -> Bare:
    import jax
    from jax import numpy

    def loss_of(own: Any, x: Any, y: Any) -> Any:
        for at in range(0, len(own), 2):
            x = jax.nn.relu(x) if at else x
            x = x @ own[at] + own[at + 1]
        return numpy.mean((x - y) ** 2)

    def stepped(own: Any, x: Any, y: Any) -> Any:
        loss, found = jax.value_and_grad(loss_of)(own, x, y)
        return [one - RATE * g for one, g in zip(own, found, strict=True)], loss

    compiled = jax.jit(stepped)
    own = [numpy.asarray(one) for one in weights]

    def step(x: Any, y: Any) -> Any:
        nonlocal own
        own, loss = compiled(own, x, y)
        return loss

    return Bare(step, numpy.asarray)
