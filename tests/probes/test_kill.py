"""SIGKILL of any process of a probe, at any moment: no orphan, no half report."""

import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from probes.records import NotMeasured
from probes.reports import from_json
from tests.probes.stubs import TRIO

ROOT = Path(__file__).parents[2]
TIMES = int(os.environ.get("KOP_KILLS", "6"))
"""Kills in one run; set ``KOP_KILLS=50`` for a longer look."""

PROBE = textwrap.dedent(
    """
    import asyncio, pathlib, sys
    from probes.records import ProbeSpec
    from probes.store import ReportStore
    from tests.probes.stubs import stub_probe

    report = asyncio.run(stub_probe(ProbeSpec(budget_s=20)))
    ReportStore(pathlib.Path(sys.argv[1])).write(report)
    """
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends orphans")
@pytest.mark.parametrize("seed", range(TIMES))
def test_a_kill_leaves_no_orphan_and_no_half_report(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    probe = subprocess.Popen(
        [sys.executable, "-c", PROBE, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    parent = psutil.Process(probe.pid)
    time.sleep(dice.uniform(0.5, 3.0))
    family = [parent, *parent.children(recursive=True)]
    victim = dice.choice(family)

    victim.kill()
    probe.wait(timeout=60)

    _, alive = psutil.wait_procs(family[1:], timeout=20)
    assert not alive
    reports = [from_json(path.read_bytes()) for path in tmp_path.glob("*.json")]
    if victim is parent:
        assert len(reports) <= 1
        return
    (report,) = reports
    assert {result.contender for result in report.results} == set(TRIO)
    failed = [one for one in report.results if isinstance(one, NotMeasured)]
    # A worker that was about to be replaced may die unnoticed, and harm nothing.
    assert len(failed) <= 1
    assert all("SIGKILL" in one.reason for one in failed)
