"""The worker's end of the pipe: commands in, answers out, and an end with the parent.

Each line on stdin is a command, each line on stdout its answer, both JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TextIO

from probes.cores import keep_within_quota

Answer = dict[str, Any]
Teller = Callable[..., Answer]
"""Answers one kind of command, whose other fields it takes by name."""

PARENT = "PROBE_PARENT"
"""Environment variable with the process id of the parent."""


def run_worker(known: Mapping[str, Teller]) -> NoReturn:
    """Answer commands until stdin ends or ``quit`` comes, then end the process."""
    die_with_parent()
    keep_within_quota()
    # Frameworks print where they like, in C++ too: the protocol gets a copy of
    # the real stdout, and everything else that is printed goes to stderr.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    code = 0
    try:
        _serve(known, sys.stdin, answers)
    except Exception as error:
        first = str(error).strip().splitlines() or ["no message"]
        sys.stderr.write(f"\n{type(error).__name__}: {first[0][:200]}\n")
        code = 1
    # Teardown of a framework may take seconds or crash; there is nothing to save.
    sys.stderr.flush()
    os._exit(code)


def _serve(known: Mapping[str, Teller], commands: TextIO, answers: TextIO) -> None:
    for line in commands:
        command = json.loads(line)
        do, number = command.pop("do"), command.pop("number")
        if do == "quit":
            return
        answer = known[do](**command)
        answers.write(json.dumps({"number": number, **answer}) + "\n")
        answers.flush()


def die_with_parent() -> None:
    """Let the kernel end this process with its parent, even while it is suspended."""
    if sys.platform != "linux":
        return
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    # The parent may have gone before the line above took effect.
    if os.environ.get(PARENT) not in (None, str(os.getppid())):
        os._exit(1)
