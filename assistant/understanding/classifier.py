"""What a clause says when no shipped phrase stands in it: a model fitted on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        self._model: tuple[Any, Any, list[tuple[str, Value | None]]] | None = None

    def guess(self, clause: str) -> Guess | None:
        """The likeliest reading of a clause, None where it seems to say nothing."""
        vectorizer, model, classes = self._fitted()
        features = vectorizer.transform([clause.lower()])
        if features.nnz < 3:
            return None
        chances = model.predict_proba(features)[0]
        best = int(chances.argmax())
        field, value = classes[int(model.classes_[best])]
        if value is None:
            return None
        return field, value, float(chances[best])

    def leanings(self, texts: Sequence[str], labels: Sequence[Label]) -> list[float]:
        """How far each text speaks for its field and value: log odds of the model.

        A value that no phrase tells of has ``UNKNOWN`` odds.
        """
        if not texts:
            return []
        vectorizer, model, classes = self._fitted()
        column = {label: place for place, label in enumerate(classes)}
        odds = model.decision_function(vectorizer.transform([*map(str.lower, texts)]))
        return [
            float(odds[row, column[label]]) if label in column else UNKNOWN
            for row, label in enumerate(labels)
        ]

    def _fitted(self) -> tuple[Any, Any, list[tuple[str, Value | None]]]:
        with self._lock:
            if self._model is None:
                self._model = self._fit()
            return self._model

    def _fit(self) -> tuple[Any, Any, list[tuple[str, Value | None]]]:
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
        return vectorizer, model, classes
