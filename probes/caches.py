"""Where compilers keep what they compiled: a folder of the probe, empty at first.

So the first launch shows what compiling costs, and later ones what it costs whoever
comes back to a filled cache. On JAX and in TensorFlow's XLA such a cache is an option,
which is switched on here; in torch it is the default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

FOLDER = "PROBE_COMPILED"
"""Environment variable with the folder, for the worker."""


def cache_variables(contender: str, folder: Path) -> dict[str, str]:
    """Environment that makes a contender's compilers keep their work in ``folder``."""
    kept = str(folder / f"compiled-{contender}")
    variables = {
        FOLDER: kept,
        "TORCHINDUCTOR_CACHE_DIR": kept,
        "JAX_COMPILATION_CACHE_DIR": kept,
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    }
    if contender == "keras-tensorflow-xla":
        variables["TF_XLA_FLAGS"] = f"--tf_xla_persistent_cache_directory={kept}"
    return variables


def is_warm(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether an earlier launch has left something in this process's cache."""
    folder = environment.get(FOLDER, "")
    return bool(folder) and any(one.is_file() for one in Path(folder).rglob("*"))
