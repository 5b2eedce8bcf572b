"""Whole epochs as a framework's guide writes them, timed in its worker."""

from __future__ import annotations

import gc
import time

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
"""Seconds of the largest timed epoch, about; an epoch of each size runs three times."""


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
            # Three: the first of a size may meet a pipeline built anew for it.
            stack.ready(way, rows, batch)
            tries = [timed(stack.epoch) for _ in range(3)]
            seconds = [spent for spent, _ in tries]
            epochs.append({"rows": len(rows.y), "seconds": seconds[1:]})
            taken.append([steps for _, steps in tries])
            expected_s = 2 * sum(seconds)
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

    def _proved(self, way: Way) -> Answer:
        """What training the way in question does, tried once in a process."""
        if way not in self._proofs:
            self._proofs[way] = self._watch.epoch(way)
        return self._proofs[way]
