"""Epochs of several sizes, on a machine whose clock only goes on when it works."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import Any, cast

import pytest

from probes import epochs
from probes.backends.contract import Stack
from probes.epochs import FEWEST_PASSES, LONGEST_FIT_S, TRIES, Epochs
from probes.records import ProbeSpec
from probes.spec import Way
from probes.watch import Watch
from probes.workloads import Batch

SPEC = ProbeSpec(batch=10)


class Machine:
    """A stack and its clock: each step takes ``step_s``, which may drift.

    Or it is half as long again in every other stretch of ``stretch_s``.
    """

    def __init__(
        self, step_s: float, drift: float = 0.0, stretch_s: float | None = None
    ) -> None:
        self.step_s, self.drift, self.stretch_s = step_s, drift, stretch_s
        self.now, self.steps, self.order = 0.0, 0, list[int]()

    def perf_counter(self) -> float:
        return self.now

    def ways(self) -> tuple[Way, ...]:
        return ("loader",)

    def ready(self, way: Way, rows: Batch, batch: int) -> None:
        del way
        self.steps = len(rows.y) // batch
        self.order.append(self.steps)

    def restart(self, optimizer: str) -> None:
        assert optimizer == "adam"

    def block(self, steps: int) -> None:
        pace = 1 + self.drift * self.now
        if self.stretch_s is not None and self.now // self.stretch_s % 2:
            pace = 1.5
        self.now += steps * self.step_s * pace

    def wait(self) -> None:
        pass

    def epoch(self) -> int:
        self.block(self.steps)
        return self.steps


class Proofs:
    """What an epoch proves is not the matter here."""

    def epoch(self, way: Way) -> dict[str, Any]:
        del way
        return {}


def fitted(machine: Machine, told_s: float, patch: pytest.MonkeyPatch) -> Any:
    patch.setattr("time.perf_counter", machine.perf_counter)
    one = Epochs(cast(Stack, machine), SPEC, cast(Watch, Proofs()))
    found = one.fit(told_s)
    patch.undo()
    return found


def pace(epoch: dict[str, Any]) -> float:
    return float(median(epoch["seconds"])) / float(epoch["rows"])


def test_sizes_go_up_and_down_until_they_are_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine(1e-3)

    found = fitted(machine, 1e-3, monkeypatch)

    up, down = machine.order[1:6], machine.order[6:]
    assert up == sorted(set(up))
    assert down == up[::-1]
    times = {len(one["seconds"]) for one in found["epochs"]}
    assert times == {TRIES * FEWEST_PASSES}
    assert [set(taken) for taken in found["taken"]] == [{steps} for steps in up]


def test_a_machine_that_grows_slower_tilts_no_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(epochs, "MOST_PASSES", 2)

    found = fitted(Machine(1e-3, drift=0.1), 1e-3, monkeypatch)["epochs"]

    first, second = (
        [one["seconds"][number] / one["rows"] for one in found] for number in (0, -1)
    )
    assert all(one < other for one, other in pairwise(first))
    assert all(one > other for one, other in pairwise(second))
    tilt = max(map(pace, found)) / min(map(pace, found))
    assert tilt < 1 + (max(first) / min(first) - 1) / 4


def test_each_epoch_has_a_bare_step_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fitted(Machine(1e-3, stretch_s=3.0), 1e-3, monkeypatch)["epochs"]

    tries = [
        (seconds / (one["rows"] / SPEC.batch), step_s)
        for one in found
        for seconds, step_s in zip(one["seconds"], one["step_s"], strict=True)
    ]
    assert {round(1e3 * step_s, 6) for _, step_s in tries} == {1.0, 1.5}
    alike = [seconds == pytest.approx(step_s) for seconds, step_s in tries]
    assert sum(alike) > 0.8 * len(alike)


def test_a_slow_machine_leaves_out_larger_sizes_and_times_each_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine(1e-2)

    found = fitted(machine, 1e-3, monkeypatch)["epochs"]

    assert 0 < len(found) < 5
    assert all(len(one["seconds"]) >= TRIES * FEWEST_PASSES for one in found)
    assert machine.now < 1.5 * LONGEST_FIT_S
