"""How sure an answer calls itself, and what earns that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.settling import left, settling
from assistant.wire import Depth
from knowledge.load import load_knowledge
from knowledge.records import Framework, Language, Stack, Veto
from tests.assistant.test_engine_laws import PROFILES, vetoes
from tests.assistant.test_evidence import SAME, SLOWER, UNSURE, ratio, report

ENGINE = Engine(load_knowledge())
FASTER = ratio("keras-tensorflow", 0.1, 0.15, 0.2, "faster")
FIVE_POINTS: dict[str, Any] = {
    "modality": "tabular",
    "existing": ["pytorch"],
    "goals": ["research"],
}
TOGETHER: dict[str, Any] = {
    "existing": ["huggingface"],
    "goals": ["scale"],
    "hardware": "gpu",
    "experience": "none",
}


@pytest.mark.parametrize(
    ("fields", "measured", "weight", "sure"),
    [
        (FIVE_POINTS, [], 1, "medium"),
        (FIVE_POINTS, [SLOWER], 1, "high"),
        (FIVE_POINTS, [SLOWER], 0, "medium"),
        (FIVE_POINTS, [SAME], 1, "medium"),
        (FIVE_POINTS, [UNSURE], 1, "medium"),
        (FIVE_POINTS, [FASTER], 1, "low"),
        ({"existing": ["pytorch"]}, [], 1, "medium"),
        ({"existing": ["pytorch"]}, [SLOWER], 0, "medium"),
        ({"experience": "none"}, [], 1, "low"),
        ({"mandated": "keras"}, [], 1, "high"),
        ({"mandated": "tensorflow", "existing": ["huggingface"]}, [], 1, "low"),
    ],
)
def test_a_wide_margin_is_sure_once_a_measurement_agrees(
    fields: dict[str, Any], measured: list[Any], weight: float, sure: str
) -> None:
    advice = ENGINE.recommend(
        Profile.model_validate(fields),
        weights={"speed": weight},
        reports=[report(one) for one in measured],
    )

    assert advice.confidence == sure


@settings(max_examples=100, deadline=None)
@given(PROFILES, st.sampled_from(((), (SLOWER,), (FASTER,), (SAME,))))
def test_beliefs_alone_are_never_called_sure(person: Profile, ratios: Any) -> None:
    advice = ENGINE.recommend(person, reports=[report(one) for one in ratios])

    if advice.confidence == "high" and not settling(advice.vetoes):
        assert advice.margin >= 5
        assert advice.witnesses.measured == advice.framework


@pytest.mark.parametrize(
    ("language", "headline"),
    [(Language.EN, "settle it together"), (Language.ZH, "共同决定")],
)
def test_rules_that_settle_it_together_are_all_named(
    language: Language, headline: str
) -> None:
    advice = ENGINE.recommend(Profile.model_validate(TOGETHER), language=language)

    reasons = [veto.because for veto in advice.vetoes]
    line = recommendation_markdown(advice, None, Depth.LINE)
    assert (advice.framework, advice.witnesses.article) == ("pytorch", "either")
    assert len(reasons) == 2
    assert headline in advice.headline
    for because in reasons:
        assert because in (advice.disagreement or "")
        assert because in line


def test_a_rule_that_settles_nothing_is_not_the_reason() -> None:
    person = Profile.model_validate(
        {"os": "windows", "hardware": "gpu", "accelerator": "nvidia", "goals": ["job"]}
    )

    advice = ENGINE.recommend(person)

    line = recommendation_markdown(advice, None, Depth.LINE)
    assert advice.vetoes
    assert not any(veto.because in line for veto in advice.vetoes)
    assert advice.reasons[0].because in line


@given(vetoes)
def test_what_settles_is_the_fewest_rules_that_do(hard: list[Veto]) -> None:
    found = settling(hard)

    families = {stack.framework for stack in left(hard)}
    if len(families) == 1:
        assert {stack.framework for stack in left(found)} == families
    for gone in range(len(found)):
        fewer = [one for place, one in enumerate(found) if place != gone]
        assert {stack.framework for stack in left(fewer)} == set(Framework)
    assert left([]) == list(Stack)
