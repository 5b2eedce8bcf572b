"""The models in Keras 3, written the way Keras's own guides write them.

``trainable_weights`` of each stand in the order of ``probes.workloads``.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from probes.shapes import HEADS, Shape
from probes.workloads import LAYER_NORM_EPSILON

Tensor = Any
Model = Any


def model_for(shape: Shape) -> Model:
    """A fresh model of the shape's family, not compiled."""
    build = {
        "mlp-tabular": _mlp,
        "cnn-image": _cnn,
        "lstm-sequence": _lstm,
        "transformer-text": _transformer,
    }[shape.family]
    entry = keras.Input(shape.example, dtype="int32" if shape.words else None)
    return keras.Model(entry, layers.Dense(shape.classes)(build(shape, entry)))


def _mlp(shape: Shape, values: Tensor) -> Tensor:
    for width in shape.widths:
        values = layers.Dense(width, activation="silu")(values)
    return values


def _cnn(shape: Shape, values: Tensor) -> Tensor:
    for width in shape.widths:
        values = layers.Conv2D(width, 3, padding="same", activation="silu")(values)
        values = layers.AveragePooling2D(2)(values)
    return layers.GlobalAveragePooling2D()(values)


def _lstm(shape: Shape, values: Tensor) -> Tensor:
    return layers.LSTM(shape.widths[0])(values)


def _transformer(shape: Shape, values: Tensor) -> Tensor:
    width, inner = shape.widths
    values = WordsAndPlaces(shape.words, width)(values)
    for _ in range(shape.blocks):
        attention = layers.MultiHeadAttention(HEADS, width // HEADS)
        values = _normed(layers.add([values, attention(values, values)]))
        fed = layers.Dense(width)(layers.Dense(inner, activation="silu")(values))
        values = _normed(layers.add([values, fed]))
    return layers.GlobalAveragePooling1D()(values)


def _normed(values: Tensor) -> Tensor:
    return layers.LayerNormalization(epsilon=LAYER_NORM_EPSILON)(values)


class WordsAndPlaces(layers.Layer):
    """Adds what a word means and where it stands; weights in that order."""

    def __init__(self, words: int, width: int) -> None:
        super().__init__()
        self._words = layers.Embedding(words, width)
        self._width = width

    def build(self, shape: tuple[int | None, ...]) -> None:
        self._words.build(shape)
        self._places = layers.Embedding(shape[1], self._width)
        self._places.build((shape[1],))
        self.built = True

    def call(self, numbers: Tensor) -> Tensor:
        places = keras.ops.arange(numbers.shape[1])
        if keras.backend.backend() == "tensorflow":
            table = _with_dense_gradient(self._words.embeddings.value)
            words = keras.ops.take(table, numbers, axis=0)
            words = keras.ops.cast(words, self.compute_dtype)
        else:
            words = self._words(numbers)
        return words + self._places(places)


def _with_dense_gradient(table: Tensor) -> Tensor:
    """The same values; Adam then moves every row, as in the other stacks.

    By default TensorFlow hands on the gradient of the rows looked up, and Keras's
    Adam leaves the momentum of all other rows alone: another algorithm.
    """
    import tensorflow as tf

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def passed(values: Tensor) -> Tensor:
        return tf.identity(values), tf.convert_to_tensor

    return passed(table)
