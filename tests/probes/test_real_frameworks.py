"""The default probe with the real frameworks, undisturbed and disturbed."""

import asyncio
import contextlib
import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from probes.records import Measured, NotMeasured, ProbeSpec, Progress
from probes.reports import from_json, to_json
from probes.runner import run_probe
from tests.probes.real import need
from tests.probes.test_privacy import leaks

pytestmark = pytest.mark.framework
ROOT = Path(__file__).parents[2]


def test_a_probe_measures_all_three_in_short_time() -> None:
    need(*ProbeSpec().contenders)

    report = asyncio.run(run_probe(ProbeSpec(budget_s=60)))

    assert [result.status for result in report.results] == ["measured"] * 3
    assert len(report.ratios) == 2
    for result in report.results:
        assert isinstance(result, Measured)
        assert result.gate.passed
        assert result.threads >= 1
        assert result.counted_flops == result.step_flops
        assert result.fit_epoch_s is not None
        assert result.footprint is None or result.footprint.peak_bytes > 10**8
    parameters = {r.gate.parameters for r in report.results if r.gate is not None}
    assert len(parameters) == 1
    assert from_json(to_json(report)) == report
    assert not leaks(to_json(report))
    assert not psutil.Process().children(recursive=True)


def test_killed_worker_leaves_the_others_results() -> None:
    contenders = need("pytorch", "keras-torch")

    def kill_keras(progress: Progress) -> None:
        if not progress.phase.endswith("round 3"):
            return
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if child.cmdline()[-1] == "keras-torch":
                    child.kill()

    spec = ProbeSpec(contenders=contenders, budget_s=120)
    report = asyncio.run(run_probe(spec, on_progress=kill_keras))
    torch, keras = report.results

    assert isinstance(torch, Measured)
    assert len(torch.block_seconds) >= 8
    assert isinstance(keras, NotMeasured)
    assert keras.status == "crashed"
    assert "SIGKILL" in keras.reason
    assert not psutil.Process().children(recursive=True)


def test_terminal_prints_json_and_nothing_else() -> None:
    need("pytorch")
    command = [sys.executable, "-m", "probes", "--contenders", "pytorch", "--json"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0
    assert from_json(done.stdout).results[0].status == "measured"
    assert json.loads(done.stdout)["schema_version"] == 1
