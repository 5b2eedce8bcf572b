"""A folder for the time of one probe, and an end to those that were left behind.

A process that is killed cannot tidy up. Whoever lives holds a lock on a file in the
folder; the system drops it with the process, so the next probe knows what is orphaned.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl

PREFIX = "probe-"

ALIVE = "alive"
"""The file whose lock says that its process lives."""

YOUNG_S = 60.0
"""Seconds that a folder may be without that file: it may just be coming to be."""


@contextlib.contextmanager
def work_folder() -> Iterator[Path]:
    """A new folder, removed at the end; orphaned ones are removed first."""
    remove_orphans(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(
        prefix=PREFIX, ignore_cleanup_errors=True
    ) as folder:
        path = Path(folder)
        with (path / ALIVE).open("wb") as file:
            _lock(file)
            yield path


def remove_orphans(parent: Path) -> int:
    """Remove our own folders whose process has gone; the number removed."""
    removed = 0
    with contextlib.suppress(OSError):
        for folder in parent.glob(f"{PREFIX}*"):
            if _is_orphan(folder):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


def _is_orphan(folder: Path) -> bool:
    try:
        seen = folder.lstat()
        if not stat.S_ISDIR(seen.st_mode) or not _is_ours(seen):
            return False
        with (folder / ALIVE).open("rb") as file:
            return _lock(file)
    except FileNotFoundError:
        return time.time() - seen.st_mtime > YOUNG_S
    except OSError:
        return False


def _is_ours(seen: os.stat_result) -> bool:
    return sys.platform == "win32" or seen.st_uid == os.getuid()


def _lock(file: IO[bytes]) -> bool:
    """Take the lock without waiting; False where another process holds it."""
    if sys.platform == "win32":
        # An open file cannot be removed there: its folder outlives the attempt, but
        # what else is in it would not.
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
