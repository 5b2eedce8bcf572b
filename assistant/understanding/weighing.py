"""How likely it is that a phrase which stands in a message says what it seems to say.

A logistic regression over a few numbers. It is fitted to what was read of messages of
thirteen hands with the phrases known before anything was changed for them, and with a
model of whole messages that was fitted to those of other hands, and to what is read of
plain sentences (``tests/evaluation/first_readings.csv``).
``python -m tests.evaluation.weighing`` fits it anew and says how it fares on a hand
that it was not fitted to. Amounts have one of their own (``first_amounts.csv``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.understanding.classifier import Classifier
from assistant.understanding.patterns import word_count
from assistant.understanding.tellings import UNHEARD
from knowledge.records import Value

AROUND = 8
"""Signs on either side of a phrase that the classifier sees with it."""

PERSONAL = ("background", "control", "experience", "goals", "time_to_result")
"""Fields of what a person is and wants; the others are of what lies before them."""

INTERCEPT = -0.31
WEIGHTS = {
    "leaning": 0.29,
    "length": 1.07,
    "repeated": 1.72,
    "rivalled": -1.61,
    "clauses": 0.68,
    "personal": -1.00,
    "spoken": 0.85,
}

AMOUNT_INTERCEPT = 1.23
AMOUNT_WEIGHTS = {"odds": 1.24, "clauses": -0.77}

_CUT_BEFORE = re.compile(r"^[A-Za-z0-9']+")
_CUT_AFTER = re.compile(r"[A-Za-z0-9']+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase of a clause, and the value that it tells of the asker."""

    field: str
    value: Value
    words: str
    around: str
    spoken: float = UNHEARD
    """How far the whole message speaks for it, in log odds."""


def around(text: str, start: int, end: int) -> str:
    """A phrase with the signs on either side of it, less words cut off by that."""
    first, last = max(0, start - AROUND), end + AROUND
    before, after = text[first:start], text[end:last]
    if first and text[first - 1].isascii():
        before = _CUT_BEFORE.sub("", before)
    if last < len(text) and text[last].isascii():
        after = _CUT_AFTER.sub("", after)
    return before + text[start:end] + after


Weigh = Callable[[Classifier, Sequence[Reading], int], list[float]]
"""From the readings of a message and its number of clauses: how likely each is."""


def chances(
    classifier: Classifier, readings: Sequence[Reading], clauses: int
) -> list[float]:
    """How likely each reading is right, 0..1, by a logistic regression."""
    known = features(classifier, readings, clauses)
    return [_chance(one, INTERCEPT, WEIGHTS) for one in known]


def amount_chance(odds: float, clauses: int) -> float:
    """How likely an amount is one of the asker's data, by the words around it.

    Args:
        odds: log odds of the model of amounts.
        clauses: of the message; the more, the more else is counted.
    """
    known = {"odds": odds, "clauses": math.log(clauses)}
    return _chance(known, AMOUNT_INTERCEPT, AMOUNT_WEIGHTS)


def features(
    classifier: Classifier, readings: Sequence[Reading], clauses: int
) -> list[dict[str, float]]:
    """What the chances rest on; none of it turns on the order of the readings.

    ``leaning``: log odds of the classifier for the value, from the phrase and a few
    signs around it. ``length``: of the phrase, log of words; two Chinese signs are a
    word. ``repeated``: log of how many phrases of the message tell the same.
    ``rivalled``: 1 where another value of the field is told. ``clauses``: log of those
    of the message. ``personal``: 1 for a field of ``PERSONAL``. ``spoken``: how far
    the whole message speaks for the value.
    """
    same = Counter((one.field, one.value) for one in readings)
    values = Counter(field for field, _ in same)
    leanings = classifier.leanings(
        [one.around for one in readings], [(one.field, one.value) for one in readings]
    )
    return [
        {
            "leaning": leaning,
            "length": math.log(word_count(one.words) + 0.5),
            "repeated": math.log(same[one.field, one.value]),
            "rivalled": float(values[one.field] > 1),
            "clauses": math.log(clauses),
            "personal": float(one.field in PERSONAL),
            "spoken": one.spoken,
        }
        for one, leaning in zip(readings, leanings, strict=True)
    ]


def _chance(
    known: Mapping[str, float], intercept: float, weights: Mapping[str, float]
) -> float:
    odds = intercept + sum(weights[name] * value for name, value in known.items())
    return 1 / (1 + math.exp(-odds))
