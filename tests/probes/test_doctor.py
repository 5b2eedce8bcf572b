"""What a machine lacks and how to install it there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from probes.devices import gpus, nvidia
from probes.doctor import findings, install_here
from probes.environment import environment
from probes.frameworks import installed
from probes.records import Environment
from probes.terminal import probe_command

ROOT = Path(__file__).parents[2]
H100 = "NVIDIA H100 80GB HBM3, driver 570.86.15"


def machine(system: str, *found: str, kind: str = "x86_64") -> Environment:
    changes = {"system": f"{system} 1.0", "gpus": found, "machine": kind}
    return environment().model_copy(update=changes)


def test_every_package_is_named_and_contenders_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    probe_command(["doctor"])

    said = capsys.readouterr().out
    assert all(name in said for name in installed())
    assert "of 8 contenders can run here" in said
    assert "graphics processors:" in said


def test_what_is_missing_has_its_command_and_its_consequence() -> None:
    lines = list(findings(environment(), {**installed(), "jax": None}))

    assert any(line.split()[:2] == ["jax", "missing:"] for line in lines)
    assert "keras-jax cannot run: jax missing" in lines


@pytest.mark.parametrize(
    ("package", "here", "said"),
    [
        ("torch", machine("Linux"), "whl/cpu"),
        ("torch", machine("Linux", H100), "pip install torch"),
        ("torch", machine("Windows", H100), "get-started"),
        ("torch", machine("Darwin", "Apple GPU", kind="arm64"), "pip install torch"),
        ("tensorflow", machine("Linux"), "tensorflow-cpu"),
        ("tensorflow", machine("Linux", kind="aarch64"), "pip install tensorflow"),
        ("tensorflow", machine("Linux", H100), "tensorflow[and-cuda]"),
        ("tensorflow", machine("Windows", H100), "WSL2"),
        ("jax", machine("Linux", H100), "jax[cuda13]"),
        ("jax", machine("Linux"), "pip install jax"),
        ("keras", machine("Linux", H100), "pip install keras"),
    ],
)
def test_the_command_is_for_this_machine(
    package: str, here: Environment, said: str
) -> None:
    command = install_here(package, here)

    assert said in command
    if said == f"pip install {package}":
        assert command == said


def test_a_compiler_is_asked_for_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    versions = {**installed(), "torch": "2.13.0"}

    lines = list(findings(machine("Darwin"), versions))

    assert "pytorch-compile needs a C++ compiler: xcode-select --install" in lines


def test_drivers_are_read_as_they_answer() -> None:
    said = "NVIDIA H100 80GB HBM3, 570.86.15\nNVIDIA RTX 4060 Ti, 560.35\n\nfailed"

    assert nvidia(said) == (H100, "NVIDIA RTX 4060 Ti, driver 560.35")
    assert environment().gpus == gpus()


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="needs two cores and a system that can say which to use",
)
def test_a_worker_keeps_to_the_cores_its_quota_pays_for() -> None:
    code = (
        "import os, probes.cores as here\n"
        "here.usable_cores = lambda: 1\n"
        "here.keep_within_quota()\n"
        "print(len(os.sched_getaffinity(0)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )

    assert done.stdout.strip() == "1"
