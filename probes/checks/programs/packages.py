"""What the installed packages say of themselves; nothing of theirs is imported."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from probes.checks.records import Facts

ENGINES = {"tensorflow", "torch", "jax", "jaxlib", "mxnet"}
OPEN = ("Apache", "BSD", "MIT")
"""Beginnings and parts of names of licences that the Open Source Initiative lists."""

NEIGHBOURS = (
    "tensorboard",
    "torchvision",
    "lightning",
    "onnx",
    "openvino",
    "ai_edge_litert",
    "executorch",
    "keras_hub",
    "transformers",
)


def gather(stack: str) -> Facts:
    """Licences, requirements and folders, from metadata and file names."""
    del stack
    seen: Facts = {}
    for name in ("keras", "torch", "tensorflow"):
        if found := _found(name):
            seen |= _described(name, found)
    if (keras := _found("keras")) and (place := _folder("keras")):
        needs = requirements(keras)
        backends = place / "src" / "backend"
        folders = sorted(
            path.name for path in backends.iterdir() if (path / "trainer.py").is_file()
        )
        seen |= {
            "keras_requires": tuple(needs),
            "keras_requires_engine": bool(ENGINES & set(needs)),
            "keras_backends": tuple(folders),
            "keras_is_python_package": (place / "__init__.py").is_file(),
            "torch_distribution": (backends / "torch/distribution_lib.py").is_file(),
            "keras_submodules": len(
                [path for path in place.iterdir() if (path / "__init__.py").is_file()]
            ),
        }
    if tensorflow := _found("tensorflow"):
        needs = requirements(tensorflow)
        seen |= {
            "tensorflow_requires_keras": "keras" in needs,
            "tensorflow_requires_tensorboard": "tensorboard" in needs,
            "tensorflow_requires": tuple(needs),
        }
    seen["neighbours"] = tuple(one for one in NEIGHBOURS if find_spec(one)) or ("-",)
    return seen


def requirements(package: Distribution) -> list[str]:
    """Names of what is installed with it; extras that one must ask for are left out."""
    plain = (one for one in package.requires or () if "extra ==" not in one)
    return sorted({re.split(r"[^A-Za-z0-9_.-]", one)[0].lower() for one in plain})


def _described(name: str, package: Distribution) -> Facts:
    meta: Any = package.metadata
    licence = str(meta.get("License-Expression") or meta.get("License") or "none given")
    status = [
        line.split("::")[-1].strip()
        for line in meta.get_all("Classifier") or ()
        if line.startswith("Development Status")
    ]
    needed = str(meta.get("Requires-Python") or "")
    return {
        f"{name}_licence": licence.splitlines()[0],
        f"{name}_open": any(word in licence for word in OPEN),
        f"{name}_bsd": "BSD" in licence,
        f"{name}_status": status[0] if status else "none given",
        f"{name}_version": package.version,
        f"{name}_major": int(package.version.split(".")[0]),
        f"{name}_python": needed,
        f"{name}_runs_on_this_python": _allows(needed),
    }


def _allows(needed: str) -> bool:
    """Whether this Python meets a ``Requires-Python`` of plain bounds."""
    here = sys.version_info[:2]
    for sign, major, minor in re.findall(r"(>=|<=|<|>|!=)\s*(\d+)\.(\d+)", needed):
        bound = (int(major), int(minor))
        if not {
            ">=": here >= bound,
            "<=": here <= bound,
            "<": here < bound,
            ">": here > bound,
            "!=": here != bound,
        }[sign]:
            return False
    return bool(needed)


def _found(name: str) -> Distribution | None:
    for known in (name, f"{name}-cpu"):
        try:
            return distribution(known)
        except PackageNotFoundError:
            continue
    return None


def _folder(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))
