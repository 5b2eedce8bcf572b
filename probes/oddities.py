"""What makes a worker's steps others than its contender's name says, in words."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

from probes.backends.contract import MIXED, MixedStack
from probes.reference import DISCARDED_STEPS

if TYPE_CHECKING:
    from probes.backends.contract import Stack

ENTERED_STEPS = 3
"""Steps that are watched entering the compiled program."""


def oddities_of(stack: Stack) -> tuple[str, ...]:
    """What is set otherwise in the framework, or in Python; asked with every block."""
    return (*stack.oddities(), *interpreter_oddities())


def detours_of(stack: Stack) -> tuple[str, ...]:
    """Whether a block gets past the program that its stack says it compiled."""
    entered = stack.entered(ENTERED_STEPS)
    if entered is None or entered >= ENTERED_STEPS:
        return ()
    return (f"{ENTERED_STEPS} steps entered its compiled program {entered} times",)


def misproduced(stack: Stack) -> tuple[str, ...]:
    """Whether a step of a stack in mixed precision has products in another one.

    A step as those that are timed are, after the ones that are discarded.
    """
    if not isinstance(stack, MixedStack):
        return ()
    stack.restart("adam")
    stack.block(DISCARDED_STEPS)
    kinds = ", ".join(sorted(stack.product_kinds())) or "nothing"
    if kinds == MIXED:
        return ()
    return (f"it says {MIXED}, and its step multiplies matrices in {kinds}",)


def interpreter_oddities() -> tuple[str, ...]:
    """In words of a refusal; nothing where Python runs as it does for anybody."""
    found = {
        "Python's garbage collector is off": not gc.isenabled(),
        "a profiler watches its calls": sys.getprofile() is not None,
        "a tracer watches its lines": sys.gettrace() is not None,
        "a monitor watches its code": _is_monitored(),
        "Python traces its allocations": tracemalloc.is_tracing(),
        "Python is in its development mode": sys.flags.dev_mode,
    }
    return tuple(words for words, is_so in found.items() if is_so)


def _is_monitored() -> bool:
    """From Python 3.12 on, tools need not be profilers or tracers."""
    monitoring: Any = getattr(sys, "monitoring", None)
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))
