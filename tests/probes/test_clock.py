"""A worker's times are believed where its clock and the work beside it allow it."""

import random
import time
from collections.abc import Sequence
from typing import Any

import pytest

from probes.clock import LATE_S, OFTEN, THRICE, Timekeeper, misread
from probes.stopwatch import outstanding

STEPS, SECONDS, BESIDE_S = 100, 0.05, 0.02


def block(
    keeper: Timekeeper,
    steps: int = STEPS,
    seconds: float = SECONDS,
    *,
    beside_s: float = BESIDE_S,
    waited_s: float = 0.001,
    **said: Any,
) -> str | None:
    """A block at 100 s of the parent's clock; what is found."""
    came = 100.0 + waited_s
    started = came + beside_s / 2
    ended = started + seconds
    left = ended + beside_s / 2
    answer = {
        "seconds": seconds,
        "clock": [came, started, ended, left],
        "cpu_clock": [1.9 * reading for reading in (came, started, ended, left)],
        "unsettled_s": 0.0,
    }
    return keeper.fault(answer | said, steps, 2, (100.0, left + waited_s))


def long_block(keeper: Timekeeper, seconds: float, beside_s: float) -> str | None:
    assert block(keeper, THRICE * STEPS, seconds, beside_s=beside_s) is None
    return keeper.growth_fault()


@pytest.fixture
def keeper() -> Timekeeper:
    known = Timekeeper()
    for _ in range(10):
        assert block(known) is None
    return known


def test_an_honest_block_passes_however_long_its_worker_waited(
    keeper: Timekeeper,
) -> None:
    assert block(keeper, waited_s=3600.0) is None
    assert long_block(keeper, THRICE * SECONDS, BESIDE_S) is None


@pytest.mark.parametrize("pace", [0.98, 1.02])
def test_a_clock_of_another_pace_leaves_the_span(pace: float) -> None:
    """It shows the right time once; a second later no more."""
    read = [pace * moment for moment in (1.0, 1.01, 1.06, 1.07)]

    assert misread(read, read[2] - read[1], (0.9999, 1.0701)) is not None


@pytest.mark.parametrize("clock", [[], [100.0], [100.0, 100.2, 100.1, 100.3]])
def test_readings_that_are_none_are_refused(
    keeper: Timekeeper, clock: Sequence[float]
) -> None:
    assert block(keeper, clock=clock) == "its clock is not this machine's"


def test_seconds_are_those_of_the_clock(keeper: Timekeeper) -> None:
    said = block(keeper, seconds=SECONDS, clock=[100.0, 100.001, 100.06, 100.061])

    assert said is not None
    assert "not what its clock showed" in said


def test_more_processor_time_than_there_was_is_refused(keeper: Timekeeper) -> None:
    most, more = ([1.0, 1.0, 1.0 + n * SECONDS, 1.2] for n in (2, 3))

    assert block(keeper, cpu_clock=most) is None
    assert "of 2 cores do not fit" in str(block(keeper, cpu_clock=more))


def test_one_late_block_is_jitter_and_three_are_not(keeper: Timekeeper) -> None:
    late_s = 2 * LATE_S

    assert block(keeper, unsettled_s=late_s) is None
    assert block(keeper) is None
    assert block(keeper, unsettled_s=late_s) is None
    assert block(keeper, unsettled_s=late_s) is None
    assert "before the work was done" in str(block(keeper, unsettled_s=late_s))


def test_a_little_late_each_time_is_no_jitter() -> None:
    found = [block(keeper := Timekeeper(), unsettled_s=0.004)]
    found += [block(keeper, unsettled_s=0.004) for _ in range(OFTEN - 1)]

    assert found[:-1] == [None] * (OFTEN - 1)
    assert "0.004 s before the work was done" in str(found[-1])


def test_work_beside_the_clock_that_grows_with_the_steps_is_seen(
    keeper: Timekeeper,
) -> None:
    said = long_block(keeper, THRICE * SECONDS, BESIDE_S + 0.2 * 2 * SECONDS)

    assert said == "part of its steps is done outside the clock"


def test_steps_done_before_they_were_asked_for_are_seen(keeper: Timekeeper) -> None:
    """Half of what was asked for last is there already, whatever is asked for now."""
    assert long_block(keeper, 5 * SECONDS, BESIDE_S) is not None


def test_a_busy_machine_is_not_accused_each_time() -> None:
    """Everything takes up to thrice as long, at random; one look of five is fair."""
    dice = random.Random(1)
    for _ in range(300):
        keeper = Timekeeper()
        for _ in range(10):
            block(
                keeper,
                seconds=SECONDS * dice.uniform(1, 3),
                beside_s=BESIDE_S * dice.uniform(1, 3),
            )
        looks = []
        for _ in range(5):
            long_s = THRICE * SECONDS * dice.uniform(1, 3)
            block(
                keeper,
                THRICE * STEPS,
                long_s,
                beside_s=BESIDE_S * dice.uniform(1, 3),
            )
            looks.append(keeper.growth_fault())
            block(keeper, seconds=SECONDS * dice.uniform(1, 3))
        assert None in looks


@pytest.mark.parametrize("on_processor", [True, False])
def test_waiting_for_others_is_not_work_outstanding(on_processor: bool) -> None:
    """A sleep uses no processor: who computes on one had nothing left to do."""
    waits = [0.1, 0.0]

    def read() -> str:
        time.sleep(waits.pop(0))
        return "weights"

    late_s, result = outstanding(read, on_processor=on_processor)

    assert result == "weights"
    assert late_s < 0.05 if on_processor else late_s > 0.05


def test_work_that_is_still_to_be_done_is_seen() -> None:
    left = [0.1]

    def read() -> None:
        ends = time.process_time() + (left.pop() if left else 0.0)
        while time.process_time() < ends:
            pass

    assert outstanding(read, on_processor=True)[0] > 0.08
