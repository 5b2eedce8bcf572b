"""What a worker finds odd about its own Python, and about its compiled program."""

import gc
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from probes.backends.entered import entries
from probes.oddities import interpreter_oddities

SWITCHES: list[tuple[Callable[[], object], Callable[[], object], str]] = [
    (gc.disable, gc.enable, "garbage collector is off"),
    (
        lambda: sys.setprofile(lambda *_: None),
        lambda: sys.setprofile(None),
        "a profiler watches",
    ),
    (tracemalloc.start, tracemalloc.stop, "traces its allocations"),
]


@pytest.mark.parametrize(("change", "undo", "said"), SWITCHES)
def test_a_python_that_is_not_as_it_comes_is_named(
    change: Callable[[], object], undo: Callable[[], object], said: str
) -> None:
    before = interpreter_oddities()
    change()
    try:
        found = interpreter_oddities()
    finally:
        undo()

    (new,) = set(found) - set(before)
    assert said in new
    assert interpreter_oddities() == before


def test_entries_are_counted_and_the_program_is_put_back() -> None:
    programs: dict[str, Any] = {"adam": abs}

    def three() -> None:
        for number in range(3):
            programs["adam"](-number)

    assert entries(programs, "adam", three) == 3
    assert entries(programs, "adam", lambda: None) == 0
    assert programs == {"adam": abs}
