"""The cores a process may use. Workers import this before anything large."""

from __future__ import annotations

import os
from pathlib import Path


def usable_cores() -> int:
    """Cores this process may use: affinity and the container's quota, whole cores."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        limit = max(1, int(quota) // int(period))
    except (OSError, ValueError):
        return cores
    return min(cores, limit)


def keep_within_quota() -> None:
    """Leave this process as many cores as its container's quota pays for.

    Some thread pools, XLA's among them, have a thread for each core they may run on,
    whatever they are told: without this they would have more than the others.
    """
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, our_cores())


def our_cores() -> tuple[int, ...]:
    """Numbers of the cores that a worker keeps to; () where the system cannot tell."""
    if not hasattr(os, "sched_getaffinity"):
        return ()
    return tuple(sorted(os.sched_getaffinity(0))[: usable_cores()])
