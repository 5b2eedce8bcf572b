"""``python -m tests.evaluation.sureness``: would a fitted sureness be truer than ours.

Every reading of the sets that were worked on, with how sure the reader said it was,
is right or wrong. scikit-learn is asked, five-fold, how sure one should have been: from
our number alone (isotonic regression), and from the field, the length of the words and
the language beside it (calibrated logistic regression). Then all three are tried on
the closed set. Lower Brier scores are better; the tables show how often readings were
right. On 2026-11-25 both fits were better on the sets they came from and worse than our
own numbers on the closed one (0.071 against 0.069), so none is in use.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction import DictVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from assistant.advisor import Advisor
from assistant.wire import ChatRequest, Conversation
from tests.evaluation.measure import (
    CLOSED,
    LANGUAGES,
    comparable,
    messages,
    new_advisor,
)

WORKED = ("open", "second", "third", "fourth")
BOUNDS = (0.0, 0.8, 0.9, 0.95, 0.98, 1.01)
SHORT = 24

Reading = tuple[dict[str, Any], bool]


def readings(advisor: Advisor, sets: Sequence[str]) -> list[Reading]:
    """What is known of each value that was read, and whether it was right."""
    found = []
    for name in sets:
        for language in LANGUAGES:
            for one in messages(name, language):
                answer = advisor.take_turn(
                    ChatRequest(
                        message=one.text, conversation=Conversation(asked=one.asked)
                    )
                )
                heard = {told.field: told.value for told in answer.understood}
                values, expected = comparable(heard), comparable(one.tells)
                found += [
                    (
                        {
                            "sure": told.sure,
                            "field": told.field,
                            "language": language,
                            "words": min(len(told.words), SHORT) / SHORT,
                        },
                        expected.get(told.field) == values[told.field],
                    )
                    for told in answer.understood
                    if told.field in values
                ]
    return found


def main() -> int:
    """Print Brier scores and reliability tables; nothing is held by a threshold."""
    advisor = new_advisor()
    known, right = zip(*readings(advisor, WORKED), strict=True)
    unseen, truth = zip(*readings(advisor, CLOSED), strict=True)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    fitted = make_pipeline(
        DictVectorizer(),
        CalibratedClassifierCV(LogisticRegression(max_iter=1_000), method="sigmoid"),
    )
    ours, later = _sure(known), _sure(unseen)
    isotonic = np.zeros(len(right))
    marks = np.array(right, dtype=float)
    for train, test in folds.split(ours, right):
        step = IsotonicRegression(out_of_bounds="clip").fit(ours[train], marks[train])
        isotonic[test] = step.predict(ours[test])
    crossed = cross_val_predict(
        fitted, list(known), right, cv=folds, method="predict_proba"
    )[:, 1]
    _table("worked sets, five-fold", right, ours, isotonic, crossed)
    step = IsotonicRegression(out_of_bounds="clip").fit(ours, marks)
    fitted.fit(list(known), right)
    closed = fitted.predict_proba(list(unseen))[:, 1]
    _table("closed set", truth, later, step.predict(later), closed)
    return 0


def _sure(known: Sequence[dict[str, Any]]) -> Any:
    return np.array([one["sure"] for one in known])


def _table(title: str, right: Sequence[bool], *claims: Any) -> None:
    _write(f"{title}: {len(right)} readings, {sum(right) / len(right):.1%} right")
    names = ("as the reader says", "isotonic", "calibrated logistic")
    for name, claimed in zip(names, claims, strict=True):
        _write(f"  {name}: Brier {brier_score_loss(right, claimed):.4f}")
        for low, high in pairwise(BOUNDS):
            row = [
                ok for ok, one in zip(right, claimed, strict=True) if low <= one < high
            ]
            if row:
                claim = f"sure {low:.2f}-{min(high, 1):.2f}"
                _write(f"    {claim}: right {sum(row) / len(row):.0%} of {len(row)}")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
