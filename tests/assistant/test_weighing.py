"""Phrases are weighed: what is likely is taken, what is not is asked about."""

from __future__ import annotations

import pytest

from assistant.advisor import Advisor
from assistant.understanding.classifier import Classifier
from assistant.understanding.merging import LIKELY
from assistant.understanding.reading import SURE, Reader
from assistant.understanding.weighing import Reading, around, chances, features
from assistant.wire import ChatRequest
from knowledge.records import Language, Phrase

SOME = (
    Phrase(text="photos", field="modality", value="image", language=Language.EN),
    Phrase(text="a student", field="background", value="student", language=Language.EN),
    Phrase(text="a nurse", field="background", value="business", language=Language.EN),
    Phrase(
        text="a student discount", field="background", value=None, language=Language.EN
    ),
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(SOME)


def reading(field: str, value: str, words: str) -> Reading:
    return Reading(field, value, words, words)


def test_chances_do_not_turn_on_the_order(classifier: Classifier) -> None:
    said = [
        reading("modality", "image", "photos"),
        reading("background", "student", "a student"),
        reading("background", "business", "a nurse"),
    ]

    there = chances(classifier, said, 3)
    back = chances(classifier, said[::-1], 3)

    assert there == pytest.approx(back[::-1])


def test_a_rival_makes_a_reading_less_likely(classifier: Classifier) -> None:
    alone = [reading("background", "student", "a student")]
    rivalled = [*alone, reading("background", "business", "a nurse")]

    assert chances(classifier, rivalled, 1)[0] < chances(classifier, alone, 1)[0]


def test_what_is_said_twice_is_likelier(classifier: Classifier) -> None:
    once = [reading("modality", "image", "photos")]

    assert chances(classifier, once * 2, 1)[0] > chances(classifier, once, 1)[0]


def test_a_value_without_a_phrase_is_least_likely(classifier: Classifier) -> None:
    told = reading("modality", "image", "photos")
    strange = reading("modality", "hologram", "photos")

    known = [features(classifier, [one], 1)[0]["leaning"] for one in (told, strange)]

    assert known[0] > known[1]


def test_nothing_found_is_nothing_to_weigh(classifier: Classifier) -> None:
    assert chances(classifier, [], 0) == []


def weighing(*chance: float) -> Reader:
    return Reader(SOME, (), lambda *_: list(chance))


def test_a_likely_reading_is_taken_and_an_unlikely_one_is_asked_about() -> None:
    heard = weighing(SURE + 0.01, SURE - 0.01).read("photos by a student")

    assert [one.field for one in heard.observations] == ["modality"]
    assert [(one.field, one.value) for one in heard.unsure] == [
        ("background", "student")
    ]


def test_a_lone_reading_is_taken_and_asked_about_if_it_is_likely() -> None:
    likely = weighing(LIKELY).read("photos")
    unlikely = weighing(LIKELY - 0.01).read("photos")

    assert likely.observations == likely.unsure != ()
    assert (unlikely.observations, len(unlikely.unsure)) == ((), 1)


def test_of_two_doubtful_values_the_likelier_is_asked_about() -> None:
    heard = weighing(0.9, 0.3, 0.5).read("photos by a student or a nurse")

    assert [(one.value, one.sure) for one in heard.unsure] == [("business", 0.5)]


def test_a_value_surely_told_leaves_no_doubt_of_its_field() -> None:
    heard = weighing(0.3, 0.9).read("a student or a nurse")

    assert [one.value for one in heard.observations] == ["business"]
    assert heard.unsure == ()


def test_an_answer_to_the_question_is_not_weighed() -> None:
    heard = weighing().read("well, a student then", asked="background")

    assert [one.value for one in heard.observations] == ["student"]


def test_the_shipped_phrases_ask_instead_of_guessing(advisor: Advisor) -> None:
    answer = advisor.take_turn(
        ChatRequest(message="I have 300 photos and am a beginner and an expert")
    )

    assert answer.profile.experience is None
    assert answer.question is not None
    assert answer.question.field == "experience"


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ("I have 300 photos and no experience", "no experience", " and no experience"),
        ("a student of photography", "student", "a student of "),
        ("我们是学生所以没有什么经验的", "学生", "我们是学生所以没有什么经验"),
        ("photos", "photos", "photos"),
    ],
)
def test_a_phrase_is_seen_with_whole_words_around_it(
    text: str, words: str, near: str
) -> None:
    start = text.index(words)

    assert around(text, start, start + len(words)) == near
