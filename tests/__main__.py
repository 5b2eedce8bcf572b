"""Run every check that decides whether a change may land: ``python -m tests``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.evaluation.measure import CLOSED, MODELS
from tests.probes.real import PATIENT

ROOT = Path(__file__).parent.parent

ALONE = (
    "tests/probes/test_clock.py",
    "tests/probes/test_load.py",
    "tests/probes/test_real_frameworks.py",
)
"""These measure this machine."""

SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup")
"""One test at a time for each process; what shares a dear start is one group."""

QUICK = {
    "types": ("mypy",),
    "evaluation": ("tests.evaluation", *CLOSED),
    "knowledge": ("knowledge",),
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
}
"""Side by side too: each uses one core. What they say is shown in this order. Of sets
that models are fitted to, the tests hold what counts."""

SLOW = {
    "tests side by side": (
        *("pytest", "-q", "--durations=25", *SIDE_BY_SIDE),
        *(f"--ignore={path}" for path in ALONE),
    ),
    "tests alone": ("pytest", "-q", "--durations=25", *ALONE),
}


def main() -> int:
    """Run all checks, the slow ones last, and report every failure."""
    # For programs that tests start; what a probe starts never sees it.
    os.environ.update(PATIENT)
    with TemporaryDirectory() as models:
        os.environ[MODELS] = models
        return _ran()


def _ran() -> int:
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, ended in zip(QUICK, pool.map(_heard, QUICK.values()), strict=True):
            _say(f"== {name}\n{ended.stdout}")
            failed += [name] * bool(ended.returncode)
    for name, command in SLOW.items():
        _say(f"== {name}\n")
        failed += [name] * bool(_run(command).returncode)
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return bool(failed)


def _run(command: Sequence[str], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, text=True, **more)


def _heard(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return _run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
