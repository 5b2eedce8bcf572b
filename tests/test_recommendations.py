"""People we have in mind, and the advice each of them should get."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.profile import Mandated, Modality, Profile
from assistant.recommendation import Engine
from knowledge.records import Rulebook

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "recommendations.toml").read_text("utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_person_gets_the_advice_we_would_give(
    case: dict[str, Any], engine: Engine
) -> None:
    advice = engine.recommend(Profile.model_validate(case["profile"]))

    assert advice.framework == case["today"]
    assert {reason.rule for reason in advice.reasons} >= set(case["because_of"])
    if "stack" in case:
        assert advice.stack == case["stack"]
    if "vetoes" in case:
        assert [veto.rule for veto in advice.vetoes] == case["vetoes"]
    said = {one.id: one.says.en for one in engine.knowledge.cautions}
    told = {one.split(" ([")[0] for one in advice.cautions}
    assert {said[id] for id in case.get("cautions", ())} <= told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_person_hears_what_the_article_would_say(
    case: dict[str, Any], engine: Engine
) -> None:
    profile = Profile.model_validate(case["profile"])

    by_article = engine.recommend(profile, rulebook=Rulebook.ARTICLE)

    assert by_article.framework == case["article"]
    counted = {reason.rule for reason in by_article.reasons}
    assert counted >= set(case.get("article_because", ()))
    assert engine.recommend(profile).witnesses.article == case["article"]


@pytest.mark.parametrize("kind", Modality)
def test_every_kind_of_data_has_a_starter_or_a_word_why_not(
    kind: Modality, engine: Engine
) -> None:
    advice = engine.recommend(Profile(modality=kind, mandated=Mandated.PYTORCH))

    why_not = [one for one in advice.cautions if "no starter program" in one]
    assert bool(why_not) == (advice.next_steps.starter is None)


def test_every_person_is_another_one() -> None:
    assert len(CASES) >= 80
    assert len({case["who"] for case in CASES}) == len(CASES)
    profiles = [Profile.model_validate(case["profile"]) for case in CASES]
    assert len(set(profiles)) == len(profiles)


def test_every_rule_and_veto_has_a_person_to_whom_it_matters(engine: Engine) -> None:
    known = {rule.id for rule in engine.knowledge.rules}
    met = {id for case in CASES for id in case["because_of"]}
    met |= {id for case in CASES for id in case.get("article_because", ())}

    assert known - met == set()
    assert {veto.id for veto in engine.knowledge.vetoes} == {
        id for case in CASES for id in case.get("vetoes", ())
    }
