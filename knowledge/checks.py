"""Rules about the knowledge that a schema cannot express. One function each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise

from knowledge.bilingual import (
    every_chinese_mark_is_full_width,
    every_chinese_text_is_spaced,
    every_sentence_is_in_chinese_too,
)
from knowledge.records import (
    Basis,
    Build,
    Caution,
    Claim,
    Condition,
    Contradiction,
    Difference,
    Fact,
    Framework,
    Knowledge,
    Oldest,
    OneOf,
    Rule,
    Stack,
    Topic,
    Veto,
)

ZONE = 0.05
"""Relative difference up to which a measured ratio earns nothing."""

ARTICLE = "article-2022"
"""The source that tells what the article said, and nothing of what holds today."""

UNASKED = {"dataset_bytes"}
"""Counts that a person may give, and that no question asks for."""

_WEAK_HOSTS = (
    "ziprecruiter",
    "csdn.net",
    "vercel.app",
    "netlify.app",
    "medium.com",
    "quora.com",
    "indeed.com",
    "glassdoor",
    "vuink.com",
)

Citing = Claim | Difference | Fact | Rule | Veto | Caution | Topic | Oldest | Build


def citing(knowledge: Knowledge) -> Iterable[Citing]:
    """Everything that must rest on sources."""
    return chain(
        knowledge.claims,
        knowledge.facts,
        knowledge.differences,
        knowledge.rules,
        knowledge.vetoes,
        knowledge.cautions,
        knowledge.topics,
        knowledge.oldest,
        knowledge.builds,
    )


def _cited(entry: Citing) -> set[str]:
    return {*entry.sources, *getattr(entry, "overruled_by", ())}


def every_cited_source_exists(knowledge: Knowledge) -> Iterator[str]:
    known = {source.id for source in knowledge.sources}
    for entry in citing(knowledge):
        for missing in sorted(_cited(entry) - known):
            yield f"{entry.id} cites {missing!r}, which is in no sources file"


def every_source_is_cited(knowledge: Knowledge) -> Iterator[str]:
    cited = {source for entry in citing(knowledge) for source in _cited(entry)}
    for source in knowledge.sources:
        if source.id not in cited:
            yield f"source {source.id} is cited by nothing; remove it"


def no_source_is_weak(knowledge: Knowledge) -> Iterator[str]:
    for source in knowledge.sources:
        if any(host in source.url for host in _WEAK_HOSTS):
            yield f"source {source.id} is a mirror, job board or content farm"


def no_page_is_listed_twice(knowledge: Knowledge) -> Iterator[str]:
    seen: dict[str, str] = {}
    for source in knowledge.sources:
        first = seen.setdefault(source.url.rstrip("/"), source.id)
        if first != source.id:
            yield f"source {source.id} is the same page as {first}; keep one"


def every_criterion_exists(knowledge: Knowledge) -> Iterator[str]:
    known = {criterion.id for criterion in knowledge.criteria}
    for rule in knowledge.rules:
        if rule.criterion not in known:
            yield f"rule {rule.id}: criterion: {rule.criterion!r} is not declared"


def every_rule_aims_at_its_level(knowledge: Knowledge) -> Iterator[str]:
    for rule in knowledge.rules:
        wanted = set(Framework) if rule.at == "framework" else set(Stack)
        if rule.toward not in wanted:
            yield f"rule {rule.id}: toward: {rule.toward} is no {rule.at}"


def every_rule_laid_aside_says_why(knowledge: Knowledge) -> Iterator[str]:
    for rule in knowledge.rules:
        aside = rule.basis == Basis.ARTICLE and not rule.stands
        said = rule.overruled is not None and bool(rule.overruled_by)
        if aside and not said:
            yield f"rule {rule.id}: overruled: say what holds today, with its sources"
        if not aside and (rule.overruled is not None or rule.overruled_by):
            yield f"rule {rule.id}: overruled: today's rulebook counts this rule"


def what_counts_today_rests_on_more_than_the_article(
    knowledge: Knowledge,
) -> Iterator[str]:
    today = (rule for rule in knowledge.rules if rule.basis == Basis.TODAY)
    stands = (rule for rule in knowledge.rules if rule.stands)
    entries: Iterable[Rule | Fact | Topic | Veto] = chain(
        today, stands, knowledge.facts, knowledge.topics, knowledge.vetoes
    )
    for entry in entries:
        if set(entry.sources) == {ARTICLE}:
            yield f"{entry.id}: sources: the article does not say what holds today"


def every_veto_has_a_ground(knowledge: Knowledge) -> Iterator[str]:
    for veto in knowledge.vetoes:
        if not veto.sources and not veto.told:
            yield f"veto {veto.id}: sources: only what is prescribed needs none"


def every_veto_suggests_what_it_leaves(knowledge: Knowledge) -> Iterator[str]:
    for veto in knowledge.vetoes:
        if veto.suggests is None or veto.suggests in veto.excludes:
            yield f"veto {veto.id}: suggests: name a stack that it does not exclude"


def no_measurement_is_worth_less_for_being_clearer(
    knowledge: Knowledge,
) -> Iterator[str]:
    if not knowledge.worth:
        yield "worth: say in measured/worth.toml what a measured ratio is worth"
    for lower, step in pairwise(knowledge.worth):
        if step.from_ratio <= lower.from_ratio or step.points < lower.points:
            yield (
                f"worth: from {step.from_ratio:g}: ratios must rise from step to step, "
                "and points must not fall"
            )


def nothing_within_the_zone_is_worth_points(knowledge: Knowledge) -> Iterator[str]:
    for step in knowledge.worth:
        if step.from_ratio < 1 + ZONE:
            yield (
                f"worth: from {step.from_ratio:g}: differences up to {ZONE:.0%} are of "
                f"no practical interest; begin at {1 + ZONE:g} or later"
            )


def every_condition_can_hold(knowledge: Knowledge) -> Iterator[str]:
    """Values are those that questions offer: one list for both."""
    offered = {
        question.field: {option.value for option in question.options}
        for question in knowledge.questions
    }
    conditional: tuple[Rule | Veto | Caution | Build, ...]
    conditional = (
        *knowledge.rules,
        *knowledge.vetoes,
        *knowledge.cautions,
        *knowledge.builds,
    )
    for entry in conditional:
        for condition in entry.when:
            yield from _strange(entry.id, condition, offered)


def _strange(
    id: str, condition: Condition, offered: dict[str, set[str | int]]
) -> Iterator[str]:
    counted = not isinstance(condition, OneOf) and condition.field in UNASKED
    if condition.field not in offered and not counted:
        yield f"{id}: when: no question is about {condition.field!r}"
    elif isinstance(condition, OneOf):
        for value in condition.one_of:
            if value not in offered[condition.field]:
                yield f"{id}: when: {condition.field} is never {value!r}"


def every_build_is_had_in_one_way(knowledge: Knowledge) -> Iterator[str]:
    for build in knowledge.builds:
        if build.page is not None and (build.requirement or build.index):
            yield f"build {build.id}: page: with it, leave requirement and index out"


def every_page_serves_goals_there_are(knowledge: Knowledge) -> Iterator[str]:
    asked = (one for one in knowledge.questions if one.field == "goals")
    goals = {option.value for question in asked for option in question.options}
    for page in knowledge.path:
        for stranger in sorted(set(page.goals) - goals):
            yield f"step {page.id}: goals: nobody is asked for {stranger!r}"


def every_stack_has_pages_for_anybody(knowledge: Knowledge) -> Iterator[str]:
    for stack in Stack:
        own = [page for page in knowledge.path if stack in page.stacks]
        if not any(not page.goals for page in own):
            yield f"path.toml: {stack}: no page is for anybody who comes to it"


def every_phrase_means_a_value(knowledge: Knowledge) -> Iterator[str]:
    offered = {
        question.field: {option.value for option in question.options}
        for question in knowledge.questions
    }
    for phrase in knowledge.phrases:
        values = offered.get(phrase.field, set())
        if phrase.value is not None and phrase.value not in values:
            yield f"phrase {phrase.text!r}: {phrase.field} is never {phrase.value!r}"


def every_question_shares_sensibly(knowledge: Knowledge) -> Iterator[str]:
    for question in knowledge.questions:
        total = sum(option.share for option in question.options)
        if total > 1.0001:
            yield f"question {question.field}: shares add up to {total:.2f}, over 1"


def everything_rests_on_known_claims(knowledge: Knowledge) -> Iterator[str]:
    known = {claim.id for claim in knowledge.claims}
    entries: tuple[Topic | Contradiction | Fact, ...]
    entries = (*knowledge.topics, *knowledge.contradictions, *knowledge.facts)
    for entry in entries:
        for missing in sorted(set(entry.claims) - known):
            yield f"{entry.id}: claims: {missing!r} is no claim"


def every_section_is_the_articles(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        for stranger in sorted(set(claim.sections) - set(knowledge.sections)):
            yield f"claim {claim.id}: sections: {stranger!r} is not in sections.toml"


def every_contradiction_belongs_to_topics(knowledge: Knowledge) -> Iterator[str]:
    known = {topic.id for topic in knowledge.topics}
    for entry in knowledge.contradictions:
        for missing in sorted(set(entry.topics) - known):
            yield f"{entry.id}: topics: {missing!r} is no topic"


CHECKS: tuple[Callable[[Knowledge], Iterator[str]], ...] = (
    every_cited_source_exists,
    every_source_is_cited,
    no_source_is_weak,
    no_page_is_listed_twice,
    every_criterion_exists,
    every_rule_aims_at_its_level,
    every_rule_laid_aside_says_why,
    what_counts_today_rests_on_more_than_the_article,
    every_veto_has_a_ground,
    every_veto_suggests_what_it_leaves,
    no_measurement_is_worth_less_for_being_clearer,
    nothing_within_the_zone_is_worth_points,
    every_condition_can_hold,
    every_build_is_had_in_one_way,
    every_page_serves_goals_there_are,
    every_stack_has_pages_for_anybody,
    every_phrase_means_a_value,
    every_question_shares_sensibly,
    everything_rests_on_known_claims,
    every_contradiction_belongs_to_topics,
    every_section_is_the_articles,
    every_sentence_is_in_chinese_too,
    every_chinese_mark_is_full_width,
    every_chinese_text_is_spaced,
)


def faults(knowledge: Knowledge) -> tuple[str, ...]:
    """What is wrong whatever the day; empty when all is well."""
    return tuple(fault for check in CHECKS for fault in check(knowledge))
