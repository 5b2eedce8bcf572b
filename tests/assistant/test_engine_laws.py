"""Laws of the engine, true whatever the person and the knowledge say."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.moves import MANY, with_value
from assistant.profile import Accelerator, Hardware, Profile
from assistant.recommendation import Engine
from assistant.scoring import SIZE_BOUNDS, Contribution, Verdict
from assistant.tally import Tally
from assistant.wire import Recommendation
from knowledge.records import (
    Basis,
    Framework,
    Knowledge,
    Language,
    Rulebook,
    Stack,
    Text,
    Veto,
    as_many,
)
from tests.assistant import plain
from tests.bench_engine import people

LEAD = 2.0
ANY_TEXT = Text(en="any reason", zh="任何理由")


def line(at: Any, toward: Any, points: float) -> Contribution:
    return Contribution(
        origin="any-rule",
        toward=toward,
        at=at,
        criterion="any",
        points=points,
        basis=Basis.TODAY,
        because=ANY_TEXT,
        sources=("any-source",),
    )


def added_up(
    lines: list[Contribution], hard: list[Veto], *, middle: bool = True
) -> Verdict:
    """What the fast core makes of lines and vetoes that all hold."""
    rules = dict(enumerate(lines))
    vetoes = dict(enumerate(hard, start=len(lines)))
    asks = [1] * len(rules | vetoes)
    tally = Tally(asks, rules, vetoes, (), LEAD, middle=middle)
    return tally.verdict((1 << len(asks)) - 1)


points = st.floats(0, 6, allow_nan=False)
lines = st.lists(
    st.one_of(
        st.builds(line, st.just("framework"), st.sampled_from(Framework), points),
        st.builds(line, st.just("stack"), st.sampled_from(Stack), points),
    ),
    max_size=12,
)
vetoes = st.lists(
    st.builds(
        Veto,
        id=st.just("any-veto"),
        when=st.just(({"field": "os", "one_of": ("linux",)},)),
        excludes=st.lists(st.sampled_from(Stack), min_size=1).map(tuple),
        because=st.just(ANY_TEXT),
        sources=st.just(("any-source",)),
    ),
    max_size=3,
)


@given(lines, vetoes, st.booleans())
def test_the_fast_core_adds_up_as_the_plain_one(
    given_lines: list[Contribution], hard: list[Veto], middle: bool
) -> None:
    plainly = plain.decide(given_lines, hard, clear_lead=LEAD, middle=middle)

    found = added_up(given_lines, hard, middle=middle)
    assert plain.told(found) == plain.told(plainly)


@given(lines)
def test_contributions_add_up_to_the_balance(given_lines: list[Contribution]) -> None:
    verdict = added_up(given_lines, [])

    keras = [
        one.points if one.toward == "keras" else -one.points
        for one in given_lines
        if one.at == "framework"
    ]
    assert verdict.balance == pytest.approx(sum(keras))


@given(lines, vetoes, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    given_lines: list[Contribution], hard: list[Veto], dice: random.Random
) -> None:
    shuffled = dice.sample(given_lines, k=len(given_lines))

    one = added_up(given_lines, hard)
    other = added_up(shuffled, hard)

    assert (one.choice, one.balance) == (other.choice, other.balance)


@given(lines, st.sampled_from(Framework), points)
def test_more_support_never_costs_a_lead(
    given_lines: list[Contribution], toward: Framework, more: float
) -> None:
    before = added_up(given_lines, [])

    after = added_up([*given_lines, line("framework", toward, more)], [])

    if before.choice == toward:
        assert after.choice == toward


@given(lines, vetoes)
def test_a_veto_always_wins(given_lines: list[Contribution], hard: list[Veto]) -> None:
    verdict = added_up(given_lines, hard)

    excluded = {stack for veto in hard for stack in veto.excludes}
    assert verdict.stack not in excluded
    for framework in Framework:
        stacks = {stack for stack in Stack if stack.framework is framework}
        if stacks <= excluded:
            assert verdict.choice != framework


def profiles() -> st.SearchStrategy[Profile]:
    fields: dict[str, st.SearchStrategy[Any]] = {
        name: st.none() for name in Profile.model_fields
    }
    return st.builds(Profile, **(fields | _valued()))


def _valued() -> dict[str, st.SearchStrategy[Any]]:
    from knowledge.load import load_knowledge

    some: dict[str, st.SearchStrategy[Any]] = {}
    for question in load_knowledge().questions:
        values = [option.value for option in question.options]
        chosen: st.SearchStrategy[Any] = st.sampled_from(values)
        if question.field in ("goals", "existing"):
            chosen = st.lists(chosen, min_size=1, max_size=3).map(tuple)
        if question.field == "dataset_rows":
            near = st.sampled_from([b + n for b in SIZE_BOUNDS for n in (-1, 0, 1)])
            chosen = chosen | near | st.integers(1, 10**12)
        some[question.field] = st.none() | chosen
    return some


PROFILES = profiles()
RELAXED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@RELAXED
@given(PROFILES)
def test_shown_reasons_add_up_to_the_margin(engine: Engine, profile: Profile) -> None:
    advice = engine.recommend(profile)

    total = sum(
        reason.points if reason.toward is Framework.KERAS else -reason.points
        for reason in advice.reasons
        if isinstance(reason.toward, Framework)
    )
    assert advice.margin == pytest.approx(abs(total))


@RELAXED
@given(PROFILES)
def test_every_flip_flips_and_none_is_missed(engine: Engine, profile: Profile) -> None:
    advice = engine.recommend(profile)

    answers = profile.answers()
    reported = {(flip.field, flip.instead): flip.framework for flip in advice.flips}
    for field, values in engine.choices.items():
        for value in values:
            if answers.get(field) in (value, (value,)):
                continue
            changed = Profile.model_validate(with_value(answers, field, value))
            other = engine.recommend(changed).framework
            expected = None if other == advice.framework else other
            assert reported.get((field, value)) == expected


def test_no_single_answer_means_none_added_or_left_out_either(engine: Engine) -> None:
    """Flips take the place of all that a field held; so this has to hold by itself."""
    looked = 0
    for person in people(engine, 1_500, seed=6):
        advice = engine.recommend(person)
        if any(flip.field != "mandated" for flip in advice.flips):
            continue
        for field in MANY:
            held = person.answers().get(field, ())
            for value in engine.choices[field] if held else ():
                others = {*as_many(held)} ^ {value}
                if others:
                    told = person.answers() | {field: tuple(sorted(map(str, others)))}
                    looked += 1
                    other = engine.recommend(Profile.model_validate(told))
                    assert other.framework == advice.framework, (person, told)
    assert looked > 500


@RELAXED
@given(PROFILES, st.sampled_from(Rulebook), st.sampled_from(Language))
def test_every_record_would_pass_its_own_checks(
    engine: Engine, profile: Profile, book: Rulebook, language: Language
) -> None:
    advice = engine.recommend(profile, rulebook=book, language=language)

    checked = Recommendation.model_validate_json(advice.model_dump_json())

    assert checked == advice
    assert Recommendation.model_validate(dict(advice)) == advice


@RELAXED
@given(PROFILES)
def test_same_request_same_bytes(engine: Engine, profile: Profile) -> None:
    once = engine.recommend(profile).model_dump_json()
    again = Engine(engine.knowledge).recommend(profile).model_dump_json()

    assert once == again


@RELAXED
@given(PROFILES)
def test_language_changes_words_only(engine: Engine, profile: Profile) -> None:
    english = engine.recommend(profile)
    chinese = engine.recommend(profile, language=Language.ZH)

    assert english.framework == chinese.framework
    assert english.stack == chinese.stack
    assert english.margin == chinese.margin
    assert [r.rule for r in english.reasons] == [r.rule for r in chinese.reasons]


@RELAXED
@given(PROFILES, st.sampled_from((Hardware.CPU, Hardware.MOBILE)))
def test_an_accelerator_that_does_not_train_changes_nothing(
    engine: Engine, profile: Profile, hardware: Hardware
) -> None:
    without = profile.model_copy(update={"hardware": hardware, "accelerator": None})
    plain = engine.recommend(without)
    for maker in Accelerator:
        beside = without.model_copy(update={"accelerator": maker})

        advice = engine.recommend(beside)

        assert "accelerator" not in advice.unknown
        # Other hardware would make use of it, so what would change it may differ.
        other = {"unknown", "flips", "flip_pair", "next_steps"}
        assert advice.model_dump(exclude=other) == plain.model_dump(exclude=other)
        assert advice.next_steps.install == plain.next_steps.install


def test_an_unknown_person_gets_no_points(engine: Engine) -> None:
    for rulebook in Rulebook:
        advice = engine.recommend(Profile(), rulebook=rulebook)

        assert (advice.framework, advice.reasons, advice.margin) == ("either", (), 0)


def test_a_weight_of_zero_silences_a_criterion(
    engine: Engine, knowledge: Knowledge
) -> None:
    profile = Profile.model_validate({"goals": ["research"]})
    silent = {criterion.id: 0.0 for criterion in knowledge.criteria}

    assert engine.recommend(profile, weights=silent).margin == 0
