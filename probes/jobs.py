"""Probes asked for by others: one at a time, each with a name to ask after it by."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from probes.environment import environment
from probes.frameworks import installed
from probes.history import Versions, earlier
from probes.privacy import nameless
from probes.records import HOSTED, Environment, Job, ProbeReport, ProbeSpec, Progress
from probes.runner import OnProgress, run_probe
from probes.store import ReportStore

log = logging.getLogger(__name__)

FINAL = frozenset({"done", "failed", "cancelled"})

MOST_WAITING = 20
"""Jobs in the queue before further ones are refused."""

KEPT = 200
"""Finished jobs that can still be asked after; older ones only through the store."""


class ProbeConflictError(Exception):
    """The idempotency key was used before, for another probe."""


class QueueFullError(Exception):
    """More probes wait already than could run in reasonable time."""


ProbeConflict = ProbeConflictError


class Runner(Protocol):
    def __call__(
        self,
        spec: ProbeSpec,
        *,
        on_progress: OnProgress | None,
        stop: asyncio.Event | None,
        report_id: str | None,
        history: Sequence[ProbeReport],
    ) -> Awaitable[ProbeReport]: ...


@dataclass
class _Entry:
    spec: ProbeSpec
    job: Job
    key: str | None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, **changes: object) -> None:
        self.job = self.job.model_copy(update=changes)
        before, self.changed = self.changed, asyncio.Event()
        before.set()


class ProbeJobs:
    """The queue. Belongs to one event loop; call its methods from that loop only.

    Args:
        hosted: whether those who ask sit at other machines; every report then says so,
            whatever was asked for.
    """

    def __init__(
        self,
        *,
        store: ReportStore | None = None,
        runner: Runner = run_probe,
        here: Callable[[], Environment] = environment,
        versions: Callable[[], Versions] = installed,
        hosted: bool = False,
    ) -> None:
        self._store = store
        self._hosted = hosted
        self._here = here
        self._versions = versions
        self._runner = runner
        self._entries: dict[str, _Entry] = {}
        self._keys: dict[str, str] = {}
        self._waiting: list[_Entry] = []
        self._running: asyncio.Task[None] | None = None

    def submit(
        self,
        spec: ProbeSpec,
        idempotency_key: str | None = None,
        *,
        fresh: bool = False,
    ) -> Job:
        """Queue a probe, or return the job that this key already stands for.

        Where this machine has answered the same question before, that is the job.

        Args:
            fresh: measure anew all the same.

        Raises:
            ProbeConflictError: the key stands for a different probe.
            QueueFullError: MOST_WAITING probes wait already.
        """
        if self._hosted:
            spec = spec.model_copy(update={"hardware_class": HOSTED})
        if idempotency_key is not None and idempotency_key in self._keys:
            known = self._entries[self._keys[idempotency_key]]
            if known.spec != spec:
                raise ProbeConflictError(
                    f"idempotency key: job {known.job.id} has it, for another probe"
                )
            return known.job
        known_report = None if fresh else self._answered(spec)
        if known_report is not None:
            return self._again(known_report, spec, idempotency_key)
        if len(self._waiting) >= MOST_WAITING:
            raise QueueFullError(f"{MOST_WAITING} probes wait already; try again later")
        job = Job(
            id=secrets.token_hex(8),
            state="queued",
            progress=0,
            phase="waiting",
            remaining_s=spec.budget_s,
        )
        entry = _Entry(spec, job, idempotency_key)
        self._entries[job.id] = entry
        if idempotency_key is not None:
            self._keys[idempotency_key] = job.id
        self._waiting.append(entry)
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._work())
        return job

    def _answered(self, spec: ProbeSpec) -> ProbeReport | None:
        if self._store is None:
            return None
        reports = self._store.list()
        now = datetime.now(UTC)
        return earlier(spec, reports, self._here(), self._versions(), now)

    def _again(self, report: ProbeReport, spec: ProbeSpec, key: str | None) -> Job:
        """The job that an earlier report stands for."""
        if report.id not in self._entries:
            self._entries[report.id] = _Entry(spec, _finished(report), key)
            self._forget_old()
        if key is not None and report.id in self._entries:
            self._keys[key] = report.id
        return self._entries[report.id].job

    def get(self, id: str) -> Job | None:
        """The job as it is now; one from before a restart comes from the store."""
        if entry := self._entries.get(id):
            return entry.job
        report = self._store.read(id) if self._store else None
        return _finished(report) if report else None

    def cancel(self, id: str) -> Job | None:
        """Ask a job to stop; it ends as ``cancelled`` with the verdict so far."""
        entry = self._entries.get(id)
        if entry is None:
            return self.get(id)
        if entry in self._waiting:
            self._waiting.remove(entry)
            entry.show(state="cancelled", phase="cancelled", remaining_s=0.0)
            self._forget_old()
        elif entry.job.state == "running" and not entry.stop.is_set():
            entry.stop.set()
            entry.show(phase="stopping")
        return entry.job

    async def events(self, id: str) -> AsyncIterator[Job]:
        """The job now and after each change, up to its end; nothing if unknown."""
        entry = self._entries.get(id)
        if entry is None:
            if job := self.get(id):
                yield job
            return
        while True:
            job, changed = entry.job, entry.changed
            yield job
            if job.state in FINAL:
                return
            if entry.job is job:
                await changed.wait()

    async def close(self) -> None:
        """Kill what runs and cancel what waits."""
        for entry in list(self._waiting):
            self.cancel(entry.job.id)
        if self._running is not None and not self._running.done():
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _work(self) -> None:
        while self._waiting:
            entry = self._waiting.pop(0)
            await self._run(entry)
            self._forget_old()

    async def _run(self, entry: _Entry) -> None:
        def tell(progress: Progress) -> None:
            entry.show(
                progress=max(entry.job.progress, progress.fraction),
                phase="stopping" if entry.stop.is_set() else progress.phase,
                remaining_s=progress.remaining_s,
                verdict=progress.ratios,
            )

        entry.show(state="running", phase="starting")
        try:
            report = await self._runner(
                entry.spec,
                on_progress=tell,
                stop=entry.stop,
                report_id=entry.job.id,
                history=self._store.list() if self._store else (),
            )
        except asyncio.CancelledError:
            entry.show(state="cancelled", phase="cancelled", remaining_s=0.0)
            raise
        except Exception as error:
            # The queue must outlive any one probe; a bug in it ends only its job.
            log.exception("probe failed id=%s", entry.job.id)
            problem = nameless(f"{type(error).__name__}: {error}")[:300]
            entry.show(state="failed", phase="failed", problem=problem, remaining_s=0.0)
            return
        self._keep(report)
        final = _finished(report).model_dump(include={"phase", "verdict", "problem"})
        state = "cancelled" if entry.stop.is_set() else _finished(report).state
        entry.show(
            **final | {"verdict": report.ratios, "state": state},
            report=report,
            remaining_s=0.0,
            progress=entry.job.progress if state == "cancelled" else 1.0,
        )

    def _keep(self, report: ProbeReport) -> None:
        if self._store is None:
            return
        try:
            self._store.write(report)
        except OSError as error:
            log.warning("report not kept id=%s reason=%s", report.id, error.strerror)

    def _forget_old(self) -> None:
        over = [e for e in self._entries.values() if e.job.state in FINAL][:-KEPT]
        for entry in over:
            del self._entries[entry.job.id]
            if entry.key is not None:
                self._keys.pop(entry.key, None)


def _finished(report: ProbeReport) -> Job:
    measured = any(result.status == "measured" for result in report.results)
    reasons = "; ".join(
        f"{result.contender}: {result.reason}"
        for result in report.results
        if result.status != "measured"
    )
    return Job(
        id=report.id,
        state="done" if measured else "failed",
        progress=1,
        phase="done" if measured else "failed",
        remaining_s=0,
        verdict=report.ratios,
        report=report,
        problem=None if measured else f"nothing was measured: {reasons}"[:300],
    )
