"""Running probes for a benchmark, undisturbed or not, and bare scripts beside them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from probes.arm import Command
from probes.child import Child, surroundings
from probes.records import Contender, ProbeReport, ProbeSpec, Progress
from probes.runner import run_probe
from tests.benches.ledger import Result

HERE = Path(__file__).parents[1] / "probes"


def probed(
    spec: ProbeSpec,
    history: Sequence[ProbeReport] = (),
    command: Command | None = None,
) -> Result:
    """One probe: its report, and when it first had a ratio and a decided word."""
    began = time.monotonic()
    first: dict[str, float] = {}

    def tell(progress: Progress) -> None:
        seconds = time.monotonic() - began
        if progress.ratios:
            first.setdefault("ratio", seconds)
            if all(ratio.word != "undecided" for ratio in progress.ratios):
                first.setdefault("decided", seconds)

    report = asyncio.run(
        run_probe(spec, history=history, command=command, on_progress=tell)
    )
    if report.ratios:
        first.setdefault("ratio", time.monotonic() - began)
    return {"report": report.model_dump(mode="json"), "first": first}


def itself(contender: Contender, fault: str) -> tuple[tuple[Contender, ...], Command]:
    """A contender and, under another's name, itself once more with a fault."""
    other: Contender = "pytorch" if contender != "pytorch" else "pytorch-fused"
    if contender.startswith("keras"):
        other = "keras-torch" if contender != "keras-torch" else "keras-tensorflow"

    def command(name: Contender) -> list[str]:
        planted = fault if name == other else "no fault"
        return [sys.executable, str(HERE / "gallery.py"), contender, planted]

    return (contender, other), command


def bare_seconds(contender: Contender, seed: int) -> float:
    """Seconds per step that the bare script measured for itself."""
    script = [sys.executable, str(HERE / "bare_script.py"), contender, str(seed)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def long_epoch_s(contender: Contender, spec: ProbeSpec, steps: int) -> float:
    """Median seconds of three epochs of so many steps, in a fresh process."""
    return asyncio.run(_long_epoch_s(contender, spec, steps))


async def _long_epoch_s(contender: Contender, spec: ProbeSpec, steps: int) -> float:
    rows = steps * spec.batch
    asked: dict[str, Any] = spec.model_copy(update={"rows": rows}).model_dump()
    with tempfile.TemporaryDirectory() as name:
        env = surroundings(contender, Path(name), launch=1)
        command = [sys.executable, "-m", "probes.worker", contender]
        child = await Child.start(command, Path(name), env, contender)
        try:
            await child.ask("load", 120, spec=asked)
            way = (await child.ask("build", 300))["ways"][0]
            seconds = []
            for number in range(4):
                answer = await child.ask("epoch", 600, way=way, steps=steps)
                if answer["rows"] != rows:
                    raise ValueError(f"{answer['rows']} rows timed instead of {rows}")
                # The first meets a pipeline built anew for it.
                seconds += [answer["seconds"]] if number else []
        finally:
            await child.kill()
    return float(median(seconds))


BUSY = "while True: pass"
BURSTS = (
    "import time\n"
    "while True:\n"
    "    ends = time.monotonic() + 3\n"
    "    while time.monotonic() < ends: pass\n"
    "    time.sleep(3)"
)


@contextlib.contextmanager
def one_core_taken(*, bursts: bool) -> Iterator[None]:
    """Another process computes on one core, all the time or every other 3 s."""
    code = BURSTS if bursts else BUSY
    burner = subprocess.Popen([sys.executable, "-c", code])
    try:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(burner.pid, {min(os.sched_getaffinity(0))})
        yield
    finally:
        burner.kill()
        burner.wait()
