"""The reference's gradients against finite differences, for every family."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from probes.records import ProbeSpec, Workload
from probes.reference import Reference, after_adam, loss_and_gradients, reference
from probes.workloads import Model, Weights, draw

SMALL = {
    "features": 3,
    "classes": 3,
    "batch": 4,
    "side": 17,
    "length": 5,
    "vocabulary": 11,
}


def small(workload: Workload) -> Model:
    return draw(ProbeSpec.model_validate({**SMALL, "workload": workload}))


@pytest.mark.parametrize("workload", get_args(Workload))
def test_gradients_are_the_slopes_of_the_loss(workload: Workload) -> None:
    model = small(workload)
    batch = model.batches[0]
    _, slopes = loss_and_gradients(model, model.weights, batch)
    dice = np.random.default_rng(0)
    for number, weight in enumerate(model.weights):
        for place in dice.integers(0, weight.size, 3):
            above, below = (
                loss_and_gradients(
                    model, moved(model.weights, number, place, by), batch
                )
                for by in (1e-5, -1e-5)
            )

            slope = (above[0] - below[0]) / 2e-5

            found = float(slopes[number].flat[place])
            assert found == pytest.approx(slope, rel=1e-5, abs=1e-9)


def moved(weights: Weights, number: int, place: int, by: float) -> Weights:
    changed = [np.array(weight, np.float64) for weight in weights]
    changed[number].flat[place] += by
    return tuple(changed)


@pytest.mark.parametrize("workload", get_args(Workload))
def test_training_lowers_the_loss(workload: Workload) -> None:
    model = small(workload)
    batches = [model.batches[0]] * 20

    trained = after_adam(model, batches)

    before, _ = loss_and_gradients(model, model.weights, batches[0])
    after, _ = loss_and_gradients(model, trained, batches[0])
    assert after < before


def test_a_kept_reference_is_the_same(tmp_path: Path) -> None:
    model = small("lstm-sequence")

    first, again = reference(model, tmp_path), reference(model, tmp_path)

    assert isinstance(again, Reference)
    assert again.loss == first.loss
    for name in ("gradients", "sgd", "adam"):
        pairs = zip(getattr(first, name), getattr(again, name), strict=True)
        assert all(np.array_equal(a, b) for a, b in pairs)
