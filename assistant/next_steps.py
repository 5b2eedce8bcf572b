"""What to do first: the command that installs, a program that runs, what to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.index import Answer
from assistant.installing import Builds
from assistant.memo import Memo
from assistant.scoring import Verdict
from assistant.starters import starter_id, starter_url, switch_url, with_rows
from assistant.steps import NextSteps, PathStep
from knowledge.records import (
    Answers,
    Build,
    Framework,
    Language,
    LearningStep,
    Stack,
    Value,
    as_many,
)

LEVELS = ("none", "beginner", "intermediate", "advanced")
UNKNOWN_LEVEL = "none"

MOST_PAGES = 3
EITHER = (Stack.KERAS_TENSORFLOW, Stack.PYTORCH)
"""Stacks whose first page is worth a look where neither leads."""

_SIDES: Mapping[Value, Framework] = {
    "keras": Framework.KERAS,
    "tensorflow": Framework.KERAS,
    "pytorch": Framework.PYTORCH,
}
"""Whose side work in these packages is on; that in others is on neither."""

Goals = tuple[str, ...]


class FirstSteps:
    """First steps on every stack; what two people share is built once."""

    def __init__(self, pages: Sequence[LearningStep], builds: Sequence[Build]) -> None:
        self._pages, self._builds = pages, Builds(builds)
        self._served = {goal for page in pages for goal in page.goals}
        self._paths = Memo(self._path)
        self._tastes = Memo(self._taste)
        self._installs = Memo(self._install)
        self._switches = Memo(_switch)
        self._programs = Memo(_program)

    def of(
        self,
        verdict: Verdict,
        answers: Answers,
        language: Language,
        first: Stack | None = None,
    ) -> NextSteps:
        """Steps for the stack that was chosen.

        Where none was, the first page of each framework, to try which one suits.

        Args:
            answers: what is known, with what follows from it.
            first: where hard rules left no stack, the one to begin a split work with;
                without it there are no steps then.
        """
        stack, known = verdict.stack or first, answers.get
        level, told = str(known("experience", UNKNOWN_LEVEL)), known("goals", ())
        goals = tuple([str(one) for one in as_many(told) if one in self._served])
        kind, switch = known("modality"), None
        if "existing" in answers:
            had = as_many(answers["existing"])
            switch = self._switches[had, stack, verdict.lean, kind, language]
        if stack is None:
            taste = () if verdict.collided else self._tastes[level, goals]
            return NextSteps.made(
                starter=None,
                starter_url=None,
                switch_url=switch,
                install=None,
                install_page=None,
                path=taste,
            )
        machine = known("os"), known("hardware"), known("accelerator")
        starter, url = self._programs[stack, kind, known("control"), language, *machine]
        install, page = self._installs[stack, *machine]
        return NextSteps.made(
            starter=starter,
            starter_url=with_rows(url, known("dataset_rows")) if url else None,
            switch_url=switch,
            install=install,
            install_page=page,
            path=self._paths[stack, level, goals],
        )

    def _path(self, of: tuple[Stack, str, Goals]) -> tuple[PathStep, ...]:
        stack, level, goals = of
        return path(self._pages, stack, {"experience": level, "goals": goals})

    def _install(
        self, of: tuple[Stack, Answer, Answer, Answer]
    ) -> tuple[str | None, str | None]:
        """The command, and the page of the command that is needed before it."""
        stack, *machine = of
        told = _told(machine)
        return self._builds.command(stack, told), self._builds.page(stack, told)

    def _taste(self, of: tuple[str, Goals]) -> tuple[PathStep, ...]:
        level, goals = of
        said: Answers = {"experience": level, "goals": goals}
        return tuple(_shown(_first(self._pages, one, said)) for one in EITHER)


def _program(
    of: tuple[Stack, Answer, Answer, Language, Answer, Answer, Answer],
) -> tuple[str | None, str | None]:
    """The first program and where it lies, for any number of rows."""
    stack, kind, control, language, *machine = of
    id = starter_id(stack, kind, control)
    return id, starter_url(id, _told(machine), language) if id else None


def _switch(
    of: tuple[tuple[Value, ...], Stack | None, Framework | None, Answer, Language],
) -> str | None:
    """Where the guide lies, for whose work is on the other side than the advice."""
    existing, stack, lean, kind, language = of
    toward = {lean, stack.framework if stack else lean} - {None}
    sides = {_SIDES[one] for one in existing if one in _SIDES}
    other = any(side != one for side in sides for one in toward)
    return switch_url(kind, language) if other else None


def path(
    pages: Sequence[LearningStep], stack: Stack, answers: Answers
) -> tuple[PathStep, ...]:
    """Pages on the stack by the person's level and goals, the easiest first."""
    chosen = ranked(pages, stack, answers)[:MOST_PAGES]
    return tuple(_shown(one) for one in sorted(chosen, key=_level))


def ranked(
    pages: Sequence[LearningStep], stack: Stack, answers: Answers
) -> list[LearningStep]:
    """The page that suits the level, those for a goal, then what is near the level.

    An unknown level is taken as none yet.
    """
    level = LEVELS.index(str(answers.get("experience", UNKNOWN_LEVEL)))
    wanted = {*as_many(answers.get("goals", ()))}
    on_it = [page for page in pages if stack in page.stacks]
    on_it.sort(key=lambda page: abs(_level(page) - level))
    general = [page for page in on_it if not page.goals]
    served = [page for page in on_it if wanted & {*page.goals}]
    return [*general[:1], *served, *general[1:]]


def _first(
    pages: Sequence[LearningStep], stack: Stack, answers: Answers
) -> LearningStep:
    """Of the two that suit best, the one that is read sooner."""
    general = [page for page in ranked(pages, stack, answers) if not page.goals]
    return min(general[:2], key=lambda page: page.minutes)


def _told(machine: Sequence[Answer]) -> Answers:
    """System, hardware and accelerator by their fields, where they are known."""
    fields = zip(("os", "hardware", "accelerator"), machine, strict=True)
    return {field: said for field, said in fields if said is not None}


def _level(page: LearningStep) -> int:
    return LEVELS.index(page.level)


def _shown(page: LearningStep) -> PathStep:
    return PathStep(
        title=page.title,
        url=page.url,
        minutes=page.minutes,
        level=page.level,
        read_on=page.read_on,
    )
