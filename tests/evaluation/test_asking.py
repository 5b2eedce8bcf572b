"""Few questions settle a verdict, and fewer than any order would."""

from __future__ import annotations

import statistics

from assistant.profile import Profile
from assistant.recommendation import Engine
from knowledge.records import Answers, Question
from tests.evaluation.asking import GOAL, Talk, talk, talks

PEOPLE = 200
AGREE = 0.9
"""Share of last verdicts that are those of the person with every answer known."""


def _median(every: list[Talk]) -> float:
    return statistics.median(one.to_stable for one in every)


def test_half_of_the_askers_have_their_verdict_after_three(engine: Engine) -> None:
    every = talks(engine, PEOPLE, None, by_lot=False)

    assert _median(every) <= GOAL
    assert sum(one.agrees for one in every) >= AGREE * PEOPLE
    assert _median(every) < _median(talks(engine, PEOPLE, None, by_lot=True))


def test_an_answer_that_turns_the_verdict_is_counted(engine: Engine) -> None:
    person: Answers = {"experience": "none", "mandated": "pytorch"}
    left = [one for one in engine.knowledge.questions if one.field in person]

    def ask(_: Profile) -> Question | None:
        return left.pop(0) if left else None

    said = talk(engine, person, [], ask)

    assert said.asked == said.to_stable == 2
    assert said.agrees


def test_nothing_is_asked_of_whom_no_answer_would_turn(engine: Engine) -> None:
    known: Answers = {"mandated": "pytorch"}
    asked: list[str] = []
    while question := engine.question(Profile.model_validate(known), asked):
        effects = engine.effects(Profile.model_validate(known), question)
        asked.append(question.field)
        assert effects

    settled = Profile.model_validate(known)
    now = engine.decide(settled).verdict
    for question in engine.knowledge.questions:
        if question.field not in (*asked, *known):
            for effect in engine.effects(settled, question):
                assert (effect.choice, effect.stack) == (now.choice, now.stack)
