"""One contender during a probe: its current process and all it has shown so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from pydantic import ValidationError

from probes.child import Child, WorkerError, seconds_in, surroundings
from probes.clock import LONGEST_LOOK_S, LOOKS, THRICE, Timekeeper
from probes.comparable import SAID, too_many
from probes.cores import usable_cores
from probes.habit import Habit
from probes.limits import faults, is_within
from probes.outcome import result_of
from probes.proofs import check_epoch, check_fit
from probes.records import Contender, Gate, Measured, NotMeasured, ProbeSpec
from probes.schedule import GROUP, MOST_GROUPS, is_steady, longer
from probes.spec import Precision, Way

Command = Callable[[Contender], list[str]]

MOST_STEPS = 10**6


@dataclass
class Arm:
    """Mutable on purpose: it lives as long as one probe and never leaves it.

    Attributes:
        control: whether this is the baseline's second process.
        float32_gate: passed before ``gate``, where that is in bfloat16.
        facts: what the first launch reported about start-up, versions and device.
        ways: epochs of the default track so far.
        warm_steps: seconds of first steps whose compiler found something in its cache.
        drawn: digest of the weights and batches that its latest process trains with.
        blocks: seconds per step of every completed round.
        cpu_blocks: processor seconds per step of every timed block; may be one more.
    """

    contender: Contender
    spec: ProbeSpec
    limit_s: float
    control: bool = False
    child: Child | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    gate: Gate | None = None
    float32_gate: Gate | None = None
    steps: int = 0
    steady: bool = True
    blocks: list[float] = field(default_factory=list)
    cpu_blocks: list[float] = field(default_factory=list)
    launches: list[int] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)
    failure: NotMeasured | None = None
    compilations: int | None = None
    ways: dict[Way, Habit] = field(default_factory=dict)
    warm_steps: list[float] = field(default_factory=list)
    clock: Timekeeper = field(default_factory=Timekeeper)
    start_foreign: list[float] = field(default_factory=list)
    drawn: str = ""
    aside_foreign: float | None = None
    lost: str = ""
    phase: str = "waiting for its turn"

    @property
    def name(self) -> str:
        return f"{self.contender}-control" if self.control else self.contender

    async def launch(self, command: list[str], folder: Path, number: int) -> None:
        """Start a process and prepare it."""
        self.phase = "start"
        env = surroundings(self.contender, folder, number)
        label = f"{self.name}-{number}"
        self.child = await Child.start(command, folder, env, label)
        await self.prepare()

    async def prepare(self) -> None:
        """Take a fresh process through import, gate and warm-up, then suspend it."""
        assert self.child is not None
        self.phase = "import"
        self.clock = Timekeeper()
        spec = self.spec.model_dump(mode="json")
        loaded = await self._ask("load", spec=spec)
        self.phase = "build and gate"
        built = await self._ask("build")
        if self.spec.precision != "float32":
            self._check(built.get("float32") or {}, "float32")
            self.float32_gate = self.gate
        self._check(built, self.spec.precision)
        self.drawn = str(built.get("drawn"))
        self.clock.on_processor = built.get("device") == "cpu"
        if not self.facts:
            self.facts = {**loaded, **built}
        elif built.get("cached"):
            self.warm_steps.append(built["first_step_s"])
        self.phase = "warm-up"
        await self._warm_up()
        self.child.suspend()

    async def block(self) -> float:
        """Seconds per step of one timed block; the process runs only meanwhile."""
        self.phase = "measuring"
        assert self.child is not None
        self.child.resume()
        seconds = await self._followed()
        self.child.suspend()
        return seconds / self.steps

    async def epoch(self, way: Way, steps: int) -> tuple[float, int]:
        """Seconds of one whole epoch of so many steps, and its rows."""
        self.phase = f"epochs ({way})"
        assert self.child is not None
        self.child.resume()
        answer = await self._ask("epoch", way=way, steps=steps)
        self.child.suspend()
        rows, taken = answer.get("rows"), answer.get("steps")
        if not isinstance(rows, int) or taken != rows // self.spec.batch:
            raise WorkerError(f"took {taken} steps in an epoch of {rows} rows")
        check_epoch(answer.get("proof"))
        return seconds_in(answer), rows

    async def aside(self) -> None:
        """What is timed once and not in rounds: whole epochs, and answering.

        It may run out of time; the rounds still count.
        """
        try:
            await self._epochs_and_answers()
        except WorkerError as error:
            if error.status != "out_of_time":
                raise
            self.lost = f"{self.name}: {self.phase}: {error}"[:300]
            await self.close()

    async def _epochs_and_answers(self) -> None:
        assert self.child is not None
        self.child.resume()
        if self.spec.precision == "float32":
            await self._fit_epochs()
        self.phase = "answering"
        self.extras |= await self._ask("predict")
        self.child.suspend()

    async def _fit_epochs(self) -> None:
        self.phase = "fit epochs"
        fitted = await self._ask("fit", step_s=median(self.blocks))
        try:
            check_fit(fitted, self.spec.batch)
            self.extras["epochs"] = fitted["epochs"]
        except WorkerError as error:
            self.lost = f"{self.name}: {self.phase}: {error}"[:300]

    async def close(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            await child.kill()

    def fail(self, error: WorkerError) -> None:
        reason = f"{self.phase}: {error}"[:300]
        self.failure = NotMeasured(
            contender=self.contender, status=error.status, reason=reason
        )

    def check_drawn(self, told: str) -> None:
        """Refuse it where it trains with other numbers than those of digest ``told``.

        Raises:
            WorkerError: it does.
        """
        if self.drawn != told:
            self._refuse("its weights and batches are not those of the others")

    def result(self) -> Measured | NotMeasured:
        """What is known now; a contender without a round has no time."""
        return result_of(self)

    async def _ask(self, do: str, **arguments: object) -> dict[str, Any]:
        assert self.child is not None
        return await self.child.ask(do, self.limit_s, **arguments)

    async def _followed(self) -> float:
        """Seconds of a block whose weights went where the reference's went."""
        seconds = await self._timed(self.steps)
        astray = (await self._ask("follow", steps=self.steps)).get("astray")
        if not isinstance(astray, float) or self.gate is None:
            raise WorkerError("gave no weights to compare after a block")
        worst = max(astray, self.gate.way_of_timed_blocks or 0.0)
        gate = self.gate.model_copy(update={"way_of_timed_blocks": astray})
        self._judge(gate, gate.parameters, self.spec.precision)
        self.gate = gate.model_copy(update={"way_of_timed_blocks": worst})
        return seconds

    async def _timed(self, steps: int) -> float:
        asked = time.perf_counter()
        answer = await self._ask("block", steps=steps)
        span = asked, time.perf_counter()
        seconds = seconds_in(answer)
        self.compilations = answer.get("compilations")
        self._check_settings(answer, self.spec.precision)
        if (taken := answer.get("taken")) != steps:
            self._refuse(f"{steps} steps were asked for and {taken} taken")
        if self.phase == "measuring" and answer.get("recompiled"):
            self._refuse("its program was compiled anew while it was timed")
        if self.compilations == 0:
            self._refuse("it says that it compiles, but nothing was compiled")
        if fault := self.clock.fault(answer, steps, usable_cores(), span):
            self._refuse(fault)
        cpu_s = answer.get("cpu_s")
        if self.phase == "measuring" and isinstance(cpu_s, float):
            self.cpu_blocks.append(cpu_s / steps)
        return seconds

    def _refuse(self, reason: str) -> None:
        self.failure = NotMeasured(
            contender=self.contender,
            status="gate_failed",
            reason=f"not comparable: {reason}",
            gate=self.gate,
        )
        raise WorkerError("gate failed")

    def _check(self, built: dict[str, Any], precision: Precision) -> None:
        try:
            gate = Gate.model_validate(built.get("gate"))
        except ValidationError:
            raise WorkerError("gave a gate that is not one") from None
        self._judge(gate, int(built.get("parameters", 0)), precision)
        self._check_settings(built, precision)
        counted = built.get("counted_flops")
        if isinstance(counted, int) and (fault := too_many(counted, self.spec)):
            self._refuse(fault)

    def _judge(self, gate: Gate, parameters: int, precision: Precision) -> None:
        """Keep a gate's numbers, or refuse who is outside their limits."""
        self.gate = gate
        if gate.passed and is_within(gate, precision):
            return
        found = faults(gate, parameters, precision) or ("no number given",)
        self.failure = NotMeasured(
            contender=self.contender,
            status="gate_failed",
            reason=f"does not compute the same model: {'; '.join(found)}"[:300],
            gate=gate,
        )
        raise WorkerError("gate failed")

    def _check_settings(self, built: dict[str, Any], precision: Precision) -> None:
        if (said := built.get("precision")) != SAID[precision]:
            self._refuse(f"matrix products in {said!r} precision, not {precision}")
        if built.get("threads") != usable_cores():
            self._refuse(
                f"it uses {built.get('threads')} threads, the others {usable_cores()}"
            )
        for oddity in built.get("oddities", ()):
            self._refuse(str(oddity))

    async def _warm_up(self) -> None:
        if not self.steps:
            self.steps = await self._block_length()
        blocks: list[float] = []
        for _ in range(MOST_GROUPS * GROUP):
            blocks.append(await self._followed())
            if len(blocks) % GROUP == 0 and is_steady(blocks):
                break
        self.steady = self.steady and is_steady(blocks)
        if self.clock.has_clock and THRICE * median(blocks) < LONGEST_LOOK_S:
            await self._look_at_growth()

    async def _look_at_growth(self) -> None:
        """Thrice the steps take about thrice the time, and no more beside the clock.

        Asked again, with a usual block between, as long as it does not look so.
        """
        for _ in range(LOOKS):
            await self._timed(THRICE * self.steps)
            fault = self.clock.growth_fault()
            if fault is None:
                return
            await self._timed(self.steps)
        self._refuse(str(fault))

    async def _block_length(self) -> int:
        steps = 1
        while steps < MOST_STEPS:
            more = longer(steps, await self._timed(steps))
            if more is None:
                break
            steps = more
        return steps
