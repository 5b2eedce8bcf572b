"""People we have in mind, and the advice each of them should get."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.profile import Profile
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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_person_hears_what_the_article_would_say(
    case: dict[str, Any], engine: Engine
) -> None:
    profile = Profile.model_validate(case["profile"])

    by_article = engine.recommend(profile, rulebook=Rulebook.ARTICLE)

    assert by_article.framework == case["article"]
    assert engine.recommend(profile).witnesses.article == case["article"]
