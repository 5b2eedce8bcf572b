"""Running probes for a benchmark, undisturbed or not, and bare scripts beside them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from probes.arm import Arm, Command
from probes.child import Child, surroundings
from probes.records import Contender, ProbeReport, ProbeSpec, Progress
from probes.runner import run_probe
from tests.benches.ledger import Result

HERE = Path(__file__).parents[1] / "probes"

ROUNDS = 30
"""Turns of a probe's process and a bare script's."""

EPOCHS_S, FEWEST_EPOCHS = 6.0, 2
"""Seconds of long epochs in a fresh process, and how many at least."""


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


def beside_bare(contender: Contender, seed: int) -> list[tuple[float, float]]:
    """Seconds per step of a probe's block and of a bare script's, round by round.

    Both processes are fresh, and take turns: each is suspended while the other runs.
    """
    return asyncio.run(_beside_bare(contender, seed))


async def _beside_bare(contender: Contender, seed: int) -> list[tuple[float, float]]:
    arm = Arm(contender, ProbeSpec(contenders=(contender,), seed=seed), 120)
    script = [sys.executable, str(HERE / "bare_script.py"), contender, str(seed)]
    found = []
    with tempfile.TemporaryDirectory() as name, bare(script) as block_s:
        try:
            worker = [sys.executable, "-m", "probes.worker", contender]
            await arm.launch(worker, Path(name), 1)
            for number in range(ROUNDS):
                first = block_s() if number % 2 else 0.0
                probe = await arm.block()
                found.append((probe, first or block_s()))
        finally:
            await arm.close()
    return found


@contextlib.contextmanager
def bare(script: list[str]) -> Iterator[Callable[[], float]]:
    """The script, running; what is yielded wakes it for the seconds of one block."""
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        script, stdin=pipe, stdout=pipe, stderr=nowhere, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        said, asked = process.stdout, process.stdin

        def block_s() -> float:
            process.send_signal(signal.SIGCONT)
            asked.write("\n")
            asked.flush()
            seconds = float(said.readline())
            process.send_signal(signal.SIGSTOP)
            return seconds

        try:
            if said.readline() != "ready\n":
                raise RuntimeError(f"{script[1]} did not get ready")
            process.send_signal(signal.SIGSTOP)
            yield block_s
        finally:
            process.kill()


def long_epoch_s(
    contender: Contender, spec: ProbeSpec, steps: int, launch: int
) -> float:
    """Mean seconds of epochs of so many steps in a fresh process.

    A mean over some time, since the machine may have several paces.
    """
    return fmean(asyncio.run(_long_epochs(contender, spec, steps, launch)))


async def _long_epochs(
    contender: Contender, spec: ProbeSpec, steps: int, launch: int
) -> list[float]:
    rows = steps * spec.batch
    asked: dict[str, Any] = spec.model_copy(update={"rows": rows}).model_dump()
    with tempfile.TemporaryDirectory() as name:
        env = surroundings(contender, Path(name), launch)
        command = [sys.executable, "-m", "probes.worker", contender]
        child = await Child.start(command, Path(name), env, contender)
        try:
            await child.ask("load", 120, spec=asked)
            way = (await child.ask("build", 300))["ways"][0]
            # The first meets a pipeline built anew for it.
            await child.ask("epoch", 600, way=way, steps=steps)
            seconds: list[float] = []
            while sum(seconds) < EPOCHS_S or len(seconds) < FEWEST_EPOCHS:
                answer = await child.ask("epoch", 600, way=way, steps=steps)
                if answer["rows"] != rows:
                    raise ValueError(f"{answer['rows']} rows timed instead of {rows}")
                seconds.append(answer["seconds"])
        finally:
            await child.kill()
    return seconds


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
