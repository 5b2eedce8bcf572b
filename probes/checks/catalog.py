"""Which programs there are, what they need, and the checks that read their facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pydantic import ValidationError

from probes.checks.records import Check
from probes.checks.words import names_in
from probes.frameworks import BACKENDS, NEEDS
from probes.records import Contender, ProbeSpec, Size, Workload

DATA = Path(__file__).parent / "data"

BARE = "bare"
"""A process that imports no framework."""

ENGINE = "engine"
"""Not a process of ours: a probe with its own workers."""

KERAS: tuple[Contender, ...] = ("keras-tensorflow", "keras-torch", "keras-jax")
EVERY: tuple[Contender, ...] = ("pytorch", *KERAS)
THREE: tuple[Contender, ...] = ("pytorch", "keras-tensorflow", "keras-torch")
FIVE: tuple[Contender, ...] = (*THREE, "keras-jax", "pytorch-compile")
RAW: tuple[Contender, ...] = ("tensorflow-raw", "keras-tensorflow", "pytorch")


@dataclass(frozen=True, slots=True)
class Program:
    """One file of ``programs/``, and the processes that it runs in.

    Attributes:
        seconds: what it takes in one process on two cores, about; for the bar.
        quick: whether the quick set has time for it.
        spec: for the engine, what to time.
    """

    name: str
    stacks: tuple[str, ...]
    seconds: float = 1.0
    quick: bool = True
    spec: ProbeSpec | None = None


def _backends(*names: str) -> tuple[str, ...]:
    return tuple(f"backend-{name}" for name in names)


def _timing(
    name: str,
    size: Size,
    batch: int,
    stacks: tuple[Contender, ...],
    budget_s: float,
    workload: Workload = "mlp-tabular",
) -> Program:
    spec = ProbeSpec(
        workload=workload, size=size, batch=batch, contenders=stacks, budget_s=budget_s
    )
    return Program(name, (ENGINE,), budget_s, name == "time-small", spec)


PROGRAMS: dict[str, Program] = {
    program.name: program
    for program in (
        Program("packages", (BARE,), 0.1),
        Program("pytorch_api", ("pytorch",), 2),
        Program("keras_api", ("keras-tensorflow", "keras-torch"), 3),
        Program("exports", KERAS, 0.5),
        Program("graph", EVERY, 2),
        Program("branch", EVERY, 0.2),
        Program("symbolic", KERAS, 0.1),
        Program("loop", EVERY, 0.5),
        Program("bugs", EVERY, 3),
        Program("depth", EVERY, 0.2),
        Program("twins", EVERY, 1),
        Program("one_row", EVERY, 1.5),
        Program("samples", EVERY, 2),
        Program("stream", EVERY, 1.5),
        Program("tasks", EVERY, 4, quick=False),
        Program("overhead", KERAS, 7, quick=False),
        Program("per_execution", ("keras-tensorflow",), 2.5, quick=False),
        Program(
            "backend",
            _backends("default", "hidden", "theano", "cntk", "torch", "jax", "numpy"),
            3,
        ),
        _timing("time-small", "S", 32, THREE, 45),
        _timing("time-medium", "M", 32, FIVE, 120),
        _timing("time-large", "L", 32, THREE, 300),
        _timing("time-pictures", "S", 32, THREE, 75, "cnn-image"),
        _timing("time-series", "S", 32, THREE, 75, "lstm-sequence"),
        _timing("time-raw", "S", 32, RAW, 60),
        _timing("time-raw-batch", "S", 4_096, RAW, 75),
    )
}


def needs(stack: str) -> tuple[str, ...]:
    """Packages without which a process of this stack has nothing to look at."""
    if stack in NEEDS:
        return NEEDS[stack]
    if stack in (BARE, ENGINE):
        return ()
    backend = keras_backend(stack)
    # That these two are gone is the point of looking for them.
    others = () if backend in (None, "theano", "cntk", "numpy") else (backend,)
    return ("keras", *others)


def keras_backend(stack: str) -> str | None:
    """``KERAS_BACKEND`` of a process; None leaves it unset."""
    if stack == "backend-default":
        return None
    if stack == "backend-hidden":
        return "torch"
    if stack.startswith("backend-"):
        return stack.removeprefix("backend-")
    return BACKENDS.get(stack, "torch")  # type: ignore[call-overload, no-any-return]


def lacking(stack: str) -> tuple[str, ...]:
    """Packages of ``needs`` that are not installed here."""
    return tuple(name for name in needs(stack) if find_spec(name) is None)


def runs(check: Check) -> tuple[tuple[str, str], ...]:
    """Every program and stack that a check's prediction or sentence reads."""
    read = [name for one in check.expects for name in one.facts()]
    read += [*names_in(check.says.en), *names_in(check.says.zh)]
    found: dict[tuple[str, str], None] = {}
    for name in read:
        program, second, *_ = name.split(".")
        known = PROGRAMS[program].stacks
        for stack in (second,) if second in known else known:
            found[program, stack] = None
    return tuple(found)


def is_quick(check: Check) -> bool:
    return all(PROGRAMS[program].quick for program, _ in runs(check))


def load_checks(folder: Path = DATA) -> tuple[Check, ...]:
    """Every check, in file order.

    Raises:
        ValueError: entries are malformed or read programs that do not exist; all are
            listed.
    """
    checks: list[Check] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["check"]:
            try:
                check = Check.model_validate(entry)
                runs(check)
            except ValidationError as fault:
                faults += [
                    f"{path.name}: {entry.get('id')}: {one['loc']}: {one['msg']}"
                    for one in fault.errors()
                ]
            except KeyError as fault:
                faults.append(f"{path.name}: {entry['id']}: no program {fault}")
            else:
                checks.append(check)
    faults += [f"{one}: written twice" for one in _twice(one.id for one in checks)]
    if faults:
        raise ValueError("checks are wrong:\n  " + "\n  ".join(faults))
    return tuple(checks)


def covered(checks: Iterable[Check]) -> frozenset[str]:
    """Ids of the statements that some check speaks to."""
    return frozenset(claim for check in checks for claim in check.claims)


def _twice(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [one for one in ids if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
