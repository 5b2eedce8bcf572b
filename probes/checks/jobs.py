"""Checks asked for by others: one at a time, each with a name to ask after it by."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from probes.checks.records import Check, CheckJob, CheckProgress, CheckReport
from probes.checks.runner import OnProgress, run_checks

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
        self, checks: Sequence[Check], *, on_progress: OnProgress | None
    ) -> Awaitable[CheckReport]: ...


@dataclass
class _Entry:
    checks: tuple[Check, ...]
    job: CheckJob

    def show(self, **changes: object) -> None:
        self.job = self.job.model_copy(update=changes)


class CheckJobs:
    """The queue. Belongs to one event loop; call its methods from that loop only."""

    def __init__(
        self, load: Callable[[], Sequence[Check]], runner: Runner = run_checks
    ) -> None:
        self._by_claim = _by_claim(load())
        self._runner = runner
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
        for entry in self._entries.values():
            if entry.job.claim == claim and entry.job.state not in FINAL:
                return entry.job
        if len(self._waiting) >= MOST_WAITING:
            raise ChecksFullError(
                f"{MOST_WAITING} checks wait already; try again later"
            )
        job = CheckJob(
            id=secrets.token_hex(8),
            claim=claim,
            state="queued",
            progress=0,
            phase="waiting",
        )
        entry = _Entry(self._by_claim[claim], job)
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

        entry.show(state="running", phase="starting")
        try:
            report = await self._runner(entry.checks, on_progress=tell)
        except asyncio.CancelledError:
            entry.show(state="cancelled", phase="cancelled")
            raise
        except Exception as error:
            # The queue must outlive any one check; a bug in it ends only its job.
            log.exception("check failed id=%s", entry.job.id)
            problem = f"{type(error).__name__}: {error}"[:300]
            entry.show(state="failed", phase="failed", problem=problem)
            return
        entry.show(
            state="done" if report.results else "failed",
            phase="done" if report.results else "failed",
            progress=1.0,
            results=report.results,
            skipped=report.skipped,
            problem=None if report.results else "the time was up before a result",
        )


def _by_claim(checks: Sequence[Check]) -> Mapping[str, tuple[Check, ...]]:
    found: dict[str, tuple[Check, ...]] = {}
    for check in checks:
        for claim in check.claims:
            found[claim] = (*found.get(claim, ()), check)
    return found
