"""Run one comparison, and always get a report back.

Each contender lives in a process of its own. One crashes, hangs or is missing: it
gets a reason and the others go on. The time is up, or the caller says stop: the
verdict so far is the report. The parent owns the clock and the order, and sleeps.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from probes.arm import Arm, Command
from probes.conditions import ASSUMED
from probes.crew import Crew
from probes.default_track import DefaultTrack, allowed
from probes.environment import busy_seconds, environment
from probes.folder import work_folder
from probes.footprint import Footprints
from probes.frameworks import missing
from probes.learning.course import Course
from probes.load import Busy, ForeignLoad
from probes.plan import Plan
from probes.records import (
    PROTOCOL,
    Contender,
    LaunchSd,
    Measured,
    ProbeReport,
    ProbeSpec,
    Progress,
    Ratio,
)
from probes.remarks import remarks
from probes.reports import judged, launch_history, paired_logs, settled_launches
from probes.schedule import is_enough, order, wanted_rounds, wants_launch
from probes.statistics import block_sd

log = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]

WAITING = "waiting for other programs to leave off"

END_S = 1.0
"""Seconds kept for ending in good time: a probe cut short says so."""

MOST_LAUNCHES = 16
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
    history: Sequence[ProbeReport] = (),
    course: Course | None = None,
    busy: Busy = busy_seconds,
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
        history: earlier reports of this machine, from which the spread between
            launches is learnt.
        course: what teaches the contenders where the spec asks for it, for tests.
        busy: core seconds that all programs of this machine have used so far.

    Cancelling the task kills all workers and raises ``CancelledError``.
    """
    own: Command = lambda contender: [python, "-m", "probes.worker", contender]  # noqa: E731
    identity = report_id or secrets.token_hex(8)
    probe = _Probe(
        spec, command or own, find_missing, on_progress, identity, limit_s, busy
    )
    probe.take_history(history)
    probe.course = course or probe.course
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
        busy: Busy,
    ) -> None:
        self.spec = spec
        self.command = command
        self.on_progress = on_progress
        self.identity = identity
        self.started = time.monotonic()
        self.started_at = datetime.now(UTC)
        self.environment = environment()
        loads = (ForeignLoad(self.environment.cores, busy) for _ in range(3))
        self.load, self.epoch_load, self.side_load = loads
        limit_s = limit_s or max(spec.budget_s / 3, min(15.0, spec.budget_s))
        self.launch_sd: LaunchSd | None = None
        self.course = Course(spec)
        self.crew = Crew.of(spec, find_missing, identity, limit_s)
        self.footprints = Footprints(spec, command)
        self.default = DefaultTrack(spec, self.crew, self.epoch_load, self._tell)
        self.waited_s = 0.0
        self.plan = Plan([arm.name for arm in self.crew.arms], spec.budget_s)

    def take_history(self, history: Sequence[ProbeReport]) -> None:
        """Take the spread between launches from what this machine showed before."""
        known = launch_history(history, self._report(early=False))
        self.launch_sd = known if known.freedom > ASSUMED.freedom else None

    async def run(self, stop: asyncio.Event) -> ProbeReport:
        with work_folder() as folder:
            work = asyncio.create_task(self._measure(folder))
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
                await self.crew.close()
        if not early:
            work.result()
        report = self._report(early)
        done = (report.id, report.duration_s, len(report.ratios), early)
        log.info(
            "probe finished id=%s duration_s=%.1f ratios=%d stopped_early=%s", *done
        )
        return report

    async def _measure(self, folder: Path) -> None:
        launch = 0
        while self.crew.alive():
            launch += 1
            began, waited_s = time.monotonic(), self.waited_s
            await self._start_all(folder, launch)
            await self._rounds(launch, time.monotonic() - began)
            cost = 1.1 * (time.monotonic() - began - self.waited_s + waited_s)
            if launch == 1:
                await self._asides()
            await self._default_rounds(launch, cost)
            await self.crew.close()
            if launch == 1:
                names = [arm.contender for arm in self.crew.timed()]
                await self.course.run(names, folder, self._left, self._tell)
            if not self._goes_on(launch, cost):
                break
        await self.footprints.run(
            self.crew.timed(), folder, lambda: self._left() - END_S, self._tell
        )

    def _goes_on(self, launch: int, cost_s: float) -> bool:
        if len(self.crew.timed()) < 2:
            return False
        report = self._report(early=False)
        return wants_launch(
            report.ratios,
            settled_launches(report, launch, MOST_LAUNCHES),
            most=MOST_LAUNCHES,
            cost_s=cost_s,
            left_s=self._left() - self.footprints.kept_s(self.crew.timed(), launch),
            budget_s=self.spec.budget_s,
        )

    async def _default_rounds(self, launch: int, cost_s: float) -> None:
        """The default track's turn: its share, or what the last launch leaves."""
        if (self.spec.learn and launch == 1) or self._goes_on(launch, cost_s):
            elapsed_s, spent_s = time.monotonic() - self.started, self.default.spent_s
            share_s = allowed(elapsed_s, spent_s, self._left(), cost_s, launch)
            await self.default.run(launch, share_s, tuned=False)
            return
        kept_s = END_S + self.footprints.wanted_s(self.crew.timed())
        await self.default.run(launch, self._left() - kept_s, tuned=False)
        if all(ratio.word != "undecided" for ratio in self._ratios()):
            await self.default.run(launch, self._left() - kept_s, tuned=True)

    async def _start_all(self, folder: Path, launch: int) -> None:
        # One after the other: side by side they would disturb each other's import
        # time and warm-up, which are reported.
        for arm in self.crew.alive():
            self._tell(f"starting {arm.name}")
            start = arm.launch(self.command(arm.contender), folder, launch)
            taken = await self.crew.watched(arm, start, self.side_load)
            arm.start_foreign += [] if taken is None else [taken]
            self.plan.start_done(arm.name, launch)

    async def _rounds(self, launch: int, start_s: float) -> None:
        self.waited_s += await self.load.wait_until_quiet(
            self.crew.pids(), self._left() / 4, lambda: self._tell(WAITING)
        )
        done, began = 0, time.monotonic()
        while self.crew.alive():
            self._tell(f"measuring, launch {launch}, round {done + 1}")
            await self._round(launch, done)
            done += 1
            round_s = (time.monotonic() - began) / done
            if is_enough(done, self._wanted(start_s, round_s)):
                break
        self.plan.rounds_done(launch)

    async def _round(self, launch: int, number: int) -> None:
        """Every contender once. A round that is cut short leaves no trace."""
        arms = order(self.crew.alive(), number)
        seconds: dict[str, float] = {}

        async def turn(arm: Arm) -> None:
            seconds[arm.name] = await arm.block()

        self.load.begin(self.crew.pids())
        for arm in arms:
            await self.crew.attempt(arm, turn(arm))
        if len(self.crew.alive()) == len(arms):
            self.load.end(self.crew.pids(), launch)
        for arm in self.crew.alive():
            arm.blocks.append(seconds[arm.name])
            arm.launches.append(launch)

    async def _asides(self) -> None:
        load = self.side_load
        for arm in self.crew.timed():
            self._tell(f"timing epochs of {arm.contender}")
            arm.aside_foreign = await self.crew.watched(arm, arm.aside(), load)

    def _left(self) -> float:
        return self.started + self.spec.budget_s - time.monotonic()

    def _ratios(self) -> tuple[Ratio, ...]:
        return self._report(early=False).ratios

    def _wanted(self, start_s: float, round_s: float) -> float:
        """Rounds that this launch is worth, for the contender that scatters most."""
        timed = [r for r in self.crew.results() if isinstance(r, Measured)]
        logs = (paired_logs(arm, timed[0]) for arm in timed[1:])
        scatter = max((block_sd(groups) for groups in logs if groups), default=0.0)
        launch_sd = (self.launch_sd or ASSUMED).sd
        return wanted_rounds(scatter, launch_sd, start_s=start_s, round_s=round_s)

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
            protocol=PROTOCOL,
            spec=self.spec,
            environment=self.environment,
            started_at=self.started_at,
            duration_s=time.monotonic() - self.started,
            results=tuple(self.crew.results(self.footprints.found)),
            ratios=(),
            control=self.crew.control(),
            learning=self.course.result(),
            launch_sd=self.launch_sd,
            stopped_early=early,
            foreign_cores=self.load.cores_busy(),
            launch_foreign=self.load.by_launch(),
            epoch_foreign=self.epoch_load.by_launch(),
        )
        said = [remarks(self.crew.arms, report, self.waited_s)]
        said += [self.course.remarks(), self.footprints.remarks()]
        return judged(report.model_copy(update={"warnings": tuple(chain(*said))}))
