"""What a message is for, and how far it speaks for what stands in it."""

from __future__ import annotations

import pytest

from assistant.understanding.deciding import NOTHING, Signs, decided, features
from assistant.understanding.purposes import (
    MANNER,
    SURE,
    Purposes,
    overruled,
    purpose,
)
from assistant.understanding.reading import Reader
from assistant.understanding.records import Intent
from assistant.understanding.tellings import UNHEARD, Tellings, told
from assistant.understanding.weights import CLASSES, OFFSETS, SLOPES
from knowledge.records import AnnotatedMessage, Knowledge, Language, Utterance


def utterance(intent: str, text: str) -> Utterance:
    return Utterance(text=text, intent=intent, language=Language.EN)


def message(text: str, kind: str | None = None, **tells: str) -> AnnotatedMessage:
    return AnnotatedMessage(
        text=text, hand="test", language=Language.EN, tells=dict(tells), kind=kind
    )


def signs(text: str, *wants: Intent, odds: dict[str, float] | None = None) -> Signs:
    return Signs(
        text=text,
        odds=odds or {},
        wants=frozenset(wants),
        told=0,
        doubted=0,
        dark=0,
        asked=False,
    )


def test_the_model_leans_to_the_purpose_of_what_is_alike() -> None:
    some = [utterance("thanks", f"thank you, {x}") for x in ("friend", "sir", "all")]
    some += [utterance("probe", f"race them on {x}") for x in ("this", "it", "mine")]
    purposes = Purposes(some, ())

    thanks, probe = map(purposes.odds, ("thank you, madam", "race them on yours"))

    assert thanks["thanks"] > 0 > thanks["probe"]
    assert probe["probe"] > 0 > probe["thanks"]
    assert Purposes((), ()).odds("thank you, madam") == {}


def test_messages_teach_what_their_reply_was_due_to() -> None:
    some = [utterance("thanks", "thanks a lot"), utterance("thanks", "many thanks")]
    asked = [message(f"which version has {x}", "fact") for x in ("jit", "fit", "xla")]

    odds = Purposes(some, asked).odds("which version has amp")

    assert max(odds, key=odds.__getitem__) == Intent.FACT_QUESTION


def test_a_purpose_is_taken_where_it_is_plain_alone() -> None:
    one = signs("well", odds={MANNER: -1.0, "complaint": -2.0})

    assert purpose(one, lambda _: {"thanks": SURE, "probe": 1 - SURE}) == "thanks"
    assert purpose(one, lambda _: {"thanks": SURE - 0.01, "probe": 0.3}) is None


@pytest.mark.parametrize(
    ("wants", "odds", "expected"),
    [
        ((), {MANNER: -1.0, "complaint": -2.0}, MANNER),
        ((), {MANNER: -2.0, "complaint": -1.0}, Intent.COMPLAINT),
        ((Intent.COMPLAINT,), {MANNER: -1.0, "complaint": -2.0}, Intent.COMPLAINT),
    ],
)
def test_what_asks_for_nothing_complains_or_is_about_the_manner(
    wants: tuple[Intent, ...], odds: dict[str, float], expected: str
) -> None:
    found = purpose(signs("well", *wants, odds=odds), lambda _: {NOTHING: 0.9})

    assert found == expected


def test_the_judgement_weighs_all_that_the_weights_name(knowledge: Knowledge) -> None:
    every = dict.fromkeys((one.intent for one in knowledge.utterances), 0.0)
    one = signs("which of the two has a nicer debugger?", odds=every)

    assert list(features(one)) == list(SLOPES)
    assert sum(decided(one).values()) == pytest.approx(1)
    assert {len(row) for row in SLOPES.values()} == {len(CLASSES)} == {len(OFFSETS)}


def test_more_odds_for_a_purpose_make_it_likelier() -> None:
    for name in ("advice", "fact_question", "out_of_scope", "probe", "thanks"):
        low, high = (decided(signs("well", odds={name: at})) for at in (-3.0, 3.0))
        assert high[name] > low[name]


def test_an_answer_is_nothing_else(reader: Reader) -> None:
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
