"""What a worker inherits, and what it does not."""

import asyncio
import sys
from pathlib import Path

import psutil
import pytest

from probes.child import Child, surroundings
from probes.cores import usable_cores

SWITCHES = {
    "GOMP_SPINCOUNT": "0",
    "DNNL_MAX_CPU_ISA": "SSE41",
    "ONEDNN_VERBOSE": "2",
    "ATEN_CPU_CAPABILITY": "default",
    "TORCHDYNAMO_DISABLE": "1",
    "TORCH_LOGS": "+dynamo",
    "PYTORCH_CUDA_ALLOC_CONF": "backend:cudaMallocAsync",
    "NPY_DISABLE_CPU_FEATURES": "AVX2",
    "NPROC": "8",
    "CUDA_LAUNCH_BLOCKING": "1",
    "CUBLAS_WORKSPACE_CONFIG": ":16:8",
    "PYTHONDEVMODE": "1",
    "PYTHONMALLOC": "debug",
    "PYTHONTRACEMALLOC": "10",
    "PYTHONASYNCIODEBUG": "1",
    "GLIBC_TUNABLES": "glibc.malloc.arena_max=1",
    "COVERAGE_PROCESS_START": "setup.cfg",
}


def test_inherited_switches_reach_no_worker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in SWITCHES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")

    given = surroundings("keras-torch", tmp_path, launch=1)

    assert not SWITCHES.keys() & given.keys()
    assert given["OMP_NUM_THREADS"] == str(usable_cores())
    assert given["CUDA_VISIBLE_DEVICES"] == "1"
    assert given["KERAS_BACKEND"] == "torch"


def test_a_child_whose_end_is_no_longer_waited_for_is_gone_all_the_same(
    tmp_path: Path,
) -> None:
    async def killed() -> int:
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        child = await Child.start(command, tmp_path, {}, "one")
        ending = asyncio.create_task(child.kill())
        await asyncio.sleep(0)
        ending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ending
        return child.pid

    assert not psutil.pid_exists(asyncio.run(killed()))
