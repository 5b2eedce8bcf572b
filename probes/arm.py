"""One contender during a probe: its current process and all it has shown so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from probes.child import Child, WorkerError, surroundings
from probes.limits import faults, is_within
from probes.records import Contender, Gate, Measured, NotMeasured, ProbeSpec
from probes.schedule import GROUP, MOST_GROUPS, is_steady, longer

Command = Callable[[Contender], list[str]]

MOST_STEPS = 10**6


@dataclass
class Arm:
    """Mutable on purpose: it lives as long as one probe and never leaves it.

    Attributes:
        facts: what the first launch reported about start-up, versions and device.
        blocks: seconds per step of every completed round.
    """

    contender: Contender
    spec: ProbeSpec
    limit_s: float
    child: Child | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    gate: Gate | None = None
    steps: int = 0
    steady: bool = False
    peak_bytes: int = 0
    blocks: list[float] = field(default_factory=list)
    launches: list[int] = field(default_factory=list)
    fit: dict[str, Any] = field(default_factory=dict)
    failure: NotMeasured | None = None
    phase: str = "waiting for its turn"

    async def launch(self, command: list[str], folder: Path, number: int) -> None:
        """Start a process, pass the gate, find the block length, warm up, suspend."""
        self.phase = "start"
        env = surroundings(self.contender, folder, number)
        label = f"{self.contender}-{number}"
        self.child = await Child.start(command, folder, env, label)
        self.phase = "import"
        spec = self.spec.model_dump(mode="json")
        loaded = await self._ask("load", spec=spec)
        self.phase = "build and gate"
        built = await self._ask("build")
        self._check(built)
        if not self.facts:
            self.facts = {**loaded, **built}
        self.phase = "warm-up"
        await self._warm_up()
        await self._note_memory()
        self.child.suspend()

    async def block(self) -> float:
        """Seconds per step of one timed block; the process runs only meanwhile."""
        self.phase = "measuring"
        assert self.child is not None
        self.child.resume()
        seconds = await self._timed(self.steps)
        self.child.suspend()
        return seconds / self.steps

    async def epoch(self) -> None:
        """Time one epoch the framework's documented way."""
        self.phase = "fit epoch"
        assert self.child is not None
        self.child.resume()
        self.fit = await self._ask("fit")
        await self._note_memory()
        self.child.suspend()

    async def close(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            await child.kill()

    def fail(self, error: WorkerError) -> None:
        reason = f"{self.phase}: {error}"[:300]
        self.failure = NotMeasured(
            contender=self.contender, status=error.status, reason=reason
        )

    def result(self) -> Measured | NotMeasured:
        """What is known now; a contender without a round has no time."""
        if self.failure is not None:
            return self.failure
        if not self.blocks or self.gate is None:
            return self._untimed("out_of_time", f"the time was up during {self.phase}")
        try:
            return Measured(
                contender=self.contender,
                versions=self.facts["versions"],
                device=self.facts["device"],
                threads=self.facts["threads"],
                gate=self.gate,
                import_s=self.facts["import_s"],
                build_s=self.facts["build_s"],
                first_step_s=self.facts["first_step_s"],
                steady=self.steady,
                steps_per_block=self.steps,
                block_seconds=tuple(self.blocks),
                launches=tuple(self.launches),
                peak_bytes=self.peak_bytes,
                fit_epoch_s=self.fit.get("seconds"),
                fit_rows=self.fit.get("rows"),
            )
        except (KeyError, ValidationError):
            return self._untimed("crashed", "its answers lacked fields of a report")

    def _untimed(
        self, status: Literal["crashed", "out_of_time"], reason: str
    ) -> NotMeasured:
        return NotMeasured(contender=self.contender, status=status, reason=reason)

    async def _ask(self, do: str, **arguments: object) -> dict[str, Any]:
        assert self.child is not None
        return await self.child.ask(do, self.limit_s, **arguments)

    async def _timed(self, steps: int) -> float:
        seconds = (await self._ask("block", steps=steps)).get("seconds")
        if not isinstance(seconds, float) or not 0 < seconds < 1e6:
            raise WorkerError("gave a time that is not one")
        return seconds

    async def _note_memory(self) -> None:
        peak = (await self._ask("memory")).get("peak_bytes")
        self.peak_bytes = max(self.peak_bytes, peak if isinstance(peak, int) else 0)

    def _check(self, built: dict[str, Any]) -> None:
        try:
            gate = Gate.model_validate(built.get("gate"))
        except ValidationError:
            raise WorkerError("gave a gate that is not one") from None
        self.gate = gate
        if gate.passed and is_within(gate):
            return
        found = faults(gate, int(built.get("parameters", 0))) or ("no number given",)
        self.failure = NotMeasured(
            contender=self.contender,
            status="gate_failed",
            reason=f"does not compute the same model: {'; '.join(found)}"[:300],
            gate=gate,
        )
        raise WorkerError("gate failed")

    async def _warm_up(self) -> None:
        if not self.steps:
            self.steps = await self._block_length()
        blocks: list[float] = []
        for _ in range(MOST_GROUPS * GROUP):
            blocks.append(await self._timed(self.steps))
            if len(blocks) % GROUP == 0 and is_steady(blocks):
                break
        self.steady = is_steady(blocks)

    async def _block_length(self) -> int:
        steps = 1
        while steps < MOST_STEPS:
            more = longer(steps, await self._timed(steps))
            if more is None:
                break
            steps = more
        return steps
