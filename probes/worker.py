"""Child process: load one framework, prove it computes the model, time it.

Run as ``python -m probes.worker CONTENDER``; each line on stdin is a command,
each line on stdout its answer, both JSON. The only process in this project that
imports a deep learning framework. It ends with its parent or with its stdin.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from probes.backends.contract import Stack
    from probes.records import ProbeSpec
    from probes.workloads import Mlp

Answer = dict[str, Any]

DISCARDED_STEPS = 2
"""Untimed steps before each block: caches are cold after a suspension."""

PARENT = "PROBE_PARENT"
"""Environment variable with the process id of the parent."""


class Bench:
    """The one framework of this process, and the commands it answers."""

    def __init__(self, contender: str) -> None:
        self.contender = contender
        self.stack: Stack | None = None
        self.model: Mlp | None = None
        self.spec: ProbeSpec | None = None

    def load(self, spec: dict[str, Any]) -> Answer:
        from probes.backends.contract import open_stack
        from probes.records import ProbeSpec

        self.spec = ProbeSpec.model_validate_json(json.dumps(spec))
        started = time.perf_counter()
        self.stack = open_stack(self.spec, self.contender)
        return {"import_s": time.perf_counter() - started}

    def build(self) -> Answer:
        from probes.gate import check
        from probes.workloads import mlp

        assert self.stack is not None
        assert self.spec is not None
        self.model = mlp(self.spec)
        started = time.perf_counter()
        self.stack.build(self.model)
        build_s = time.perf_counter() - started
        gate, first_step_s = check(self.stack, self.model)
        # What the framework itself allocated stays; the collection before each
        # block then looks at that block's litter only.
        gc.collect()
        gc.freeze()
        return {
            "build_s": build_s,
            "first_step_s": first_step_s,
            "gate": gate.model_dump(),
            "parameters": self.model.parameters,
            "versions": self.stack.versions(),
            "device": self.stack.device(),
            "threads": self.stack.threads(),
        }

    def block(self, steps: int) -> Answer:
        assert self.stack is not None
        # From the same weights each time: every block is the same work, and
        # training on random labels for minutes would end in denormals.
        self.stack.restart("adam")
        self.stack.block(DISCARDED_STEPS)
        gc.collect()
        started = time.perf_counter()
        self.stack.block(steps)
        return {"seconds": time.perf_counter() - started}

    def fit(self) -> Answer:
        from probes.workloads import epoch_rows

        assert self.stack is not None
        assert self.spec is not None
        rows = epoch_rows(self.spec)
        self.stack.restart("adam")
        self.stack.fit_epoch(rows, self.spec.batch)
        started = time.perf_counter()
        self.stack.fit_epoch(rows, self.spec.batch)
        return {"seconds": time.perf_counter() - started, "rows": len(rows.y)}

    def memory(self) -> Answer:
        return {"peak_bytes": peak_bytes()}


def peak_bytes() -> int:
    """Peak resident memory of this process."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024


def serve(bench: Bench, commands: TextIO, answers: TextIO) -> None:
    """Answer commands until stdin ends or ``quit`` comes."""
    known: dict[str, Callable[..., Answer]] = {
        "load": bench.load,
        "build": bench.build,
        "block": bench.block,
        "fit": bench.fit,
        "memory": bench.memory,
    }
    for line in commands:
        command = json.loads(line)
        do, number = command.pop("do"), command.pop("number")
        if do == "quit":
            return
        answer = known[do](**command)
        answers.write(json.dumps({"number": number, **answer}) + "\n")
        answers.flush()


def main(contender: str) -> int:
    _die_with_parent()
    # Frameworks print where they like, in C++ too: the protocol gets a copy of
    # the real stdout, and everything else that is printed goes to stderr.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        serve(Bench(contender), sys.stdin, answers)
    except Exception as error:
        first = str(error).strip().splitlines() or ["no message"]
        sys.stderr.write(f"\n{type(error).__name__}: {first[0][:200]}\n")
        return 1
    return 0


def _die_with_parent() -> None:
    if sys.platform != "linux":
        return
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    # The parent may have gone before the line above took effect.
    if os.environ.get(PARENT) not in (None, str(os.getppid())):
        os._exit(1)


if __name__ == "__main__":
    # Teardown of a framework may take seconds or crash; there is nothing to save.
    code = main(sys.argv[1])
    sys.stderr.flush()
    os._exit(code)
