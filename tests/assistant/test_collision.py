"""Hard rules that exclude each other are named, and the work is split."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.collision import collided
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.wire import Depth
from knowledge.records import Language, Stack

COLLIDING = [
    (
        {"mandated": "tensorflow", "existing": ["huggingface"]},
        {"mandate-tensorflow", "hugging-face-needs-torch"},
        ("pytorch", "keras-tensorflow"),
        "ONNX",
    ),
    (
        {"existing": ["huggingface"], "hardware": "tpu"},
        {"hugging-face-needs-torch", "tpu-needs-jax"},
        ("pytorch", "keras-jax"),
        "KerasHub",
    ),
    (
        {"mandated": "tensorflow", "os": "windows", "accelerator": "nvidia"},
        {"mandate-tensorflow", "no-tensorflow-gpu-on-windows"},
        ("keras-torch", "keras-tensorflow"),
        ".keras",
    ),
    (
        {"mandated": "pytorch", "hardware": "tpu"},
        {"mandate-pytorch", "tpu-needs-jax"},
        ("keras-jax", "pytorch"),
        "ONNX",
    ),
]


@pytest.mark.parametrize(("fields", "rules", "stacks", "how"), COLLIDING)
def test_a_collision_is_named_and_split(
    engine: Engine,
    fields: dict[str, Any],
    rules: set[str],
    stacks: tuple[str, str],
    how: str,
) -> None:
    for language in Language:
        advice = engine.recommend(Profile.model_validate(fields), language=language)

        assert advice.framework == "either"
        assert advice.collision is not None
        assert set(advice.collision.rules) == rules
        assert (advice.collision.first, advice.collision.then) == stacks
        assert how in advice.collision.says
        assert advice.cautions[0] == advice.collision.says
        line = recommendation_markdown(advice, None, Depth.LINE)
        assert line.endswith(advice.collision.says)


def test_each_part_of_a_split_obeys_its_own_rules(engine: Engine) -> None:
    vetoes = {veto.id: veto for veto in engine.knowledge.vetoes}
    for fields, *_ in COLLIDING:
        split = engine.recommend(Profile.model_validate(fields)).collision
        assert split is not None
        stages = {vetoes[rule].stage: vetoes[rule] for rule in split.rules}
        last = max(stages, key=["start", "train", "deliver"].index)
        for stage, veto in stages.items():
            stack = split.then if stage == last else split.first
            assert stack not in veto.excludes


def test_the_smallest_colliding_set_is_found(engine: Engine) -> None:
    all_of_them = engine.knowledge.vetoes

    some = collided(all_of_them)

    assert len(some) == 2
    assert {stack for veto in some for stack in veto.excludes} == set(Stack)


def test_without_a_collision_nothing_is_split(engine: Engine) -> None:
    assert engine.recommend(Profile(mandated=None)).collision is None
