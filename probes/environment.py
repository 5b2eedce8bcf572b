"""The machine a probe ran on, and how busy others keep it. No names, no paths."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

import psutil

from probes.cores import our_cores, usable_cores
from probes.devices import gpus
from probes.records import Environment


def environment() -> Environment:
    """What matters for speed, without measuring anything."""
    return Environment(
        system=f"{platform.system()} {platform.release()}"[:300],
        machine=platform.machine()[:300] or "unknown",
        processor=_processor()[:300] or "unknown",
        cores=usable_cores(),
        memory_bytes=psutil.virtual_memory().total,
        python=platform.python_version(),
        gpus=gpus(),
    )


def busy_seconds() -> float:
    """Core seconds that all processes together have used on our cores since boot."""
    each, ours = psutil.cpu_times(percpu=True), our_cores()
    if ours and ours[-1] < len(each):
        each = [each[core] for core in ours]
    kinds = ("user", "nice", "system", "irq", "softirq", "steal")
    return float(sum(getattr(one, kind, 0.0) for one in each for kind in kinds))


def own_seconds(pids: Iterable[int]) -> float:
    """Core seconds that this process and the given ones have used."""
    total = 0.0
    for pid in (os.getpid(), *pids):
        try:
            times = psutil.Process(pid).cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def own_helpers(pid: int) -> float:
    """Core seconds of all that a process has started, ended or not."""
    try:
        process = psutil.Process(pid)
        ended = process.cpu_times()
        total = ended.children_user + ended.children_system
        for helper in process.children(recursive=True):
            times = helper.cpu_times()
            total += times.user + times.system
    except (psutil.Error, AttributeError):
        return 0.0
    return float(total)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.processor()).strip()
