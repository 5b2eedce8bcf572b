"""One record at three depths, as Markdown and as plain text, in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from assistant.advisor import Advisor
from assistant.depth import depth_asked
from assistant.labels import Labels
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown, recommendation_text
from assistant.wire import ChatRequest, Conversation, Depth
from knowledge.bilingual import half_width, touching
from knowledge.records import Language

CASES = Path(__file__).parents[1] / "cases" / "recommendations.toml"

NEWCOMER = Profile.model_validate(
    {"experience": "none", "goals": ["prototype", "job"], "math_comfort": "low"}
)
SILENT = Profile.model_validate({"experience": "none"})
LANGUAGES = list(Language)


def told(engine: Engine, depth: Depth, language: Language) -> str:
    knowledge = engine.knowledge
    labels = Labels(knowledge.questions, knowledge.criteria)
    given = engine.recommend(NEWCOMER, language=language)
    return recommendation_markdown(given, labels, depth)


@pytest.mark.parametrize("language", LANGUAGES)
def test_deeper_is_longer_and_says_the_same(engine: Engine, language: Language) -> None:
    line, normal, full = (told(engine, depth, language) for depth in Depth)
    headline = engine.recommend(NEWCOMER, language=language).headline

    assert len(line) < len(normal) < len(full)
    assert all(headline in text for text in (line, normal, full))
    assert "\n" not in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_full_depth_shows_every_addend_with_its_weight(
    engine: Engine, language: Language
) -> None:
    given = engine.recommend(NEWCOMER, weights={"prototyping": 0.5}, language=language)
    labels = Labels(engine.knowledge.questions, engine.knowledge.criteria)

    text = recommendation_markdown(given, labels, Depth.FULL)

    for reason in given.reasons:
        heading = labels.criterion(reason.criterion, language)
        weighed = [
            row
            for row in text.splitlines()
            if reason.because in row and heading in row and f" {reason.weight:g}" in row
        ]
        assert len(weighed) == 1
    for name in given.unknown:
        assert labels.field(name, language) in text


def test_plain_text_is_the_same_record_without_marks(engine: Engine) -> None:
    given = engine.recommend(NEWCOMER)

    for depth in Depth:
        plain = recommendation_text(given, None, depth)

        assert "**" not in plain
        assert given.headline in plain


def test_a_long_list_of_reasons_is_cut_at_normal_depth_only(engine: Engine) -> None:
    many = Profile.model_validate(
        {
            "experience": "none",
            "background": "researcher",
            "math_comfort": "high",
            "control": "custom_loop",
            "modality": "text",
            "goals": ["research", "debugging", "custom_models", "job"],
        }
    )
    given = engine.recommend(many)
    rest = len(given.reasons) - 8
    assert rest > 0

    assert f"and {rest} more" in recommendation_markdown(given)
    full = recommendation_markdown(given, None, Depth.FULL)
    assert all(reason.because in full for reason in given.reasons)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_change_it_takes_one_line_for_a_question(
    engine: Engine, language: Language
) -> None:
    """Else the four lines at normal depth would all be of the first question."""
    labels = Labels(engine.knowledge.questions, engine.knowledge.criteria)
    given = engine.recommend(NEWCOMER, language=language)
    names = {labels.field(flip.field, language) for flip in given.flips}
    assert len(names) > 4

    for depth, least in ((Depth.NORMAL, 4), (Depth.FULL, len(names))):
        rows = recommendation_markdown(given, labels, depth).splitlines()
        turning = [row for row in rows if " = " in row and "→" in row]
        asked = [row.removeprefix("- ").split(" = ")[0] for row in turning]
        ends = {(row.split(" = ")[0], row.rsplit("→")[-1]) for row in turning}
        assert len(ends) == len(turning) >= least
        assert len({*asked}) >= min(least, 3)
        for flip in given.flips if depth is Depth.FULL else ():
            value = labels.value(flip.field, flip.instead, language)
            assert any(value in row for row in turning)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.EN, "(instead of all you named)"),
        (Language.ZH, "（取代你说过的全部）"),
    ],
)
def test_another_goal_is_said_to_take_the_place_of_all(
    engine: Engine, language: Language, words: str
) -> None:
    """Where none is known, there is nothing to take the place of."""
    knowledge = engine.knowledge
    labels = Labels(knowledge.questions, knowledge.criteria)
    for person, replaced in ((NEWCOMER, True), (SILENT, False)):
        given = engine.recommend(person, language=language)
        rows = recommendation_markdown(given, labels, Depth.FULL).splitlines()

        name = labels.field("goals", language)
        goals = [row for row in rows if row.startswith(f"- {name} = ")]
        others = [row for row in rows if words in row and row not in goals]
        assert goals
        assert all((words in row) == replaced for row in goals)
        assert others == []


@pytest.mark.parametrize(
    ("words", "depth"),
    [
        ("Explain every point", Depth.FULL),
        ("please show me all the reasons", Depth.FULL),
        ("请逐分解释", Depth.FULL),
        ("解释一下每一分", Depth.FULL),
        ("in one line, please", Depth.LINE),
        ("一句话说清楚", Depth.LINE),
        ("I have 300 photos", None),
        ("why?", None),
    ],
)
def test_words_ask_for_a_depth(words: str, depth: Depth | None) -> None:
    assert depth_asked(words) == depth


@pytest.mark.parametrize(
    ("message", "title"),
    [("explain every point", "The sum"), ("请逐分解释", "合计")],
)
def test_a_turn_of_chat_explains_every_point(
    advisor: Advisor, message: str, title: str
) -> None:
    before = Conversation(profile=NEWCOMER, turns=1)

    answer = advisor.take_turn(ChatRequest(message=message, conversation=before))

    assert answer.kind == "recommendation"
    assert f"**{title}**" in answer.reply
    assert answer.profile == NEWCOMER


def test_who_has_told_nothing_is_asked_first(advisor: Advisor) -> None:
    answer = advisor.take_turn(ChatRequest(message="explain every point"))

    assert answer.kind == "question"
    assert answer.recommendation is None


def test_one_line_is_one_line(advisor: Advisor) -> None:
    request = ChatRequest(
        message="I have no experience and want a prototype", depth=Depth.LINE
    )

    assert "\n" not in advisor.take_turn(request).reply


def test_a_chinese_answer_has_chinese_marks(engine: Engine) -> None:
    """Titles of pages are theirs; Latin words stand apart from Chinese ones."""
    people = tomllib.loads(CASES.read_text("utf-8"))["case"]
    for person in people[::4]:
        given = engine.recommend(
            Profile.model_validate(person["profile"]), language=Language.ZH
        )

        labels = Labels(engine.knowledge.questions, engine.knowledge.criteria)
        said = recommendation_markdown(given, labels, Depth.FULL)

        for line in re.sub(r"\[[^\]]*\]\([^)]*\)", "", said).splitlines():
            assert half_width(line) == (), line
            assert touching(line) == (), line
