"""The parent's end: run programs in worker processes and bring their facts home."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from probes.arm import Command as ProbeCommand
from probes.checks.catalog import ENGINE, PROGRAMS, keras_backend, lacking
from probes.checks.derived import compared, from_report
from probes.checks.records import Facts
from probes.child import Child, WorkerError, surroundings
from probes.records import Contender, NotMeasured
from probes.runner import run_probe

Command = Callable[[str], list[str]]

LIMIT_S = 90.0
"""Seconds that one program may take in one process before it counts as hung."""

THREADS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
)
"""Set to one: the programs are small, and on a busy machine a second thread makes each
operation wait for a core. Probes use all cores, and speed is judged by probes."""

_FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)


def own_command(stack: str) -> list[str]:
    return [sys.executable, "-m", "probes.checks.worker", stack]


@dataclass
class Gathering:
    """Everything seen so far in one run. Mutable; it never leaves the run.

    Attributes:
        faults: why a program has no facts in a stack.
        not_installed: programs in stacks that lack a package, as ``program.stack.``.
        seconds: what each program took in each stack.
    """

    folder: Path
    command: Command = own_command
    probe_command: ProbeCommand | None = None
    find_lacking: Callable[[str], tuple[str, ...]] = lacking
    facts: Facts = field(default_factory=dict)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    not_installed: set[str] = field(default_factory=set)
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)
    child: Child | None = None
    stack: str | None = None
    launches: int = 0

    async def run(self, program: str, stack: str, limit_s: float = LIMIT_S) -> None:
        """Run one program; what it saw, or why it saw nothing, is kept here.

        Args:
            limit_s: seconds that it may take; a timing is cut to that.
        """
        if absent := self.find_lacking(stack):
            self._lacks(program, stack, absent)
            return
        if stack == ENGINE:
            await self._time(program, limit_s)
        else:
            await self._look(program, stack, limit_s)
        self.facts |= compared(self.facts)

    async def close(self) -> None:
        child, self.child, self.stack = self.child, None, None
        if child is not None:
            await child.kill()

    async def _look(self, program: str, stack: str, limit_s: float) -> None:
        try:
            child = await self._process(stack)
            answer = await child.ask("run", limit_s, program=program)
            self._keep(program, stack, answer)
        except WorkerError as error:
            self.faults[program, stack] = f"{program} in {stack}: {error}"[:300]
            await self.close()

    async def _process(self, stack: str) -> Child:
        """The process of this stack: the running one, or a new one in its place."""
        if self.child is None or self.stack != stack:
            await self.close()
            self.launches += 1
            env = environment_of(stack, self.folder)
            name = f"{stack}-{self.launches}"
            self.child = await Child.start(self.command(stack), self.folder, env, name)
            self.stack = stack
        return self.child

    def _keep(self, program: str, stack: str, answer: dict[str, Any]) -> None:
        self.seconds[program, stack] = float(answer.get("seconds") or 0)
        if "facts" not in answer:
            said = str(answer.get("problem") or "it gave no facts")
            self.faults[program, stack] = f"{program} in {stack}: {said}"[:300]
            return
        try:
            seen = _FACTS.validate_python(answer["facts"])
        except ValidationError:
            raise WorkerError("gave facts that are none") from None
        self.facts |= {f"{program}.{stack}.{name}": seen[name] for name in seen}

    async def _time(self, program: str, limit_s: float) -> None:
        spec = PROGRAMS[program].spec
        assert spec is not None
        spec = spec.model_copy(update={"budget_s": min(spec.budget_s, limit_s)})
        # Large models take long to build; of a quick probe no contender may have half.
        answer_s = min(150.0, spec.budget_s * 0.6)
        report = await run_probe(spec, command=self.probe_command, limit_s=answer_s)
        self.seconds[program, ENGINE] = report.duration_s
        self.facts |= from_report(program, report)
        for result in report.results:
            if not isinstance(result, NotMeasured):
                continue
            if result.status == "not_installed":
                self.not_installed.add(f"{program}.{result.contender}.")
            self.faults[program, result.contender] = result.reason

    def _lacks(self, program: str, stack: str, absent: tuple[str, ...]) -> None:
        self.not_installed.add(f"{program}.{stack}.")
        names = " and ".join(absent)
        self.faults[program, stack] = f"{names}: not installed here"


def environment_of(stack: str, folder: Path) -> dict[str, str]:
    """As for a probe, with the backend that this stack stands for."""
    contender: Contender = "pytorch"
    env = surroundings(contender, folder, 0) | dict.fromkeys(THREADS, "1")
    backend = keras_backend(stack)
    if backend is None:
        del env["KERAS_BACKEND"]
        return env
    return env | {"KERAS_BACKEND": backend}
