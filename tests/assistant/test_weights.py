"""Weights a person can move: how firm the verdict is, and what turns it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.robustness import SPREAD
from assistant.wire import ChatRequest, Conversation
from knowledge.records import Language

CLEAR = Profile.model_validate({"mandated": "keras", "control": "custom_loop"})
CLOSE = Profile.model_validate(
    {"experience": "none", "control": "standard", "hardware": "cpu"}
)


def advise(engine: Engine, **fields: Any) -> Any:
    weights = fields.pop("weights", None)
    return engine.recommend(Profile.model_validate(fields), weights=weights)


def test_hard_rules_do_not_waver(engine: Engine) -> None:
    advice = engine.recommend(CLEAR)

    assert advice.robustness == 1
    assert advice.weight_flip is None


def test_the_share_is_what_a_simulation_of_its_own_finds(engine: Engine) -> None:
    advice = engine.recommend(CLOSE)
    dice = random.Random(7)
    criteria = [criterion.id for criterion in engine.knowledge.criteria]
    kept = 0
    for _ in range(400):
        weights = {name: dice.uniform(1 - SPREAD, 1 + SPREAD) for name in criteria}
        kept += engine.recommend(CLOSE, weights=weights).framework == advice.framework

    assert 0 < advice.robustness < 1
    assert advice.robustness == pytest.approx(kept / 400, abs=0.08)


def test_the_smallest_change_turns_it_and_nothing_smaller_does(engine: Engine) -> None:
    for case in (
        {"experience": "none", "control": "standard", "hardware": "cpu"},
        {"goals": ["research"], "background": "researcher"},
        {"modality": "text", "weights": {"ecosystem": 0.8}},
        {"goals": ["prototype"], "weights": {"prototyping": 1.25}},
        {"experience": "none", "goals": ["job"]},
    ):
        _check_smallest(engine, dict(case))


def _check_smallest(engine: Engine, case: dict[str, Any]) -> None:
    advice = advise(engine, **case)
    given: dict[str, float] = case.pop("weights", {})
    turned = []
    for criterion in engine.knowledge.criteria:
        before = given.get(criterion.id, 1.0)
        for tenth in range(21):
            weights = {**given, criterion.id: tenth / 10}
            other = advise(engine, **case, weights=weights).framework
            if other != advice.framework:
                step = round(abs(tenth / 10 - before), 6)
                turned.append((step, criterion.id, tenth / 10, other))
    flip = advice.weight_flip
    if not turned:
        assert flip is None
        return
    assert flip is not None
    step = round(abs(flip.weight - flip.before), 6)
    assert (step, flip.criterion, flip.weight, flip.framework) in turned
    assert step == min(turned)[0]


@pytest.mark.parametrize("language", list(Language))
def test_both_figures_are_said(engine: Engine, language: Language) -> None:
    advice = engine.recommend(CLOSE, language=language)
    assert advice.weight_flip is not None

    said = recommendation_markdown(advice)

    assert f"{100 * advice.robustness:.0f}%" in said
    assert advice.weight_flip.label in said


def test_a_conversation_carries_its_weights(advisor: Advisor) -> None:
    before = Conversation(profile=CLOSE, weights={"control": 0})

    answer = advisor.take_turn(ChatRequest(message="why?", conversation=before))

    assert answer.conversation.weights == {"control": 0}
    assert answer.recommendation is not None
    by_rule = {one.rule: one for one in answer.recommendation.reasons}
    assert by_rule["standard-training"].points == 0
    assert by_rule["standard-training"].weight == 0


def test_a_weight_of_nothing_we_know_is_refused(advisor: Advisor) -> None:
    before = Conversation(weights={"beauty": 1.5})

    with pytest.raises(ValueError, match=r"weights\.beauty: no such criterion"):
        advisor.take_turn(ChatRequest(message="hello", conversation=before))
