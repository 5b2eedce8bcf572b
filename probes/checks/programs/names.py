"""What a package ships, told by its public names and its files."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

WEIGHTS = frozenset({".bin", ".h5", ".keras", ".npz", ".pt", ".pth", ".safetensors"})
LEAST_BYTES = 2**20
"""Files of weights of the smallest models that anybody uses are larger."""


def documented(*places: Any) -> float:
    """Percent of the public functions and classes in ``places`` with a docstring.

    A module's ``__all__`` says what is public, where it has one.
    """
    described = total = 0
    for place in places:
        for name in getattr(place, "__all__", None) or dir(place):
            one = getattr(place, name, None)
            if name.startswith("_") or not _counts(one):
                continue
            total += 1
            words = getattr(one, "__doc__", None)
            described += isinstance(words, str) and bool(words.strip())
    return 100 * described / total if total else 0.0


def pretrained(*places: Any) -> int:
    """How many public callables in ``places`` take ``weights`` or ``pretrained``."""
    found = set()
    for place in places:
        for name, one in vars(place).items():
            if name.startswith("_") or not _counts(one):
                continue
            try:
                asked = inspect.signature(one).parameters
            except ValueError:  # written in C, without a signature
                continue
            if "weights" in asked or "pretrained" in asked:
                found.add(name)
    return len(found)


def weight_files(package: ModuleType) -> int:
    """How many files of trained weights lie in the installed package."""
    return sum(
        file.suffix in WEIGHTS and file.stat().st_size >= LEAST_BYTES
        for folder in package.__path__
        for file in Path(folder).rglob("*")
    )


def _counts(one: object) -> bool:
    return inspect.isclass(one) or inspect.isroutine(one)
