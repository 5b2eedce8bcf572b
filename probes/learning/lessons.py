"""The lessons: data that can be learnt, split and put in order with NumPy alone.

Pictures of digits and small tables ship with scikit-learn. Sequences, texts and larger
tables are made: a pattern that a small model finds, with enough noise that it is not
found at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from probes.learning.records import Lesson
from probes.shapes import Shape, small_shape
from probes.spec import ProbeSpec, Workload
from probes.workloads import Batch, Inputs, Model, weights_of

TEST_PART = 0.25

LARGEST_SHIPPED = 2_000
"""Rows of a person's table up to which a shipped one of 569 rows stands for it."""

MOST_MADE = 4_000
"""Rows of a made table; more would teach the same thing more slowly."""

LENGTH, VOCABULARY = 32, 200
"""Steps of a made sequence or text, and different words."""

MADE_ROWS = 2_000


@dataclass(frozen=True)
class Data:
    """All examples of a lesson, before any split.

    Attributes:
        name: as in ``Lesson``.
        x: as in ``Batch``.
        y: class numbers, from 0.
        epochs, target: how long it is taught, and the accuracy that is timed.
        words: size of the vocabulary; 0 where the inputs are numbers.
    """

    name: str
    made: bool
    x: Inputs
    y: NDArray[np.int64]
    epochs: int
    target: float
    words: int = 0

    @property
    def classes(self) -> int:
        return int(self.y.max()) + 1

    def shape(self, family: Workload) -> Shape:
        """The small model of a family, at the shape of these examples."""
        return small_shape(family, self.x.shape[1:], self.classes, self.words)


@dataclass(frozen=True)
class Split:
    """One seed's training rows in their order, and the rows that test them."""

    train: Batch
    test: Batch


def made(spec: ProbeSpec) -> Data | None:
    """The lesson of a spec where it is made; None where scikit-learn ships it."""
    dice = np.random.default_rng(7)
    if spec.workload == "lstm-sequence":
        return _sequences(dice)
    if spec.workload == "transformer-text":
        return _texts(dice)
    if spec.workload == "mlp-tabular" and spec.rows > LARGEST_SHIPPED:
        return _table(spec, dice)
    return None


def _table(spec: ProbeSpec, dice: np.random.Generator) -> Data:
    """Products and steps of a few columns, the rest without meaning."""
    rows = min(spec.rows, MOST_MADE)
    columns, classes = max(2, min(spec.features, 200)), min(spec.classes, 10)
    x = dice.normal(0, 1, (rows, columns))
    used = x[:, : min(6, columns)]
    score = used @ dice.normal(0, 0.6, (used.shape[1], classes))
    score[:, 0] += np.where(used[:, 0] > 0.5, 1.5, 0.0) + used[:, 0] * used[:, 1]
    score += dice.gumbel(0, 0.3, score.shape)
    y = score.argmax(1)
    return Data(
        f"made table of {rows:,} rows and {columns} columns",
        True,
        x.astype(np.float32),
        y.astype(np.int64),
        epochs=8,
        target=0.85 if classes == 2 else 0.6,
    )


def _sequences(dice: np.random.Generator) -> Data:
    """Which of three rhythms runs through noise, at a phase of its own."""
    y = dice.integers(0, 3, MADE_ROWS)
    time = np.arange(LENGTH)
    turns = 2 * np.pi * np.array([0.05, 0.15, 0.3])[y, None] * time
    waves = np.sin(turns + dice.uniform(0, 2 * np.pi, (MADE_ROWS, 1)))
    x = dice.normal(0, 0.5, (MADE_ROWS, LENGTH, 4))
    x[:, :, 0] += waves
    return Data(
        "made sequences with one of three rhythms",
        True,
        x.astype(np.float32),
        y.astype(np.int64),
        epochs=12,
        target=0.9,
    )


def _texts(dice: np.random.Generator) -> Data:
    """Which of two words comes first, among others that mean nothing."""
    y = dice.integers(0, 2, MADE_ROWS)
    x = dice.integers(20, VOCABULARY, (MADE_ROWS, LENGTH))
    for row, kind in enumerate(y):
        places = np.sort(dice.choice(LENGTH, 4, replace=False))
        words = dice.integers(0, 10, 4)
        # Three words in four are of the class's own half.
        own = dice.random(4) < 0.85
        x[row, places] = words + 10 * np.where(own, kind, 1 - kind)
    return Data(
        "made texts with words of one of two kinds",
        True,
        x.astype(np.int32),
        y.astype(np.int64),
        epochs=12,
        target=0.85,
        words=VOCABULARY,
    )


def lesson_of(data: Data, spec: ProbeSpec) -> Lesson:
    """The lesson as it stands in a report."""
    rows = len(data.y)
    test = int(rows * TEST_PART)
    batch = max(1, min(spec.batch, (rows - test) // 8))
    return Lesson(
        name=data.name,
        made=data.made,
        values=int(np.prod(data.x.shape[1:])),
        classes=data.classes,
        train_rows=(rows - test) // batch * batch,
        test_rows=test,
        epochs=data.epochs,
        batch=batch,
        target=data.target,
    )


def split(data: Data, lesson: Lesson, seed: int) -> Split:
    """Test rows and training rows of a seed; tables scaled by the training rows."""
    order = np.random.default_rng((seed, 1)).permutation(len(data.y))
    test, rest = order[: lesson.test_rows], order[lesson.test_rows :]
    train = rest[: lesson.train_rows]
    x: Any = data.x
    if x.ndim == 2 and not data.words:
        mean, sd = x[train].mean(0), x[train].std(0)
        x = ((x - mean) / np.maximum(sd, 1e-6)).astype(np.float32)
    return Split(Batch(x[train], data.y[train]), Batch(x[test], data.y[test]))


def model_of(data: Data, lesson: Lesson, family: Workload, seed: int) -> Model:
    """Freshly drawn weights, and a seed's training rows as batches in their order."""
    shape = data.shape(family)
    rows, size = split(data, lesson, seed).train, lesson.batch
    batches = tuple(
        Batch(rows.x[at : at + size], rows.y[at : at + size])
        for at in range(0, len(rows.y), size)
    )
    weights = weights_of(shape, np.random.default_rng((seed, 2)))
    return Model(shape, weights, batches, flops=0)
