"""What a message is for, judged by all that was made of it.

A multinomial logistic regression over what the model of whole messages, the rules and
the reading each say. It is fitted to messages of known hands, each seen by models that
were fitted to the others; ``python -m tests.evaluation.deciding`` fits it anew and says
how it fares on a hand that it was not fitted to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.softmax import softmax
from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.patterns import CJK, word_count
from assistant.understanding.records import Intent
from assistant.understanding.scope import off_topic, only_asks, requests
from assistant.understanding.weights import CLASSES, OFFSETS, SLOPES

NOTHING = "nothing"
"""The class of fragments, complaints, and what is about the manner of answering."""

MOST_ODDS = 8.0
"""Log odds beyond which a model is not listened to."""

_COMMANDS = frozenset(
    {
        *(Intent.WHY, Intent.WHY_ASKED, Intent.UNDO, Intent.START_OVER),
        *(Intent.SIMPLY, Intent.ARTICLE_VIEW, Intent.SWITCH_LANGUAGE),
    }
)
RULES = tuple(intent for intent in Intent if intent not in _COMMANDS)
"""What rules say of a message; what is left out is told by commands alone."""

_SLOPES, _OFFSETS = np.array([*SLOPES.values()]), np.array(OFFSETS)


@dataclass(frozen=True, slots=True)
class Signs:
    """What was made of a message.

    Attributes:
        odds: of each purpose, log odds of the model of whole messages.
        wants: what rules say of it.
        told: number of values read surely, ``doubted`` of those that were not.
        dark: number of parts of which nothing was made.
        asked: it follows a question of ours.
    """

    text: str
    odds: Mapping[str, float]
    wants: frozenset[Intent]
    told: int
    doubted: int
    dark: int
    asked: bool


Decide = Callable[[Signs], Mapping[str, float]]
"""From the signs of a message how likely it is of each class."""


def features(signs: Signs) -> dict[str, float]:
    """What the judgement rests on, each about as large as any other."""
    text, told = signs.text, signs.told
    known = {
        f"odds of {name}": max(-MOST_ODDS, min(MOST_ODDS, odds)) / 2
        for name, odds in sorted(signs.odds.items())
    }
    known |= {f"rules: {one}": float(one in signs.wants) for one in RULES}
    return known | {
        "no rule": float(not signs.wants),
        "told": math.log1p(told),
        "told something": float(told > 0),
        "doubted": math.log1p(signs.doubted),
        "dark": math.log1p(signs.dark),
        "asked": float(signs.asked),
        "names": math.log1p(len(mentions(text))),
        "asks": float(asks(text)),
        "mark": float("?" in text or "？" in text),
        "off topic": float(off_topic(text)),
        "only asks": float(only_asks(text)),
        "requests": float(requests(text)),
        "length": math.log(1 + word_count(text)) / 2,
        "chinese": float(CJK.search(text) is not None),
    }


def decided(signs: Signs) -> Mapping[str, float]:
    """How likely a message is of each class; all together 1."""
    known = features(signs)
    numbers = np.array([known.get(name, 0.0) for name in SLOPES])
    chances = softmax(numbers @ _SLOPES + _OFFSETS)
    return dict(zip(CLASSES, chances, strict=True))
