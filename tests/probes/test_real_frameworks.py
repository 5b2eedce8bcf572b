"""The default probe with the real frameworks, undisturbed and disturbed."""

import asyncio
import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from probes.child import Child, surroundings
from probes.frameworks import NEEDS, missing
from probes.limits import faults, is_within
from probes.records import Contender, Gate, Measured, NotMeasured, ProbeSpec, Progress
from probes.reports import from_json, to_json
from probes.runner import run_probe
from tests.probes.test_privacy import leaks

pytestmark = pytest.mark.framework
ROOT = Path(__file__).parents[2]


def need(*contenders: Contender) -> tuple[Contender, ...]:
    for contender in contenders:
        if reason := missing(contender):
            pytest.skip(reason)
    return contenders


def test_default_probe_measures_all_three() -> None:
    need(*ProbeSpec().contenders)

    report = asyncio.run(run_probe(ProbeSpec()))

    assert [result.status for result in report.results] == ["measured"] * 3
    assert len(report.ratios) == 2
    for result in report.results:
        assert isinstance(result, Measured)
        assert result.gate.passed
        assert result.threads >= 1
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


ODD: list[dict[str, object]] = [
    {"workload": "mlp-tabular", "features": 1, "classes": 10, "batch": 1, "rows": 3},
    {"workload": "cnn-image", "side": 17, "channels": 2, "classes": 5, "batch": 3},
    {"workload": "lstm-sequence", "features": 3, "length": 7, "batch": 5},
    {"workload": "transformer-text", "length": 9, "vocabulary": 50, "batch": 6},
]
SLOW_TO_COMPILE: set[Contender] = {"pytorch-compile", "keras-tensorflow-xla"}


@pytest.mark.parametrize("contender", [c for c in NEEDS if c not in SLOW_TO_COMPILE])
def test_every_model_passes_the_gate_at_odd_shapes(
    contender: Contender, tmp_path: Path
) -> None:
    need(contender)

    for number, fields in enumerate(ODD):
        folder = tmp_path / str(number)
        folder.mkdir()
        spec = ProbeSpec.model_validate(fields | {"contenders": [contender]})
        steps = 0 if number else 19
        built = asyncio.run(built_by_worker(contender, spec, folder, steps))

        assert built["epochs"].keys() == {
            *(built["ways"] if steps else ()),
            *(built["tuned"] if steps else ()),
        }
        assert {epoch["steps"] for epoch in built["epochs"].values()} <= {steps}
        gate = Gate.model_validate(built["gate"])
        assert gate.passed, (fields, faults(gate, built["parameters"]))
        assert is_within(gate)


@pytest.mark.parametrize("contender", sorted(SLOW_TO_COMPILE))
def test_compiled_contenders_pass_the_gate(
    contender: Contender, tmp_path: Path
) -> None:
    need(contender)

    built = asyncio.run(built_by_worker(contender, ProbeSpec(), tmp_path))

    assert built["gate"]["passed"], built


def test_a_later_launch_finds_what_an_earlier_one_compiled(tmp_path: Path) -> None:
    need("keras-jax")

    launches = [
        asyncio.run(built_by_worker("keras-jax", ProbeSpec(), tmp_path))
        for _ in range(2)
    ]

    assert [built["cached"] for built in launches] == [False, True]
    assert launches[0]["settings"]["jit_compile"] == "True"


async def built_by_worker(
    contender: Contender, spec: ProbeSpec, folder: Path, steps: int = 0
) -> dict[str, Any]:
    """What a real worker answers to ``build``, and an epoch of each way."""
    command = [sys.executable, "-m", "probes.worker", contender]
    env = surroundings(contender, folder, launch=1)
    child = await Child.start(command, folder, env, contender)
    try:
        await child.ask("load", 120, spec=spec.model_dump(mode="json"))
        built = await child.ask("build", 180)
        ways = (*built["ways"], *built["tuned"]) if steps else ()
        epochs = {
            way: await child.ask("epoch", 60, way=way, steps=steps) for way in ways
        }
        return built | {"epochs": epochs}
    finally:
        await child.kill()


def test_terminal_prints_json_and_nothing_else() -> None:
    need("pytorch")
    command = [sys.executable, "-m", "probes", "--contenders", "pytorch", "--json"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0
    assert from_json(done.stdout).results[0].status == "measured"
    assert json.loads(done.stdout)["schema_version"] == 1
