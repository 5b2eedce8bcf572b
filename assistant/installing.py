"""What a stack needs on a person's machine, and the command that installs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.scoring import applies, in_use
from knowledge.records import Answers, Build, Language, Stack

PACKAGES = {
    Stack.KERAS_TENSORFLOW: ("keras", "tensorflow"),
    Stack.KERAS_TORCH: ("keras", "torch"),
    Stack.KERAS_JAX: ("keras", "jax"),
    Stack.PYTORCH: ("torch",),
    Stack.PYTORCH_LIGHTNING: ("torch", "lightning"),
}

PLAIN = {"keras": "keras>=3"}
"""How a package is asked for that is not simply asked for by its name."""


class Needed(NamedTuple):
    """One package as pip is asked for it.

    Attributes:
        from_index: address of the index that has the build, None for the usual one.
        page: where the command for this machine has to be read, as none is right for
            every such machine; None where pip can be asked at once.
    """

    package: str
    requirement: str
    from_index: str | None = None
    page: str | None = None


class Builds:
    """Packages for any machine; versions are left to pip, but Keras is Keras 3."""

    def __init__(self, builds: Iterable[Build]) -> None:
        self._builds = tuple(builds)

    def needed(self, stack: Stack, answers: Answers) -> tuple[Needed, ...]:
        """What the stack needs on this system and accelerator."""
        full = in_use(answers)
        return tuple(self._needed(package, full) for package in PACKAGES[stack])

    def _needed(self, package: str, answers: Answers) -> Needed:
        plain = PLAIN.get(package, package)
        for build in self._builds:
            if build.package == package and applies(build.when, answers):
                asked = build.requirement or plain
                return Needed(package, asked, build.index, build.page)
        return Needed(package, plain)

    def command(self, stack: Stack, answers: Answers) -> str | None:
        """The command that installs the stack, but for what :meth:`page` tells of.

        None where nothing else is needed.
        """
        needed = [one for one in self.needed(stack, answers) if one.page is None]
        usual = [one.requirement for one in needed if one.from_index is None]
        parts = [
            f"{pip_install([one.requirement])} --index-url {one.from_index}"
            for one in needed
            if one.from_index is not None
        ]
        if usual:
            parts.append(pip_install(usual))
        return " && ".join(parts) or None

    def page(self, stack: Stack, answers: Answers) -> str | None:
        """Where to read the command that is needed first; None where none is."""
        pages = (one.page for one in self.needed(stack, answers))
        return next((page for page in pages if page is not None), None)


def first(page: str, language: Language) -> str:
    """What comes before the command: another, which a page gives."""
    if language is Language.ZH:
        return f"请先运行此页为你的机器给出的安装命令，命令因机器而异：{page}"
    return (
        f"First run the install command that this page gives for your machine: {page}"
    )


def pip_install(requirements: Sequence[str]) -> str:
    """The command for any shell: what a shell would read otherwise is quoted."""
    quoted = (f'"{one}"' if set(one) & set("[>") else one for one in requirements)
    return f"pip install {' '.join(quoted)}"
