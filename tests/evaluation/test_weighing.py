"""The weights of readings are those that are fitted, and do well on strangers."""

from __future__ import annotations

import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from assistant.understanding.reading import SURE, SURE_AMOUNT
from assistant.understanding.weighing import (
    AMOUNT_INTERCEPT,
    AMOUNT_WEIGHTS,
    INTERCEPT,
    WEIGHTS,
)
from tests.evaluation.measure import LANGUAGES
from tests.evaluation.weighing import Line, amounts, crossed, fitted, lines

LEAST_AREA = 0.85
LEAST_FOUND = 0.35
"""Share of a stranger's wrong readings that are not taken."""


KNOWN: dict[str, list[Line]] = {"phrases": lines(), "amounts": amounts()}
BOUNDS = {"phrases": SURE, "amounts": SURE_AMOUNT}
SHIPPED = {
    "phrases": (INTERCEPT, WEIGHTS),
    "amounts": (AMOUNT_INTERCEPT, AMOUNT_WEIGHTS),
}


@pytest.mark.parametrize("what", KNOWN)
def test_the_weights_are_those_of_the_file(what: str) -> None:
    intercept, weights = fitted(KNOWN[what])

    assert intercept == pytest.approx(SHIPPED[what][0], abs=0.01)
    assert weights == pytest.approx([*SHIPPED[what][1].values()], abs=0.01)


@pytest.mark.parametrize("what", KNOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_readings_of_a_stranger_are_told_from_right_ones(
    what: str, language: str
) -> None:
    known = KNOWN[what]
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
    assert sum(each < BOUNDS[what] for each in wrong) / len(wrong) >= LEAST_FOUND
