"""Where the three witnesses disagree, and which of them counts."""

from __future__ import annotations

import pytest

from assistant.profile import Profile
from assistant.recommendation import Engine
from assistant.wire import Witnesses
from assistant.witnesses import disagreement
from knowledge.records import Basis, Language, Text
from tests.assistant.test_evidence import SAME, SLOWER, TABLES, report
from tests.disagreements import PAGE, page


def test_the_page_of_disagreements_is_up_to_date(engine: Engine) -> None:
    assert page(engine) == PAGE.read_text("utf-8"), "run python -m tests.disagreements"


def test_a_correction_of_the_article_is_named(engine: Engine) -> None:
    large = Profile.model_validate({"dataset_size": "large"})

    said = engine.recommend(large).disagreement
    chinese = engine.recommend(large, language=Language.ZH).disagreement

    assert said is not None
    assert "says PyTorch, today's sources say either" in said
    assert "Both stream data from disk" in said
    assert chinese is not None
    assert "流式读取" in chinese


def test_what_today_only_restates_is_no_correction(engine: Engine) -> None:
    standard = Profile.model_validate({"control": "standard"})

    said = engine.recommend(standard).disagreement

    assert said is not None
    assert "two points or less" in said


def test_a_measurement_is_a_third_voice(engine: Engine) -> None:
    profile = TABLES.model_copy(update={"dataset_size": "large"})

    said = engine.recommend(profile, reports=[report(SLOWER)]).disagreement
    even = engine.recommend(profile, reports=[report(SAME)]).disagreement

    assert said is not None
    assert "this machine measured PyTorch as the faster" in said
    assert even is not None
    assert "no practical difference in speed" in even


@pytest.mark.parametrize("choice", ["keras", "pytorch", "either"])
def test_where_all_agree_nothing_is_said(choice: str) -> None:
    heard = {"article": choice, "today": choice, "measured": "not_measured"}

    for language in Language:
        assert disagreement(Witnesses.model_validate(heard), None, language) is None


def test_one_sentence_serves_any_three_voices() -> None:
    why = Text(en="Because.", zh="因为。")
    for article in ("keras", "pytorch", "either"):
        for today in ("keras", "pytorch", "either"):
            for measured in ("keras", "pytorch", "no_difference", "not_measured"):
                heard = Witnesses.model_validate(
                    {"article": article, "today": today, "measured": measured}
                )

                differ = article != today or measured not in ("not_measured", today)
                for language, stop in ((Language.EN, "."), (Language.ZH, "。")):
                    said = disagreement(
                        heard, why if article != today else None, language
                    )
                    assert (said is not None) == differ
                    assert said is None or said.count(stop) == 1


def test_every_rule_of_the_article_stands_or_is_answered(engine: Engine) -> None:
    for rule in engine.knowledge.rules:
        if rule.basis is Basis.ARTICLE:
            assert rule.stands != (rule.overruled is not None), rule.id
