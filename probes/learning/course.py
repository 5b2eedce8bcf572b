"""The parent's side of learning: everybody takes a turn at every seed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from probes.child import Child, WorkerError, surroundings
from probes.learning.records import Learner, Learning, Learns, Lesson, Run
from probes.records import Contender, ProbeSpec
from probes.schedule import order

SEEDS = 6
"""Runs of each: the quickest and the slowest of six enclose the median with 97%."""

LEAST_LIMIT_S = 60.0

TREES: Learns = "scikit-learn"

Learn = Callable[[Learns], list[str]]
"""Command line of a learner's process."""


def own(learner: Learns) -> list[str]:
    return [sys.executable, "-m", "probes.learning.worker", learner]


@dataclass
class _Pupil:
    name: Learns
    child: Child | None = None
    runs: list[Run] = field(default_factory=list)
    problem: str | None = None


class Course:
    """Mutable on purpose: it lives as long as one probe.

    Args:
        spec: the question; its workload and rows choose the lesson.
        command: how a learner is started.
        limit_s: seconds a learner may take for one answer.
        seeds: runs of each.
    """

    def __init__(
        self,
        spec: ProbeSpec,
        command: Learn = own,
        limit_s: float | None = None,
        seeds: int = SEEDS,
    ) -> None:
        self.spec = spec
        self.command = command
        self.limit_s = limit_s or max(LEAST_LIMIT_S, spec.budget_s / 3)
        self.seeds = seeds
        self.lesson: Lesson | None = None
        self.problem: str | None = None
        self.pupils: list[_Pupil] = []

    async def run(
        self,
        contenders: Sequence[Contender],
        folder: Path,
        left: Callable[[], float],
        tell: Callable[[str], None],
    ) -> None:
        """Teach until all seeds are through or the time would not do for another.

        Nothing where the spec does not ask for it.

        Args:
            left: seconds until the end of the probe.
            tell: called with each phase.
        """
        if not self.spec.learn:
            return
        trees = _Pupil(TREES)
        self.pupils = [*(_Pupil(name) for name in contenders), trees]
        try:
            tell("preparing a lesson")
            await self._start(trees, folder)
            if self.lesson is None:
                self.problem = trees.problem
                return
            if self.spec.workload != "mlp-tabular":
                self.pupils.remove(trees)
                await _close(trees)
            for pupil in self.pupils:
                if pupil is not trees:
                    tell(f"starting {pupil.name} to learn")
                    await self._start(pupil, folder)
            await self._teach(left, tell)
        finally:
            for pupil in (*self.pupils, trees):
                await _close(pupil)

    def result(self) -> Learning | None:
        """What has been learnt so far; None before there is a lesson."""
        if self.lesson is None:
            return None
        return Learning(
            lesson=self.lesson,
            learners=tuple(
                Learner(contender=one.name, runs=tuple(one.runs), problem=one.problem)
                for one in self.pupils
            ),
        )

    def remarks(self) -> Iterator[str]:
        """What a reader must know of how far the course came."""
        if not self.spec.learn:
            return
        done = max((len(one.runs) for one in self.pupils), default=0)
        if self.problem is not None:
            yield f"nothing was learnt: {self.problem}"[:300]
        elif done < self.seeds:
            yield f"the time was enough for {done} of {self.seeds} runs of learning"

    async def _start(self, pupil: _Pupil, folder: Path) -> None:
        env = surroundings(cast(Contender, pupil.name), folder, launch=1)
        label = f"{pupil.name}-learning"
        spec = self.spec.model_dump(mode="json")
        try:
            pupil.child = await Child.start(
                self.command(pupil.name), folder, env, label
            )
            answer = await pupil.child.ask("load", self.limit_s, spec=spec)
            if self.lesson is None:
                self.lesson = Lesson.model_validate_json(
                    json.dumps(answer.get("lesson"))
                )
            pupil.child.suspend()
        except WorkerError as error:
            await _fail(pupil, f"starting to learn: {error}")
        except ValidationError:
            await _fail(pupil, "its lesson lacked fields of a report")

    async def _teach(
        self, left: Callable[[], float], tell: Callable[[str], None]
    ) -> None:
        longest = 0.0
        for seed in range(self.seeds):
            if longest > left():
                break
            began = time.monotonic()
            done: dict[Learns, Run] = {}
            for pupil in order(self._attending(), seed):
                tell(f"learning, run {seed + 1} of {self.seeds}: {pupil.name}")
                run = await self._turn(pupil, self.spec.seed + seed)
                if run is not None:
                    done[pupil.name] = run
            for pupil in self._attending():
                pupil.runs.append(done[pupil.name])
            longest = max(longest, time.monotonic() - began)

    async def _turn(self, pupil: _Pupil, seed: int) -> Run | None:
        assert pupil.child is not None
        pupil.child.resume()
        try:
            answer: dict[str, Any] = await pupil.child.ask(
                "learn", self.limit_s, seed=seed
            )
            pupil.child.suspend()
            answer.pop("number")
            return Run.model_validate_json(json.dumps(answer))
        except WorkerError as error:
            await _fail(pupil, f"learning: {error}")
        except ValidationError:
            await _fail(pupil, "its answer lacked fields of a report")
        return None

    def _attending(self) -> list[_Pupil]:
        return [one for one in self.pupils if one.problem is None]


async def _fail(pupil: _Pupil, reason: str) -> None:
    pupil.problem = reason[:300]
    await _close(pupil)


async def _close(pupil: _Pupil) -> None:
    child, pupil.child = pupil.child, None
    if child is not None:
        await child.kill()
