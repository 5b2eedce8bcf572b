"""Faults of a worker's process that any framework could have: Python and the clock."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from probes import worker

Fault = Callable[[], None]
After = Callable[[str, Callable[[Any], None]], Fault]

BLOCK = worker.Bench.block

CLOCKS = ("slow clock", "seconds understated", "timed in part")
"""Faults of time, which are looked for in blocks as long as a probe's."""


def staying(block: Callable[[Any, int], float]) -> Callable[[Any, int], float]:
    """A stack's block that has steps before it stays with its first batch."""

    def first_batch(self: Any, steps: int) -> float:
        if not self.taken():
            return block(self, steps)
        kept, self._batches = self._batches, self._batches[:1]
        try:
            return block(self, steps)
        finally:
            self._batches = kept

    return first_batch


def seen(*_: object) -> None:
    """A watcher that does nothing but take time."""


def slow_clock() -> None:
    """A clock that loses a tenth, from now on."""
    began = time.perf_counter()
    other = SimpleNamespace(**vars(time))
    other.perf_counter = lambda: began + 0.9 * (time.perf_counter() - began)
    setattr(worker, "time", other)  # noqa: B010 - a planted fault


def understated(self: Any, steps: int) -> Any:
    answer = BLOCK(self, steps)
    return answer | {"seconds": 0.9 * answer["seconds"]}


def partly_timed(self: Any, steps: int) -> Any:
    """Half of the block before the clock starts, in a stack that knows the number."""
    self.stack.ahead = 0 if steps < 8 else steps // 2
    return BLOCK(self, steps)


def half_ahead(kind: type) -> None:
    """``wait``, which is called before the clock starts, already takes half the steps.

    What the block leaves behind is right to the last bit.
    """
    wait, block, restart = (
        getattr(kind, name) for name in ("wait", "block", "restart")
    )

    def run(self: Any, first: int, last: int) -> float:
        batches = self._batches
        for number in range(first, last):
            self._batches = [batches[number % len(batches)]]
            loss: float = block(self, 1)
        self._batches = batches
        return loss

    def again(self: Any, optimizer: Any) -> None:
        self._done, self._blocks = 0, 0
        restart(self, optimizer)

    def early(self: Any) -> None:
        ahead = getattr(self, "ahead", 0)
        if ahead and self._blocks == 1 and not self._done:
            run(self, 0, ahead)
            self._done = ahead
        wait(self)

    def rest(self: Any, steps: int) -> float:
        self._blocks += 1
        first, self._done = self._done, 0
        return run(self, first, steps) if first else block(self, steps)

    setattr(kind, "wait", early)  # noqa: B010
    setattr(kind, "block", rest)  # noqa: B010
    setattr(kind, "restart", again)  # noqa: B010
    setattr(worker.Bench, "block", partly_timed)  # noqa: B010


def common(kind: type, after: After) -> dict[str, Fault]:
    """The faults, for stacks of a kind."""
    return {
        "collector off": after("build", lambda _: gc.disable()),
        "profiled": after("build", lambda _: sys.setprofile(seen)),
        "traced": after("build", lambda _: sys.settrace(seen)),
        "slow clock": slow_clock,
        "seconds understated": lambda: setattr(worker.Bench, "block", understated),
        "timed in part": lambda: half_ahead(kind),
    }


def undo() -> None:
    """Python as it was."""
    gc.enable()
    sys.setprofile(None)
    sys.settrace(None)
