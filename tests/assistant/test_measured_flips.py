"""What would change the advice, where a report is heard that other answers rule out."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.scoring import Verdict
from knowledge.load import load_knowledge
from knowledge.records import Value
from probes.records import ProbeReport, Reach
from tests.assistant.test_engine_laws import PROFILES
from tests.assistant.test_evidence import SLOWER, TORCH_SLOW, ratio, report, timed

ENGINE = Engine(load_knowledge())
FASTER = ratio("keras-tensorflow", 0.3, 0.35, 0.4, "faster")
HERE: dict[str, Any] = {
    "results": (timed("pytorch"), timed("keras-tensorflow")),
    "reach": Reach(low=1, high=10**6, limit="memory"),
}
# Weights that move a verdict, speed among them: any criterion may weigh anything.
weightings = st.dictionaries(
    st.sampled_from([criterion.id for criterion in ENGINE.knowledge.criteria]),
    st.sampled_from((0.0, 0.3, 0.5, 1.5, 2.0)),
    max_size=6,
)
REPORTS = [
    report(SLOWER, **HERE),
    report(FASTER, **HERE),
    report(FASTER, TORCH_SLOW, **HERE),
]


def pairs_of_moves(person: Profile) -> list[tuple[tuple[str, Value], ...]]:
    """Two other answers to different questions, in their order; no prescriptions."""
    moves = [
        (field, value)
        for field, values in ENGINE.choices.items()
        for value in values
        if field != "mandated" and person.answers().get(field) not in (value, (value,))
    ]
    return [p for p in combinations(moves, 2) if p[0][0] != p[1][0]]


def elsewhere(
    person: Profile,
    reports: list[ProbeReport],
    weights: dict[str, float] | None = None,
    **answers: Any,
) -> Verdict:
    told = {**person.answers(), **answers}
    if "dataset_rows" in answers:
        told.pop("dataset_size", None)
    other = Profile.model_validate(told)
    return ENGINE.decide(other, reports=reports, weights=weights).verdict


def many(field: str, value: Any) -> Any:
    return (value,) if field in ("goals", "existing") else value


# Without shrinking: what is drawn is large, and the fields are named anyway.
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PROFILES, st.sampled_from((0, 1, 2)), weightings)
def test_every_flip_flips_and_none_is_missed_where_a_report_is_heard(
    person: Profile, which: int, weights: dict[str, float]
) -> None:
    heard = REPORTS[which]
    advice = ENGINE.recommend(person, reports=[heard], weights=weights)

    answers = person.answers()
    reported = {(flip.field, flip.instead): flip for flip in advice.flips}
    for field, values in ENGINE.choices.items():
        for value in values:
            if answers.get(field) in (value, (value,)):
                continue
            changed = {field: many(field, value)}
            other = elsewhere(person, [heard], weights, **changed)
            flip = reported.get((field, value))
            if other.choice == advice.framework:
                assert flip is None, (field, value)
            else:
                assert flip is not None, (field, value)
                assert (flip.framework, flip.stack) == (other.choice, other.stack)


PAIRED: list[tuple[dict[str, Any], dict[str, float]]] = [
    ({"mandated": "keras", "hardware": "cpu", "modality": "tabular"}, {}),
    ({"mandated": "keras", "accelerator": "nvidia", "background": "student"}, {}),
    ({"mandated": "keras", "hardware": "mobile", "os": "linux"}, {"hardware": 0.3}),
]


@pytest.mark.parametrize(("told", "weights"), PAIRED)
def test_a_pair_turns_it_together_and_no_nearer_one_does(
    told: dict[str, Any], weights: dict[str, float]
) -> None:
    person = Profile.model_validate(told)
    heard = [REPORTS[0]]

    advice = ENGINE.recommend(person, reports=heard, weights=weights)

    assert {flip.field for flip in advice.flips} <= {"mandated"}
    pair = advice.flip_pair
    given_now = set(person.answers())
    both = pairs_of_moves(person)
    both.sort(key=lambda p: sum(field in given_now for field, _ in p))
    assert pair is not None
    first, second = ((one.field, one.instead) for one in pair.changes)
    nearer = both[: both.index((first, second))]
    sample = random.Random(7).sample(nearer, min(60, len(nearer)))
    for one, other in [*sample, (first, second)]:
        changed = {one[0]: many(*one), other[0]: many(*other)}
        turned = elsewhere(person, heard, weights, **changed).choice
        assert (turned != advice.framework) == ((one, other) == (first, second))


@pytest.mark.parametrize(
    "told",
    [
        {"mandated": "pytorch", "hardware": "cpu", "modality": "tabular"},
        {"mandated": "pytorch", "existing": ["tensorflow"], "goals": ["prototype"]},
    ],
)
def test_no_two_answers_turn_what_is_settled_whatever_else_holds(
    told: dict[str, Any],
) -> None:
    person = Profile.model_validate(told)

    advice = ENGINE.recommend(person, reports=[REPORTS[1]])

    assert advice.flip_pair is None
    both = pairs_of_moves(person)
    for one, other in random.Random(5).sample(both, 300):
        changed = {one[0]: many(*one), other[0]: many(*other)}
        assert elsewhere(person, [REPORTS[1]], **changed).choice == advice.framework


def test_another_machine_takes_the_measurement_out_of_the_what_if() -> None:
    """The report is of a processor, so with a GPU its points are gone."""
    person = Profile.model_validate({"modality": "tabular", "experience": "none"})

    advice = ENGINE.recommend(person, reports=[REPORTS[1]])

    assert advice.framework == "keras"
    flips = {(flip.field, flip.instead): flip.framework for flip in advice.flips}
    assert flips["hardware", "gpu"] == "either"
    assert flips["modality", "image"] == "either"
