"""Which frameworks are installed, found out without importing any of them."""

from __future__ import annotations

import contextlib
from importlib.metadata import PackageNotFoundError, files, version
from importlib.util import find_spec

from probes.records import Contender

NEEDS: dict[Contender, tuple[str, ...]] = {
    "pytorch": ("torch",),
    "pytorch-compile": ("torch",),
    "pytorch-fused": ("torch",),
    "keras-tensorflow": ("tensorflow", "keras"),
    "keras-tensorflow-xla": ("tensorflow", "keras"),
    "keras-torch": ("torch", "keras"),
    "keras-jax": ("jax", "keras"),
    "tensorflow-raw": ("tensorflow",),
}
"""Packages that each contender imports."""

BACKENDS: dict[Contender, str] = {
    "keras-tensorflow": "tensorflow",
    "keras-tensorflow-xla": "tensorflow",
    "keras-torch": "torch",
    "keras-jax": "jax",
}
"""``KERAS_BACKEND`` of each Keras contender."""

DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "tensorflow": ("tensorflow", "tensorflow-cpu", "tf-nightly"),
}
"""Names a package may have been installed under, where there are several."""


def installed() -> dict[str, str | None]:
    """Version of torch, tensorflow, keras and jax; None where it is missing."""
    return {name: _version(name) for name in ("torch", "tensorflow", "keras", "jax")}


def missing(contender: Contender) -> str | None:
    """Why a contender cannot run here and what to do, or None where it can."""
    absent = [name for name in NEEDS[contender] if find_spec(name) is None]
    if not absent:
        return None
    verb = "is" if len(absent) == 1 else "are"
    return f"{' and '.join(absent)} {verb} not installed here; {install(contender)}"


def install(contender: Contender) -> str:
    """The command that installs what a contender needs."""
    return f"pip install {' '.join(NEEDS[contender])}"


def installed_bytes(contender: Contender) -> int:
    """Size on disk of the packages a contender imports, without what those need."""
    total = 0
    for name in NEEDS[contender]:
        for known in DISTRIBUTIONS.get(name, (name,)):
            try:
                shipped = files(known) or []
            except PackageNotFoundError:
                continue
            for file in shipped:
                with contextlib.suppress(OSError):
                    total += file.locate().stat().st_size  # type: ignore[attr-defined]
            break
    return total


def _version(name: str) -> str | None:
    if find_spec(name) is None:
        return None
    for distribution in DISTRIBUTIONS.get(name, (name,)):
        try:
            return version(distribution)
        except PackageNotFoundError:
            continue
    return "unknown"
