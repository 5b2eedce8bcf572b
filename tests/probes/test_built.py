"""What a real worker builds: the same model at any shape, compiled or not."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from probes.child import Child, surroundings
from probes.frameworks import NEEDS
from probes.limits import faults, is_within
from probes.records import Contender, Gate, ProbeSpec
from tests.probes.real import PATIENT, need

pytestmark = pytest.mark.framework

ODD: list[dict[str, object]] = [
    {"workload": "mlp-tabular", "features": 1, "classes": 10, "batch": 1, "rows": 3},
    {"workload": "cnn-image", "side": 17, "channels": 2, "classes": 5, "batch": 3},
    {"workload": "lstm-sequence", "features": 3, "length": 7, "batch": 5},
    {"workload": "transformer-text", "length": 9, "vocabulary": 50, "batch": 6},
]
SLOW_TO_COMPILE: set[Contender] = {"pytorch-compile", "keras-tensorflow-xla"}


@pytest.mark.parametrize("contender", [c for c in NEEDS if c not in SLOW_TO_COMPILE])
def test_every_model_passes_the_gate_at_odd_shapes(
    contender: Contender, tmp_path: Path
) -> None:
    need(contender)

    specs = [
        ProbeSpec.model_validate(fields | {"contenders": [contender]}) for fields in ODD
    ]
    models = asyncio.run(built_by_worker(contender, specs, tmp_path, steps=19))

    ways = {*models[0]["ways"], *models[0]["tuned"]}
    assert models[0]["epochs"].keys() == ways
    assert {epoch["steps"] for epoch in models[0]["epochs"].values()} == {19}
    for spec, built in zip(specs, models, strict=True):
        gate = Gate.model_validate(built["gate"])
        assert gate.passed, (spec, faults(gate, built["parameters"]))
        assert is_within(gate)


MIXED: tuple[Contender, ...] = (
    *("pytorch", "pytorch-fused"),
    *("keras-torch", "keras-tensorflow", "keras-jax"),
)


@pytest.mark.parametrize("contender", MIXED)
def test_every_model_passes_both_gates_in_bfloat16(
    contender: Contender, tmp_path: Path
) -> None:
    need(contender)
    asked = {"contenders": [contender], "precision": "bfloat16"}
    specs = [ProbeSpec.model_validate(fields | asked) for fields in ODD[1:]]

    for built in asyncio.run(built_by_worker(contender, specs, tmp_path)):
        gate, before = (
            Gate.model_validate(told["gate"]) for told in (built, built["float32"])
        )
        found = faults(gate, built["parameters"], "bfloat16")
        assert gate.passed, found
        assert before.passed, faults(before, built["parameters"])
        assert not is_within(gate)
        assert not is_within(before, "bfloat16")
        assert built["oddities"] == built["float32"]["oddities"] == []


@pytest.mark.parametrize("contender", sorted(SLOW_TO_COMPILE))
def test_compiled_contenders_pass_the_gate(
    contender: Contender, tmp_path: Path
) -> None:
    need(contender)

    [built] = asyncio.run(built_by_worker(contender, [ProbeSpec()], tmp_path))

    assert built["gate"]["passed"], built


def test_a_later_launch_finds_what_an_earlier_one_compiled(tmp_path: Path) -> None:
    need("keras-jax")

    launches = [
        asyncio.run(built_by_worker("keras-jax", [ProbeSpec()], tmp_path))[0]
        for _ in range(2)
    ]

    assert [built["cached"] for built in launches] == [False, True]
    assert launches[0]["settings"]["jit_compile"] == "True"


async def built_by_worker(
    contender: Contender, specs: Sequence[ProbeSpec], folder: Path, steps: int = 0
) -> list[dict[str, Any]]:
    """What a real worker answers to ``build`` for each; for the first, epochs too.

    All in one process, for a framework takes seconds to import.

    Args:
        steps: of an epoch of each way; without any, no epochs are asked for.
    """
    command = [sys.executable, "-m", "probes.worker", contender]
    env = surroundings(contender, folder, launch=1) | PATIENT
    child = await Child.start(command, folder, env, contender)
    made: list[dict[str, Any]] = []
    try:
        for spec in specs:
            await child.ask("load", 120, spec=spec.model_dump(mode="json"))
            built = await child.ask("build", 180)
            first = steps and not made
            ways = (*built["ways"], *built["tuned"]) if first else ()
            epochs = {
                way: await child.ask("epoch", 60, way=way, steps=steps) for way in ways
            }
            made.append(built | {"epochs": epochs})
            # The reference lies in a probe's folder, and a probe has one question.
            for reference in folder.glob("*.npz"):
                reference.unlink()
    finally:
        await child.kill()
    return made
