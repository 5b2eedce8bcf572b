"""``python -m tests.evaluation.learning``: would more phrases help, and which model.

Three designs guess the field and value of whole phrases that were held out, from a
growing share of the others; counter-examples count as a value of their own. The last
table is about the messages of the open set: what the whole reader makes of them with a
share of the phrases.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from assistant.understanding.reading import SURE
from assistant.understanding.templates import examples
from knowledge.load import load_knowledge
from knowledge.records import Phrase
from tests.evaluation.measure import LANGUAGES, measured, messages, new_advisor

SHARES = (0.25, 0.5, 0.75, 1.0)
HELD_OUT = 0.2
WORDINGS = 2
"""Of a template; those of one template are never on both sides."""


def _features() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, max_features=20_000
    )


DESIGNS: dict[str, Callable[[], Pipeline]] = {
    "logistic regression (in use)": lambda: make_pipeline(
        _features(),
        SGDClassifier(
            loss="log_loss", alpha=3e-5, max_iter=30, tol=None, random_state=0
        ),
    ),
    "naive Bayes": lambda: make_pipeline(_features(), MultinomialNB(alpha=0.02)),
    "nearest phrase": lambda: make_pipeline(
        _features(), KNeighborsClassifier(5, metric="cosine", weights="distance")
    ),
}


def main() -> int:
    """Print the learning curves of the three designs, then that of the reader."""
    phrases = list(load_knowledge().phrases)
    random.Random(0).shuffle(phrases)
    cut = int(len(phrases) * HELD_OUT)
    held, rest = phrases[:cut], phrases[cut:]
    for name, design in DESIGNS.items():
        for share in SHARES:
            right, wrong = _tried(design(), rest[: int(len(rest) * share)], held)
            _write(
                f"{name:30} {share:4.0%} of the phrases: right {right:.1%}, "
                f"surely wrong {wrong:.1%}"
            )
    for share in SHARES:
        knowledge = load_knowledge()
        some = tuple(phrases[: int(len(phrases) * share)])
        advisor = new_advisor(knowledge.model_copy(update={"phrases": some}))
        for language in LANGUAGES:
            score = measured(advisor, messages("open", language))
            _write(
                f"the reader, open {language}, {share:4.0%} of the phrases: "
                f"F1 {score.f1:.3f}, not what was said {score.wrong_rate:.1%}"
            )
    return 0


def _tried(
    model: Any,
    learned: list[Phrase],
    held: list[Phrase],
) -> tuple[float, float]:
    """Share of the held-out wordings read rightly, and wrongly though surely."""
    model.fit(*_labelled(learned))
    texts, labels = _labelled(held)
    chances = model.predict_proba(texts)
    guesses = [model.classes_[int(row.argmax())] for row in chances]
    right = sum(guess == label for guess, label in zip(guesses, labels, strict=True))
    wrong = sum(
        guess != label and row.max() >= SURE
        for guess, label, row in zip(guesses, labels, chances, strict=True)
    )
    return right / len(labels), wrong / len(labels)


def _labelled(phrases: list[Phrase]) -> tuple[list[str], list[str]]:
    pairs = [
        (text.lower(), f"{one.field}={one.value}" if one.value is not None else "")
        for one in phrases
        for text in examples(one.text, WORDINGS)
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
