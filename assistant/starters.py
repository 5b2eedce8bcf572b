"""First programs: which one suits the advice, fitted to the person, as files to keep.

The programs are data under ``knowledge/starters``: they run as they are, on data that
they bring or make. Only constants at their top are changed here.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assistant.composing import changed
from assistant.explanation import (
    CPU_BUILDS,
    STACKS,
    packages,
    pip_install,
    without_cuda,
)
from assistant.packing import introduction, notebook, sections, zipped
from assistant.profile import Accelerator, Hardware, OperatingSystem
from knowledge.records import Answers, Language, Record, Stack

UNITS = {
    "tabular": "rows",
    "image": "images",
    "text": "texts",
    "timeseries": "points in time",
}
"""Kinds of data that have a program, and what one example of each is called."""

BACKENDS = {
    Stack.KERAS_TENSORFLOW: "tensorflow",
    Stack.KERAS_TORCH: "torch",
    Stack.KERAS_JAX: "jax",
    Stack.PYTORCH: None,
    Stack.PYTORCH_LIGHTNING: None,
}
"""Stacks that have programs, and the Keras backend of each."""

CHANGES = {
    (Stack.KERAS_TENSORFLOW, True): "keras_loop",
    (Stack.KERAS_TORCH, True): "keras_loop",
    (Stack.KERAS_JAX, True): "keras_loop",
    (Stack.PYTORCH, True): "pytorch_loop",
    (Stack.PYTORCH_LIGHTNING, False): "lightning",
    (Stack.PYTORCH_LIGHTNING, True): "lightning_loop",
}
"""What is laid over a framework's plain program, by stack and whether its loop is its
own."""

CUSTOM = "-custom"
"""Ends the id of a program with a training loop of its own."""

FEW_ROWS, MANY_ROWS = 1_000, 100_000
SMALL_BATCH, USUAL_BATCH, LARGE_BATCH = 16, 32, 64
"""Batch below ``FEW_ROWS``, between, and from ``MANY_ROWS`` on. The shipped data has
hundreds of rows, so the programs still learn from it with each of the three."""

ENOUGH_STEPS = 3_000
"""Optimizer steps after which a small model has mostly learnt; a rule of thumb."""

LINE = 88
"""Characters in a line of a program."""


class Fit(Record):
    """What of a person changes a program; None is unknown and changes nothing.

    Attributes:
        rows, classes: of their own data, which the shipped data stands in for.
    """

    classes: Annotated[int, Field(ge=2, le=10**6)] | None = None
    rows: Annotated[int, Field(ge=1, le=10**12)] | None = None
    hardware: Hardware | None = None
    accelerator: Accelerator | None = None
    os: OperatingSystem | None = None


class NoSuchStarterError(Exception):
    """There is no program with this id; ``STARTERS`` lists those there are."""


def _ids() -> Mapping[str, tuple[Stack, str, bool]]:
    return {
        f"{stack}-{kind}{CUSTOM if own_loop else ''}": (stack, kind, own_loop)
        for stack in BACKENDS
        for own_loop in (False, True)
        for kind in UNITS
    }


STARTERS = _ids()
"""Every id, with its stack, its kind of data, and whether its loop is its own."""


def starter_id(stack: Stack | None, answers: Answers) -> str | None:
    """The program for this stack and person, None where none would help.

    Unknown data gets the program for tables, the shortest.
    """
    kind = str(answers.get("modality", "tabular"))
    own_loop = answers.get("control") == "custom_loop"
    id = f"{stack}-{kind}{CUSTOM if own_loop else ''}"
    return id if id in STARTERS else None


def starter_url(id: str, answers: Answers) -> str:
    """Where the service gives this program, fitted to the person."""
    told = (
        ("rows", answers.get("dataset_rows")),
        ("hardware", answers.get("hardware")),
        ("accelerator", answers.get("accelerator")),
        ("os", answers.get("os")),
    )
    # Whole numbers and the words of the wire contract need no quoting.
    known = "&".join([f"{name}={one}" for name, one in told if one is not None])
    return f"/api/v1/starters/{id}?{known}" if known else f"/api/v1/starters/{id}"


class Starters:
    """Programs by ``FAMILY/NAME``, as they were shipped, made into what a person runs.

    Every method takes one of ``STARTERS``.

    Raises:
        NoSuchStarterError: by every method, for any other id.
    """

    def __init__(self, programs: Mapping[str, str]) -> None:
        self._programs = programs

    def files(self, id: str, fit: Fit | None = None) -> dict[str, str]:
        """``README.md``, ``main.py`` and ``requirements.txt`` by name."""
        fit = fit or Fit()
        program = self._program(id, fit)
        return {
            "README.md": _readme(id, program, fit),
            "main.py": program,
            "requirements.txt": _requirements(id, program, fit),
        }

    def archive(self, id: str, fit: Fit | None = None) -> bytes:
        """A zip of the files in a folder named by the id; always the same bytes."""
        return zipped(id, self.files(id, fit))

    def notebook(self, id: str, fit: Fit | None = None) -> str:
        """The program as a Jupyter notebook, one cell for each ``# %%``."""
        fit = fit or Fit()
        program = self._program(id, fit)
        install = pip_install(_requirements(id, program, fit).split())
        start = (*introduction(program), f"Install once: `{install}`")
        cells = [("markdown", "# " + "\n\n".join(start))]
        for title, code in sections(program):
            cells += [("markdown", f"## {title}"), ("code", code)]
        return notebook(cells)

    def _program(self, id: str, fit: Fit) -> str:
        if id not in STARTERS:
            raise NoSuchStarterError(id)
        stack, kind, own_loop = STARTERS[id]
        program = self._programs[f"{stack.framework}/{kind}"]
        change = CHANGES.get((stack, own_loop))
        if change is not None:
            program = changed(program, self._programs[f"changes/{change}"])
        backend = BACKENDS[stack]
        if backend:
            program = _with_constant(program, "BACKEND", f'"{backend}"')
        if fit.classes and "\nCLASSES = " in program:
            program = _noted(
                program,
                f"You spoke of {fit.classes:,} different answers: set CLASSES to that "
                "when you put in your own data; the data below has its own.",
            )
        return _fitted(program, fit.rows, UNITS[kind]) if fit.rows else program


def _fitted(program: str, rows: int, unit: str) -> str:
    """A batch for that many rows, as many steps as before, and a word on one's own."""
    batch = USUAL_BATCH
    if rows < FEW_ROWS:
        batch = SMALL_BATCH
    elif rows >= MANY_ROWS:
        batch = LARGE_BATCH
    passes = int(_constant(program, "EPOCHS")) * batch
    epochs = math.ceil(passes / int(_constant(program, "BATCH")))
    own = min(max(math.ceil(ENOUGH_STEPS * batch / rows), 3), 100)
    program = _with_constant(program, "BATCH", str(batch))
    program = _with_constant(program, "EPOCHS", str(epochs))
    return _noted(
        program,
        f"You spoke of {rows:,} {unit}, so BATCH is {batch}. EPOCHS is right for the "
        f"data below; with yours, try about {own} first.",
    )


def _noted(program: str, note: str) -> str:
    """The program with a comment at the top of its settings."""
    lines = textwrap.wrap(f"# {note}", LINE, subsequent_indent="# ")
    return program.replace("# %% Settings", "\n".join(("# %% Settings", *lines)), 1)


def _assignment(name: str) -> re.Pattern[str]:
    return re.compile(rf"^({name} = )(\S+)", re.MULTILINE)


def _constant(program: str, name: str) -> str:
    found = _assignment(name).search(program)
    assert found, f"a program sets no {name}"
    return found[2]


def _with_constant(program: str, name: str, value: str) -> str:
    changed, times = _assignment(name).subn(rf"\g<1>{value}", program)
    assert times == 1, f"a program sets {name} {times} times"
    return changed


def _requirements(id: str, program: str, fit: Fit) -> str:
    answers = fit.model_dump(mode="json", exclude_none=True)
    # torch.accelerator, which finds any GPU, came with 2.6.
    needed = [
        "torch>=2.6" if one == "torch" else one
        for one in packages(STARTERS[id][0], answers)
    ]
    needed.append("numpy")
    if "from sklearn" in program:
        needed.append("scikit-learn")
    if without_cuda(answers) and "torch>=2.6" in needed:
        # Beside the usual index, which has the rest; of equal versions pip takes the
        # one that names its build, and that is the one without CUDA.
        needed.insert(0, f"--extra-index-url {CPU_BUILDS}")
    return "".join(f"{one}\n" for one in needed)


def _readme(id: str, program: str, fit: Fit) -> str:
    stack, kind, _ = STARTERS[id]
    title, *about = introduction(program)
    windows = fit.os is OperatingSystem.WINDOWS
    python, within = (
        ("py", ".venv\\Scripts\\") if windows else ("python3", ".venv/bin/")
    )
    own = [f"Write your own {UNITS[kind]} into the cell *Data* of `main.py`."]
    if fit.rows:
        own.append(f"You spoke of {fit.rows:,}: *Settings* says what to change then.")
    if BACKENDS[stack]:
        own.append(
            "`BACKEND` chooses what Keras computes with; the rest of the program stays "
            "as it is, but the other backend has to be installed."
        )
    return f"""# {title}

{" ".join(about)}

It is written for {STACKS[stack].get(Language.EN)}.

## Run it

```sh
{python} -m venv .venv
{within}python -m pip install -r requirements.txt
{within}python main.py
```

The last lines compare the model with the simplest possible answer, on data that it has
never seen, and say whether the saved model, loaded again, agrees with itself.

## Your own data

{" ".join(own)}
"""
