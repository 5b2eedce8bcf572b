"""What to read first: by level, by goal, and on the stack that was chosen."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.next_steps import LEVELS, MOST_PAGES, path
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from knowledge.records import Knowledge, Language, Stack

GOALS = (
    *("learn", "prototype", "research", "production", "job", "custom_models"),
    *("mobile", "speed", "debugging", "scale"),
)


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("level", [None, *LEVELS])
@pytest.mark.parametrize("stack", Stack)
def test_a_path_suits_level_and_goal(
    knowledge: Knowledge, stack: Stack, level: str | None, goal: str
) -> None:
    told: dict[str, Any] = {"goals": (goal,)}
    if level is not None:
        told["experience"] = level
    pages = {page.url: page for page in knowledge.path}

    found = [pages[step.url] for step in path(knowledge.path, stack, told)]

    assert 2 <= len(found) <= MOST_PAGES
    assert all(stack in page.stacks for page in found)
    assert [p.level for p in found] == sorted(
        (p.level for p in found), key=LEVELS.index
    )
    wished = LEVELS.index(level or "none")
    general = [
        page for page in knowledge.path if stack in page.stacks and not page.goals
    ]
    nearest = min(abs(LEVELS.index(page.level) - wished) for page in general)
    assert any(
        not page.goals and abs(LEVELS.index(page.level) - wished) == nearest
        for page in found
    )
    served = [p for p in knowledge.path if stack in p.stacks and goal in p.goals]
    assert bool(served) == any(goal in page.goals for page in found)
    assert all(not page.goals or goal in page.goals for page in found)


def test_every_goal_has_a_page_in_both_frameworks_or_is_a_general_one(
    knowledge: Knowledge,
) -> None:
    for stack in (Stack.KERAS_TENSORFLOW, Stack.PYTORCH):
        own = [page for page in knowledge.path if stack in page.stacks]
        served = {goal for page in own for goal in page.goals}
        missing = set(GOALS) - served
        # To learn Keras, and to find work with it, its free book is for anybody.
        assert missing <= ({"learn", "job"} if stack is not Stack.PYTORCH else set())


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.EN, "about 20 hours, read 2026-11-23"), (Language.ZH, "约 20 小时")],
)
def test_a_page_is_shown_with_its_day(
    engine: Engine, language: Language, words: str
) -> None:
    person = Profile.model_validate({"experience": "beginner", "control": "standard"})
    weights = {"control": 2.0}

    given = engine.recommend(person, weights=weights, language=language)

    assert words in recommendation_markdown(given)
    assert all(step.read_on for step in given.next_steps.path)


@pytest.mark.parametrize("level", [None, *LEVELS])
def test_where_neither_leads_two_short_pages_are_enough(
    engine: Engine, level: str | None
) -> None:
    told = {} if level is None else {"experience": level}
    weights = dict.fromkeys((one.id for one in engine.knowledge.criteria), 0.0)

    given = engine.recommend(Profile.model_validate(told), weights=weights)

    assert given.stack is None
    assert len(given.next_steps.path) == 2
    assert all(step.minutes <= 150 for step in given.next_steps.path)


SWITCHING: list[tuple[dict[str, Any], str | None]] = [
    (
        {"existing": ("keras",), "mandated": "pytorch", "modality": "image"},
        "/switch?kind=image&language=en",
    ),
    (
        {"existing": ("tensorflow",), "mandated": "pytorch", "modality": "audio"},
        "/switch?kind=tabular&language=en",
    ),
    (
        {"existing": ("pytorch",), "mandated": "keras"},
        "/switch?kind=tabular&language=en",
    ),
    ({"existing": ("keras",), "mandated": "keras", "modality": "text"}, None),
    ({"existing": ("sklearn", "numpy"), "control": "custom_loop"}, None),
    ({"control": "custom_loop"}, None),
]


@pytest.mark.parametrize(("told", "url"), SWITCHING)
def test_who_comes_from_the_other_side_gets_the_switch_guide(
    engine: Engine, told: dict[str, Any], url: str | None
) -> None:
    person = Profile.model_validate(told)

    given = engine.recommend(person)
    chinese = engine.recommend(person, language=Language.ZH)

    assert given.next_steps.switch_url == url
    if url is None:
        assert "/switch" not in recommendation_markdown(given)
    else:
        assert f"]({url})" in recommendation_markdown(given)
        assert f"]({url[:-2]}zh)" in recommendation_markdown(chinese)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.EN, "**Next steps, for the first part**"),
        (Language.ZH, "**下一步（先做第一部分）**"),
    ],
)
def test_a_split_work_begins_with_its_first_part(
    engine: Engine, language: Language, title: str
) -> None:
    told = {"mandated": "tensorflow", "os": "windows", "accelerator": "nvidia"}

    given = engine.recommend(Profile.model_validate(told), language=language)
    steps = given.next_steps

    assert given.collision
    assert given.collision.first is Stack.KERAS_TORCH
    assert steps.starter == "keras-torch-tabular"
    assert steps.starter_url
    assert "keras" in str(steps.install)
    assert "pytorch.org" in str(steps.install_page)
    assert steps.path
    assert title in recommendation_markdown(given)
