"""``python -m tests.starters_alone``: every first program in an environment of its own.

For each stack a fresh virtual environment gets what the downloads' own requirements
name and nothing else; then every download is unpacked into an empty folder and run.
It fetches gigabytes and takes tens of minutes, so it is no part of the suite.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

from assistant.starters import STARTERS, Starters
from knowledge.load import load_knowledge, load_starters
from knowledge.records import Stack

RUN_LIMIT_S = 600


def alone(stack: Stack, folder: Path) -> list[str]:
    """Install and run all programs of one stack.

    Returns:
        The ids of those that failed.
    """
    starters = Starters(load_starters(), load_knowledge().builds)
    ids = [id for id, (one, *_) in STARTERS.items() if one == stack]
    wanted = {
        line
        for id in ids
        for line in starters.files(id)["requirements.txt"].splitlines()
    }
    home = folder / "environment"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *sorted(wanted)], check=True
    )
    return [id for id in ids if not runs(starters.archive(id), id, folder, python)]


def runs(archive: bytes, id: str, folder: Path, python: Path) -> bool:
    """Whether the download runs where it is unpacked, learns, saves and loads."""
    zipfile.ZipFile(io.BytesIO(archive)).extractall(folder)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    start = time.monotonic()
    ended = subprocess.run(
        [python, "main.py"],
        cwd=folder / id,
        env=clean,
        capture_output=True,
        text=True,
        timeout=RUN_LIMIT_S,
        check=False,
    )
    well = (
        ended.returncode == 0
        and "The model beats the baseline." in ended.stdout
        and "the loaded model agrees." in ended.stdout
    )
    took = time.monotonic() - start
    sys.stdout.write(f"{id:36}{'runs' if well else 'FAILS':8}{took:6.1f} s\n")
    if not well:
        sys.stdout.write(ended.stdout[-1_000:] + ended.stderr[-2_000:])
    sys.stdout.flush()
    return well


def main(arguments: Sequence[str] | None = None) -> int:
    known = list(dict.fromkeys(stack for stack, *_ in STARTERS.values()))
    parser = argparse.ArgumentParser(prog="tests.starters_alone")
    parser.add_argument("stacks", nargs="*", choices=known, metavar="STACK")
    wanted = parser.parse_args(arguments).stacks or known
    failed = []
    for stack in wanted:
        with tempfile.TemporaryDirectory() as folder:
            failed += alone(Stack(stack), Path(folder))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
