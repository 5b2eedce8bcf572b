"""Whole epochs as a framework's guide writes them, timed in its worker.

A machine may have more than one pace: a virtual one's cores lie now beside each other
and now apart, for seconds or minutes, and what makes two threads wait for each other
then takes half as long again (PyTorch's small LSTM: 1.2 and 1.9 ms a step, 2026-11-29).
So each epoch over several sizes has a bare step timed beside it.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, stdev

from probes.answering import Answer
from probes.backends.contract import Stack
from probes.records import ProbeSpec
from probes.reference import DISCARDED_STEPS
from probes.spec import Way
from probes.stopwatch import timed
from probes.watch import Watch
from probes.workloads import Batch, epoch_rows, most_steps

LONGEST_FIT_S = 12.0
"""Seconds for all sizes; a disturbed machine leaves out the larger ones."""

LONGEST_EPOCH_S = 0.4
"""Seconds of bare steps in the largest timed epoch, about."""

FEWEST_PASSES, MOST_PASSES = 2, 5

TRIES = 2
"""Epochs of a size that are timed each time its turn comes."""

BARE_S = 0.05
"""Seconds of the bare steps beside an epoch, about."""

UNSURE = 0.02
"""Standard error of a median, relative to it, from which sizes are passed again."""


@dataclass
class Tried:
    """One size: seconds of the epochs that were timed, and steps of all that ran.

    ``step_s`` are of the bare steps timed after each of the epochs.
    """

    rows: Batch
    seconds: list[float] = field(default_factory=list)
    step_s: list[float] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)


class Epochs:
    """Mutable on purpose: it lives as long as its worker."""

    def __init__(self, stack: Stack, spec: ProbeSpec, watch: Watch) -> None:
        self._stack, self._spec, self._watch = stack, spec, watch
        self._proofs: dict[Way, Answer] = {}
        self._bare_steps = 1

    def fit(self, step_s: float) -> Answer:
        """Whole epochs the documented way over several numbers of rows.

        Args:
            step_s: a steady step as measured; sets how large the largest epoch is.
        """
        stack, batch = self._stack, self._spec.batch
        most = min(most_steps(self._spec), max(8, int(LONGEST_EPOCH_S / step_s)))
        sizes = [max(1, most // part) * batch for part in (16, 8, 4, 2, 1)]
        self._bare_steps = max(1, math.ceil(BARE_S / step_s))
        whole = epoch_rows(self._spec, sizes[-1])
        way = stack.ways()[0]
        proof = self._proved(way)
        stack.ready(way, Batch(whole.x[: sizes[0]], whole.y[: sizes[0]]), batch)
        stack.epoch()
        tried = self._passes(way, [Batch(whole.x[:n], whole.y[:n]) for n in sizes])
        return {
            "epochs": [
                {"rows": len(e.rows.y), "seconds": e.seconds, "step_s": e.step_s}
                for e in tried
            ],
            "taken": [one.steps for one in tried],
            "proof": proof,
        }

    def _passes(self, way: Way, sizes: Sequence[Batch]) -> list[Tried]:
        """All sizes upwards, then downwards, and so on until their medians are sure.

        A machine that grows slower meanwhile tilts no line so. What is sure is asked
        of their spread alone, not of what they would show.
        """
        began = time.perf_counter()
        tried: list[Tried] = []
        for size in sizes:
            tried.append(Tried(size))
            self._try(way, tried[-1])
            pass_s = time.perf_counter() - began
            # The next is twice as large, with an epoch before it that is not timed.
            next_s = 2 * (1 + TRIES) * min(tried[-1].seconds)
            if pass_s + next_s > LONGEST_FIT_S / 2:
                break
        for number in range(1, MOST_PASSES):
            if number >= FEWEST_PASSES and (
                time.perf_counter() - began + pass_s > LONGEST_FIT_S
                or all(unsure_by(one.seconds) <= UNSURE for one in tried)
            ):
                break
            for one in reversed(tried) if number % 2 else tried:
                self._try(way, one)
        return tried

    def _try(self, way: Way, one: Tried) -> None:
        self._stack.ready(way, one.rows, self._spec.batch)
        # The first of a size may meet a pipeline built anew for it.
        one.steps.append(self._stack.epoch())
        for _ in range(TRIES):
            seconds, taken = timed(self._stack.epoch)
            one.seconds.append(seconds)
            one.steps.append(taken)
            one.step_s.append(self._bare_step_s())

    def _bare_step_s(self) -> float:
        """Seconds of a bare step now, from the drawn weights as in a round."""
        stack = self._stack
        stack.restart("adam")
        stack.block(DISCARDED_STEPS)
        stack.wait()
        started = time.perf_counter()
        stack.block(self._bare_steps)
        stack.wait()
        return (time.perf_counter() - started) / self._bare_steps

    def epoch(self, way: Way, steps: int) -> Answer:
        """Time one epoch of so many whole batches, from the drawn weights."""
        stack, spec = self._stack, self._spec
        proof = self._proved(way)
        rows = epoch_rows(spec, steps * spec.batch)
        stack.ready(way, rows, spec.batch)
        gc.collect()
        seconds, taken = timed(stack.epoch)
        found = {"seconds": seconds, "steps": taken, "rows": len(rows.y)}
        return found | {"proof": proof}

    def _proved(self, way: Way) -> Answer:
        """What training the way in question does, tried once in a process."""
        if way not in self._proofs:
            self._proofs[way] = self._watch.epoch(way)
        return self._proofs[way]


def unsure_by(seconds: Sequence[float]) -> float:
    """Standard error of the median of two or more, were they normal, over it."""
    error = math.sqrt(math.pi / 2 / len(seconds)) * stdev(seconds)
    return error / median(seconds)
