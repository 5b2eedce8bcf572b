"""What others take of the cores in use: counted there alone, launch by launch."""

import asyncio
import subprocess
import sys
import time

import psutil
import pytest

from probes.conditions import loud_cores, quiet_cores
from probes.load import SHORTEST_S, Busy, ForeignLoad
from probes.records import ProbeReport, ProbeSpec
from probes.runner import WAITING
from tests.probes.stubs import stub_probe


def round_of(load: ForeignLoad, launch: int, seconds: float) -> None:
    load.begin(())
    time.sleep(seconds)
    load.end((), launch)


def test_a_launch_that_has_only_begun_hides_none_before_it() -> None:
    load = ForeignLoad(2)
    assert load.by_launch() == ()

    round_of(load, 1, SHORTEST_S + 0.05)
    known = load.by_launch()
    round_of(load, 2, 0.05)

    assert len(known) == 1
    assert load.by_launch() == known


@pytest.mark.parametrize("cores", [1, 2, 16, 128])
def test_one_busy_program_is_loud_on_any_machine(cores: int) -> None:
    assert quiet_cores(cores) < loud_cores(cores) < 1
    assert quiet_cores(cores) <= quiet_cores(2)


def test_a_busy_machine_is_waited_for_and_a_quiet_one_is_not() -> None:
    phases: list[str] = []

    def probe(busy: Busy) -> ProbeReport:
        phases.clear()
        told = lambda progress: phases.append(progress.phase)  # noqa: E731
        spec = ProbeSpec(budget_s=12)
        return asyncio.run(stub_probe(spec, on_progress=told, busy=busy))

    quiet = probe(lambda: 0.0)
    assert WAITING not in phases

    waited = probe(time.monotonic)  # as if one core were always in use
    assert WAITING in phases
    assert any("waited" in said for said in waited.warnings), waited.warnings
    assert not any("waited" in said for said in quiet.warnings)


PINNED = """
import os, psutil
from probes.environment import busy_seconds
mine = sorted(os.sched_getaffinity(0))[-1]
os.sched_setaffinity(0, {mine})
kinds = ("user", "nice", "system", "irq", "softirq", "steal")
core = psutil.cpu_times(percpu=True)[mine]
print(busy_seconds(), sum(getattr(core, kind, 0.0) for kind in kinds))
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or (psutil.cpu_count() or 1) < 2,
    reason="needs a second core to leave out",
)
def test_work_on_cores_that_we_may_not_use_is_not_counted() -> None:
    said = subprocess.run(
        [sys.executable, "-c", PINNED], capture_output=True, text=True, check=True
    )
    counted, core = map(float, said.stdout.split())

    assert counted == pytest.approx(core, abs=0.5)
