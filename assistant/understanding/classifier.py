"""What a clause says when no shipped phrase stands in it: a model fitted on them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from assistant.understanding.templates import examples
from knowledge.records import Phrase, Value

NOTHING = ("", None)
"""The class of counter-examples: said often, telling nothing."""

MOST_FEATURES = 20_000
"""Runs of signs the model knows, the commonest first; they bound its memory."""

MOST_EXAMPLES = 4
"""Wordings of one phrase that the model is fitted on."""

Guess = tuple[str, Value, float]
"""Field, value and probability, 0..1."""

Label = tuple[str, Value]
"""Field and value."""

Class = tuple[str, Value | None]
"""A label, or ``NOTHING``."""

UNKNOWN = -5.0
"""Log odds of what the model has never seen."""


class Classifier:
    """Character n-grams and logistic regression over all phrases at once.

    scikit-learn is imported and the model fitted at first use, in about a second; from
    then on a clause takes under a millisecond. Nothing is stored: the phrases are the
    model.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._examples = [
            (text.lower(), (one.field, one.value) if one.value is not None else NOTHING)
            for one in phrases
            for text in examples(one.text, MOST_EXAMPLES)
        ]
        self._lock = Lock()
        self._model: _Model | None = None

    def guess(self, clause: str) -> Guess | None:
        """The likeliest reading of a clause, None where it seems to say nothing."""
        fitted = self._fitted()
        features = fitted.vectorizer.transform([clause.lower()])
        if features.nnz < 3:
            return None
        chances = fitted.model.predict_proba(features)[0]
        best = int(chances.argmax())
        field, value = fitted.classes[int(fitted.model.classes_[best])]
        if value is None:
            return None
        return field, value, float(chances[best])

    def leanings(self, texts: Sequence[str], labels: Sequence[Label]) -> list[float]:
        """How far each text speaks for its field and value: log odds of the model.

        A value that no phrase tells of has ``UNKNOWN`` odds.
        """
        if not texts:
            return []
        fitted = self._fitted()
        return [
            fitted.leaning(text.lower(), label)
            for text, label in zip(texts, labels, strict=True)
        ]

    def _fitted(self) -> _Model:
        with self._lock:
            if self._model is None:
                self._model = self._fit()
            return self._model

    def _fit(self) -> _Model:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import SGDClassifier

        texts, labels = zip(*self._examples, strict=True)
        classes = sorted(set(labels), key=str)
        number = {label: index for index, label in enumerate(classes)}
        vectorizer = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(1, 4),
            sublinear_tf=True,
            max_features=MOST_FEATURES,
        )
        features = vectorizer.fit_transform(texts)
        model = SGDClassifier(
            loss="log_loss", alpha=3e-5, max_iter=12, tol=None, random_state=0
        )
        model.fit(features, [number[label] for label in labels])
        return _Model(vectorizer, model, classes)


@dataclass(frozen=True)
class _Model:
    """What is fitted, with a way to the odds of one value that is far quicker.

    ``leaning`` is ``decision_function`` of scikit-learn, for one text and one class:
    terms weigh (1 + log of their count) times their rarity, on a scale of length 1.
    """

    vectorizer: Any
    model: Any
    classes: Sequence[Class]

    @cached_property
    def _row(self) -> dict[Class, int]:
        return {one: place for place, one in enumerate(self.classes)}

    @cached_property
    def _terms(self) -> Callable[[str], list[str]]:
        terms: Callable[[str], list[str]] = self.vectorizer.build_analyzer()
        return terms

    @cached_property
    def _rarity(self) -> list[float]:
        rarity: list[float] = self.vectorizer.idf_.tolist()
        return rarity

    def leaning(self, text: str, label: Label) -> float:
        row = self._row.get(label)
        if row is None:
            return UNKNOWN
        known = self.vectorizer.vocabulary_
        counts = Counter(
            place
            for term in self._terms(text)
            if (place := known.get(term)) is not None
        )
        weights = {
            place: (1 + math.log(count)) * self._rarity[place]
            for place, count in counts.items()
        }
        length = math.hypot(*weights.values()) or 1.0
        slopes = self.model.coef_[row]
        total = sum(weight * slopes[place] for place, weight in weights.items())
        return float(total / length + self.model.intercept_[row])
