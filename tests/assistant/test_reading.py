"""Sentences and what is taken from them, and laws of reading."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding.reading import Reader
from knowledge.load import load_knowledge

READER = Reader(load_knowledge().phrases)
CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "sentences.toml").read_text("utf-8")
)["sentence"]


def told(message: str, **context: Any) -> dict[str, Any]:
    heard = READER.read(message, **context)
    return {
        one.field: list(one.value) if isinstance(one.value, tuple) else one.value
        for one in heard.observations
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_tells_what_a_person_would_take_from_it(
    case: dict[str, Any],
) -> None:
    assert told(case["text"]) == case["tells"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=8_000))
def test_reading_never_raises(text: str) -> None:
    READER.read(text)


@pytest.mark.parametrize("unit", ["a few ", "不是", "keras or ", "1,", "((", "12k "])
def test_long_repetitions_are_read(unit: str) -> None:
    READER.read((unit * 8_000)[:8_000])


FACTS = ["I have 12k photos", "I use PyTorch", "I'm bad at math", "it runs on Windows"]


@given(st.permutations(FACTS))
@settings(deadline=None, max_examples=24)
def test_order_of_independent_facts_does_not_matter(facts: list[str]) -> None:
    assert told(". ".join(facts)) == told(". ".join(FACTS))


@given(st.integers(20, 10**9), st.integers(20, 10**9))
@settings(deadline=None, max_examples=40)
def test_a_correction_always_wins(first: int, second: int) -> None:
    message = f"I have {first} photos. Actually, {second} photos."

    assert told(message)["dataset_rows"] == second


@pytest.mark.parametrize(
    ("answer", "field", "options", "value"),
    [
        ("the second", "experience", ("none", "beginner"), "beginner"),
        ("第一个", "experience", ("none", "beginner"), "none"),
        ("about 5k", "dataset_rows", (300, 5000), 5000),
        ("5000", "dataset_rows", (300, 5000), 5000),
        ("no", "existing", ("none", "keras"), ["none"]),
    ],
)
def test_an_answer_is_taken_for_what_was_asked(
    answer: str, field: str, options: tuple[Any, ...], value: Any
) -> None:
    assert told(answer, asked=field, asked_options=options)[field] == value


@pytest.mark.parametrize("answer", ["I don't know", "skip", "不知道", "随便"])
def test_not_knowing_is_an_answer(answer: str) -> None:
    heard = READER.read(answer, asked="hardware", asked_options=("cpu", "gpu"))

    assert heard.declined
    assert not heard.observations
