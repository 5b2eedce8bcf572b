"""Run every check that decides whether a change may land: ``python -m tests``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

ALONE = ("tests/probes", "tests/browser")
"""These measure: what runs beside them would be in their times."""

SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")


def _without(folders: Sequence[str]) -> Iterator[str]:
    return (f"--ignore={folder}" for folder in folders)


CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("knowledge", ("knowledge",)),
    ("evaluation", ("tests.evaluation",)),
    ("tests side by side", ("pytest", "-q", *SIDE_BY_SIDE, *_without(ALONE))),
    ("tests alone", ("pytest", "-q", "--durations=25", *ALONE)),
)


def main() -> int:
    """Run all checks, the slow ones last, and report every failure."""
    failed = []
    for name, command in CHECKS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode:
            failed.append(name)
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
