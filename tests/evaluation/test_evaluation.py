"""The figures that the README stands for, and that the messages are not phrases."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.advisor import Advisor
from knowledge.records import Knowledge
from tests.evaluation.__main__ import main
from tests.evaluation.copies import Wordings
from tests.evaluation.measure import (
    CLOSED,
    LANGUAGES,
    MODELS,
    Message,
    Score,
    comparable,
    measured,
    messages,
)

Scored = Callable[[str, str], Score]

LEAST = {
    "small": (0.92, 0.03, 0.0),
    "open": (0.92, 0.03, 0.95),
    "second": (0.93, 0.05, 0.93),
    "fourth": (0.95, 0.03, 0.95),
}
"""F1 at least, wrong values at most, right kinds of reply at least."""

LEAST_VERDICTS = 0.9
LEAST_ASKS = 0.9
MOST_OFF = 0.1
"""Of the second set: verdicts as if all were understood, questions where one is due,
and how far "sure" may be off on average."""

ONE_WORD = 6
"""Characters under which a message is a word, which a phrase may well be."""

SENTENCE = 24
"""Characters from which nobody says the same by chance, as with "good morning"."""

_NO_TEMPLATE = re.compile(r"[{}|…]")


@pytest.fixture(scope="module")
def scored(advisor: Advisor) -> Scored:
    """Every set measured once, when it is first wanted."""
    return cache(lambda name, language: measured(advisor, messages(name, language)))


@pytest.mark.parametrize("name", LEAST)
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_read_well_enough(
    scored: Scored, name: str, language: str
) -> None:
    score = scored(name, language)
    least_f1, most_wrong, least_kinds = LEAST[name]

    assert score.f1 >= least_f1, "\n".join(score.examples)
    assert score.wrong_rate <= most_wrong, "\n".join(score.examples)
    if score.kinds:
        assert score.kind_rate >= least_kinds, "\n".join(score.examples)


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_questions_and_sureness_hold(scored: Scored, language: str) -> None:
    score = scored("second", language)

    assert score.verdict_rate >= LEAST_VERDICTS
    assert score.ask_rate >= LEAST_ASKS
    assert score.calibration_error <= MOST_OFF


def test_a_misreading_that_turns_the_verdict_is_counted(advisor: Advisor) -> None:
    told = {"mandated": "pytorch"}
    score = measured(advisor, [Message("I like ferries", told, "recommendation")])

    assert score.verdict_rate == 0
    assert score.outcomes == {"missed": 1}


def test_sureness_that_is_never_right_is_all_off() -> None:
    score = Score(claimed=[(0.9, False), (0.9, False)])

    assert score.calibration_error == pytest.approx(0.9)
    assert Score(claimed=[(0.9, True)] * 9 + [(0.9, False)]).calibration_error < 0.01


def test_a_set_that_is_absent_has_no_messages() -> None:
    assert messages("nowhere", "en") == []


def test_a_set_at_any_path_is_measured(
    tmp_path: Path,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(MODELS, str(models))
    path = tmp_path / "strangers.toml"
    path.write_text(
        '[[message]]\ntext = "I have 300 photos"\n'
        'tells = { dataset_rows = 300, modality = "image" }\n',
        "utf-8",
    )
    monkeypatch.setattr(sys, "argv", ["evaluation", str(path)])

    assert main() == 0
    assert f"{path}: 1 messages, F1 1.000" in capsys.readouterr().out


def test_what_is_no_set_and_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluation", "nowhere"])

    with pytest.raises(SystemExit, match="nowhere: no such set or file"):
        main()


def test_deploying_on_phones_says_that_phones_are_the_goal() -> None:
    told = {"deployment": "mobile", "goals": ["mobile"]}

    assert comparable(told) == comparable({"deployment": "mobile"})
    assert comparable({"goals": ["mobile"]}) == {"goals": ["mobile"]}


def test_no_message_is_a_near_copy_of_what_models_are_fitted_to(
    knowledge: Knowledge,
) -> None:
    plain = {one.text for one in knowledge.utterances}
    plain |= {one.text for one in knowledge.messages}
    wordings = Wordings({one.text for one in knowledge.phrases})
    sentences = Wordings({_NO_TEMPLATE.sub(" ", text).lower() for text in plain})
    asked = [
        message.text.lower()
        for name in ("small", *CLOSED)
        for language in LANGUAGES
        for message in messages(name, language)
        if len(message.text) >= ONE_WORD
    ]

    assert [one for one in asked if wordings.whole(one) or wordings.near(one)] == []
    assert [one for one in asked if len(one) >= SENTENCE and sentences.near(one)] == []


def test_a_near_copy_is_found_and_a_like_length_is_not_enough() -> None:
    wordings = Wordings({"i have a {big|huge} data set", "my laptop has no gpu"})

    assert wordings.whole("i have a huge data set")
    assert wordings.near("i hav a huge data set!") == ["i have a huge data set"]
    assert not wordings.near("set data huge a have i")
    assert not wordings.near("i have a huge problem at hand")
