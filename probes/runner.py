"""Run one comparison, and always get a report back.

Each contender lives in a process of its own. One crashes, hangs or is missing: it
gets a reason and the others go on. The time is up, or the caller says stop: the
verdict so far is the report. The parent owns the clock and the order, and sleeps.
"""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from probes.arm import Arm, Command
from probes.child import WorkerError
from probes.environment import environment
from probes.frameworks import missing
from probes.load import ForeignLoad
from probes.plan import Plan
from probes.records import (
    Contender,
    Measured,
    NotMeasured,
    ProbeReport,
    ProbeSpec,
    Progress,
    Ratio,
)
from probes.reports import judged, paired_logs, ratios
from probes.schedule import is_tight, order, wants_launch
from probes.statistics import LOUD, QUIET, block_error

log = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]

MOST_LAUNCHES = 8
"""Fresh starts of every contender in one probe, however large its budget."""


async def run_probe(
    spec: ProbeSpec,
    *,
    on_progress: OnProgress | None = None,
    python: str = sys.executable,
    command: Command | None = None,
    find_missing: Callable[[Contender], str | None] = missing,
    stop: asyncio.Event | None = None,
    report_id: str | None = None,
    limit_s: float | None = None,
) -> ProbeReport:
    """Compare the contenders of ``spec`` and return what is known when it ends.

    Args:
        on_progress: called in the event loop at every phase and every round.
        python: interpreter of the workers.
        command: command line of a contender's worker, instead of our own.
        find_missing: says why a contender cannot run here, or None.
        stop: set it to get the verdict so far within moments.
        report_id: 16 hexadecimal digits; drawn where it is not given.
        limit_s: seconds a worker may take for one answer; a third of the budget
            where it is not given, so that one that hangs leaves time for the others.

    Cancelling the task kills all workers and raises ``CancelledError``.
    """
    own: Command = lambda contender: [python, "-m", "probes.worker", contender]  # noqa: E731
    identity = report_id or secrets.token_hex(8)
    probe = _Probe(spec, command or own, find_missing, on_progress, identity, limit_s)
    return await probe.run(stop or asyncio.Event())


class _Probe:
    def __init__(
        self,
        spec: ProbeSpec,
        command: Command,
        find_missing: Callable[[Contender], str | None],
        on_progress: OnProgress | None,
        identity: str,
        limit_s: float | None,
    ) -> None:
        self.spec = spec
        self.command = command
        self.on_progress = on_progress
        self.identity = identity
        self.started = time.monotonic()
        self.started_at = datetime.now(UTC)
        self.environment = environment()
        self.load = ForeignLoad(self.environment.cores)
        limit_s = limit_s or max(spec.budget_s / 3, min(15.0, spec.budget_s))
        names = tuple(dict.fromkeys(spec.contenders))
        self.arms = [Arm(name, spec, limit_s) for name in names]
        self.plan = Plan(names, spec.budget_s)
        for arm in self.arms:
            if reason := find_missing(arm.contender):
                arm.failure = NotMeasured(
                    contender=arm.contender, status="not_installed", reason=reason
                )

    async def run(self, stop: asyncio.Event) -> ProbeReport:
        with tempfile.TemporaryDirectory(
            prefix="probe-", ignore_cleanup_errors=True
        ) as folder:
            work = asyncio.create_task(self._measure(Path(folder)))
            stopper = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait(
                    {work, stopper},
                    timeout=self._left(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                early = not work.done()
            finally:
                work.cancel()
                stopper.cancel()
                await asyncio.gather(work, stopper, return_exceptions=True)
                await asyncio.gather(*(arm.close() for arm in self.arms))
        if not early:
            work.result()
        return self._report(early)

    async def _measure(self, folder: Path) -> None:
        launch = 0
        began = self.started
        while self._alive():
            launch += 1
            await self._start_all(folder, launch)
            await self._rounds(launch)
            if launch == 1:
                await self._epochs()
            for arm in self.arms:
                await arm.close()
            cost = 1.1 * (time.monotonic() - began)
            began = time.monotonic()
            if len(self._alive()) < 2 or not wants_launch(
                self._ratios(),
                launch,
                most=MOST_LAUNCHES,
                cost_s=cost,
                left_s=self._left(),
            ):
                break

    async def _start_all(self, folder: Path, launch: int) -> None:
        # One after the other: side by side they would disturb each other's import
        # time and warm-up, which are reported.
        for arm in self._alive():
            self._tell(f"starting {arm.contender}")
            command = self.command(arm.contender)
            await self._try(arm, arm.launch(command, folder, launch))
            self.plan.start_done(arm.contender, launch)

    async def _rounds(self, launch: int) -> None:
        done = 0
        while self._alive():
            self._tell(f"measuring, launch {launch}, round {done + 1}")
            await self._round(launch, done)
            done += 1
            if is_tight(self._errors(), done):
                break
        self.plan.rounds_done(launch)

    async def _round(self, launch: int, number: int) -> None:
        """Every contender once. A round that is cut short leaves no trace."""
        names = order([arm.contender for arm in self._alive()], number)
        by_name = {arm.contender: arm for arm in self.arms}
        seconds: dict[Contender, float] = {}

        async def turn(arm: Arm) -> None:
            seconds[arm.contender] = await arm.block()

        self.load.begin(self._pids())
        for name in names:
            await self._try(by_name[name], turn(by_name[name]))
        if len(self._alive()) == len(names):
            self.load.end(self._pids())
        for arm in self._alive():
            arm.blocks.append(seconds[arm.contender])
            arm.launches.append(launch)

    async def _epochs(self) -> None:
        for arm in self._alive():
            self._tell(f"timing one epoch of {arm.contender}")
            await self._try(arm, arm.epoch())

    async def _try(self, arm: Arm, action: Awaitable[None]) -> None:
        """Let a contender fail alone."""
        try:
            await action
        except WorkerError as error:
            if arm.failure is None:
                arm.fail(error)
            log.warning(
                "contender failed probe=%s contender=%s phase=%s",
                self.identity,
                arm.contender,
                arm.phase,
            )
            await arm.close()

    def _alive(self) -> list[Arm]:
        return [arm for arm in self.arms if arm.failure is None]

    def _pids(self) -> list[int]:
        return [arm.child.pid for arm in self.arms if arm.child is not None]

    def _left(self) -> float:
        return self.started + self.spec.budget_s - time.monotonic()

    def _ratios(self) -> tuple[Ratio, ...]:
        return ratios([arm.result() for arm in self.arms], self.load.fraction())

    def _errors(self) -> list[float]:
        """Standard errors that more rounds of this launch could still lower."""
        timed = [r for a in self.arms if isinstance(r := a.result(), Measured)]
        logs = [paired_logs(arm, timed[0]) for arm in timed[1:]]
        return [block_error(groups[-1:]) if groups else math.inf for groups in logs]

    def _tell(self, phase: str) -> None:
        if self.on_progress is None:
            return
        fraction, remaining = self.plan.progress(time.monotonic() - self.started)
        self.on_progress(
            Progress(
                fraction=fraction,
                phase=phase,
                remaining_s=min(remaining, max(0.0, self._left())),
                ratios=self._ratios(),
            )
        )

    def _report(self, early: bool) -> ProbeReport:
        report = ProbeReport(
            id=self.identity,
            spec=self.spec,
            environment=self.environment,
            started_at=self.started_at,
            duration_s=time.monotonic() - self.started,
            results=tuple(arm.result() for arm in self.arms),
            ratios=(),
            warnings=self._warnings(),
            stopped_early=early,
            foreign_cores=self.load.cores_busy(),
        )
        report = judged(report)
        log.info(
            "probe finished id=%s duration_s=%.1f ratios=%d stopped_early=%s",
            report.id,
            report.duration_s,
            len(report.ratios),
            early,
        )
        return report

    def _warnings(self) -> tuple[str, ...]:
        found = self.load.warnings(QUIET, LOUD)
        found += [
            f"{arm.contender} did not settle while warming up; its times may drift"
            for arm in self._alive()
            if arm.blocks and not arm.steady
        ]
        timed = [arm for arm in self._alive() if arm.blocks]
        if timed and timed[0] is not self.arms[0]:
            found.append(
                f"{self.arms[0].contender} was not measured; ratios are to "
                f"{timed[0].contender}"
            )
        if timed and set(timed[0].launches) == {1} and len(timed) > 1:
            found.append(
                "one launch only: the interval rests on an assumed 5% spread "
                "between launches"
            )
        return tuple(found)
