"""How far a probe can be believed, measured: ``python -m tests.bench_probes WHAT``.

``same`` runs PyTorch against itself, ``slower`` against itself with a tenth more work
in every step, ``clock`` each contender against a bare script of its framework's own
idiom, ``repeat`` one probe several times. Each prints a table and what share came out
right. Nothing here asserts: machines are noisy, and a figure with its conditions is the
result.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from probes.arm import Command
from probes.environment import environment
from probes.records import Contender, Measured, ProbeReport, ProbeSpec
from probes.runner import run_probe

HERE = Path(__file__).parent
FAULTY = HERE / "probes" / "gallery.py"
CLOCK = HERE / "probes" / "bare_script.py"
say = sys.stdout.write


def same_twice(fault: str) -> Command:
    """The second contender is the first once more, with a planted fault."""

    def command(contender: Contender) -> list[str]:
        planted = fault if contender == "pytorch-fused" else "no fault"
        return [sys.executable, str(FAULTY), "pytorch", planted]

    return command


def verdicts(runs: int, fault: str, budget_s: float) -> list[ProbeReport]:
    """Run a pair that is equal but for the fault; later runs know the earlier ones."""
    reports: list[ProbeReport] = []
    for number in range(runs):
        spec = ProbeSpec(
            contenders=("pytorch", "pytorch-fused"), budget_s=budget_s, seed=number
        )
        report = asyncio.run(
            run_probe(spec, command=same_twice(fault), history=reports)
        )
        reports.append(report)
        for ratio in report.ratios:
            say(
                f"{number + 1:>3}  {ratio.ratio:.3f} ({ratio.low:.3f}-{ratio.high:.3f})"
                f"  {ratio.word:<13} {ratio.launches} launches  "
                f"{report.duration_s:.0f} s  others {report.foreign_cores or 0:.2f} "
                "cores\n"
            )
            sys.stdout.flush()
    return reports


def pair(runs: int, fault: str, right: Sequence[str], budget_s: float) -> None:
    """Print how often the words were right."""
    reports = verdicts(runs, fault, budget_s)
    words: Counter[str] = Counter(
        ratio.word for report in reports for ratio in report.ratios
    )
    good = sum(words[word] for word in right)
    say(f"{fault}: {dict(words)}; right in {good} of {sum(words.values())}\n")


def clock(runs: int) -> None:
    """Step time of the probe over that of a bare script, in alternating pairs."""
    for contender in ("pytorch", "keras-tensorflow", "keras-torch", "keras-jax"):
        logs: list[float] = []
        for number in range(runs):
            spec = ProbeSpec(contenders=(contender,), budget_s=30, seed=number)
            report = asyncio.run(run_probe(spec))
            (result,) = report.results
            bare = asyncio.run(bare_seconds(contender, number))
            if isinstance(result, Measured):
                logs.append(median(result.block_seconds) / bare)
        shown = ", ".join(f"{value:.2f}" for value in logs)
        say(f"{contender}: probe over bare script {shown}; median {median(logs):.2f}\n")
        sys.stdout.flush()


async def bare_seconds(contender: Contender, seed: int) -> float:
    """Seconds per step that the bare script measured for itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(CLOCK),
        contender,
        str(seed),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await process.communicate()
    return float(said.decode().split()[-1])


def repeat(runs: int, spec: ProbeSpec) -> None:
    """One probe again and again, every time in fresh processes."""
    history: list[ProbeReport] = []
    for number in range(runs):
        began = time.monotonic()
        report = asyncio.run(run_probe(spec, history=history))
        history.append(report)
        for ratio in report.ratios:
            say(
                f"{number + 1:>3} {ratio.contender:<20} {ratio.ratio:.2f} "
                f"({ratio.low:.2f}-{ratio.high:.2f}) {ratio.word} "
                f"{ratio.launches} launches {time.monotonic() - began:.0f} s\n"
            )
            sys.stdout.flush()


def main() -> None:
    """Read what to measure, print the machine, measure."""
    parser = argparse.ArgumentParser(prog="tests.bench_probes")
    parser.add_argument("what", choices=("same", "slower", "clock", "repeat"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--budget", type=float, default=90)
    parser.add_argument("--workload", default="mlp-tabular")
    parser.add_argument("--size", default="M")
    asked = parser.parse_args()
    here = environment()
    say(f"{here.processor}, {here.cores} cores, {here.system}, {here.python}\n")
    if asked.what == "same":
        fine = ("no_difference", "undecided")
        pair(asked.runs, "no fault", fine, asked.budget)
    elif asked.what == "slower":
        pair(asked.runs, "ten percent", ("slower",), asked.budget)
    elif asked.what == "clock":
        clock(asked.runs)
    else:
        fields = {
            "workload": asked.workload,
            "size": asked.size,
            "budget_s": asked.budget,
            "contenders": ("pytorch", "keras-tensorflow"),
        }
        repeat(asked.runs, ProbeSpec.model_validate(fields))


if __name__ == "__main__":
    main()
