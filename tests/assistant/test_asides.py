"""Which messages get a fact, before an advice or instead of one, and which do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.advisor import Advisor
from assistant.understanding.intents import asks_if_it_fits
from assistant.wire import ChatAnswer, ChatRequest

Asking = Callable[[str], ChatAnswer]


@pytest.fixture
def answered(advisor: Advisor) -> Asking:
    return lambda message: advisor.take_turn(ChatRequest(message=message))


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("we keep hearing that keras is dying, myth or truth", "community"),
        ("The article says keras is only for small datasets. Our data is 2 TB", "size"),
        ("据说 PyTorch 还没普及，用的人很少", "adoption"),
        ("do you know which trains quicker on a gpu", "speed"),
        ("一句话，谁更快", "speed"),
    ],
)
def test_hearsay_and_short_questions_are_answered(
    message: str, topic: str, answered: Asking
) -> None:
    reply = answered(message)

    assert any(topic in fact.topic for fact in reply.facts), reply.facts


@pytest.mark.parametrize(
    "message",
    [
        "3,000 scans of teeth, a laptop without a GPU. Keras? PyTorch?",
        "Student, tables of 900 rows. Would PyTorch be overkill?",
        "I use Keras for images. Is there any point in looking at PyTorch?",
        "Nurse, never trained a model. Is PyTorch too hard for me?",
        "我是会计，八百行表格，用 pytorch 是不是大材小用？",
    ],
)
def test_whether_something_fits_a_person_is_advice_alone(
    message: str, answered: Asking
) -> None:
    reply = answered(message)

    assert reply.kind == "recommendation"
    assert reply.facts == ()


@pytest.mark.parametrize(
    ("message", "fits"),
    [
        ("Is Keras enough for my thesis?", True),
        ("so, torch?", True),
        ("keras 适合我吗", True),
        ("Is Keras enough to run on Theano?", False),
        ("does torch need keras?", False),
        ("Keras is too hard for me.", False),
    ],
)
def test_asking_if_it_fits_is_told_from_asking_for_a_fact(
    message: str, *, fits: bool
) -> None:
    assert asks_if_it_fits(message) is fits


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("帮我写一封给房东的邮件", "out_of_scope"),
        ("draw me a picture of a horse", "out_of_scope"),
        ("明天中午吃面条还是饺子呢", "out_of_scope"),
        ("帮我识别照片里的狗", "recommendation"),
        ("find cracks in photos of bridges with a model", "recommendation"),
    ],
)
def test_an_order_or_a_meal_is_no_news_unless_a_model_is_to_carry_it_out(
    message: str, kind: str, answered: Asking
) -> None:
    assert answered(message).kind == kind
