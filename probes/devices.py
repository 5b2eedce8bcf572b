"""The graphics processors of this machine, asked of its driver, not of a framework."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ASK = ("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader")

LONGEST_S = 10.0
"""Seconds a driver may take to answer; one that hangs is as good as none."""


@cache
def gpus() -> tuple[str, ...]:
    """Model and driver of each, ``()`` where there is none or none that is told.

    Asked once in a process: a machine does not grow one while it runs.
    """
    if shutil.which(ASK[0]):
        return nvidia(_said(ASK))
    if listed := sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        found = (_model(one.read_text("utf-8", "replace")) for one in listed)
        return tuple(name[:300] for name in found if name)
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return ("Apple GPU",)
    return ()


def nvidia(said: str) -> tuple[str, ...]:
    """What nvidia-smi lists, one line each: ``name, driver``."""
    lines = (line.strip() for line in said.splitlines())
    pairs = (re.fullmatch(r"(.+), *([\d.]+)", line) for line in lines)
    return tuple(
        f"{pair[1]}, driver {pair[2]}"[:300] for pair in pairs if pair is not None
    )


def _model(information: str) -> str:
    found = re.search(r"^Model:\s*(.+)$", information, re.MULTILINE)
    return found[1].strip() if found else ""


def _said(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LONGEST_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout
