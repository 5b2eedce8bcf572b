"""What a message tells as a whole: a model fitted to annotated messages.

A phrase says what stands in a message, not of whom: "my friend has an A100", "I looked
at a Mac". All the words around it do, as far as any number of examples can show.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.fitted import Fitted, kept
from knowledge.records import AnnotatedMessage, Value, as_many

FEWEST = 3
"""Messages that tell a value, from which there is something to learn of it."""

UNHEARD = 0.0
"""What a message says for a value that too few messages tell."""

Label = tuple[str, Value]
"""Field and value."""


class Tellings:
    """A model of annotated messages; it is fitted, or read, when it is first asked.

    Args:
        folder: where fitted models are kept; None: nowhere.
    """

    def __init__(
        self, messages: Iterable[AnnotatedMessage], folder: Path | None = None
    ) -> None:
        self._messages = tuple(messages)
        self._folder = folder
        self._lock = Lock()

    def evidence(self, text: str, labels: Sequence[Label]) -> list[float]:
        """How far a message speaks for each field and value of its asker.

        By how much it raises the log odds that it tells it over those of any message: a
        rare value is no less likely for being rare, once it stands there in words.
        """
        rows = [self._rows.get(label) for label in labels]
        if all(row is None for row in rows):
            return [UNHEARD] * len(labels)
        with self._lock:
            model = self._fitted
        odds = model.all_odds(text)
        return [
            UNHEARD if row is None else float(odds[row]) - self._usual[row]
            for row in rows
        ]

    @cached_property
    def _fitted(self) -> Fitted:
        texts = [one.text.lower() for one in self._messages]
        rows = [
            [self._rows[label] for label in told(one) if label in self._rows]
            for one in self._messages
        ]
        return kept(texts, rows, self._folder, "messages")

    @cached_property
    def _usual(self) -> list[float]:
        """Log odds that any message tells a value, by its row."""
        whole = len(self._messages)
        counts = [self._counts[label] for label in self._rows]
        return [math.log(count / (whole - count)) for count in counts]

    @cached_property
    def _rows(self) -> dict[Label, int]:
        often = [label for label, count in self._counts.items() if count >= FEWEST]
        return {label: row for row, label in enumerate(sorted(often, key=str))}

    @cached_property
    def _counts(self) -> Counter[Label]:
        return Counter(label for one in self._messages for label in told(one))


def told(message: AnnotatedMessage) -> set[Label]:
    """Every field and value that a message tells; amounts are not among them."""
    labels: set[Label] = {
        (field, value)
        for field, values in message.tells.items()
        for value in as_many(values)
        if isinstance(value, str)
    }
    if ("deployment", "mobile") in labels:
        labels.add(("goals", "mobile"))
    return labels
