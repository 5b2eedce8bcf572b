"""How many public names of a module carry a docstring."""

from __future__ import annotations

import inspect
from typing import Any


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


def _counts(one: object) -> bool:
    return inspect.isclass(one) or inspect.isroutine(one)
