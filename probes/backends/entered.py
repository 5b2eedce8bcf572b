"""How often a block of steps enters the program that a stack says it compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def entries(programs: dict[Any, Any], name: Any, run: Callable[[], object]) -> int:
    """Calls of the program kept under a name while ``run`` runs.

    A step that is traced once and then run line by line is never called; a loop that
    was compiled whole is called once for all of its steps.
    """
    program, calls = programs[name], 0

    def watched(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        return program(*arguments)

    programs[name] = watched
    try:
        run()
    finally:
        programs[name] = program
    return calls
