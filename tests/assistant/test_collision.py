"""Hard rules that exclude each other are named, and the work is split."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import pytest

from assistant.collision import collided, collision
from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from assistant.wire import Depth
from knowledge.records import Language, OneOf, Stack, Stage, Text, Veto

COLLIDING = [
    (
        {"mandated": "tensorflow", "existing": ["huggingface"]},
        {"mandate-tensorflow", "hugging-face-needs-torch"},
        ("pytorch", "keras-tensorflow"),
        "ONNX",
    ),
    (
        {"mandated": "tensorflow", "os": "windows", "accelerator": "nvidia"},
        {"mandate-tensorflow", "no-tensorflow-gpu-on-windows"},
        ("keras-torch", "keras-tensorflow"),
        ".keras",
    ),
    (
        {"mandated": "tensorflow", "os": "macos", "hardware": "gpu"},
        {"mandate-tensorflow", "no-tensorflow-on-apple-gpu"},
        ("keras-torch", "keras-tensorflow"),
        ".keras",
    ),
    (
        {
            "mandated": "tensorflow",
            "existing": ["huggingface"],
            "os": "windows",
            "hardware": "gpu",
        },
        {
            "mandate-tensorflow",
            "hugging-face-needs-torch",
            "no-tensorflow-gpu-on-windows",
        },
        ("pytorch", "keras-tensorflow"),
        "ONNX",
    ),
]


@pytest.mark.parametrize(("fields", "rules", "stacks", "how"), COLLIDING)
def test_a_collision_is_named_and_split(
    engine: Engine,
    fields: dict[str, Any],
    rules: set[str],
    stacks: tuple[str, ...],
    how: str,
) -> None:
    for language in Language:
        advice = engine.recommend(Profile.model_validate(fields), language=language)

        assert advice.framework == "either"
        assert advice.collision is not None
        assert set(advice.collision.rules) == rules
        given = (advice.collision.first, advice.collision.then, advice.collision.last)
        assert tuple(one for one in given if one) == stacks
        assert how in advice.collision.says
        assert advice.cautions[0] == advice.collision.says
        line = recommendation_markdown(advice, None, Depth.LINE)
        assert line.endswith(advice.collision.says)
        # Nothing is advised, so there is no side to lean to and none to speak against.
        assert (advice.lean, advice.against) == (None, None)


@pytest.mark.parametrize(
    ("beside", "exported"),
    [
        ({"existing": ["huggingface"]}, True),
        ({"os": "windows", "hardware": "gpu"}, False),
    ],
)
def test_no_framework_is_said_to_open_what_was_exported(
    engine: Engine, beside: dict[str, Any], exported: bool
) -> None:
    """Neither opens an ONNX file: a runtime of its own does."""
    person = Profile.model_validate({"mandated": "tensorflow", **beside})

    for language in Language:
        split = engine.recommend(person, language=language).collision

        assert split is not None
        assert ("ONNX Runtime" in split.says) == exported
        assert "{" not in split.says


def test_each_part_of_a_split_obeys_every_rule_of_its_stage(engine: Engine) -> None:
    """Also those that would not have been needed for the collision."""
    for fields, *_ in COLLIDING:
        advice = engine.recommend(Profile.model_validate(fields))
        split = advice.collision
        assert split is not None
        stacks = [one for one in (split.first, split.then, split.last) if one]
        held = {veto.rule for veto in advice.vetoes}
        vetoes = [veto for veto in engine.knowledge.vetoes if veto.id in held]
        order = ["start", "train", "deliver"]
        stages = sorted({veto.stage for veto in vetoes}, key=order.index)
        assert any(
            all(where[veto.stage] not in veto.excludes for veto in vetoes)
            for parts in combinations_with_replacement(stacks, len(stages))
            if len({*parts}) == len(stacks)
            for where in [dict(zip(stages, parts, strict=True))]
        ), fields


def test_every_smallest_colliding_set_is_found(engine: Engine) -> None:
    sets = collided(engine.knowledge.vetoes)

    for some in sets:
        assert {stack for veto in some for stack in veto.excludes} == set(Stack)
        for veto in some:
            without = {s for one in some if one is not veto for s in one.excludes}
            assert without != set(Stack)
    assert len({frozenset(veto.id for veto in some) for some in sets}) == len(sets)


def veto(id: str, *excludes: Stack, stage: Stage = "train") -> Veto:
    return Veto(
        id=id,
        when=(OneOf(field="os", one_of=("linux",)),),
        excludes=excludes,
        stage=stage,
        because=Text(en=id, zh="某"),
        sources=("any",),
    )


KERAS = [stack for stack in Stack if stack.framework == "keras"]
TORCH = [stack for stack in Stack if stack.framework == "pytorch"]


def test_rules_of_one_stage_that_collide_have_no_split() -> None:
    found = collision([veto("one", *KERAS), veto("two", *TORCH)], Language.EN)

    assert found is not None
    assert (found.first, found.then, found.last) == (None, None, None)
    assert found.says.endswith("one / two Give one of them up.")


def test_work_is_split_in_three_where_each_stage_wants_another_framework() -> None:
    begin, train = veto("begin", *KERAS, stage="start"), veto("train", *TORCH)
    serve = veto("serve", *KERAS, stage="deliver")

    found = collision([begin, train, serve], Language.EN)

    assert found is not None
    parts = [one.framework for one in (found.first, found.then, found.last) if one]
    assert parts == ["pytorch", "keras", "pytorch"]
    assert "KerasHub" in found.says
    assert "ONNX" in found.says


def test_without_a_collision_nothing_is_split(engine: Engine) -> None:
    assert engine.recommend(Profile(mandated=None)).collision is None
