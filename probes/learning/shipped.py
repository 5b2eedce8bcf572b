"""scikit-learn, in a worker process of its own: its data, and boosted trees."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import HistGradientBoostingClassifier

from probes.learning.lessons import Data, Split, made
from probes.spec import ProbeSpec


def data_for(spec: ProbeSpec) -> Data:
    """The lesson of a spec, made or shipped with scikit-learn."""
    known = made(spec)
    if known is not None:
        return known
    if spec.workload == "cnn-image":
        digits = load_digits()
        pictures = (digits.images[..., None] / 16).astype(np.float32)
        return Data(
            "digits", False, pictures, digits.target.astype(np.int64), 30, target=0.8
        )
    table = load_breast_cancer()
    return Data(
        "breast cancer",
        False,
        table.data.astype(np.float32),
        table.target.astype(np.int64),
        epochs=15,
        target=0.95,
    )


def boosted(rows: Split, seed: int) -> dict[str, Any]:
    """Fit boosted trees with scikit-learn's defaults; a run in the form of a report."""
    trees = HistGradientBoostingClassifier(random_state=seed)
    started = time.perf_counter()
    trees.fit(rows.train.x, rows.train.y)
    seconds = time.perf_counter() - started
    chances = trees.predict_proba(rows.test.x)
    right = trees.classes_[chances.argmax(1)] == rows.test.y
    place = np.searchsorted(trees.classes_, rows.test.y)
    of_true = chances[np.arange(len(place)), np.minimum(place, chances.shape[1] - 1)]
    loss = float(-np.log(np.maximum(of_true, 1e-12)).mean())
    return {
        "seed": seed,
        "seconds": [seconds],
        "accuracies": [float(right.mean())],
        "first_loss": loss,
        "loss": loss,
    }
