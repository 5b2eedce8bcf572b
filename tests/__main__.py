"""Run every check that decides whether a change may land: ``python -m tests``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

ALONE = ("tests/probes", "tests/browser")
"""These measure: what runs beside them would be in their times."""

GATES = tuple(
    f"tests/probes/test_{name}.py"
    for name in ("built", "faults", "gate", "learning", "lies")
)
"""No time counts in these, but each fills a processor with frameworks."""

SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4")


def _without(paths: Sequence[str]) -> Iterator[str]:
    return (f"--ignore={path}" for path in paths)


CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("knowledge", ("knowledge",)),
    ("evaluation", ("tests.evaluation",)),
    (
        "tests side by side",
        ("pytest", "-q", *SIDE_BY_SIDE, "--dist=worksteal", *_without(ALONE)),
    ),
    (
        "tests of gates, file by file side by side",
        ("pytest", "-q", *SIDE_BY_SIDE, "--dist=loadfile", *GATES),
    ),
    (
        "tests alone",
        ("pytest", "-q", "--durations=25", *ALONE, *_without(GATES)),
    ),
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
