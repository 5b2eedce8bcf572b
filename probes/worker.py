"""Child process: load one framework, prove it computes the model, time it.

Run as ``python -m probes.worker CONTENDER``; commands and answers as in
``probes.answering``. It ends with its parent or with its stdin.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from probes.backends.contract import Stack
    from probes.epochs import Epochs
    from probes.records import Gate, ProbeSpec
    from probes.watch import Watch

from probes.answering import Answer, Teller, run_worker
from probes.backends.contract import open_mixed, threads_from_environment
from probes.caches import is_warm
from probes.cores import usable_cores
from probes.frameworks import installed_bytes
from probes.oddities import detours_of, misproduced, oddities_of
from probes.records import Contender, ProbeSpec
from probes.reference import DISCARDED_STEPS
from probes.resources import Meter, forget_peak, peak_bytes, resident_bytes
from probes.spec import Way
from probes.stopwatch import outstanding, seconds_of
from probes.workloads import Batch, Model, Weights, draw

CALLS = 400
"""Answers for one row behind a latency: enough for a 99th percentile."""

WARM_CALLS = 20

LONGEST_CALLS_S = 1.5

METERED_S = 2.0
"""Seconds of training behind a figure of energy: counters move in steps."""


class Bench:
    """The one framework of this process, and the commands it answers."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.stack: Stack | None = None
        self.model: Model | None = None
        self.spec: ProbeSpec | None = None
        self.watch: Watch | None = None
        self.epochs: Epochs | None = None
        self.trained: Weights = ()

    def load(self, spec: dict[str, Any]) -> Answer:
        from probes.backends.contract import open_stack

        self.spec = ProbeSpec.model_validate_json(json.dumps(spec))
        started = time.perf_counter()
        self.stack = open_stack(self.contender)
        return {
            "import_s": time.perf_counter() - started,
            "import_bytes": resident_bytes(),
            "installed_bytes": installed_bytes(self.contender),
        }

    def build(self) -> Answer:
        from probes.epochs import Epochs
        from probes.gate import check
        from probes.watch import Watch

        assert self.stack is not None
        assert self.spec is not None
        cached = is_warm()
        self.model = draw(self.spec)
        precision, before = self.spec.precision, self._in_float32()
        started = time.perf_counter()
        self.stack.build(self.model)
        build_s = time.perf_counter() - started
        gate, first_step_s = check(self.stack, self.model, Path.cwd(), precision)
        self.watch = Watch(self.stack, self.model, Path.cwd(), precision)
        self.epochs = Epochs(self.stack, self.spec, self.watch)
        # What the framework itself allocated stays; the collection before each
        # block then looks at that block's litter only.
        gc.collect()
        gc.freeze()
        return {
            **self._told(gate, self.watch),
            "build_s": build_s,
            "first_step_s": first_step_s,
            "versions": self.stack.versions(),
            "device": self.stack.device(),
            "cached": cached,
            "settings": self.stack.settings(),
            "ways": self.stack.ways() if precision == "float32" else (),
            "tuned": self.stack.tuned() if precision == "float32" else (),
            "drawn": self.watch.drawn(),
            "step_flops": self.model.flops,
            "matmul_flops": max(self._fastest_product(), before.pop("product", 0.0)),
            "float32": before or None,
        }

    def _in_float32(self) -> Answer:
        """What the same code shows in float32, where it is to compute in bfloat16.

        The stack is built anew afterwards. ``product``: of float32 matrices; on a
        processor they may be multiplied faster than those of bfloat16.
        """
        assert self.stack is not None
        assert self.model is not None
        if self.spec is None or self.spec.precision == "float32":
            return {}
        from probes.gate import check
        from probes.watch import Watch

        self.stack.build(self.model)
        gate, _ = check(self.stack, self.model, Path.cwd())
        told = self._told(gate, Watch(self.stack, self.model, Path.cwd()))
        told["product"] = self._fastest_product()
        self.stack = open_mixed(self.contender)
        return told

    def _told(self, gate: Gate, watch: Watch) -> Answer:
        """What decides whether this stack is compared at all."""
        assert self.stack is not None
        assert self.model is not None
        return {
            "gate": gate.model_dump(),
            "parameters": self.model.parameters,
            "threads": threads_of(self.stack),
            "precision": self.stack.precision(),
            "counted_flops": self.stack.operations(),
            "oddities": (
                *watch.misheld(),
                *oddities_of(self.stack),
                *detours_of(self.stack),
                *misproduced(self.stack),
            ),
        }

    def block(self, steps: int) -> Answer:
        """Time ``steps`` steps, and what a faulty clock or step would give away.

        ``unsettled_s`` is how much longer the weights took to arrive right after the
        clock stopped than once more: work that the block had not waited for. ``clock``
        is what it showed when the command came, at the timed steps' start and end, and
        in the end; ``cpu_clock`` the same of this process's processor seconds. What
        may be changed while a process runs is asked with every block.
        """
        stack = self.stack
        assert stack is not None
        assert self.watch is not None
        came, cpu_came = time.perf_counter(), time.process_time()
        # From the same weights each time: every block is the same work, and
        # training on random labels for minutes would end in denormals.
        stack.restart("adam")
        stack.block(DISCARDED_STEPS)
        stack.wait()
        gc.collect()
        before = stack.compilations()
        used, started = time.process_time(), time.perf_counter()
        stack.block(steps)
        stack.wait()
        ended = time.perf_counter()
        cpu_ended = time.process_time()
        unsettled_s, self.trained = outstanding(
            stack.weights, on_processor=stack.device() == "cpu"
        )
        after = stack.compilations()
        return {
            "seconds": ended - started,
            "clock": [came, started, ended, time.perf_counter()],
            "cpu_s": cpu_ended - used,
            "cpu_clock": [cpu_came, used, cpu_ended, time.process_time()],
            "unsettled_s": unsettled_s,
            "compilations": after,
            "recompiled": before != after,
            "taken": stack.taken() - DISCARDED_STEPS,
            "threads": threads_of(stack),
            "precision": stack.precision(),
            "oddities": (*self.watch.misheld(), *oddities_of(stack)),
        }

    def follow(self, steps: int) -> Answer:
        """How far the last block, which had so many steps, led astray."""
        assert self.watch is not None
        return {"astray": self.watch.block(steps, self.trained)}

    def fit(self, step_s: float) -> Answer:
        assert self.epochs is not None
        return self.epochs.fit(step_s)

    def epoch(self, way: Way, steps: int) -> Answer:
        assert self.epochs is not None
        return self.epochs.epoch(way, steps)

    def predict(self) -> Answer:
        """Latency of answering for one row, and the best throughput for many."""
        assert self.stack is not None
        assert self.model is not None
        stack, batch = self.stack, self.model.batches[0]
        one = Batch(batch.x[:1], batch.y[:1])
        for _ in range(WARM_CALLS):
            stack.predict(one)
        calls: list[float] = []
        ends = time.perf_counter() + LONGEST_CALLS_S
        while len(calls) < CALLS and time.perf_counter() < ends:
            calls.append(seconds_of(stack.predict, one))
        calls.sort()
        best = 0.0
        for rows in sorted({32, 256, len(batch.y)}):
            many = Batch(batch.x.repeat(-(-rows // len(batch.y)), 0)[:rows], batch.y)
            stack.predict(many)
            seconds = min(seconds_of(stack.predict, many) for _ in range(3))
            best = max(best, rows / seconds)
        places = {"median": 0.5, "p95": 0.95, "p99": 0.99}
        return {
            "predict_s": {
                name: calls[min(len(calls) - 1, int(part * len(calls)))]
                for name, part in places.items()
            }
            | {"calls": len(calls)},
            "predict_rows_per_s": best,
        }

    def footprint(self, steps: int) -> Answer:
        """Memory and energy of training alone: nothing is gated here, nor timed.

        Args:
            steps: taken again and again for METERED_S where energy is told.
        """
        assert self.stack is not None
        assert self.spec is not None
        if self.spec.precision != "float32":
            self.stack = open_mixed(self.contender)
        stack = self.stack
        stack.build(draw(self.spec))
        forget_peak()
        stack.restart("adam")
        stack.block(steps)
        stack.wait()
        meter, taken, ends = Meter(stack.device()), 0, time.monotonic() + METERED_S
        while meter.source is not None and time.monotonic() < ends:
            stack.block(steps)
            taken += steps
        stack.wait()
        joules = meter.joules()
        return {
            "steps": steps,
            "peak_bytes": peak_bytes(),
            "device_bytes": stack.device_bytes(),
            "energy_source": meter.source,
            "step_j": joules / taken if joules is not None and taken else None,
        }

    def _fastest_product(self) -> float:
        assert self.stack is not None
        product = self.stack.product
        product()
        best = 0.0
        for _ in range(5):
            started = time.perf_counter()
            operations = product()
            best = max(best, operations / (time.perf_counter() - started))
        return best


def threads_of(stack: Stack) -> int:
    """Threads it computes with, which are no more than the cores it may use.

    As many as it has itself, where they are more than it was told to have: too many
    cost time too.
    """
    own = stack.threads()
    return own if own > threads_from_environment() else min(own, usable_cores())


def commands(bench: Bench) -> dict[str, Teller]:
    return {
        "load": bench.load,
        "build": bench.build,
        "block": bench.block,
        "follow": bench.follow,
        "fit": bench.fit,
        "epoch": bench.epoch,
        "predict": bench.predict,
        "footprint": bench.footprint,
    }


if __name__ == "__main__":
    run_worker(commands(Bench(cast(Contender, sys.argv[1]))))
