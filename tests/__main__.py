"""Run every check that decides whether a change may land: ``python -m tests``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

PROBES, BROWSER = "tests/probes", "tests/browser"

UNTIMED = tuple(
    f"{PROBES}/test_{name}.py"
    for name in (
        *("faults", "gate", "learning", "real_checks"),
        *("schedule", "statistics", "tape"),
    )
)
"""Of the probes' tests those in which no time counts."""

TIMED = tuple(
    str(path.relative_to(ROOT))
    for path in sorted((ROOT / PROBES).glob("test_*.py"))
    if str(path.relative_to(ROOT)) not in UNTIMED
)
"""What runs beside these would be in their times."""

# A group shares what took long to prepare.
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup")


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
        ("pytest", "-q", *SIDE_BY_SIDE, *_without((*TIMED, BROWSER))),
    ),
    ("tests alone", ("pytest", "-q", "--durations=25", *TIMED, BROWSER)),
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
