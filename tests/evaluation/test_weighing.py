"""The weights of readings are those that are fitted, and do well on strangers."""

from __future__ import annotations

import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from assistant.understanding.reading import SURE
from assistant.understanding.weighing import INTERCEPT, WEIGHTS
from tests.evaluation.measure import LANGUAGES
from tests.evaluation.weighing import Line, crossed, fitted, lines

LEAST_AREA = 0.85
LEAST_FOUND = 0.35
"""Share of a stranger's wrong readings that are under ``SURE``."""


@pytest.fixture(scope="module")
def known() -> list[Line]:
    return lines()


def test_the_weights_are_those_of_the_file(known: list[Line]) -> None:
    intercept, weights = fitted(known)

    assert pytest.approx(intercept, abs=0.01) == INTERCEPT
    assert weights == pytest.approx(WEIGHTS, abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_readings_of_a_stranger_are_told_from_right_ones(
    known: list[Line], language: str
) -> None:
    chance, right = zip(
        *(
            (each, one.right)
            for one, each in zip(known, crossed(known), strict=True)
            if one.language == language
        ),
        strict=True,
    )
    wrong = [each for each, ok in zip(chance, right, strict=True) if not ok]
    share = sum(right) / len(right)

    assert roc_auc_score(right, chance) >= LEAST_AREA
    assert brier_score_loss(right, chance) < share * (1 - share)
    assert sum(each < SURE for each in wrong) / len(wrong) >= LEAST_FOUND
