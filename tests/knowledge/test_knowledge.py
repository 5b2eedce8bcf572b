"""The shipped knowledge, and what the loader says of wrong files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.labels import TOPICS
from assistant.profile import Profile
from knowledge import checks
from knowledge.checks import CHECKS, faults
from knowledge.load import KnowledgeError, load_knowledge
from knowledge.records import Knowledge, Text
from knowledge.staleness import stale
from probes import conditions


def test_the_shipped_knowledge_passes_every_check(knowledge: Knowledge) -> None:
    assert faults(knowledge) == ()


def test_all_statements_of_the_article_are_there(knowledge: Knowledge) -> None:
    assert len(knowledge.claims) == 123
    assert {claim.check for claim in knowledge.claims} == {
        "cite",
        "introspect",
        "probe",
    }


def test_questions_offer_exactly_the_values_of_the_profile(
    knowledge: Knowledge,
) -> None:
    for question in knowledge.questions:
        for option in question.options:
            many = question.field in ("goals", "existing")
            value: Any = (option.value,) if many else option.value
            Profile.model_validate({question.field: value})


def test_no_salary_is_given_as_true_today(knowledge: Knowledge) -> None:
    for claim in knowledge.claims:
        if claim.topic == "salary":
            assert "$" not in claim.today.en
            assert "200k" not in claim.today.en
            assert "万美元" not in claim.today.zh


def test_every_fault_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.toml").write_text('[[rule]]\nid = "one"\npoints = 7\n')
    (tmp_path / "vetoes.toml").write_text("[[veto]\n")
    (tmp_path / "criteria.toml").write_text('[[criterium]]\nid = "x"\n')
    (tmp_path / "reviewed.toml").write_text('reviewed_on = "yesterday"\n')

    with pytest.raises(KnowledgeError) as raised:
        load_knowledge(tmp_path)

    told = "\n".join(raised.value.problems)
    assert "rules/a.toml: one: points" in told
    assert "rules/a.toml: one: because" in told
    assert "vetoes.toml: not TOML" in told
    assert "criteria.toml: criterium: unknown" in told
    assert "reviewed.toml: reviewed_on" in told


def test_an_id_written_twice_is_a_fault(tmp_path: Path) -> None:
    entry = '[[criterion]]\nid = "x"\nlabel = { en = "x", zh = "某" }\n'
    (tmp_path / "criteria.toml").write_text(entry * 2)

    with pytest.raises(KnowledgeError, match="x: written twice"):
        load_knowledge(tmp_path)


def test_old_sources_are_listed_and_are_no_fault(knowledge: Knowledge) -> None:
    later = knowledge.reviewed_on + timedelta(days=800)

    assert stale(knowledge, knowledge.reviewed_on) == ()
    pages = len(knowledge.sources) + len(knowledge.path)
    assert len(stale(knowledge, later)) == pages + 1  # and the whole


def test_the_zone_of_points_is_the_zone_of_the_probes() -> None:
    assert checks.ZONE == conditions.ZONE


CITING = ("claims", "rules", "vetoes", "cautions", "topics", "builds")
Spoil = Callable[[Knowledge], dict[str, Any]]


def spoilt() -> Iterator[tuple[str, Spoil]]:
    """For each check the smallest change of good data that must trip it."""
    empty = ()
    yield "every_cited_source_exists", lambda k: {"sources": k.sources[1:]}
    yield (
        "every_source_is_cited",
        lambda _: dict.fromkeys(CITING, empty),
    )
    yield (
        "no_source_is_weak",
        lambda k: {
            "sources": (_with(k.sources[0], url="https://www.glassdoor.com/x"),)
        },
    )
    yield (
        "no_page_is_listed_twice",
        lambda k: {"sources": (k.sources[0], _with(k.sources[0], id="again"))},
    )
    yield "every_criterion_exists", lambda k: {"criteria": k.criteria[1:]}
    yield (
        "every_rule_aims_at_its_level",
        lambda k: {"rules": (_with(k.rules[0], at="framework", toward="keras-jax"),)},
    )
    yield (
        "every_rule_laid_aside_says_why",
        lambda k: {"rules": (_with(k.rules[0], overruled=None),)},
    )
    yield (
        "what_counts_today_rests_on_more_than_the_article",
        lambda k: {"vetoes": (_with(k.vetoes[0], sources=("article-2022",)),)},
    )
    yield (
        "every_veto_has_a_ground",
        lambda k: {"vetoes": (_with(k.vetoes[-1], sources=()),)},
    )
    yield (
        "every_veto_suggests_what_it_leaves",
        lambda k: {"vetoes": (_with(k.vetoes[0], suggests=None),)},
    )
    yield (
        "no_measurement_is_worth_less_for_being_clearer",
        lambda k: {"worth": k.worth[::-1]},
    )
    yield (
        "nothing_within_the_zone_is_worth_points",
        lambda k: {"worth": (_with(k.worth[0], from_ratio=1.04), *k.worth[1:])},
    )
    yield (
        "every_build_is_had_in_one_way",
        lambda k: {
            "builds": (
                _with(k.builds[0], page="https://pytorch.org", requirement="torch"),
            )
        },
    )
    yield (
        "every_page_serves_goals_there_are",
        lambda k: {"path": (_with(k.path[0], goals=("fame",)),)},
    )
    yield (
        "every_stack_has_pages_for_anybody",
        lambda k: {"path": tuple(page for page in k.path if page.goals)},
    )
    yield "every_condition_can_hold", lambda k: {"questions": k.questions[1:]}
    yield (
        "every_phrase_means_a_value",
        lambda k: {"phrases": (_with(k.phrases[0], value="nonsense"),)},
    )
    yield (
        "every_question_shares_sensibly",
        lambda k: {
            "questions": (_with(k.questions[0], options=k.questions[0].options * 2),)
        },
    )
    yield "everything_rests_on_known_claims", lambda _: {"claims": empty}
    yield "every_contradiction_belongs_to_topics", lambda _: {"topics": empty}
    yield "every_section_is_the_articles", lambda _: {"sections": empty}
    yield (
        "every_sentence_is_in_chinese_too",
        lambda k: {
            "claims": (_with(k.claims[0], today=Text(en="English", zh="English")),)
        },
    )
    yield (
        "every_chinese_mark_is_full_width",
        lambda k: {"cautions": (_with(k.cautions[0], says=Text(en="A", zh="甲,乙")),)},
    )
    yield (
        "every_chinese_text_is_spaced",
        lambda k: {"cautions": (_with(k.cautions[0], says=Text(en="A", zh="说A")),)},
    )


def _with(record: Any, **changes: Any) -> Any:
    return record.model_copy(update=changes)


@pytest.mark.parametrize(
    ("name", "spoil"), list(spoilt()), ids=lambda value: str(value)[:40]
)
def test_each_check_finds_what_it_is_for(
    name: str, spoil: Spoil, knowledge: Knowledge
) -> None:
    check = next(one for one in CHECKS if one.__name__ == name)
    assert not list(check(knowledge))

    assert list(check(knowledge.model_copy(update=spoil(knowledge))))


def test_the_thirteen_contradictions_of_the_article_are_all_there(
    knowledge: Knowledge,
) -> None:
    assert len(knowledge.contradictions) == 13
    assert len({one.claims for one in knowledge.contradictions}) == 13


def test_every_heading_of_statements_has_a_name(knowledge: Knowledge) -> None:
    assert {claim.topic for claim in knowledge.claims} == set(TOPICS)


def test_no_check_is_without_its_test() -> None:
    assert {name for name, _ in spoilt()} == {check.__name__ for check in CHECKS}
