"""The models in PyTorch, and how Keras's arrays become its parameters and back.

Written the way PyTorch's own tutorials write them. The same linear map takes weights
and gradients across, so ``to_keras`` serves both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probes.shapes import HEADS, Shape
from probes.workloads import LAYER_NORM_EPSILON, Floats, Weights

Named = dict[str, Floats]
"""A PyTorch parameter's name to its values."""


class Mlp(nn.Module):
    """Dense layers with SiLU between them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        sizes = (*shape.example, *shape.widths)
        hidden: list[nn.Module] = []
        for inputs, outputs in pairwise(sizes):
            hidden += [nn.Linear(inputs, outputs), nn.SiLU()]
        self.layers = nn.Sequential(*hidden, nn.Linear(sizes[-1], shape.classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.layers(x)
        return logits


class Cnn(nn.Module):
    """Convolution, SiLU and pooling in turn; then the mean over the picture."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in pairwise((shape.example[-1], *shape.widths)):
            layers += [
                nn.Conv2d(inputs, outputs, 3, padding=1),
                nn.SiLU(),
                nn.AvgPool2d(2),
            ]
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(shape.widths[-1], shape.classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.head(self.features(x).mean((2, 3)))
        return logits


class Lstm(nn.Module):
    """One LSTM; its last output goes to a dense layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        (units,) = shape.widths
        self.lstm = nn.LSTM(shape.example[-1], units, batch_first=True)
        self.head = nn.Linear(units, shape.classes)
        # Keras has one bias where PyTorch has two: the second stays at zero.
        self.lstm.bias_hh_l0.requires_grad_(False).zero_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.head(self.lstm(x)[0][:, -1])
        return logits


class Transformer(nn.Module):
    """Token and position embeddings, encoder layers, the mean over the words."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        (width, inner), (length,) = shape.widths, shape.example
        self.words = nn.Embedding(shape.words, width)
        self.places = nn.Embedding(length, width)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width,
                HEADS,
                inner,
                dropout=0.0,
                activation=functional.silu,
                layer_norm_eps=LAYER_NORM_EPSILON,
                batch_first=True,
            )
            for _ in range(shape.blocks)
        )
        self.head = nn.Linear(width, shape.classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        values = self.words(x) + self.places.weight
        for block in self.blocks:
            values = block(values)
        logits: torch.Tensor = self.head(values.mean(1))
        return logits


def net_for(shape: Shape) -> nn.Module:
    """A fresh model of the shape's family."""
    families: dict[str, type[Mlp | Cnn | Lstm | Transformer]] = {
        "mlp-tabular": Mlp,
        "cnn-image": Cnn,
        "lstm-sequence": Lstm,
        "transformer-text": Transformer,
    }
    return families[shape.family](shape)


def to_torch(shape: Shape, weights: Weights) -> Named:
    """Keras's arrays, in its order, as PyTorch's parameters."""
    left = iter(weights)
    named: Named = {}
    for name, kind in _parameters(shape):
        if kind == "attention":
            named |= _attention(name, [next(left) for _ in range(8)])
        elif kind == "kernel":
            named[name] = next(left).T
        elif kind == "filter":
            named[name] = next(left).transpose(3, 2, 0, 1)
        else:
            named[name] = next(left)
    return named


def to_keras(shape: Shape, named: Mapping[str, Floats]) -> Weights:
    """PyTorch's parameters, or their gradients, as Keras orders and shapes them."""
    found: list[Floats] = []
    for name, kind in _parameters(shape):
        if kind == "attention":
            found += _keras_attention(name, named)
        elif kind == "kernel":
            found.append(named[name].T)
        elif kind == "filter":
            found.append(named[name].transpose(2, 3, 1, 0))
        else:
            found.append(named[name])
    return tuple(np.array(one) for one in found)


def _parameters(shape: Shape) -> Iterator[tuple[str, str]]:
    """Name and kind of PyTorch's parameters in the order of Keras's weights."""
    if shape.family == "mlp-tabular":
        for layer in range(len(shape.widths) + 1):
            yield f"layers.{2 * layer}.weight", "kernel"
            yield f"layers.{2 * layer}.bias", "same"
        return
    if shape.family == "cnn-image":
        for layer in range(len(shape.widths)):
            yield f"features.{3 * layer}.weight", "filter"
            yield f"features.{3 * layer}.bias", "same"
    elif shape.family == "lstm-sequence":
        # Both order the gates input, forget, cell, output.
        yield "lstm.weight_ih_l0", "kernel"
        yield "lstm.weight_hh_l0", "kernel"
        yield "lstm.bias_ih_l0", "same"
    else:
        yield "words.weight", "same"
        yield "places.weight", "same"
        for block in range(shape.blocks):
            yield from _encoder(f"blocks.{block}")
    yield "head.weight", "kernel"
    yield "head.bias", "same"


def _encoder(block: str) -> Iterator[tuple[str, str]]:
    yield f"{block}.self_attn", "attention"
    for name in ("norm1", "linear1", "linear2", "norm2"):
        yield f"{block}.{name}.weight", "same" if name.startswith("norm") else "kernel"
        yield f"{block}.{name}.bias", "same"


def _attention(name: str, arrays: list[Floats]) -> Named:
    """Three kernels ``(d, heads, each)`` and biases stacked; one kernel out."""
    width = arrays[0].shape[0]
    kernels = [kernel.reshape(width, width).T for kernel in arrays[0:6:2]]
    biases = [bias.reshape(width) for bias in arrays[1:6:2]]
    return {
        f"{name}.in_proj_weight": np.concatenate(kernels),
        f"{name}.in_proj_bias": np.concatenate(biases),
        f"{name}.out_proj.weight": arrays[6].reshape(width, width).T,
        f"{name}.out_proj.bias": arrays[7],
    }


def _keras_attention(name: str, named: Mapping[str, Floats]) -> list[Floats]:
    out = named[f"{name}.out_proj.weight"]
    width = len(out)
    heads = (HEADS, width // HEADS)
    found: list[Floats] = []
    for kernel, bias in zip(
        np.split(named[f"{name}.in_proj_weight"], 3),
        np.split(named[f"{name}.in_proj_bias"], 3),
        strict=True,
    ):
        found += [kernel.T.reshape(width, *heads), bias.reshape(heads)]
    return [*found, out.T.reshape(*heads, width), named[f"{name}.out_proj.bias"]]
