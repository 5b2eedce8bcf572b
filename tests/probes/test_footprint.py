"""Memory and energy: from a process of their own, and only where they are told."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from probes.child import Child, surroundings
from probes.environment import own_helpers
from probes.frameworks import missing
from probes.page import lines
from probes.pictures import table_heads, table_rows
from probes.records import Measured, ProbeSpec
from probes.resources import Meter, _Board
from tests.probes.stubs import BRIEF, run_stub


def test_the_peak_comes_from_a_process_that_is_not_timed() -> None:
    report = run_stub(keras_torch="raise-footprint")

    first, _, broken = report.results
    assert isinstance(first, Measured)
    assert first.footprint is not None
    assert first.footprint.peak_bytes == 3_000_000
    place = table_heads().index("peak MB")
    assert [row[place] for row in table_rows(report)] == ["3", "3", ""]
    assert isinstance(broken, Measured), "its times still count"
    assert any("keras-torch: its memory is not known" in w for w in report.warnings)
    assert any("energy is not told by this machine" in line for line in lines(report))
    assert any("本机不提供能耗读数" in line for line in lines(report, "zh"))


def test_a_footprint_that_hangs_costs_only_itself() -> None:
    report = run_stub(BRIEF, limit_s=1, pytorch="hang-footprint")

    assert report.ratios
    first = report.results[0]
    assert isinstance(first, Measured)
    assert first.footprint is None


@pytest.mark.framework
def test_a_real_footprint_is_a_real_size(tmp_path: Path) -> None:
    if reason := missing("pytorch"):
        pytest.skip(reason)

    async def asked() -> tuple[dict[str, Any], dict[str, Any]]:
        env = surroundings("pytorch", tmp_path, launch=1)
        command = [sys.executable, "-m", "probes.worker", "pytorch"]
        child = await Child.start(command, tmp_path, env, "pytorch")
        try:
            spec = ProbeSpec(batch=4_096).model_dump(mode="json")
            loaded = await child.ask("load", 120, spec=spec)
            return loaded, await child.ask("footprint", 120, steps=5)
        finally:
            await child.kill()

    loaded, seen = asyncio.run(asked())

    # A step's activations: three layers of 128 for each of 4,096 rows, and more.
    assert seen["peak_bytes"] > loaded["import_bytes"] + 4 * 4_096 * 3 * 128
    assert seen["peak_bytes"] < 10**10
    assert seen["device_bytes"] is None or seen["device_bytes"] > 0
    assert (seen["step_j"] is None) == (seen["energy_source"] is None)


def counters(folder: Path, **micro: int) -> None:
    for name, value in micro.items():
        place = folder / f"intel-rapl:{name.removeprefix('package')}"
        place.mkdir(exist_ok=True)
        (place / "energy_uj").write_text(f"{value}\n", "ascii")
        (place / "max_energy_range_uj").write_text("10000000\n", "ascii")


def test_joules_are_those_since_the_meter_was_made(tmp_path: Path) -> None:
    counters(tmp_path, package0=1_000_000, package1=9_000_000)
    meter = Meter("cpu", tmp_path)
    counters(tmp_path, package0=3_500_000, package1=1_000_000)

    assert meter.source == "processor (RAPL)"
    # The second counter was full at ten joules and began again.
    assert meter.joules() == pytest.approx(2.5 + 2.0)


def test_a_machine_that_tells_nothing_has_no_joules(tmp_path: Path) -> None:
    (tmp_path / "intel-rapl:0").mkdir()
    (tmp_path / "intel-rapl:0" / "energy_uj").write_text("secret", "ascii")
    meter = Meter("cuda", tmp_path)

    assert meter.source is None
    assert meter.joules() is None


LIBRARY = """
typedef void* device;
static unsigned long long told = 5000;
int nvmlInit_v2(void) { return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned at, device* it) {
    *it = (device)&told;
    return 0;
}
int nvmlDeviceGetTotalEnergyConsumption(device it, unsigned long long* energy) {
    *energy = *(unsigned long long*)it;
    return 0;
}
"""


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_a_graphics_processor_is_asked_through_its_library(tmp_path: Path) -> None:
    """A stand-in for NVIDIA's library with the same calls; no such device is here."""
    source, library = tmp_path / "nvml.c", tmp_path / "libnvml.so"
    source.write_text(LIBRARY, "ascii")
    command = ["cc", "-shared", "-fPIC", "-o", str(library), str(source)]
    subprocess.run(command, check=True)

    assert _Board(str(library)).joules() == 5.0
    assert _Board(str(tmp_path / "absent.so")).joules() is None


@pytest.mark.skipif(sys.platform == "win32", reason="its children are not told so")
def test_what_a_process_starts_is_its_own() -> None:
    code = (
        "import subprocess, sys, time\n"
        "burn = 'import time\\nend = time.process_time() + 0.3\\n"
        "while time.process_time() < end: pass'\n"
        "subprocess.run([sys.executable, '-c', burn])\n"
        "print('done', flush=True)\n"
        "time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert own_helpers(process.pid) >= 0.25
    finally:
        process.kill()
        process.communicate()


def test_a_start_beside_others_work_is_tagged() -> None:
    report = run_stub()

    for result in report.results:
        assert isinstance(result, Measured)
        assert len(result.start_foreign) >= max(result.launches)
