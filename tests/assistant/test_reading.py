"""Sentences and what is taken from them, and laws of reading."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.advisor import Advisor
from assistant.understanding.reading import Reader
from assistant.wire import ChatRequest, Conversation

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "sentences.toml").read_text("utf-8")
)["sentence"]


def told(reader: Reader, message: str, **context: Any) -> dict[str, Any]:
    heard = reader.read(message, **context)
    return {
        one.field: list(one.value) if isinstance(one.value, tuple) else one.value
        for one in heard.observations
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_tells_what_a_person_would_take_from_it(
    reader: Reader,
    case: dict[str, Any],
) -> None:
    heard = reader.read(case["text"])

    assert told(reader, case["text"]) == case["tells"]
    for field, value in case.get("doubted", {}).items():
        assert (field, value) in {(one.field, one.value) for one in heard.unsure}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=8_000))
def test_reading_never_raises(reader: Reader, text: str) -> None:
    reader.read(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a few ",
        "不是",
        "keras or ",
        "tf,",
        "1,",
        "((",
        "12k ",
        "please ",
        "ok. ",
        "skip ",
        "请，",
        "一",
        "学",
        "两万",
    ],
)
def test_long_repetitions_are_read(reader: Reader, unit: str) -> None:
    reader.read((unit * 8_000)[:8_000])


def seconds(reader: Reader, text: str) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        reader.read(text)
        times.append(time.perf_counter() - started)
    return min(times)


@pytest.mark.parametrize("name", ["en", "zh"])
def test_time_grows_with_length_only(reader: Reader, name: str) -> None:
    words = " ".join(case["text"] for case in CASES if case["text"].isascii())
    if name == "zh":
        words = "".join(case["text"] for case in CASES if not case["text"].isascii())
    text = (words + " ") * (8_000 // len(words) + 1)
    reader.read(text[:8_000])

    # Four times the length; three times that for noise, far under a square's sixteen.
    least = seconds(reader, text[:2_000])
    assert seconds(reader, text[:8_000]) < 12 * least + 0.01


FACTS = {
    "en": [
        "I have 12k photos",
        "I use PyTorch",
        "I'm bad at math",
        "it runs on Windows",
    ],
    "zh": ["我有一万张照片", "我在用pytorch", "数学不好", "系统是windows"],
}


@pytest.mark.parametrize("name", FACTS)
@given(data=st.data())
@settings(deadline=None, max_examples=24)
def test_order_of_independent_facts_does_not_matter(
    reader: Reader, name: str, data: st.DataObject
) -> None:
    facts = data.draw(st.permutations(FACTS[name]))

    assert told(reader, ". ".join(facts)) == told(reader, ". ".join(FACTS[name]))
    assert len(told(reader, ". ".join(facts))) >= len(FACTS[name])


CORRECTIONS = [
    "I have {} photos. Actually, {} photos.",
    "{} images, no wait, {} images",
    "It's {} rows... correction: {} rows.",
    "我有{}张图，说错了，是{}张图",
    "{}行数据，不对，应该是{}行",
]


@pytest.mark.parametrize("form", CORRECTIONS)
@given(first=st.integers(20, 10**9), second=st.integers(20, 10**9))
@settings(deadline=None, max_examples=40)
def test_a_correction_always_wins(
    reader: Reader, form: str, first: int, second: int
) -> None:
    assert told(reader, form.format(first, second))["dataset_rows"] == second


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
    reader: Reader, answer: str, field: str, options: tuple[Any, ...], value: Any
) -> None:
    assert told(reader, answer, asked=field, asked_options=options)[field] == value


@pytest.mark.parametrize("answer", ["I don't know", "skip", "不知道", "随便"])
def test_not_knowing_is_an_answer(reader: Reader, answer: str) -> None:
    heard = reader.read(answer, asked="hardware", asked_options=("cpu", "gpu"))

    assert heard.declined
    assert not heard.observations


REPLACED = [
    ("My data is text. {}", "Sorry, it's images.", "modality", "image"),
    ("I use Keras. {}", "No wait, actually I use PyTorch.", "existing", ["pytorch"]),
    ("It runs on Windows. {}", "Actually, on Linux.", "os", "linux"),
    ("我的数据是文本。{}", "说错了，是图片。", "modality", "image"),
    ("我用Windows。{}", "不对，应该是Linux。", "os", "linux"),
]


@pytest.mark.parametrize(("first", "then", "field", "value"), REPLACED)
def test_a_correction_wins_in_every_field(
    reader: Reader, advisor: Advisor, first: str, then: str, field: str, value: Any
) -> None:
    """In one message, and over two."""
    if field != "existing":  # what is in use is added to within a message
        assert told(reader, first.format(then))[field] == value
    one = advisor.take_turn(ChatRequest(message=first.format("")))
    two = advisor.take_turn(ChatRequest(message=then, conversation=one.conversation))
    known = two.profile.answers()[field]
    assert (list(known) if isinstance(known, tuple) else known) == value


ASKED = [None, "goals", "mandated", "dataset_rows", "control"]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), asked=st.sampled_from(ASKED))
def test_a_turn_never_raises_and_always_says_something(
    advisor: Advisor, text: str, asked: str | None
) -> None:
    before = Conversation(asked=asked)
    answer = advisor.take_turn(ChatRequest(message=text, conversation=before))

    assert answer.reply.strip()


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("in the pocket, on the phone", "deployment", "mobile"),
        ("windoze, sadly", "os", "windows"),
        ("写后端的", "background", "developer"),
        ("never, I bake bread", "experience", "none"),
    ],
)
def test_words_that_tell_little_tell_the_values_of_a_question_apart(
    reader: Reader, said: str, field: str, value: str
) -> None:
    assert told(reader, said, asked=field)[field] == value


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("hm, purple", "os"),
        ("what is a tensor?", "deployment"),
        ("thanks a lot", "experience"),
        ("I like trains", "background"),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(
    reader: Reader, said: str, field: str
) -> None:
    assert field not in told(reader, said, asked=field)


@pytest.mark.parametrize(
    ("supposed", "value"),
    [
        ("what if I had a GPU?", "gpu"),
        ("what if we had a TPU?", "tpu"),
        ("假如我有一块显卡呢？", "gpu"),
    ],
)
def test_hardware_can_be_supposed(reader: Reader, supposed: str, value: str) -> None:
    assert told(reader, supposed)["hardware"] == value
