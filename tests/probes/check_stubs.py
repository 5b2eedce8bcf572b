"""Checks whose workers are stubs: fast, and failing the way we tell them to."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from probes.checks.gather import Gathering
from probes.checks.records import Check, CheckReport, Value
from probes.checks.runner import OnProgress, run_checks

STUB = Path(__file__).parent / "stub_checker.py"


def check(id: str = "one", claim: str = "a-claim", **expects: Value) -> Check:
    """Predicts ``calls`` of graph.STACK, named with underscores."""
    return Check.model_validate(
        {
            "id": id,
            "claims": [claim],
            "expects": [
                {"fact": f"graph.{stack.replace('_', '-')}.calls", "equals": value}
                for stack, value in expects.items()
            ],
            "says": {
                "en": "Seen {graph.pytorch.calls} and {graph.pytorch.says}.",
                "zh": "见到 {graph.pytorch.calls} 与 {graph.pytorch.says}。",
            },
        }
    )


def gathering(behaviour: str = "good", absent: Sequence[str] = ()) -> Gathering:
    return Gathering(
        Path(),
        command=lambda stack: [sys.executable, str(STUB), behaviour, stack],
        find_lacking=lambda stack: ("jax",) if stack in absent else (),
    )


async def stub_checks(
    checks: Sequence[Check],
    *,
    on_progress: OnProgress | None = None,
    behaviour: str = "good",
    absent: Sequence[str] = (),
    budget_s: float | None = None,
    quick: bool = False,
    stop: asyncio.Event | None = None,
) -> CheckReport:
    return await run_checks(
        checks,
        stop=stop,
        on_progress=on_progress,
        gathering=gathering(behaviour, absent),
        budget_s=budget_s,
        quick=quick,
    )


def run_stubs(
    *checks: Check,
    behaviour: str = "good",
    absent: Sequence[str] = (),
    budget_s: float | None = None,
) -> CheckReport:
    return asyncio.run(
        stub_checks(checks, behaviour=behaviour, absent=absent, budget_s=budget_s)
    )
