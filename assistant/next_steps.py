"""What to do first: the command that installs, a program that runs, what to read."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import explanation
from assistant.scoring import Verdict
from assistant.starters import starter_id, starter_url
from assistant.wire import NextSteps, PathStep
from knowledge.records import Answers, LearningStep, Stack

LEVELS = ("none", "beginner", "intermediate", "advanced")

MOST_PAGES = 3
EITHER = (Stack.KERAS_TENSORFLOW, Stack.PYTORCH)
"""Stacks whose first page is worth a look where neither leads."""


def next_steps(
    pages: Sequence[LearningStep], answers: Answers, verdict: Verdict
) -> NextSteps:
    """Steps for the stack that was chosen.

    Where none was, the first page of each framework, to try which one suits; nothing
    where hard rules left no stack.
    """
    stack = verdict.stack
    if stack is None:
        either = () if verdict.collided else EITHER
        taste = tuple(_shown(_first(pages, one, answers)) for one in either)
        return NextSteps(starter=None, install=None, path=taste)
    starter = starter_id(stack, answers)
    return NextSteps(
        starter=starter,
        starter_url=starter_url(starter, answers) if starter else None,
        install=explanation.install_command(stack, answers),
        path=path(pages, stack, answers),
    )


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
    level = LEVELS.index(str(answers.get("experience", "none")))
    told = answers.get("goals", ())
    wanted = {*told} if isinstance(told, tuple) else {told}
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
