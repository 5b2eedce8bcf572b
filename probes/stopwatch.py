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


def outstanding(action: Callable[[], T], *, on_processor: bool) -> tuple[float, T]:
    """Seconds that reading a result takes longer than once more; and the result.

    Args:
        on_processor: what is still to be done needs this process's processor time: who
            waited without using it waited for others' work.
    """
    used = [time.process_time()]
    first_s, result = timed(action)
    used.append(time.process_time())
    late_s = first_s - seconds_of(action)
    used.append(time.process_time())
    if on_processor:
        late_s = min(late_s, 2 * used[1] - used[0] - used[2])
    return max(0.0, late_s), result
