"""What an answer to a factual question holds: today, the article, sources, a check."""

from __future__ import annotations

import pytest

from assistant.answers import MOST_FACTS, Answers
from knowledge.load import load_knowledge
from knowledge.records import Fact, Language, Status, Topic

KNOWLEDGE = load_knowledge()
CLAIMS = {claim.id: claim for claim in KNOWLEDGE.claims}
SAID = {Language.EN: "The 2022 article said: ", Language.ZH: "2022 年的文章说："}
LANGUAGES = list(Language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", KNOWLEDGE.facts, ids=lambda fact: fact.id)
def test_a_fact_tells_what_the_article_said_where_it_differs_and_offers_the_check(
    fact: Fact, language: Language, answers: Answers
) -> None:
    answer = answers.by_fact(fact, language)
    claims = [CLAIMS[one] for one in fact.claims]

    differs = bool(claims) and claims[0].status_today is not Status.HOLDS
    words = SAID[language] + claims[0].claim.get(language) if differs else None
    checked = [one.id for one in claims if one.check != "cite"][:1]
    links = [f"(/article?language={language.value}#{one})" for one in checked]
    blocks = answer.text.split("\n\n")
    assert blocks[0] == fact.says.get(language)
    assert [one for one in blocks if one.startswith(SAID[language])] == (
        [words] if words else []
    )
    assert [one for one in links if one in answer.text] == links
    assert answer.text.count("/article?") == len(links)
    assert [one.id for one in answer.facts] == [fact.id, *fact.claims][:MOST_FACTS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", KNOWLEDGE.topics, ids=lambda topic: topic.id)
def test_a_topic_tells_what_the_article_said_where_it_differs_and_offers_the_check(
    topic: Topic, language: Language, answers: Answers
) -> None:
    answer = answers.find(topic.title.get(language), language)
    claims = [CLAIMS[one] for one in topic.claims]

    assert answer is not None
    assert answer.topic == topic.id
    differs = bool(claims) and claims[0].status_today is not Status.HOLDS
    said = SAID[language] in answer.text
    assert said or not differs
    assert said == (topic.article is not None or differs)
    checked = any(one.check != "cite" for one in claims)
    assert ("/article?" in answer.text) == checked


def test_most_facts_bear_on_a_statement_of_the_article() -> None:
    with_claims = [fact for fact in KNOWLEDGE.facts if fact.claims]

    assert len(with_claims) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_on_the_community_names_where_the_article_contradicts_itself(
    language: Language, answers: Answers
) -> None:
    (activity,) = [fact for fact in KNOWLEDGE.facts if fact.id == "keras-activity"]
    head = "Here the article contradicts itself." if language == "en" else "前后不一"

    assert head in answers.by_fact(activity, language).text
