"""Probes whose workers are stubs: fast, and failing the way we tell them to."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from probes.arm import Command
from probes.learning.course import Course
from probes.load import Busy
from probes.records import Contender, Measured, ProbeReport, ProbeSpec
from probes.reports import judged
from probes.runner import OnProgress, run_probe

STUB = Path(__file__).parent / "stub_worker.py"
TRIO: tuple[Contender, ...] = ("pytorch", "keras-tensorflow", "keras-torch")
BRIEF = ProbeSpec(budget_s=20)
"""Beside other work a probe waits and repeats: tests have no use for more of it."""

STEP_S = {
    "pytorch": 0.001,
    "pytorch-fused": 0.001,
    "keras-tensorflow": 0.002,
    "keras-tensorflow-xla": 0.002,
    "keras-torch": 0.001,
}


def stub_command(**behaviours: str) -> Command:
    """Workers that behave; name a contender with underscores to say otherwise."""

    def command(contender: Contender) -> list[str]:
        behaviour = behaviours.get(contender.replace("-", "_"), "good")
        return [sys.executable, str(STUB), behaviour, str(STEP_S[contender])]

    return command


async def stub_probe(
    spec: ProbeSpec,
    *,
    on_progress: OnProgress | None = None,
    stop: asyncio.Event | None = None,
    report_id: str | None = None,
    command: Command | None = None,
    limit_s: float | None = None,
    history: Sequence[ProbeReport] = (),
    busy: Busy = lambda: 0.0,
    course: Course | None = None,
) -> ProbeReport:
    """A probe of workers that make up their times, on a machine as quiet as ``busy``.

    Others may work beside it: nothing of it depends on how fast this machine is.
    """
    return await run_probe(
        spec,
        on_progress=on_progress,
        stop=stop,
        report_id=report_id,
        command=command or stub_command(),
        find_missing=lambda _: None,
        limit_s=limit_s,
        history=history,
        busy=busy,
        course=course,
    )


def run_stub(
    spec: ProbeSpec | None = None, limit_s: float | None = None, **behaviours: str
) -> ProbeReport:
    command = stub_command(**behaviours)
    return asyncio.run(stub_probe(spec or BRIEF, command=command, limit_s=limit_s))


def undisturbed(report: ProbeReport) -> ProbeReport:
    """As if nobody else had used the machine; its times are made up anyway."""
    alone = {"aside_foreign": 0.0, "start_foreign": ()}
    results = tuple(
        result.model_copy(update=alone) if isinstance(result, Measured) else result
        for result in report.results
    )
    quiet = {"foreign_cores": 0.0, "launch_foreign": (), "epoch_foreign": ()}
    return judged(
        report.model_copy(update={"results": results, "warnings": (), **quiet})
    )
