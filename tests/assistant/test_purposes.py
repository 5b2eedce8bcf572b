"""What a message is for, and how far it speaks for what stands in it."""

from __future__ import annotations

import pytest

from assistant.understanding.purposes import (
    MANNER,
    PLAIN,
    SURE,
    SURE_OF_ANSWERS,
    Purposes,
    overruled,
)
from assistant.understanding.reading import Reader
from assistant.understanding.records import Intent
from assistant.understanding.tellings import UNHEARD, Tellings, told
from knowledge.records import AnnotatedMessage, Language, Utterance


def utterance(intent: str, text: str) -> Utterance:
    return Utterance(text=text, intent=intent, language=Language.EN)


def message(text: str, kind: str | None = None, **tells: str) -> AnnotatedMessage:
    return AnnotatedMessage(
        text=text, hand="test", language=Language.EN, tells=dict(tells), kind=kind
    )


def test_a_purpose_is_told_where_the_model_is_sure() -> None:
    some = [utterance("thanks", f"thank you, {x}") for x in ("friend", "sir", "all")]
    some += [utterance("probe", f"race them on {x}") for x in ("this", "it", "mine")]
    purposes = Purposes(some, ())

    assert (purposes.of("thank you, madam") or ("",))[0] == "thanks"
    assert (purposes.of("race them on yours") or ("",))[0] == "probe"
    assert purposes.of("zzz") is None
    assert Purposes((), ()).of("thank you, madam") is None


def test_messages_teach_what_their_reply_was_due_to() -> None:
    some = [utterance("thanks", "thanks a lot"), utterance("thanks", "many thanks")]
    asked = [message(f"which version has {x}", "fact") for x in ("jit", "fit", "xla")]

    found = Purposes(some, asked).of("which version has amp")

    assert found is not None
    assert found[0] == Intent.FACT_QUESTION


def test_an_answer_must_be_plainly_something_else(reader: Reader) -> None:
    assert SURE < PLAIN <= SURE_OF_ANSWERS

    answered = reader.read("three recordings of frogs", asked="dataset_rows")

    assert Intent.OUT_OF_SCOPE not in answered.intents


@pytest.mark.parametrize(
    ("purpose", "left"),
    [
        (None, {Intent.ADVICE, Intent.WHAT_IF}),
        (MANNER, {Intent.WHAT_IF}),
        ("fact_question", {Intent.WHAT_IF, Intent.FACT_QUESTION}),
    ],
)
def test_a_purpose_takes_the_place_of_its_rivals(
    purpose: str | None, left: set[Intent]
) -> None:
    assert overruled(frozenset({Intent.ADVICE, Intent.WHAT_IF}), purpose) == left


def test_a_fact_is_asked_with_news_beside_it(reader: Reader) -> None:
    heard = reader.read(
        "I use Keras daily and never learnt what compile() does by default,"
        " do you know?"
    )

    assert heard.purpose == Intent.FACT_QUESTION
    assert heard.fact_query is not None
    assert [one.value for one in heard.observations] == [("keras",)]


def test_data_are_not_off_the_subject_for_want_of_a_framework(reader: Reader) -> None:
    heard = reader.read("40 gigs of wav files")

    assert Intent.OUT_OF_SCOPE not in heard.intents
    assert [one.field for one in heard.observations][:1] == ["dataset_bytes"]


def test_a_message_speaks_for_what_others_like_it_told() -> None:
    mine = [message(f"my {x} photos", modality="image") for x in ("old", "new", "own")]
    others = [message(f"her {x} photos of them") for x in ("old", "new", "own")]
    tellings = Tellings([*mine, *others])
    image = ("modality", "image")

    (own,), (hers,) = (
        tellings.evidence(text, [image]) for text in ("my photos", "her photos of them")
    )

    assert own > 0 > hers
    assert tellings.evidence("my photos", [("modality", "hologram")]) == [UNHEARD]


def test_amounts_are_not_learnt_and_a_phone_is_a_goal() -> None:
    said = message("an app, 300 photos", deployment="mobile", modality="image")
    counted = said.model_copy(update={"tells": {**said.tells, "dataset_rows": 300}})

    assert told(counted) == {
        ("deployment", "mobile"),
        ("goals", "mobile"),
        ("modality", "image"),
    }


def test_a_value_against_which_another_is_likely_is_not_taken(reader: Reader) -> None:
    heard = reader.read(
        "I'm a biologist, new to machine learning and an expert in deep learning"
    )

    assert "experience" not in {one.field for one in heard.observations}
    assert "experience" in {one.field for one in heard.unsure}
