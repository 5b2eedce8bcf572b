"""Child process: run small programs against the frameworks of one stack.

Run as ``python -m probes.checks.worker STACK``; each line on stdin names a program,
each line on stdout holds what it saw, both JSON. A program that raises costs only its
own answer. The process ends with its parent or with its stdin.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from typing import Any, TextIO

from probes.answering import die_with_parent

LONGEST_TEXT = 400
"""Characters of one text value; error messages can be pages long."""


COLOURS = re.compile("\x1b\\[[0-9;]*m")
"""What makes letters bold in a terminal."""


def answer(program: str, stack: str) -> dict[str, Any]:
    """Facts of one program, or the problem that it ran into, and its seconds."""
    started = time.perf_counter()
    try:
        module = importlib.import_module(f"probes.checks.programs.{program}")
        seen = {name: plain(value) for name, value in module.gather(stack).items()}
    except Exception as error:
        # Whatever a framework throws: the other programs of this process go on.
        first = str(error).strip().splitlines() or ["no message"]
        problem = f"{type(error).__name__}: {first[0]}"[:200]
        return {"problem": problem, "seconds": time.perf_counter() - started}
    return {"facts": seen, "seconds": time.perf_counter() - started}


def plain(value: object) -> object:
    """The value as JSON can carry it: NumPy's numbers unwrapped, texts cut short."""
    if isinstance(value, str):
        return " ".join(COLOURS.sub("", value).split())[:LONGEST_TEXT]
    if isinstance(value, bool | int | float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, list | tuple | set):
        return [str(one) for one in value]
    return plain(value.item()) if hasattr(value, "item") else str(value)


def serve(stack: str, commands: TextIO, answers: TextIO) -> None:
    """Answer until stdin ends."""
    for line in commands:
        command = json.loads(line)
        seen = answer(command["program"], stack)
        answers.write(json.dumps({"number": command["number"], **seen}) + "\n")
        answers.flush()


def main(stack: str) -> int:
    """Keep the real stdout for answers; what frameworks print goes to stderr."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(stack, sys.stdin, answers)
    return 0


if __name__ == "__main__":
    # Teardown of a framework may take seconds or crash; there is nothing to save.
    code = main(sys.argv[1])
    sys.stderr.flush()
    os._exit(code)
