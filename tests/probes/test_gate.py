"""The float64 reference, and the gate that real frameworks must pass."""

import asyncio
import sys
from pathlib import Path

import numpy as np
import pytest

from probes.frameworks import missing
from probes.gate import difference
from probes.limits import faults, is_within
from probes.records import Contender, Gate, Measured, NotMeasured, ProbeSpec, Workload
from probes.runner import run_probe
from probes.workloads import Batch, draw, epoch_rows

FAULTY = Path(__file__).parent / "faulty_worker.py"


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

    drawn = epoch_rows(spec)

    assert 1 <= len(drawn.y) <= rows
    assert drawn.x.nbytes <= 2**27


def test_difference_sees_shapes_and_nonsense() -> None:
    one = np.ones((2, 3))

    assert difference([one], [one.T]) == float("inf")
    assert difference([one * np.nan], [one]) == float("inf")
    assert difference([one * 1.5], [one]) == pytest.approx(0.5)


def test_gate_is_read_by_its_numbers_not_its_word() -> None:
    gate = Gate(
        passed=True,
        outputs=0,
        loss=0.1,
        gradients=0,
        after_three_sgd_steps=0,
        after_three_adam_steps=0,
        parameters=10,
    )

    assert not is_within(gate)
    assert faults(gate, 11) == (
        "loss differ by 1.0e-01 (limit 1e-05)",
        "10 parameters instead of 11",
    )


def result_with(
    contender: Contender, fault: str, workload: Workload = "mlp-tabular"
) -> Measured | NotMeasured:
    if reason := missing(contender):
        pytest.skip(reason)
    command = [sys.executable, str(FAULTY), contender, fault]
    spec = ProbeSpec(workload=workload, contenders=(contender,), budget_s=90, classes=3)
    report = asyncio.run(run_probe(spec, command=lambda _: command))
    return report.results[0]


@pytest.mark.framework
@pytest.mark.parametrize(
    ("contender", "fault", "seen_in"),
    [
        ("pytorch", "transposed kernel", "outputs"),
        ("pytorch", "softmax twice", "loss"),
        ("pytorch", "wrong epsilon", "after three adam steps"),
        ("pytorch", "shuffled data", "after three sgd steps"),
        ("keras-torch", "wrong epsilon", "after three adam steps"),
        ("keras-tensorflow", "loss from probabilities", "gradients"),
    ],
)
def test_planted_fault_is_found(contender: Contender, fault: str, seen_in: str) -> None:
    result = result_with(contender, fault)

    assert isinstance(result, NotMeasured)
    assert result.status == "gate_failed"
    assert f"{seen_in} differ by" in result.reason


@pytest.mark.framework
@pytest.mark.parametrize(
    ("contender", "fault", "workload", "said"),
    [
        ("pytorch", "swapped gates", "lstm-sequence", "outputs differ by"),
        ("pytorch", "layer norm epsilon", "transformer-text", "outputs differ by"),
        ("pytorch", "low precision", "mlp-tabular", "'high' precision, not float32"),
        ("pytorch", "one thread", "mlp-tabular", "it uses 1 threads"),
        ("pytorch-compile", "discarded compile", "mlp-tabular", "nothing was compiled"),
        ("keras-jax", "no waiting", "cnn-image", "before the work was done"),
    ],
)
def test_planted_fault_of_a_setting_is_found(
    contender: Contender, fault: str, workload: Workload, said: str
) -> None:
    result = result_with(contender, fault, workload)

    assert isinstance(result, NotMeasured)
    assert result.status == "gate_failed"
    assert said in result.reason


@pytest.mark.framework
def test_worker_without_a_fault_passes() -> None:
    result = result_with("pytorch", "no fault")

    assert isinstance(result, Measured)
    assert result.gate.parameters == draw(ProbeSpec(classes=3)).parameters


def test_batches_hold_the_rows_asked_for() -> None:
    model = draw(ProbeSpec(batch=48))

    assert len(model.batches) >= 3
    assert all(isinstance(b, Batch) and b.x.shape == (48, 20) for b in model.batches)
