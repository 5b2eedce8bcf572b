"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(action: Callable[..., T], *arguments: object) -> tuple[float, T]:
    """Seconds, and what the action gave."""
    started = time.perf_counter()
    result = action(*arguments)
    return time.perf_counter() - started, result


def seconds_of(action: Callable[..., object], *arguments: object) -> float:
    """Seconds of the action."""
    return timed(action, *arguments)[0]
