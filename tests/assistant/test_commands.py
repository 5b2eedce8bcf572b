"""What is asked of the conversation itself, as strangers word it, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.understanding.commands import Commands
from assistant.understanding.records import Intent
from assistant.wire import ChatAnswer, ChatRequest, Conversation
from knowledge.records import Command, Knowledge

TABLE = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "commands.toml").read_text("utf-8")
)
LONGEST_CALM = 500
"""Characters of a reply to a mere complaint."""


def _cases() -> Iterator[Any]:
    for case in TABLE["case"]:
        for language in ("en", "zh"):
            for says in case[language]:
                yield pytest.param(case, language, says, id=f"{language}: {says}")


@pytest.fixture(scope="module")
def begun(advisor: Advisor) -> dict[str, ChatAnswer]:
    """By language, with the question of the table open, whichever comes first."""
    first = {
        language: advisor.take_turn(ChatRequest(message=says))
        for language, says in TABLE["start"].items()
    }
    return {
        language: answer.model_copy(
            update={
                "conversation": answer.conversation.model_copy(
                    update={"asked": TABLE["asked"]}
                )
            }
        )
        for language, answer in first.items()
    }


@pytest.mark.parametrize(("case", "language", "says"), list(_cases()))
def test_a_command_is_obeyed(
    advisor: Advisor,
    begun: dict[str, ChatAnswer],
    case: dict[str, Any],
    language: str,
    says: str,
) -> None:
    start = begun[language]

    answer = advisor.take_turn(
        ChatRequest(message=says, conversation=start.conversation)
    )

    assert answer.kind == case["kind"]
    assert _known(answer) == _expected(case["keeps"], _known(start))
    assert answer.language == case.get("language", language)
    assert case.get("reply", {}).get(language, "") in answer.reply
    if case.get("declines"):
        assert answer.conversation.declined == (start.conversation.asked,)
    if case.get("short"):
        assert len(answer.reply) < LONGEST_CALM
        assert answer.question is not None


def _known(answer: ChatAnswer) -> dict[str, Any]:
    return {
        field: list(value) if isinstance(value, tuple) else value
        for field, value in answer.profile.answers().items()
    }


def _expected(keeps: Any, before: dict[str, Any]) -> dict[str, Any]:
    if keeps == "nothing":
        return {}
    return before if keeps == "all" else before | keeps


def test_taking_back_goes_step_by_step(advisor: Advisor) -> None:
    conversation = None
    profiles = []
    for says in ("I have 5k photos", "I use keras", "actually 70k photos", "skip"):
        answer = advisor.take_turn(ChatRequest(message=says, conversation=conversation))
        conversation = answer.conversation
        profiles.append((answer.profile, conversation.declined))

    for expected in reversed(profiles[:-1]):
        answer = advisor.take_turn(
            ChatRequest(message="undo", conversation=conversation)
        )
        conversation = answer.conversation
        assert (answer.profile, conversation.declined) == expected


def test_starting_over_can_be_taken_back(advisor: Advisor) -> None:
    first = advisor.take_turn(ChatRequest(message="I have 5k photos"))
    second = advisor.take_turn(
        ChatRequest(message="start over", conversation=first.conversation)
    )
    third = advisor.take_turn(
        ChatRequest(message="undo", conversation=second.conversation)
    )

    assert not second.profile.answers()
    assert third.profile == first.profile


def test_nothing_to_take_back_is_said(advisor: Advisor) -> None:
    answer = advisor.take_turn(ChatRequest(message="undo", conversation=Conversation()))

    assert "nothing to take back" in answer.reply


def test_a_command_beside_news_is_obeyed_and_the_news_kept(advisor: Advisor) -> None:
    answer = advisor.take_turn(
        ChatRequest(message="I have 5k photos. In Chinese please.")
    )

    assert answer.language == "zh"
    assert _known(answer) == {"dataset_rows": 5000, "modality": "image"}


@pytest.mark.parametrize(
    "says",
    [
        "I have 2000 documents in English and I use keras",
        "我有3000篇英文文章",
        "I want to start from scratch with 5k photos",
        "my data is compared to others rather small",
    ],
)
def test_words_of_a_command_within_news_are_none(advisor: Advisor, says: str) -> None:
    start = advisor.take_turn(ChatRequest(message="我用keras"))
    answer = advisor.take_turn(
        ChatRequest(message=says, conversation=start.conversation)
    )

    assert answer.conversation.fixed_language is None
    assert answer.profile.existing == ("keras",)


def test_a_supposition_says_what_it_would_change(advisor: Advisor) -> None:
    start = advisor.take_turn(ChatRequest(message="I'm new to this and use keras"))
    answer = advisor.take_turn(
        ChatRequest(
            message="what if my course required pytorch?",
            conversation=start.conversation,
        )
    )

    assert answer.recommendation is not None
    assert answer.recommendation.framework == "pytorch"
    assert "That would change the advice" in answer.reply
    assert answer.profile == start.profile


def test_a_question_is_asked_once(advisor: Advisor) -> None:
    conversation = None
    asked: list[str] = []
    for says in ("I have 5k photos", "2k more, 7k photos", "9k photos", "11k photos"):
        answer = advisor.take_turn(ChatRequest(message=says, conversation=conversation))
        conversation = answer.conversation
        asked += [answer.question.field] if answer.question else []

    assert len(asked) == len(set(asked)) >= 3


def test_what_was_left_open_is_named_when_nothing_is_asked(advisor: Advisor) -> None:
    answer = advisor.take_turn(ChatRequest(message="I use keras"))
    for _ in range(20):
        if answer.question is None:
            break
        answer = advisor.take_turn(
            ChatRequest(message="skip", conversation=answer.conversation)
        )

    assert answer.question is None
    assert "what you left open could still change this" in answer.reply


def test_every_command_is_one_that_is_acted_on(knowledge: Knowledge) -> None:
    assert {one.intent for one in knowledge.commands} >= {"why", "undo", "simply"}
    with pytest.raises(ValueError, match="dance"):
        Commands([Command(intent="dance", en=("dance",), zh=("跳舞",))])


def test_an_unknown_wording_is_taken_for_the_likest(knowledge: Knowledge) -> None:
    commands = Commands(knowledge.commands)

    assert commands.alone("why do u say such a thing") is None
    assert commands.like("explain to me your reasoning") == (Intent.WHY, "why")
    assert commands.like("my cat ate the training data") is None


MIXED = "I'm a biologist, new to machine learning and an expert in deep learning"


def test_values_that_contradict_are_asked_about_and_not_taken(advisor: Advisor) -> None:
    answer = advisor.take_turn(ChatRequest(message=MIXED))

    assert answer.question is not None
    assert answer.question.field == "experience"
    first = answer.question.options[0]
    assert answer.profile.experience is None
    assert "Did you mean" in answer.reply
    for says, experience in (
        ("yes", first.value),
        ("no", None),
        ("2", answer.question.options[1].value),
        (answer.question.options[2].label, answer.question.options[2].value),
    ):
        then = advisor.take_turn(
            ChatRequest(message=says, conversation=answer.conversation)
        )
        assert (says, then.profile.experience) == (says, experience)
        assert then.profile.background == answer.profile.background
        assert then.question is None or then.question.field != "experience"


def test_the_first_words_after_a_greeting_pass_over_nothing(advisor: Advisor) -> None:
    hello = advisor.take_turn(ChatRequest(message="hello"))
    answer = advisor.take_turn(
        ChatRequest(message="I have 5k photos", conversation=hello.conversation)
    )

    assert hello.question is not None
    assert answer.conversation.declined == ()
