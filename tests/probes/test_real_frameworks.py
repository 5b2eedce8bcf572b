"""The default probe with the real frameworks, undisturbed and disturbed."""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from starlette.testclient import TestClient

from app import Settings, create_app
from probes.records import Measured, NotMeasured, ProbeSpec, Progress
from probes.reports import from_json, to_json
from probes.runner import run_probe
from tests.probes.real import need
from tests.probes.test_privacy import leaks

pytestmark = pytest.mark.framework
ROOT = Path(__file__).parents[2]


def test_a_probe_by_json_measures_all_three_and_can_be_read_again() -> None:
    need(*ProbeSpec().contenders)
    with TestClient(create_app(Settings())) as client:
        key = {"Idempotency-Key": "one"}
        spec = {"rows": 2_000, "budget_s": 90}
        started = client.post("/api/v1/probes", json=spec, headers=key)
        again = client.post("/api/v1/probes", json=spec, headers=key)
        assert started.status_code == 202
        where = started.headers["location"]
        assert again.headers["location"] == where

        job = client.get(where).json()
        ends = time.monotonic() + 2 * spec["budget_s"]
        while job["state"] in ("queued", "running") and time.monotonic() < ends:
            time.sleep(0.3)
            job = client.get(where).json()

        assert job["state"] == "done", job
        raw = job["report"]
        assert client.post("/api/v1/reports", json=raw).json() == raw
        advice = client.post(
            "/api/v1/recommendations",
            json={"profile": {"modality": "tabular"}, "reports": [raw]},
        ).json()
    assert advice["evidence"][0]["report"] == raw["id"]
    report = from_json(json.dumps(raw))
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
