"""Frameworks named by mistake: the one that was meant takes the other's place."""

from __future__ import annotations

import pytest

from assistant.advisor import Advisor
from assistant.understanding.corrections import corrects, instead
from assistant.wire import ChatRequest


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("sorry, not keras, jax", ("keras", "jax")),
        ("Oops, not PyTorch but TensorFlow", ("pytorch", "tensorflow")),
        ("sorry, I meant torch, not keras", ("keras", "pytorch")),
        ("we use keras, no wait, torch", ("keras", "pytorch")),
        ("说错了，不是keras，是torch", ("keras", "pytorch")),
        ("我用keras，啊不，是torch", ("keras", "pytorch")),
    ],
)
def test_a_slip_is_found_with_what_was_meant(text: str, pair: tuple[str, str]) -> None:
    assert instead(text) == (pair,)


@pytest.mark.parametrize(
    "text",
    [
        "keras or torch?",
        "Is keras not pytorch's equal?",
        "keras不是torch的一部分吗",
        "not keras and not torch",
        "which is better, keras? no idea, torch?",
    ],
)
def test_names_that_stand_together_are_no_slip(text: str) -> None:
    assert instead(text) == ()


@pytest.mark.parametrize("text", ["sorry for the wall of text", "sorry my English"])
def test_an_apology_takes_nothing_back(text: str) -> None:
    assert not corrects(text)
    assert corrects("sorry, it's images")


@pytest.mark.parametrize(
    ("first", "then", "field", "known"),
    [
        ("I use Keras and sklearn.", "sorry, not keras, jax", "existing", ("jax",)),
        ("我现在用keras", "打错了，不是keras，是torch", "existing", ("pytorch",)),
        (
            "Our course requires Keras.",
            "oops, not keras, pytorch",
            "mandated",
            "pytorch",
        ),
    ],
)
def test_a_slip_is_put_right_where_the_framework_stood(
    advisor: Advisor, first: str, then: str, field: str, known: object
) -> None:
    one = advisor.take_turn(ChatRequest(message=first))
    two = advisor.take_turn(ChatRequest(message=then, conversation=one.conversation))
    profile = two.profile.answers()

    if isinstance(known, tuple):
        assert set(known) <= set(profile[field])  # type: ignore[arg-type]
        assert "keras" not in profile[field]  # type: ignore[operator]
    else:
        assert profile[field] == known
        assert "existing" not in profile


def test_other_tools_stay_when_one_is_put_right(advisor: Advisor) -> None:
    one = advisor.take_turn(ChatRequest(message="I use Keras and sklearn."))
    two = advisor.take_turn(
        ChatRequest(message="sorry, not keras, jax", conversation=one.conversation)
    )

    assert sorted(two.profile.existing or ()) == ["jax", "sklearn"]
