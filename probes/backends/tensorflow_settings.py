"""What TensorFlow says of its precision, threads, memory and optimizer of graphs."""

from __future__ import annotations

import os
from typing import Any

import tensorflow
from tensorflow.python.framework.config import is_op_determinism_enabled

from probes.backends.contract import threads_from_environment

tf: Any = tensorflow

ALWAYS_SAID = ("disable_model_pruning", "disable_meta_optimizer")
"""Options of the graph optimizer that are told even where nobody has set them."""


def tensorflow_precision() -> str:
    """``highest``, or that products may be TF32."""
    on = tf.config.experimental.tensor_float_32_execution_enabled()
    return "tf32" if on else "highest"


def tensorflow_device_bytes() -> int | None:
    """Most memory taken on the first graphics processor; None where there is none."""
    if not tf.config.list_physical_devices("GPU"):
        return None
    return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])


def tensorflow_threads() -> int:
    """Threads of one operation: as set, or as the variable it reads says."""
    chosen = int(tf.config.threading.get_intra_op_parallelism_threads())
    return chosen or threads_from_environment("TF_NUM_INTRAOP_THREADS")


def is_xla(step: Any, *arguments: Any) -> bool:
    """Whether XLA compiles a ``tf.function`` for such arguments."""
    made = step.get_concrete_function(*arguments)
    return bool(made.function_def.attr["_XlaMustCompile"].b)


def tensorflow_oddities() -> tuple[str, ...]:
    """What is set in TensorFlow that an ordinary program leaves alone."""
    options = tf.config.optimizer.get_experimental_options()
    found = [
        f"its graph optimizer has {name}={value}"
        for name, value in options.items()
        if value or name not in ALWAYS_SAID
    ]
    if jit := tf.config.optimizer.get_jit():
        found.append(f"its graph optimizer has jit={jit}")
    if tf.config.functions_run_eagerly():
        found.append("it says that it compiles, but nothing was compiled")
    if is_op_determinism_enabled():
        found.append("it asks for deterministic algorithms")
    if os.environ.get("TF_ENABLE_ONEDNN_OPTS", "1") in ("0", "false"):
        found.append("oneDNN is off")
    return tuple(found)
