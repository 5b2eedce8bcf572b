"""The figures that the README stands for, and that the messages are not phrases."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

import pytest

from assistant.advisor import Advisor
from assistant.understanding.templates import examples, pattern
from knowledge.records import Knowledge
from tests.evaluation.measure import (
    LANGUAGES,
    SETS,
    comparable,
    measured,
    messages,
    new_advisor,
)

LEAST = {"small": (0.92, 0.03, 0.0), "open": (0.92, 0.03, 0.95)}
"""F1 at least, wrong values at most, right kinds of reply at least."""

WORDINGS = 40
"""Wordings looked at of each phrase that has several."""

ONE_WORD = 6
"""Characters under which a message is a word, which a phrase may well be."""


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return new_advisor()


@pytest.mark.parametrize("name", LEAST)
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_read_well_enough(
    advisor: Advisor, name: str, language: str
) -> None:
    score = measured(advisor, messages(name, language))
    least_f1, most_wrong, least_kinds = LEAST[name]

    assert score.f1 >= least_f1, "\n".join(score.examples)
    assert score.wrong_rate <= most_wrong, "\n".join(score.examples)
    if score.kinds:
        assert score.kind_rate >= least_kinds, "\n".join(score.examples)


def test_a_set_that_is_absent_has_no_messages() -> None:
    assert messages("nowhere", "en") == []


def test_deploying_on_phones_says_that_phones_are_the_goal() -> None:
    told = {"deployment": "mobile", "goals": ["mobile"]}

    assert comparable(told) == comparable({"deployment": "mobile"})
    assert comparable({"goals": ["mobile"]}) == {"goals": ["mobile"]}


def test_no_message_is_a_near_copy_of_a_phrase(knowledge: Knowledge) -> None:
    phrases = {
        wording
        for phrase in knowledge.phrases
        for wording in examples(phrase.text, WORDINGS)
    }
    whole = [pattern(phrase.text) for phrase in knowledge.phrases]
    asked = [
        message.text.lower()
        for name in SETS
        for language in LANGUAGES
        for message in messages(name, language)
    ]
    for message in asked:
        if len(message) >= ONE_WORD:
            same = [one.pattern for one in whole if one.fullmatch(message)]
            assert not same, f"{message!r} is a wording of {same}"
            close = _near(phrases, message)
            assert not close, f"{message!r} is all but {close}"


def _near(phrases: Iterable[str], message: str) -> list[str]:
    """Those of about its length that have almost all of its characters in a row."""
    same = SequenceMatcher(None, "", message)
    found = []
    for phrase in phrases:
        if abs(len(phrase) - len(message)) < len(message) * 0.3:
            same.set_seq1(phrase)
            if same.quick_ratio() > 0.85 and same.ratio() > 0.85:
                found.append(phrase)
    return found
