"""A known slow-down: every block is followed by busy work in proportion to it."""

from __future__ import annotations

import time
from typing import Any


def busy(kind: type, part: float) -> None:
    """Let ``block`` of a stack take ``1 + part`` times as long as it does.

    The work is bare counting, calibrated by the clock on what the very block took, so
    that it holds whatever the machine does meanwhile; nothing sleeps, no core rests.
    """
    block: Any = getattr(kind, "block")  # noqa: B009 - any stack has one

    def longer(self: Any, steps: int) -> float:
        started = time.perf_counter()
        result: float = block(self, steps)
        ends = time.perf_counter() + part * (time.perf_counter() - started)
        while time.perf_counter() < ends:
            pass
        return result

    setattr(kind, "block", longer)  # noqa: B010
