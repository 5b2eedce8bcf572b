"""Every planted fault is stopped before it is timed, or its times are refused.

Real frameworks: each fault changes a stack in the worker's process and the gate must
say what is wrong. Half of them are not what the gate was written for.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest

from probes.records import Contender, Workload
from tests.probes.gallery import reasons
from tests.probes.real import need

pytestmark = pytest.mark.framework

Row = tuple[Contender, str, Workload, str]
MLP: Workload = "mlp-tabular"
CNN: Workload = "cnn-image"
LSTM: Workload = "lstm-sequence"
TEXT: Workload = "transformer-text"

FAULTS: list[Row] = [
    ("pytorch", "transposed kernel", MLP, "outputs differ"),
    ("pytorch", "transposed recurrent kernel", LSTM, "outputs differ"),
    ("pytorch", "transposed attention", TEXT, "outputs differ"),
    ("pytorch", "transposed filter", CNN, "outputs differ"),
    ("pytorch", "gates f i g o", LSTM, "outputs differ"),
    ("pytorch", "gates i f o g", LSTM, "outputs differ"),
    ("pytorch", "softmax twice", MLP, "loss differ"),
    ("pytorch", "softmax inside", MLP, "outputs differ"),
    ("pytorch", "adam epsilon 1e-7", MLP, "after three adam steps differ"),
    ("pytorch", "adam epsilon 1e-8", LSTM, "way of three adam steps differ"),
    ("pytorch", "adam epsilon 1e-3", MLP, "after three adam steps differ"),
    ("pytorch", "layer norm epsilon 1e-5", TEXT, "outputs differ"),
    ("pytorch", "tf32 by the common switch", MLP, "'tf32' precision"),
    ("pytorch", "tf32 by the old switch", MLP, "'tf32' precision"),
    ("pytorch", "tf32 in convolutions", CNN, "'tf32' precision"),
    ("pytorch", "bfloat16 in oneDNN", MLP, "'bf16' precision"),
    ("pytorch", "tf32 after the gate", MLP, "'tf32' precision"),
    ("pytorch", "autocast", MLP, "loss differ"),
    ("pytorch", "no waiting", MLP, "before the work was done"),
    ("pytorch", "one thread", MLP, "it uses 1 threads"),
    ("pytorch", "one thread after the gate", MLP, "it uses 1 threads"),
    ("pytorch", "one core", MLP, "it uses 1 threads"),
    ("pytorch", "labels of one batch reversed", MLP, "batches differ"),
    ("pytorch", "order of batches reversed", MLP, "batches differ"),
    ("pytorch", "rows of a later batch reversed", MLP, "batches differ"),
    ("pytorch", "last batch dropped", MLP, "batches differ"),
    ("pytorch", "dropout", TEXT, "outputs differ"),
    ("pytorch", "decoupled weight decay", MLP, "way of three adam steps differ"),
    ("pytorch", "slight weight decay", MLP, "way of three adam steps differ"),
    ("pytorch", "weight decay by gradient", MLP, "way of three adam steps differ"),
    ("pytorch", "momentum", MLP, "after three sgd steps differ"),
    ("pytorch", "other betas", MLP, "way of three adam steps differ"),
    ("pytorch", "amsgrad", MLP, "amsgrad=True"),
    ("pytorch", "fused", MLP, "fused=True"),
    ("pytorch", "frozen bias", MLP, "KeyError: 'layers.2.bias'"),
    ("pytorch", "last step dropped", MLP, "steps were asked for"),
    ("pytorch", "every second step", MLP, "steps were asked for"),
    ("pytorch", "double steps", MLP, "steps were asked for"),
    ("pytorch", "eight threads", MLP, "it uses 8 threads"),
    ("pytorch", "eight threads after the gate", MLP, "it uses 8 threads"),
    ("pytorch", "collector off", MLP, "garbage collector is off"),
    ("pytorch", "collector off after the gate", MLP, "garbage collector is off"),
    ("pytorch", "profiled", MLP, "a profiler watches"),
    ("pytorch", "traced", MLP, "a tracer watches"),
    ("pytorch", "slow clock", MLP, "its clock is not this machine's"),
    ("pytorch", "seconds understated", MLP, "not what its clock showed"),
    ("pytorch", "timed in part", MLP, "outside the clock"),
    ("pytorch", "late by some milliseconds", MLP, "before the work was done"),
    ("pytorch", "oneDNN off", MLP, "oneDNN is off"),
    ("pytorch", "anomalies looked for", MLP, "looks for anomalies"),
    ("pytorch", "deterministic", MLP, "deterministic algorithms"),
    ("pytorch", "foreach", MLP, "foreach=True"),
    ("pytorch", "differentiable", MLP, "RuntimeError: a leaf Variable"),
    ("pytorch", "channels last", CNN, "not laid out as PyTorch does"),
    ("pytorch-compile", "eager block", MLP, "entered its compiled program 0 times"),
    ("pytorch-compile", "discarded compile", MLP, "its compiled program 0 times"),
    (
        "pytorch-compile",
        "compiled for the gate only",
        MLP,
        "its compiled program 0 times",
    ),
    ("keras-torch", "tf32 by torch", MLP, "'tf32' precision"),
    ("keras-torch", "transposed kernel", MLP, "outputs differ"),
    ("keras-torch", "adam epsilon 1e-8", LSTM, "way of three adam steps differ"),
    ("keras-torch", "adam epsilon 1e-3", MLP, "after three adam steps differ"),
    ("keras-torch", "weight decay", MLP, "way of three adam steps differ"),
    ("keras-torch", "every second step", MLP, "after three adam steps differ"),
    ("keras-torch", "clipped gradients", MLP, "after three adam steps differ"),
    ("keras-torch", "mixed policy", MLP, "outputs differ"),
    ("keras-torch", "one core", MLP, "it uses 1 threads"),
    ("keras-torch", "order of batches reversed", MLP, "batches differ"),
    ("keras-torch", "last batch dropped", MLP, "batches differ"),
    ("keras-torch", "last step dropped", MLP, "steps were asked for"),
    ("keras-torch", "eight threads", MLP, "it uses 8 threads"),
    ("keras-torch", "collector off", MLP, "garbage collector is off"),
    ("keras-torch", "profiled", MLP, "a profiler watches"),
    ("keras-torch", "slow clock", MLP, "its clock is not this machine's"),
    ("keras-torch", "oneDNN off", MLP, "oneDNN is off"),
    ("keras-torch", "anomalies looked for", MLP, "looks for anomalies"),
    ("keras-torch", "deterministic", MLP, "deterministic algorithms"),
    ("keras-torch", "accuracy too", MLP, "metrics beside the loss"),
    ("keras-tensorflow", "gates i f o g", LSTM, "outputs differ"),
    ("keras-tensorflow", "loss from probabilities", MLP, "gradients differ"),
    ("keras-tensorflow", "softmax inside", MLP, "outputs differ"),
    ("keras-tensorflow", "layer norm epsilon 1e-5", TEXT, "outputs differ"),
    ("keras-tensorflow", "dropout", TEXT, "loss differ"),
    ("keras-tensorflow", "no bias", MLP, "ValueError: The shape of the target"),
    ("keras-tensorflow", "tf32", MLP, "'tf32' precision"),
    ("keras-tensorflow", "other xla", MLP, "jit_compile=True"),
    ("keras-tensorflow", "eager functions", MLP, "nothing was compiled"),
    ("keras-tensorflow", "one core", MLP, "it uses 1 threads"),
    ("keras-tensorflow", "eight threads by variable", MLP, "it uses 8 threads"),
    ("keras-tensorflow", "collector off", MLP, "garbage collector is off"),
    ("keras-tensorflow", "traced", MLP, "a tracer watches"),
    ("keras-tensorflow", "seconds understated", MLP, "not what its clock showed"),
    ("keras-tensorflow", "auto-clustering", MLP, "jit=autoclustering"),
    ("keras-tensorflow", "Grappler off", MLP, "disable_meta_optimizer=True"),
    ("keras-tensorflow", "oneDNN off by variable", MLP, "oneDNN is off"),
    ("keras-tensorflow", "eager steps", MLP, "its compiled program 0 times"),
    ("keras-tensorflow", "loop in the graph", MLP, "its compiled program 0 times"),
    ("keras-tensorflow", "accuracy too", MLP, "metrics beside the loss"),
    ("keras-tensorflow-xla", "other xla", MLP, "jit_compile=False"),
    ("keras-tensorflow-xla", "one thread by variable", MLP, "it uses 1 threads"),
    ("keras-jax", "no waiting", CNN, "before the work was done"),
    ("keras-jax", "jax bfloat16", MLP, "'bfloat16' precision"),
    ("keras-jax", "jax default", MLP, "'default' precision"),
    ("keras-jax", "discarded jit", MLP, "nothing was compiled"),
    ("keras-jax", "one thread of XLA", MLP, "it uses 1 threads"),
    ("keras-jax", "loop in the jit", MLP, "its compiled program 0 times"),
    ("keras-jax", "collector off", MLP, "garbage collector is off"),
    ("keras-jax", "slow clock", MLP, "its clock is not this machine's"),
    ("tensorflow-raw", "transposed kernel", MLP, "outputs differ"),
    ("tensorflow-raw", "tf32", MLP, "'tf32' precision"),
    ("tensorflow-raw", "last batch dropped", MLP, "batches differ"),
    ("tensorflow-raw", "XLA in secret", MLP, "jit_compile=True"),
    ("tensorflow-raw", "auto-clustering", MLP, "jit=autoclustering"),
    ("tensorflow-raw", "Grappler off", MLP, "disable_meta_optimizer=True"),
    ("tensorflow-raw", "eager steps", MLP, "its compiled program 0 times"),
    ("tensorflow-raw", "eight threads by variable", MLP, "it uses 8 threads"),
    ("tensorflow-raw", "profiled", MLP, "a profiler watches"),
    ("tensorflow-raw", "timed in part", MLP, "outside the clock"),
    ("tensorflow-raw", "eager functions", MLP, "nothing was compiled"),
]
"""Contender, fault, model, and what the refusal must say."""

LATER: list[Row] = [
    ("pytorch", "later another rate", MLP, "way of timed blocks differ"),
    ("pytorch", "later dropout", MLP, "way of timed blocks differ"),
    ("pytorch", "later half a batch", MLP, "way of timed blocks differ"),
    ("pytorch", "later the first batch", MLP, "way of timed blocks differ"),
    ("pytorch", "later old gradients", MLP, "way of timed blocks differ"),
    ("pytorch", "later forward only", MLP, "way of timed blocks differ"),
    ("pytorch", "later without a layer", MLP, "way of timed blocks differ"),
    ("pytorch", "later without a bias", MLP, "steps were asked for"),
    ("pytorch", "double precision", MLP, "its weights are held as float64"),
    ("pytorch", "input gradients", MLP, "operations in products, and needs"),
    ("pytorch", "forward twice", MLP, "operations in products, and needs"),
    ("pytorch", "epochs without training", MLP, "its epochs train otherwise"),
    ("pytorch", "epochs with another rate", MLP, "its epochs train otherwise"),
    ("pytorch", "epochs with other labels", MLP, "its epochs train otherwise"),
    ("pytorch", "epochs with another loss", MLP, "its epochs train otherwise"),
    ("pytorch", "epochs in order", MLP, "in the order given"),
    ("pytorch", "epochs cut short", MLP, "steps in an epoch of"),
    ("keras-torch", "later the first batch", MLP, "way of timed blocks differ"),
    ("keras-torch", "forward twice", MLP, "operations in products, and needs"),
    ("keras-torch", "batches in NumPy", MLP, "held as float32 of NumPy"),
    ("keras-torch", "batches in double", MLP, "inputs are held as float64"),
    ("keras-torch", "epochs in order", MLP, "epochs have shuffle beside"),
    ("keras-tensorflow", "later another rate", MLP, "way of timed blocks differ"),
    ("keras-tensorflow", "later the first batch", MLP, "way of timed blocks differ"),
    ("keras-tensorflow", "forward twice", MLP, "operations in products, and needs"),
    ("keras-tensorflow", "batches in NumPy", MLP, "held as float32 of NumPy"),
    ("keras-tensorflow", "batches in double", MLP, "inputs are held as float64"),
    ("keras-tensorflow", "epochs in order", MLP, "epochs have shuffle beside"),
    ("keras-tensorflow", "epochs with other labels", MLP, "epochs train otherwise"),
    ("keras-tensorflow", "epochs with validation", MLP, "validation_data beside"),
    ("keras-tensorflow", "epochs with callbacks", MLP, "have callbacks beside"),
    ("keras-tensorflow", "epochs with weighed rows", MLP, "have class_weight beside"),
    ("keras-tensorflow", "epochs cut short", MLP, "steps in an epoch of"),
    ("keras-jax", "later another rate", MLP, "way of timed blocks differ"),
    ("keras-jax", "forward twice", MLP, "operations in products, and needs"),
    ("keras-jax", "batches in NumPy", MLP, "held as float32 of NumPy"),
    ("keras-jax", "epochs in order", MLP, "epochs have shuffle beside"),
    ("tensorflow-raw", "later the first batch", MLP, "way of timed blocks differ"),
    ("tensorflow-raw", "input gradients", MLP, "operations in products, and needs"),
    ("tensorflow-raw", "batches in double", MLP, "inputs are held as float64"),
    ("tensorflow-raw", "epochs in order", MLP, "in the order given"),
]
"""The same for what begins after the gate's three steps, or in whole epochs alone."""

MIXED: list[Row] = [
    ("pytorch", "mixed: autocast disabled", MLP, "only, as in float32"),
    ("pytorch", "mixed: autocast for show", MLP, "only, as in float32"),
    ("pytorch", "mixed: later in float32", MLP, "matrices in float32"),
    ("pytorch", "mixed: one layer in float32", MLP, "in bfloat16, float32"),
    ("pytorch", "mixed: transposed kernel", MLP, "outputs differ"),
    ("pytorch", "mixed: softmax twice", MLP, "loss differ"),
    ("pytorch", "mixed: optimizer in bfloat16", MLP, "its optimizer keeps bfloat16"),
    ("keras-torch", "mixed: policy disabled", MLP, "only, as in float32"),
    ("keras-torch", "mixed: policy for show", MLP, "only, as in float32"),
    ("keras-torch", "mixed: one layer in float32", MLP, "'bfloat16, float32'"),
    ("keras-torch", "mixed: transposed kernel", MLP, "outputs differ"),
    ("keras-tensorflow", "mixed: policy disabled", MLP, "only, as in float32"),
    ("keras-tensorflow", "mixed: transposed kernel", MLP, "outputs differ"),
    ("keras-jax", "mixed: policy disabled", MLP, "only, as in float32"),
    ("keras-jax", "mixed: one layer in float32", MLP, "'bfloat16, float32'"),
]
"""Of a probe in bfloat16, whose gate in float32 all of them pass."""

IN_BFLOAT16 = sorted({row[0] for row in MIXED})

KINDS = (
    *("transposed kernel", "gates i f o g", "softmax twice", "loss from probabilities"),
    *("adam epsilon 1e-7", "layer norm epsilon 1e-5", "slight weight decay"),
    *("tf32 by the common switch", "tf32 by torch", "tf32", "one thread"),
    *("discarded compile", "discarded jit", "no waiting", "last step dropped"),
    *("rows of a later batch reversed", "order of batches reversed"),
    *("eight threads", "collector off after the gate", "slow clock"),
    *("eager steps", "accuracy too", "later another rate", "batches in NumPy"),
    *("double precision", "epochs with another rate", "epochs cut short"),
    *("mixed: autocast disabled", "mixed: policy disabled", "mixed: transposed kernel"),
    *("mixed: one layer in float32", "mixed: later in float32"),
    *("forward twice", "input gradients"),
)
"""One or two of each kind, for every day; set ``KOP_FAULTS=all`` to try them all."""

TRIED = [
    row
    for row in (*FAULTS, *LATER, *MIXED)
    if os.environ.get("KOP_FAULTS") == "all" or row[1] in KINDS
]


@cache
def found(contender: Contender) -> dict[str, str | None]:
    """All faults of one contender, tried in one process."""
    rows = [(fault, load) for name, fault, load, _ in TRIED if name == contender]
    healthy: list[tuple[str, Workload]] = [("no fault", MLP)]
    if contender in IN_BFLOAT16:
        healthy.append(("mixed: no fault", MLP))
    return reasons(contender, [*healthy, *rows])


def in_one_process(contender: Contender, *values: str) -> Any:
    """What ``found`` tries together stays in one process of tests, too."""
    group = pytest.mark.xdist_group(contender)
    return pytest.param(contender, *values, marks=group)


@pytest.mark.parametrize(
    ("contender", "fault", "workload", "said"),
    [in_one_process(*row) for row in TRIED],
)
def test_planted_fault_is_stopped(
    contender: Contender, fault: str, workload: Workload, said: str
) -> None:
    need(contender)
    del workload

    reason = found(contender)[fault]

    assert reason is not None
    assert said in reason


@pytest.mark.parametrize(
    "contender", [in_one_process(name) for name in sorted({row[0] for row in TRIED})]
)
def test_nothing_is_found_where_nothing_is_wrong(contender: Contender) -> None:
    need(contender)

    assert found(contender)["no fault"] is None


@pytest.mark.parametrize("contender", IN_BFLOAT16)
def test_nothing_is_found_in_bfloat16_where_nothing_is_wrong(
    contender: Contender,
) -> None:
    need(contender)

    assert found(contender)["mixed: no fault"] is None
