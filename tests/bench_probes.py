"""How far a probe can be believed, measured: ``python -m tests.bench_probes WHAT``.

WHAT is one of the benchmarks, or ``all``.

Each run is kept as one JSON line, so that a benchmark that was stopped goes on where it
was, on the same machine with the same versions and settings. It ends by itself: after
its runs, or with ``--minutes`` at the end of the run that is then under way. Nothing
else should run on the machine, except for what ``busy`` starts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

from probes.environment import environment
from probes.frameworks import installed
from tests.benches.agreement import clock, projection
from tests.benches.honesty import aa, busy, coverage, injected, quick
from tests.benches.ledger import Ledger
from tests.benches.table import say


class Bench(NamedTuple):
    """What is measured, how often, with what budget in seconds for each probe.

    Without a budget it sets its own, or runs no whole probe.
    """

    measure: Callable[..., bool]
    runs: int
    budget_s: float | None
    help: str


BENCHES = {
    "aa": Bench(aa, 20, 90, "a contender against itself: no run may say a direction"),
    "injected": Bench(
        injected, 20, 600, "itself with a tenth more work: found in 19 of 20 runs"
    ),
    "coverage": Bench(
        coverage, 30, 120, "intervals hold a reference of 15 launches in 27 of 30 runs"
    ),
    "quick": Bench(
        quick, 10, None, "a verdict in 60 s, half-widths at 120 and 600 s, one word"
    ),
    "clock": Bench(clock, 12, None, "a step within 5% of a bare script's, in turns"),
    "projection": Bench(
        projection, 1, 600, "an epoch of 8 times the rows: 20% in nine tenths of cells"
    ),
    "busy": Bench(busy, 10, 90, "one core taken: never a confident wrong word"),
}


ALL = "all"
"""Every benchmark in turn, each with its own budget."""


def parser() -> argparse.ArgumentParser:
    """Sub-commands, one for each benchmark, and one for all of them."""
    whole = argparse.ArgumentParser(prog="tests.bench_probes", description=__doc__)
    kinds = whole.add_subparsers(dest="what", required=True)
    for name, bench in BENCHES.items():
        one = kinds.add_parser(name, help=bench.help, description=bench.help)
        one.add_argument("--runs", type=int, default=bench.runs)
        if bench.budget_s is not None:
            one.add_argument(
                "--budget", type=float, default=bench.budget_s, help="seconds a probe"
            )
        if name in {"aa", "injected"}:
            one.add_argument("--contender", default="pytorch")
    kinds.add_parser(ALL, help="all of them, about five hours")
    for one in kinds.choices.values():
        one.add_argument("--minutes", type=float, help="begin no run after so long")
        one.add_argument(
            "--results",
            type=Path,
            default=user_cache_path("keras-or-pytorch") / "benches",
            help="folder of the JSON lines",
        )
    return whole


def main(argv: list[str] | None = None) -> int:
    """Measure what is missing, print the whole table.

    Returns:
        The exit status: 0 the limits were kept, 1 they were not, 3 runs are missing.
    """
    asked, here = parser().parse_args(argv), environment()
    say(f"{here.processor}, {here.cores} cores, {here.system}, Python {here.python}")
    say(", ".join(f"{name} {version}" for name, version in installed().items()))
    ends = float("inf")
    if asked.minutes is not None:
        ends = time.monotonic() + 60 * asked.minutes
    if asked.what != ALL:
        return _measured(asked, ends)
    folder = ["--results", str(asked.results)]
    return max(_measured(parser().parse_args([one, *folder]), ends) for one in BENCHES)


def _measured(asked: argparse.Namespace, ends: float) -> int:
    """The exit status of one benchmark, whose table is printed."""
    bench = BENCHES[asked.what]
    say(f"{asked.what}: {bench.help}")
    settings = {"budget": getattr(asked, "budget", None)}
    ledger = Ledger(asked.results / f"{asked.what}.jsonl", settings, ends)
    measure = bench.measure
    if "contender" in asked:
        measure = partial(measure, contender=asked.contender)
    is_kept = measure(ledger, asked.runs)
    if ledger.stopped:
        say("The time was up; the same command goes on from here.")
        return 3
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
