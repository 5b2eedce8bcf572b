"""The figures that the README stands for, and that the messages are not phrases."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from knowledge.records import Knowledge
from tests.evaluation.measure import MESSAGES, measured

LEAST_F1 = 0.85
MOST_WRONG = 0.08


@pytest.mark.parametrize("language", MESSAGES)
def test_messages_are_read_well_enough(language: str) -> None:
    score = measured(language)

    assert score.f1 >= LEAST_F1, "\n".join(score.examples)
    assert score.wrong_rate <= MOST_WRONG, "\n".join(score.examples)


def test_no_message_is_a_near_copy_of_a_phrase(knowledge: Knowledge) -> None:
    phrases = {phrase.text for phrase in knowledge.phrases}
    for messages in MESSAGES.values():
        for message in messages:
            close = [
                phrase
                for phrase in phrases
                if abs(len(phrase) - len(message)) < len(message) * 0.3
                and SequenceMatcher(None, phrase, message.lower()).ratio() > 0.85
            ]
            assert not close, f"{message!r} is all but {close}"
