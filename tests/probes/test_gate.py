"""The float64 reference, and the gate that real frameworks must pass."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from probes.gate import difference
from probes.limits import faults, is_within
from probes.records import Gate, ProbeSpec
from probes.reference import after_adam, after_block, biases, compared, reference
from probes.watch import NOWHERE, farthest
from probes.workloads import EPOCH_STEPS, Batch, draw, epoch_rows, most_steps


def test_same_seed_same_numbers() -> None:
    one, two = draw(ProbeSpec(seed=5)), draw(ProbeSpec(seed=5))
    other = draw(ProbeSpec(seed=6))

    assert difference(one.weights, two.weights) == 0
    assert difference(one.weights, other.weights) > 0
    assert np.array_equal(one.batches[0].x, two.batches[0].x)


@pytest.mark.parametrize(
    ("rows", "batch", "features"),
    [(1, 8_192, 2_000), (10**12, 1, 1), (10**12, 8_192, 2_000), (33, 32, 20)],
)
def test_largest_questions_stay_in_memory(rows: int, batch: int, features: int) -> None:
    spec = ProbeSpec(rows=rows, batch=batch, features=features)

    steps = most_steps(spec)
    drawn = epoch_rows(spec, steps * batch)

    assert 1 <= steps <= EPOCH_STEPS
    assert len(drawn.y) == steps * batch
    assert drawn.x.nbytes <= 2**27


def test_difference_sees_shapes_and_nonsense() -> None:
    one = np.ones((2, 3))

    assert difference([one], [one.T]) == float("inf")
    assert difference([one * np.nan], [one]) == float("inf")
    assert difference([one * 1.5], [one]) == pytest.approx(0.5)


def test_a_bias_that_is_back_where_it_began_is_no_fault() -> None:
    """It has gone no way; what it is off by is rounding of the steps it took."""
    start = [np.zeros(4, np.float32)]
    back, off, idle = ([np.full(4, value)] for value in (1e-7, 1.1e-7, 1e-3))

    assert farthest(off, back, start) < 1e-4
    assert farthest(idle, back, start) == pytest.approx(1, abs=1e-3)


def told(parameters: int, **found: float) -> Gate:
    """A gate that says it passed; every difference is nought but those found."""
    none = dict.fromkeys(
        (
            *("outputs", "loss", "gradients"),
            *("after_three_sgd_steps", "after_three_adam_steps"),
        ),
        0.0,
    )
    return Gate(passed=True, parameters=parameters, **(none | found))


def test_gate_is_read_by_its_numbers_not_its_word() -> None:
    gate = told(10, loss=0.1)

    assert not is_within(gate)
    assert faults(gate, 11) == (
        "loss differ by 1.0e-01 (limit 1e-05)",
        "10 parameters instead of 11",
    )


@pytest.mark.parametrize(
    ("parameters", "worst", "within"),
    [
        (300_000, 1e-5, True),
        (300_000, 8e-5, False),
        (12_636_162, 8.6e-5, True),  # as Keras was seen to be
        (12_636_162, 1e-3, False),
    ],
)
def test_the_worst_of_more_weights_may_be_worse_after_adam(
    parameters: int, worst: float, within: bool
) -> None:
    gate = told(parameters, after_three_adam_steps=worst, way_of_three_adam_steps=1e-5)

    assert is_within(gate) is within


def test_batches_hold_the_rows_asked_for() -> None:
    model = draw(ProbeSpec(batch=48))

    assert len(model.batches) >= 3
    assert all(isinstance(b, Batch) and b.x.shape == (48, 20) for b in model.batches)


def test_a_block_goes_on_from_its_untimed_steps(tmp_path: Path) -> None:
    model = draw(ProbeSpec(batch=8))
    one, two = model.batches[:2]

    found = after_block(model, 3, tmp_path)
    wanted = after_adam(model, [one, two, *model.batches[:3]])

    assert farthest(found, wanted, model.weights) < 1e-4
    assert farthest(found, after_block(model, 3, tmp_path), model.weights) == 0
    assert farthest(found, after_block(model, 2), model.weights) > 0.05


def test_a_block_steps_through_its_batches_again_and_again() -> None:
    model = draw(ProbeSpec(batch=8))
    count = len(model.batches)
    order = [*range(2), *range(count), 0]

    wanted = after_adam(model, [model.batches[number] for number in order])

    assert farthest(after_block(model, count + 1), wanted, model.weights) < 1e-4


def test_one_small_array_that_stands_still_is_far_astray() -> None:
    model = draw(ProbeSpec())
    end = tuple(weight + 1e-3 for weight in model.weights)
    still = (*end[:-1], model.weights[-1])

    assert farthest(end, end, model.weights) == 0
    assert farthest(still, end, model.weights) == pytest.approx(1)
    assert farthest([end[0] * np.nan], end[:1], model.weights[:1]) == NOWHERE
    assert farthest([end[0].T], end[:1], model.weights[:1]) == NOWHERE


def test_in_bfloat16_what_rounding_decides_is_not_compared() -> None:
    """Biases, and matrices with a gradient smaller than the rounding of the largest."""
    model = draw(ProbeSpec(batch=8))
    true = reference(model)
    faint = (true.gradients[0] * 1e-4, *true.gradients[1:])

    assert compared(model, true, "float32") == [True] * 6
    assert compared(model, true, "bfloat16") == [True, False] * 3
    assert biases(model, true) == [False, True] * 3
    lost = replace(true, gradients=faint)
    assert compared(model, lost, "bfloat16") == [False, False, *[True, False] * 2]
