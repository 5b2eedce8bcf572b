"""What a report says of one contender, from all that it has shown."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from probes.records import Epoch, Measured, NotMeasured

if TYPE_CHECKING:
    from probes.arm import Arm

FACTS = (
    *("versions", "device", "threads", "precision", "step_flops", "matmul_flops"),
    *("import_s", "build_s", "first_step_s", "import_bytes", "installed_bytes"),
)
"""What a worker says once about itself, in the words of a report."""


def result_of(arm: Arm) -> Measured | NotMeasured:
    """What is known now; a contender without a round has no time."""
    if arm.failure is not None:
        return arm.failure
    if not arm.blocks or arm.gate is None:
        return _untimed(arm, "out_of_time", f"the time was up during {arm.phase}")
    try:
        epochs = tuple(
            Epoch.model_validate_json(json.dumps(one))
            for one in arm.extras.get("epochs", ())
        )
        return Measured(
            contender=arm.contender,
            **{name: arm.facts[name] for name in FACTS},
            compilations=arm.compilations,
            counted_flops=arm.facts.get("counted_flops"),
            gate=arm.gate,
            float32_gate=arm.float32_gate,
            first_step_warm_s=median(arm.warm_steps) if arm.warm_steps else None,
            settings=arm.facts.get("settings", {}),
            ways=tuple(h.record() for h in arm.ways.values() if h.seconds),
            steady=arm.steady,
            steps_per_block=arm.steps,
            block_seconds=tuple(arm.blocks),
            cpu_step_s=median(arm.cpu_blocks) if arm.cpu_blocks else None,
            launches=tuple(arm.launches),
            start_foreign=tuple(arm.start_foreign),
            aside_foreign=arm.aside_foreign,
            epochs=epochs,
            fit_epoch_s=median(epochs[-1].seconds) if epochs else None,
            fit_rows=epochs[-1].rows if epochs else None,
            predict_s=arm.extras.get("predict_s"),
            predict_rows_per_s=arm.extras.get("predict_rows_per_s"),
        )
    except (KeyError, ValidationError):
        return _untimed(arm, "crashed", "its answers lacked fields of a report")


def _untimed(
    arm: Arm, status: Literal["crashed", "out_of_time"], reason: str
) -> NotMeasured:
    return NotMeasured(contender=arm.contender, status=status, reason=reason)
