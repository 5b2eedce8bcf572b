"""First programs: which one suits the advice, fitted to the person, as files to keep.

The programs are data under ``knowledge/starters``: they run as they are, on data that
they bring or make. Only constants at their top are changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.composing import changed
from assistant.fitting import UNITS, Fit, fitted, with_constant
from assistant.handout import about, heading, install_once, readme
from assistant.installing import Builds, Needed, first, pip_install
from assistant.packing import notebook, sections, zipped
from knowledge.records import Answers, Build, Language, Stack

BACKENDS = {
    Stack.KERAS_TENSORFLOW: "tensorflow",
    Stack.KERAS_TORCH: "torch",
    Stack.KERAS_JAX: "jax",
    Stack.PYTORCH: None,
    Stack.PYTORCH_LIGHTNING: None,
}
"""Stacks that have programs, and the Keras backend of each."""

CHANGES = {
    (Stack.KERAS_TENSORFLOW, True): ("keras_loop",),
    (Stack.KERAS_TORCH, True): ("keras_loop",),
    (Stack.KERAS_JAX, True): ("keras_loop",),
    (Stack.PYTORCH, True): ("differently", "pytorch_loop"),
    (Stack.PYTORCH_LIGHTNING, False): ("lightning",),
    (Stack.PYTORCH_LIGHTNING, True): ("differently", "lightning", "lightning_loop"),
}
"""What is laid over a framework's plain program, one over the other, by stack and
whether its loop is its own."""

CUSTOM = "-custom"
"""Ends the id of a program with a training loop of its own."""


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


def starter_id(stack: Stack | None, kind: object, control: object) -> str | None:
    """The program for this stack and person, None where none would help.

    Args:
        kind: of data; where it is unknown, the program for tables, the shortest.
        control: that is wanted; who wants a loop of their own gets one.
    """
    own_loop = CUSTOM if control == "custom_loop" else ""
    id = f"{stack}-{kind or 'tabular'}{own_loop}"
    return id if id in STARTERS else None


def starter_url(id: str, answers: Answers, language: Language = Language.EN) -> str:
    """Where the service gives this program, fitted to the person but for the rows."""
    fields = ("hardware", "accelerator", "os")
    # The words of the wire contract need no quoting.
    known = [f"{name}={answers[name]}" for name in fields if name in answers]
    if language is not Language.EN:
        known.append(f"language={language.value}")
    address = f"/api/v1/starters/{id}"
    return f"{address}?{'&'.join(known)}" if known else address


def with_rows(url: str, rows: object) -> str:
    """The address with the person's own number of rows, where that is known."""
    if rows is None:
        return url
    return f"{url}{'&' if '?' in url else '?'}rows={rows}"


def switch_url(kind: object, language: Language) -> str:
    """Where the service shows one model in both frameworks.

    Args:
        kind: of the person's data, if it is known; for data that have no program, the
            one for tables is shown.
    """
    shown = kind if kind in UNITS else "tabular"
    return f"/switch?kind={shown}&language={language.value}"


class Starters:
    """Programs by ``FAMILY/NAME``, as they were shipped, made into what a person runs.

    Every method takes one of ``STARTERS``.

    Raises:
        NoSuchStarterError: by every method, for any other id.
    """

    def __init__(self, programs: Mapping[str, str], builds: Iterable[Build]) -> None:
        self._programs, self._builds = programs, Builds(builds)

    def files(self, id: str, fit: Fit | None = None) -> dict[str, str]:
        """``README.md``, ``main.py`` and ``requirements.txt`` by name."""
        fit = fit or Fit()
        program = self._program(id, fit)
        stack, kind, _ = STARTERS[id]
        backend = BACKENDS[stack] is not None
        return {
            "README.md": readme(
                _about(id, program, fit),
                stack,
                kind,
                fit,
                backend=backend,
                page=self._builds.page(stack, _machine(fit)),
            ),
            "main.py": program,
            "requirements.txt": "".join(
                f"{one}\n" for one in self._requirements(id, program, fit)
            ),
        }

    def archive(self, id: str, fit: Fit | None = None) -> bytes:
        """A zip of the files in a folder named by the id; always the same bytes."""
        return zipped(id, self.files(id, fit))

    def notebook(self, id: str, fit: Fit | None = None) -> str:
        """The program as a Jupyter notebook, one cell for each ``# %%``."""
        fit = fit or Fit()
        program, language = self._program(id, fit), fit.language
        asked = " ".join(self._requirements(id, program, fit)).split()
        page = self._builds.page(STARTERS[id][0], _machine(fit))
        start = (
            *_about(id, program, fit),
            *((first(page, language),) if page else ()),
            install_once(pip_install(asked), language),
        )
        cells = [("markdown", "# " + "\n\n".join(start))]
        for title, code in sections(program):
            cells += [("markdown", f"## {heading(title, language)}"), ("code", code)]
        return notebook(cells)

    def _requirements(self, id: str, program: str, fit: Fit) -> list[str]:
        """The lines of ``requirements.txt``.

        What a page has to be asked about stands there too: pip leaves alone what is
        there already, where it is new enough.
        """
        needed = self._builds.needed(STARTERS[id][0], _machine(fit))
        # Beside the usual index, which has the rest; of equal versions pip takes the
        # one that names its build.
        indexes = [one.from_index for one in needed if one.from_index is not None]
        lines = [f"--extra-index-url {index}" for index in indexes]
        lines += [_recent(one) for one in needed]
        lines.append("numpy")
        if "from sklearn" in program:
            lines.append("scikit-learn")
        return lines

    def _program(self, id: str, fit: Fit) -> str:
        if id not in STARTERS:
            raise NoSuchStarterError(id)
        stack, kind, own_loop = STARTERS[id]
        program = self._programs[f"{stack.framework}/{kind}"]
        for change in CHANGES.get((stack, own_loop), ()):
            program = changed(program, self._programs[f"changes/{change}"])
        backend = BACKENDS[stack]
        if backend:
            program = with_constant(program, "BACKEND", f'"{backend}"')
        return fitted(program, fit, kind, stack.framework)


def _machine(fit: Fit) -> Answers:
    return fit.model_dump(mode="json", exclude_none=True)


def _recent(one: Needed) -> str:
    """As pip is asked for it; ``torch.accelerator`` came with PyTorch 2.6."""
    return "torch>=2.6" if one.requirement == "torch" else one.requirement


def _about(id: str, program: str, fit: Fit) -> tuple[str, ...]:
    stack, kind, own_loop = STARTERS[id]
    changes = CHANGES.get((stack, own_loop), ())
    return about(program, stack, kind, changes, fit.language)
