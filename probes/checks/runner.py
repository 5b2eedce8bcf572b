"""Run many checks, each result as soon as its facts are there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from probes.checks.catalog import BARE, ENGINE, EVERY, PROGRAMS, is_quick, runs
from probes.checks.gather import LIMIT_S, Gathering
from probes.checks.judge import finding, outcome
from probes.checks.records import (
    Check,
    CheckProgress,
    CheckReport,
    CheckResult,
    Conditions,
    Says,
    Skipped,
)
from probes.checks.words import names_in, sentence
from probes.environment import environment
from probes.folder import work_folder
from probes.frameworks import installed

OnProgress = Callable[[CheckProgress], None]

QUICK_S, FULL_S = 105.0, 870.0
"""Deadline of each set, in seconds: of two and fifteen minutes, what is left after the
service has started and before its workers have ended."""

LEAST_S = 15.0
"""Seconds below which a timing would tell nothing, and is left out."""

LONG = Says(
    en="takes longer than the quick set has; run the full set",
    zh="耗时超出快速检查的限度；请运行完整检查",
)
LATE = Says(en="the time was up before it was reached", zh="时间已到，未轮到此项")


async def run_checks(
    checks: Sequence[Check],
    *,
    quick: bool = False,
    on_progress: OnProgress | None = None,
    stop: asyncio.Event | None = None,
    budget_s: float | None = None,
    gathering: Gathering | None = None,
) -> CheckReport:
    """Run ``checks`` and return what is known when they end.

    Args:
        quick: leave out what takes long; those checks are listed as skipped.
        on_progress: called in the event loop before every program, and with each
            result as soon as it is known.
        stop: set it to get what is known so far.
        budget_s: deadline; that of the set where it is not given.
        gathering: how workers are started, for tests.

    Cancelling the task kills the worker and raises ``CancelledError``.
    """
    limit_s = budget_s or (QUICK_S if quick else FULL_S)
    run = _Run(checks, quick, on_progress or (lambda _: None), limit_s)
    with work_folder() as folder:
        run.seen = replace(gathering or Gathering(folder), folder=folder)
        work = asyncio.create_task(run.all())
        stopper = asyncio.create_task((stop or asyncio.Event()).wait())
        try:
            await asyncio.wait(
                {work, stopper},
                timeout=limit_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if work.done():
                work.result()
        finally:
            work.cancel()
            stopper.cancel()
            await asyncio.gather(work, stopper, return_exceptions=True)
            await run.seen.close()
    return run.report()


class _Run:
    def __init__(
        self,
        checks: Sequence[Check],
        quick: bool,
        on_progress: OnProgress,
        limit_s: float,
    ) -> None:
        self.quick = quick
        self.limit_s = limit_s
        self.asked = checks
        self.waiting = [one for one in checks if not quick or is_quick(one)]
        self.late = list(self.waiting)
        self.results: list[CheckResult] = []
        self.seen: Gathering = Gathering(Path())
        self.on_progress = on_progress
        self.started, self.started_at = time.monotonic(), datetime.now(UTC)
        self.environment, self.versions = environment(), installed()

    async def all(self) -> None:
        """Stack by stack, so that every framework is imported once; timings last.

        Looking is cheap and timing is not. What is left for timings is shared out by
        what each would like, so that every one has its turn on a busy machine too.
        """
        todo = dict.fromkeys(run for check in self.waiting for run in runs(check))
        queue = sorted(todo, key=lambda run: (_turn(run[1]), run[1], _place(run[0])))
        total = sum(PROGRAMS[program].seconds for program, _ in queue) or 1.0
        spent, done = 0.0, set[tuple[str, str]]()
        for number, (program, stack) in enumerate(queue):
            self._tell(spent / total, f"{program} in {stack}")
            share_s = self._share_s(program, queue[number:])
            spent += PROGRAMS[program].seconds
            if stack == ENGINE and share_s < LEAST_S:
                continue
            await self.seen.run(program, stack, share_s)
            done.add((program, stack))
            ready = [one for one in self.late if set(runs(one)) <= done]
            self.late = [one for one in self.late if one not in ready]
            found = tuple(self._judged(check) for check in ready)
            self.results += found
            self._tell(spent / total, f"{program} in {stack}", found)

    def _share_s(self, program: str, ahead: Sequence[tuple[str, str]]) -> float:
        """Seconds that a program may take, in view of what else is still ahead."""
        if ahead[0][1] != ENGINE:
            return LIMIT_S
        left_s = self.limit_s - (time.monotonic() - self.started)
        wanted_s = PROGRAMS[program].seconds
        all_s = sum(PROGRAMS[one].seconds for one, _ in ahead)
        return min(wanted_s, left_s * wanted_s / all_s)

    def report(self) -> CheckReport:
        """What is known now; what was not reached is listed as skipped."""
        place = {check.id: number for number, check in enumerate(self.asked)}
        long = [one for one in self.asked if one not in self.waiting]
        return CheckReport(
            set="quick" if self.quick else "full",
            started_at=self.started_at,
            duration_s=time.monotonic() - self.started,
            environment=self.environment,
            versions=self.versions,
            results=tuple(sorted(self.results, key=lambda one: place[one.id])),
            skipped=tuple(
                Skipped(id=one.id, claims=one.claims, reason=why)
                for group, why in ((long, LONG), (self.late, LATE))
                for one in group
            ),
        )

    def _judged(self, check: Check) -> CheckResult:
        facts, lacks = self.seen.facts, frozenset(self.seen.not_installed)
        findings = tuple(finding(one, facts, lacks) for one in check.expects)
        named = [name for one in check.expects for name in one.facts()]
        named += names_in(check.says.en)
        verdict = outcome(findings)
        return CheckResult(
            id=check.id,
            claims=check.claims,
            outcome=verdict,
            findings=findings,
            observed={name: facts[name] for name in named if name in facts},
            sentence=self._why(check)
            if verdict == "not_applicable"
            else sentence(check.says, facts),
            conditions=self._conditions(),
            seconds=sum(self.seen.seconds.get(run, 0.0) for run in runs(check)),
        )

    def _why(self, check: Check) -> Says:
        """Why nothing can be said here."""
        programs = {program for program, _ in runs(check)}
        faults = [
            why for (name, _), why in self.seen.faults.items() if name in programs
        ]
        said = sentence(check.says, self.seen.facts)
        if not faults:
            return Says(
                en=f"Could not be decided here. {said.en}",
                zh=f"在本机未能判定。{said.zh}",
            )
        reasons = "; ".join(dict.fromkeys(faults))
        return Says(
            en=f"Cannot be seen here: {reasons}.", zh=f"本机无法检查：{reasons}。"
        )

    def _conditions(self) -> Conditions:
        here = self.environment
        return Conditions(
            versions={name: v for name, v in self.versions.items() if v},
            python=here.python,
            machine=f"{here.processor}, {here.cores} cores, {here.system}"[:300],
        )

    def _tell(
        self, fraction: float, phase: str, results: tuple[CheckResult, ...] = ()
    ) -> None:
        self.on_progress(
            CheckProgress(fraction=min(1.0, fraction), phase=phase, results=results)
        )


def _turn(stack: str) -> int:
    """What is cheap first: the odd backends after the stacks, timings at the end."""
    known = (BARE, *EVERY)
    if stack == ENGINE:
        return len(known) + 1
    return known.index(stack) if stack in known else len(known)


def _place(program: str) -> int:
    return list(PROGRAMS).index(program)
