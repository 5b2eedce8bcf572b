"""What a clause says when no shipped phrase stands in it: a model fitted on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.fitted import Fitted, kept
from assistant.understanding.templates import examples
from knowledge.records import Phrase, Value

NOTHING = ("", None)
"""The class of counter-examples: said often, telling nothing."""

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

    At first use the model that was kept for these phrases is read, in some hundredths
    of a second, or fitted, in about a second; from then on a clause takes under a
    millisecond.

    Args:
        folder: where fitted models are kept; None: nowhere.
    """

    def __init__(self, phrases: Iterable[Phrase], folder: Path | None = None) -> None:
        self._examples = [
            (text.lower(), (one.field, one.value) if one.value is not None else NOTHING)
            for one in phrases
            for text in examples(one.text, MOST_EXAMPLES)
        ]
        self._folder = folder
        self._lock = Lock()

    def guess(self, clause: str) -> Guess | None:
        """The likeliest reading of a clause, None where it seems to say nothing."""
        found = self.fitted.likeliest(clause)
        if found is None:
            return None
        best, chance = found
        field, value = self._classes[best]
        return None if value is None else (field, value, chance)

    def leanings(self, texts: Sequence[str], labels: Sequence[Label]) -> list[float]:
        """How far each text speaks for its field and value: log odds of the model.

        A value that no phrase tells of has ``UNKNOWN`` odds.
        """
        return [
            UNKNOWN if row is None else self.fitted.odds(text, row)
            for text, row in zip(texts, map(self._row.get, labels), strict=True)
        ]

    def values(self, field: str) -> list[Value]:
        """Every value of a field that phrases tell of."""
        known = [value for name, value in self._classes if name == field]
        return [value for value in known if value is not None]

    @property
    def fitted(self) -> Fitted:
        """The model itself, whose classes are in the order of their words."""
        with self._lock:
            return self._fitted

    @cached_property
    def _fitted(self) -> Fitted:
        texts, labels = zip(*self._examples, strict=True)
        rows = [(self._row[label],) for label in labels]
        return kept(texts, rows, self._folder, "phrases")

    @cached_property
    def _classes(self) -> Sequence[Class]:
        return sorted({label for _, label in self._examples}, key=str)

    @cached_property
    def _row(self) -> dict[Class, int]:
        return {one: place for place, one in enumerate(self._classes)}
