"""Where the three witnesses disagree, and which of them counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.wire import Witnesses
from assistant.witnesses import disagreement
from knowledge.load import load_knowledge
from knowledge.records import Basis, Framework, Language, Rulebook
from probes.records import ProbeReport
from tests.assistant.test_engine_laws import PROFILES
from tests.assistant.test_evidence import (
    SAME,
    SLOWER,
    TABLES,
    TORCH_SLOW,
    UNSURE,
    ratio,
    report,
)
from tests.disagreements import PAGE, page

ENGINE = Engine(load_knowledge())
BELIEF = "small-steps-on-cpu"


def test_the_page_of_disagreements_is_up_to_date(engine: Engine) -> None:
    assert page(engine) == PAGE.read_text("utf-8"), "run python -m tests.disagreements"


def test_a_correction_of_the_article_is_named(engine: Engine) -> None:
    large = Profile.model_validate({"dataset_size": "large"})

    said = engine.recommend(large).disagreement
    chinese = engine.recommend(large, language=Language.ZH).disagreement

    assert said is not None
    assert "says PyTorch, today's sources say either" in said
    assert "Both stream data from disk" in said
    assert chinese is not None
    assert "流式读取" in chinese


def test_what_today_only_restates_is_no_correction(engine: Engine) -> None:
    standard = Profile.model_validate({"control": "standard"})

    said = engine.recommend(standard).disagreement

    assert said is not None
    assert "two points or less" in said


def test_a_measurement_is_a_third_voice(engine: Engine) -> None:
    profile = TABLES.model_copy(update={"dataset_size": "large"})
    job = Profile.model_validate({"modality": "tabular", "existing": ["pytorch"]})

    said = engine.recommend(profile, reports=[report(SLOWER)]).disagreement
    even = engine.recommend(job, reports=[report(SAME)]).disagreement

    assert said is not None
    assert "this machine measured PyTorch as the faster" in said
    assert even is not None
    assert "no practical difference in speed; that adds no points" in even


@pytest.mark.parametrize("language", list(Language))
def test_no_difference_agrees_with_either(engine: Engine, language: Language) -> None:
    """It adds no points, so the belief about speed among the reasons stands."""
    person = Profile.model_validate({"modality": "tabular", "hardware": "cpu"})

    advice = engine.recommend(person, reports=[report(SAME)], language=language)

    assert advice.witnesses.measured == "no_difference"
    assert "small-steps-on-cpu" in {one.rule for one in advice.reasons}
    assert advice.disagreement is None


@pytest.mark.parametrize("language", list(Language))
def test_a_belief_that_is_laid_aside_is_not_quoted(
    engine: Engine, language: Language
) -> None:
    """Only speed divides article and today here, and speed was measured."""
    person = Profile.model_validate(
        {"experience": "none", "modality": "tabular", "hardware": "cpu"}
    )
    belief = next(one for one in engine.knowledge.rules if one.id == BELIEF).because

    before = engine.recommend(person, language=language).disagreement
    after = engine.recommend(person, reports=[report(SLOWER)], language=language)

    assert before is not None
    assert belief.get(language) in before
    assert BELIEF not in {one.rule for one in after.reasons}
    assert after.disagreement is not None
    assert belief.get(language) not in after.disagreement


REPLACES = "replaces every belief", "replaces beliefs", "取代一切", "取代关于"
SLOW_JAX = ratio("keras-jax", 2.1, 2.4, 2.8, "slower")
MEASURED = st.sampled_from(
    [report(SLOWER), report(SAME), report(SAME, TORCH_SLOW), report(UNSURE, SLOW_JAX)]
)


APPLIES = {"modality": "tabular", "hardware": "cpu", "os": None, "accelerator": None}


@settings(max_examples=40, deadline=None)
@given(PROFILES, st.sampled_from(Rulebook), MEASURED, st.sampled_from((0, 1, 2)))
def test_nothing_is_said_to_be_replaced_that_stands(
    person: Profile, book: Rulebook, measured: ProbeReport, weight: float
) -> None:
    person = person.model_copy(update={**APPLIES, "dataset_rows": None})
    for language in Language:
        advice = ENGINE.recommend(
            person,
            weights={"speed": weight},
            rulebook=book,
            reports=[measured],
            language=language,
        )

        notes = (advice.disagreement or "", *(note.why for note in advice.evidence))
        if any(word in said for said in notes for word in REPLACES):
            believed = [
                one.rule
                for one in advice.reasons
                if one.criterion == "speed" and one.basis != "measured"
                if isinstance(one.toward, Framework)
            ]
            assert believed == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.EN, "With every weight at 1 the answer is Keras; with yours it is"),
        (Language.ZH, "所有权重都为 1 时结论是 Keras；按你的权重是"),
    ],
)
def test_weights_that_turn_the_verdict_are_named(
    engine: Engine, language: Language, words: str
) -> None:
    person = Profile.model_validate({"mandated": None, "goals": ["prototype"]})
    person = person.model_copy(update={"experience": "none"})

    mine = engine.recommend(person, weights={"prototyping": 0}, language=language)
    same = engine.recommend(person, weights={"prototyping": 0.9}, language=language)

    assert mine.disagreement is not None
    assert words in mine.disagreement
    assert same.framework == "keras"
    assert words not in (same.disagreement or "")


@pytest.mark.parametrize("choice", ["keras", "pytorch", "either"])
def test_where_all_agree_nothing_is_said(choice: str) -> None:
    heard = {"article": choice, "today": choice, "measured": "not_measured"}

    for language in Language:
        assert disagreement(Witnesses.model_validate(heard), None, language) is None


def test_one_sentence_serves_any_three_voices() -> None:
    because = {Language.EN: "Because.", Language.ZH: "因为。"}
    for article in ("keras", "pytorch", "either"):
        for today in ("keras", "pytorch", "either"):
            for measured in ("keras", "pytorch", "no_difference", "not_measured"):
                heard = Witnesses.model_validate(
                    {"article": article, "today": today, "measured": measured}
                )

                agrees = ("not_measured", today) + ("no_difference",) * (
                    today == "either"
                )
                differ = article != today or measured not in agrees
                for language, stop in ((Language.EN, "."), (Language.ZH, "。")):
                    for why in (None, because[language]):
                        if why is not None and article == today:
                            continue
                        said = disagreement(heard, why, language)
                        assert (said is not None) == differ
                        assert said is None or said.count(stop) == 1
                        assert said is None or said.endswith(stop)


def test_every_rule_of_the_article_stands_or_is_answered(engine: Engine) -> None:
    for rule in engine.knowledge.rules:
        if rule.basis is Basis.ARTICLE:
            assert rule.stands != (rule.overruled is not None), rule.id
