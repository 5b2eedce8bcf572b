"""Checks asked for by others: one at a time, each with a name to ask after it by."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from probes.checks.records import Check, CheckJob, CheckProgress, CheckReport, Set
from probes.checks.runner import OnProgress, run_checks
from probes.checks.seen import Seen
from probes.records import JobState

log = logging.getLogger(__name__)

MOST_WAITING = 20
"""Jobs in the queue before further ones are refused."""

KEPT = 200
"""Finished jobs that can still be asked after."""

FINAL = ("done", "failed", "cancelled")


class NoCheckError(Exception):
    """No program can tell whether this statement is right."""


class ChecksFullError(Exception):
    """More checks wait already than could run in reasonable time."""


class Runner(Protocol):
    def __call__(
        self,
        checks: Sequence[Check],
        *,
        quick: bool,
        on_progress: OnProgress | None,
        stop: asyncio.Event,
    ) -> Awaitable[CheckReport]: ...


@dataclass
class _Entry:
    checks: tuple[Check, ...]
    job: CheckJob
    stop: asyncio.Event

    def show(self, **changes: object) -> None:
        self.job = self.job.model_copy(update=changes)


class CheckJobs:
    """The queue. Belongs to one event loop; call its methods from that loop only."""

    def __init__(
        self,
        load: Callable[[], Sequence[Check]],
        runner: Runner = run_checks,
        folder: Path | None = None,
    ) -> None:
        self._checks = tuple(load())
        self._by_claim = _by_claim(self._checks)
        self._runner = runner
        self._seen = Seen(folder)
        self._entries: dict[str, _Entry] = {}
        self._waiting: list[_Entry] = []
        self._running: asyncio.Task[None] | None = None

    def submit(self, claim: str) -> CheckJob:
        """Queue the checks of a statement, or return its job that has not ended.

        Raises:
            NoCheckError: no check speaks to this statement.
            ChecksFullError: MOST_WAITING jobs wait already.
        """
        if claim not in self._by_claim:
            raise NoCheckError(f"{claim}: is checked by documents; no program can tell")
        return self._queued(self._by_claim[claim], claim=claim)

    def submit_set(self, which: Set) -> CheckJob:
        """Queue all checks of a set, or return such a job that has not ended.

        Raises:
            ChecksFullError: MOST_WAITING jobs wait already.
        """
        return self._queued(self._checks, which=which)

    def cancel(self, id: str) -> CheckJob | None:
        """End a job; what it has seen stays."""
        entry = self._entries.get(id)
        if entry is None:
            return None
        entry.stop.set()
        if entry in self._waiting:
            self._waiting.remove(entry)
            entry.show(state="cancelled", phase="cancelled")
        return entry.job

    def seen(self) -> CheckReport:
        """The newest result of every check that ran on this machine."""
        return self._seen.report

    def under_way(self) -> CheckJob | None:
        """The set that waits or runs, if there is one."""
        jobs = (entry.job for entry in self._entries.values())
        return next((one for one in jobs if one.set and one.state not in FINAL), None)

    def _queued(
        self,
        checks: tuple[Check, ...],
        *,
        claim: str | None = None,
        which: Set | None = None,
    ) -> CheckJob:
        for entry in self._entries.values():
            same = (entry.job.claim, entry.job.set) == (claim, which)
            if same and entry.job.state not in FINAL:
                return entry.job
        if len(self._waiting) >= MOST_WAITING:
            raise ChecksFullError(
                f"{MOST_WAITING} checks wait already; try again later"
            )
        job = CheckJob(
            id=secrets.token_hex(8),
            claim=claim,
            set=which,
            state="queued",
            progress=0,
            phase="waiting",
        )
        entry = _Entry(checks, job, asyncio.Event())
        self._entries[job.id] = entry
        self._waiting.append(entry)
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._work())
        return job

    def get(self, id: str) -> CheckJob | None:
        entry = self._entries.get(id)
        return entry.job if entry else None

    async def close(self) -> None:
        """Kill what runs and cancel what waits."""
        for entry in self._waiting:
            entry.show(state="cancelled", phase="cancelled")
        self._waiting.clear()
        if self._running is not None and not self._running.done():
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _work(self) -> None:
        while self._waiting:
            await self._run(self._waiting.pop(0))
            over = [e for e in self._entries.values() if e.job.state in FINAL][:-KEPT]
            for entry in over:
                del self._entries[entry.job.id]

    async def _run(self, entry: _Entry) -> None:
        def tell(progress: CheckProgress) -> None:
            entry.show(
                progress=max(entry.job.progress, progress.fraction),
                phase=progress.phase,
                results=(*entry.job.results, *progress.results),
            )
            self._seen.add(progress.results)

        entry.show(state="running", phase="starting")
        try:
            report = await self._runner(
                entry.checks,
                quick=entry.job.set == "quick",
                on_progress=tell,
                stop=entry.stop,
            )
        except asyncio.CancelledError:
            entry.show(state="cancelled", phase="cancelled")
            raise
        except Exception as error:
            # The queue must outlive any one check; a bug in it ends only its job.
            log.exception("check failed id=%s", entry.job.id)
            problem = f"{type(error).__name__}: {error}"[:300]
            entry.show(state="failed", phase="failed", problem=problem)
            return
        if entry.job.set is not None:
            self._seen.ended(report, self._checks)
        self._seen.keep()
        ended: JobState = "done" if report.results else "failed"
        if entry.stop.is_set():
            ended = "cancelled"
        entry.show(
            state=ended,
            phase=ended,
            progress=1.0,
            results=report.results,
            skipped=report.skipped,
            problem=None if ended != "failed" else "the time was up before a result",
        )


def _by_claim(checks: Sequence[Check]) -> Mapping[str, tuple[Check, ...]]:
    found: dict[str, tuple[Check, ...]] = {}
    for check in checks:
        for claim in check.claims:
            found[claim] = (*found.get(claim, ()), check)
    return found
