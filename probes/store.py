"""Finished reports in a folder, one file each, written whole or not at all."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import tempfile
import time
from pathlib import Path

from platformdirs import user_cache_path

from probes.records import ProbeReport
from probes.reports import (
    LARGEST_REPORT,
    ReportError,
    distrusted,
    from_json,
    judged,
    to_json,
)

log = logging.getLogger(__name__)


def reports_folder() -> Path:
    """Where this machine's reports are kept: ``KOP_REPORTS``, or the user's cache."""
    chosen = os.environ.get("KOP_REPORTS")
    return Path(chosen) if chosen else user_cache_path("keras-or-pytorch") / "reports"


PART = ".part"

OLD_S = 3600.0
"""Seconds after which a file half written is nobody's: its writer was killed."""


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or none.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=PART)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def sweep(folder: Path) -> None:
    """Remove what killed processes left half written in a folder of our own."""
    with contextlib.suppress(OSError):
        for part in folder.glob(f"*{PART}"):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > OLD_S:
                    part.unlink()


class ReportStore:
    """Reads and writes ``ID.json`` files; a damaged one is as good as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, report: ProbeReport) -> None:
        """Keep a report under its id.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        sweep(self._folder)
        write_whole(self._folder / f"{report.id}.json", to_json(report))

    def read(self, id: str) -> ProbeReport | None:
        """The report with that id, its ratios worked out again, or None."""
        if not re.fullmatch(r"[0-9a-f]{16}", id):
            return None
        try:
            with (self._folder / f"{id}.json").open("rb") as file:
                report = from_json(file.read(LARGEST_REPORT + 1), ours=True)
        except OSError:
            return None
        except ReportError as error:
            log.warning("stored report ignored id=%s fault=%s", id, error)
            return None
        return report if report.id == id else None

    def judge(self, given: ProbeReport) -> ProbeReport:
        """A report that came from outside, its ratios worked out again.

        One that this machine measured itself is judged as it was then; any other may
        not say how closely its machine repeats itself.
        """
        known = self.read(given.id)
        ours = known is not None and known == judged(given)
        return judged(given) if ours else distrusted(given)

    def list(self, limit: int = 100) -> tuple[ProbeReport, ...]:
        """The newest reports, newest first; older files are not even opened."""
        try:
            dated = [(p.stat().st_mtime, p.stem) for p in self._folder.glob("*.json")]
        except OSError:
            return ()
        ids = [id for _, id in sorted(dated, reverse=True)[:limit]]
        found = [report for id in ids if (report := self.read(id)) is not None]
        found.sort(key=lambda report: report.started_at, reverse=True)
        return tuple(found)
