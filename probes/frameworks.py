"""Which frameworks are installed, found out without importing any of them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from probes.records import Contender

NEEDS: dict[Contender, tuple[str, ...]] = {
    "pytorch": ("torch",),
    "keras-tensorflow": ("tensorflow", "keras"),
    "keras-torch": ("torch", "keras"),
    "keras-jax": ("jax", "keras"),
}
"""Packages that each contender imports."""

BACKENDS: dict[Contender, str] = {
    "keras-tensorflow": "tensorflow",
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


def _version(name: str) -> str | None:
    if find_spec(name) is None:
        return None
    for distribution in DISTRIBUTIONS.get(name, (name,)):
        try:
            return version(distribution)
        except PackageNotFoundError:
            continue
    return "unknown"
