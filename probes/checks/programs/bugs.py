"""Five mistakes that everybody makes, planted in every stack, and what each says."""

from __future__ import annotations

import importlib
import re
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from probes.checks.programs import bugs_keras, bugs_torch
from probes.checks.records import Facts

BUGS = ("shape", "dtype", "label", "nan", "no_gradient")
"""A wrong shape, a wrong dtype, a label out of range, a NaN among the rows, and a
model whose gradient is cut off."""


def gather(stack: str) -> Facts:
    """For every bug whether it was reported, in which words, and where."""
    dice = np.random.default_rng(0)
    x = dice.normal(size=(32, 4)).astype("float32")
    y = (x.sum(axis=1) > 0).astype("int64")
    planted = bugs_torch if stack == "pytorch" else bugs_keras
    seen = _all({bug: getattr(planted, bug) for bug in BUGS}, x, y)
    if stack == "pytorch":
        reached = [
            _reported(partial(bug, x, y, compiled=True))
            for bug in (bugs_torch.shape, bugs_torch.label)
        ]
        seen["compiled_reported"] = sum(one is not None for one in reached)
        return seen
    shown = [_frames(bugs_keras.shape, x, y, filtered=way) for way in (True, False)]
    seen["frames_filtered"], seen["frames_unfiltered"] = shown
    seen["advice"] = bugs_keras.advice()
    if stack == "keras-tensorflow":
        seen |= _raw_tensorflow(x)
    return seen


def _all(planted: dict[str, Callable[..., Any]], x: Any, y: Any) -> Facts:
    seen: Facts = {}
    reported = named = located = 0
    for bug, run in planted.items():
        error = _reported(partial(run, x, y))
        seen[f"{bug}_reported"] = error is not None
        seen[f"{bug}_says"] = _words(error) if error else "no error"
        reported += error is not None
        named += error is not None and names_the_place(str(error))
        located += error is not None and _reaches_us(error, run.__module__)
    return seen | {"reported": reported, "named": named, "located": located}


def names_the_place(message: str) -> bool:
    """Whether an error says which layer or argument was meant, and shows a shape."""
    layer = re.search(
        r"[\"'`]\w*(dense|linear|embedding|input|layer|sequential)", message, re.I
    )
    shape = re.search(r"\(?\d+x\d+|shape", message)
    return bool(layer and shape)


def _reported(action: Callable[[], object]) -> Exception | None:
    """The error of an action, or of the loss that it returns: a NaN is no error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            action()
    except Exception as error:
        return error
    return None


def _reaches_us(error: Exception, module: str) -> bool:
    """Whether the traceback shows the line inside our own layer."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = module.rpartition(".")[2]
    return any(
        ours in one.filename and one.name in ("call", "forward") for one in frames
    )


def _frames(run: Callable[..., Any], x: Any, y: Any, *, filtered: bool) -> int:
    import keras

    switch = keras.config
    (
        switch.enable_traceback_filtering
        if filtered
        else switch.disable_traceback_filtering
    )()
    error = _reported(lambda: run(x, y))
    switch.enable_traceback_filtering()
    return len(traceback.extract_tb(error.__traceback__)) if error else 0


def _raw_tensorflow(x: Any) -> Facts:
    """The wrong shape without Keras, as written and under ``tf.function``."""
    tf: Any = importlib.import_module("tensorflow")
    kernel = tf.zeros((5, 3))

    def product(rows: Any) -> Any:
        return tf.matmul(rows, kernel)

    seen: Facts = {}
    for name, way in (("raw_shape", product), ("raw_graph", tf.function(product))):
        error = _reported(partial(way, tf.constant(x)))
        seen[f"{name}_says"] = _words(error) if error else "no error"
        seen[f"{name}_named"] = error is not None and names_the_place(str(error))
    return seen


def _words(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {' '.join(lines)}"[:320]
