"""Factual questions: enough find their answer, and no miss is new."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher

import pytest

from assistant.answers import Answers
from knowledge.records import Knowledge, Language
from tests.evaluation.facts.__main__ import HERE, Asked, first, questions

LEAST = 0.95
OURS = ("questions", "second", "fourth")
"""The sets that answers were worked on with; ``third`` is by another hand, and
``fifth`` of wordings that are hard on purpose."""

KNOWN = tomllib.loads((HERE / "misses.toml").read_text("utf-8"))["misses"]


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [
        one for name in OURS for one in questions(name) if "advice" not in one.right
    ]


def test_questions_find_an_answer_that_serves_them(
    answers: Answers, asked: list[Asked]
) -> None:
    missed = {
        one.text
        for one in asked
        if first(answers.find(one.text, one.language)) not in one.right
    }

    for language in Language:
        own = [one for one in asked if one.language is language]
        lost = sum(one.text in missed for one in own)
        assert len(own) >= 60
        assert lost <= (1 - LEAST) * len(own), (language, sorted(missed))
    assert missed <= set(KNOWN), sorted(missed - set(KNOWN))


def test_no_question_is_a_wording_that_answers_are_found_by(
    knowledge: Knowledge, asked: list[Asked]
) -> None:
    known = {_bare(text) for topic in knowledge.topics for text in topic.asked}
    known |= {_bare(text) for fact in knowledge.facts for text in fact.asked}
    known |= {_bare(topic.title.en) for topic in knowledge.topics}
    ours = [one for one in asked if one.right != {"nothing"}]

    copied = [one.text for one in ours if _bare(one.text) in known]
    near = [
        one.text
        for one in ours
        if any(
            SequenceMatcher(None, _bare(one.text), text).ratio() > 0.95
            for text in known
            if abs(len(text) - len(_bare(one.text))) <= 2
        )
    ]
    assert copied + near == []


def test_what_serves_a_question_exists(
    knowledge: Knowledge, asked: list[Asked]
) -> None:
    known = {"nothing", *(topic.id for topic in knowledge.topics)}
    known |= {claim.id for claim in knowledge.claims}
    known |= {fact.id for fact in knowledge.facts}

    assert [one.text for one in asked if not one.right <= known] == []


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
