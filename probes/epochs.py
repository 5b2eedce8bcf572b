"""Whole epochs as a framework's guide writes them, timed in its worker."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Sequence
from statistics import median, stdev

from probes.answering import Answer
from probes.backends.contract import Stack
from probes.records import ProbeSpec
from probes.spec import Way
from probes.stopwatch import timed
from probes.watch import Watch
from probes.workloads import Batch, epoch_rows, most_steps

LONGEST_FIT_S = 10.0
"""Seconds for all sizes; a disturbed machine leaves out the larger ones."""

LONGEST_EPOCH_S = 0.6
"""Seconds of the largest timed epoch, about."""

LONGEST_SIZE_S = 1.0
"""Seconds from which an epoch that was timed twice is not run again."""

MOST_TRIES = 8

UNSURE = 0.02
"""Standard error of a median, relative to it, from which epochs are run again."""


class Epochs:
    """Mutable on purpose: it lives as long as its worker."""

    def __init__(self, stack: Stack, spec: ProbeSpec, watch: Watch) -> None:
        self._stack, self._spec, self._watch = stack, spec, watch
        self._proofs: dict[Way, Answer] = {}

    def fit(self, step_s: float) -> Answer:
        """Whole epochs the documented way over several numbers of rows.

        Args:
            step_s: a steady step as measured; sets how large the largest epoch is.
        """
        stack, batch = self._stack, self._spec.batch
        most = min(most_steps(self._spec), max(8, int(LONGEST_EPOCH_S / step_s)))
        sizes = [max(1, most // part) * batch for part in (16, 8, 4, 2, 1)]
        whole = epoch_rows(self._spec, sizes[-1])
        way = stack.ways()[0]
        proof = self._proved(way)
        stack.ready(way, Batch(whole.x[: sizes[0]], whole.y[: sizes[0]]), batch)
        stack.epoch()
        epochs: list[Answer] = []
        taken: list[list[int]] = []
        began, expected_s = time.perf_counter(), 0.0
        for size in sizes:
            if time.perf_counter() - began + expected_s > LONGEST_FIT_S:
                break
            rows = Batch(whole.x[:size], whole.y[:size])
            stack.ready(way, rows, batch)
            seconds, steps = self._tries()
            epochs.append({"rows": len(rows.y), "seconds": seconds})
            taken.append(steps)
            expected_s = 2 * 3 * median(seconds)
        return {"epochs": epochs, "taken": taken, "proof": proof}

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

    def _tries(self) -> tuple[list[float], list[int]]:
        """Seconds of epochs until their median is sure, and the steps of all that ran.

        What is sure is asked of their spread alone, not of what they would show.
        """
        # The first of a size may meet a pipeline built anew for it.
        steps = [self._stack.epoch()]
        seconds: list[float] = []
        ends = time.perf_counter() + LONGEST_SIZE_S
        while len(seconds) < 2 or (
            len(seconds) < MOST_TRIES
            and unsure_by(seconds) > UNSURE
            and time.perf_counter() < ends
        ):
            spent, taken = timed(self._stack.epoch)
            seconds.append(spent)
            steps.append(taken)
        return seconds, steps

    def _proved(self, way: Way) -> Answer:
        """What training the way in question does, tried once in a process."""
        if way not in self._proofs:
            self._proofs[way] = self._watch.epoch(way)
        return self._proofs[way]


def unsure_by(seconds: Sequence[float]) -> float:
    """Standard error of the median of two or more, were they normal, over it."""
    error = math.sqrt(math.pi / 2 / len(seconds)) * stdev(seconds)
    return error / median(seconds)
