"""What the checks of one machine have shown so far, kept over restarts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from probes.checks.records import Check, CheckReport, CheckResult, Skipped
from probes.environment import environment
from probes.frameworks import installed
from probes.store import sweep, write_whole

log = logging.getLogger(__name__)


class Seen:
    """The newest result of every check, as one report.

    Results count for the versions they were seen with: what is on disk for others is
    left aside.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / "seen.json" if folder is not None else None
        self._report = self._read()

    @property
    def report(self) -> CheckReport:
        """Everything known; ``started_at`` is when it last changed."""
        return self._report

    def add(
        self, results: Sequence[CheckResult], skipped: Sequence[Skipped] = ()
    ) -> None:
        """Let newer results replace older ones of the same checks."""
        new = {one.id: one for one in results}
        known = {one.id: one for one in self._report.results} | new
        left = {one.id: one for one in (*self._report.skipped, *skipped)}
        self._report = self._report.model_copy(
            update={
                "started_at": datetime.now(UTC),
                "results": tuple(known.values()),
                "skipped": tuple(one for one in left.values() if one.id not in known),
            }
        )

    def ended(self, report: CheckReport, every: Sequence[Check]) -> None:
        """A whole set has run: what it was, and its results in the checks' order."""
        self.add(report.results, report.skipped)
        place = {check.id: number for number, check in enumerate(every)}
        ordered = sorted(self._report.results, key=lambda one: place.get(one.id, 0))
        self._report = self._report.model_copy(
            update={
                "set": report.set,
                "duration_s": report.duration_s,
                "results": tuple(ordered),
            }
        )

    def keep(self) -> None:
        """Write it down; a disk that is full costs only what a restart would need."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            sweep(self._path.parent)
            write_whole(self._path, self._report.model_dump_json())
        except OSError as fault:
            log.warning("checks could not be kept: %s", fault.strerror)

    def _read(self) -> CheckReport:
        fresh = CheckReport(
            set="quick",
            started_at=datetime.now(UTC),
            duration_s=0,
            environment=environment(),
            versions=installed(),
            results=(),
            skipped=(),
        )
        if self._path is None or not self._path.exists():
            return fresh
        try:
            kept = CheckReport.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            log.warning("kept checks ignored: the file is damaged")
            return fresh
        same = kept.versions == fresh.versions and kept.environment == fresh.environment
        return kept if same else fresh
