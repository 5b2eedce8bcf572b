"""What a message tells as a whole: a model fitted to annotated messages.

A phrase says what stands in a message, not of whom: "my friend has an A100", "I looked
at a Mac". All the words around it do, as far as any number of examples can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.fitted import Fitted, kept
from knowledge.records import AnnotatedMessage, Value, as_many

FEWEST = 3
"""Messages that tell a value, from which there is something to learn of it."""

UNHEARD = -5.0
"""Log odds of a value that too few messages tell."""

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

    def odds(self, text: str, labels: Sequence[Label]) -> list[float]:
        """Log odds, for each field and value, that a message tells it of its asker."""
        rows = [self._rows.get(label) for label in labels]
        if all(row is None for row in rows):
            return [UNHEARD] * len(labels)
        with self._lock:
            model = self._fitted
        odds = model.all_odds(text)
        return [UNHEARD if row is None else float(odds[row]) for row in rows]

    @cached_property
    def _fitted(self) -> Fitted:
        texts = [one.text.lower() for one in self._messages]
        rows = [
            [self._rows[label] for label in told(one) if label in self._rows]
            for one in self._messages
        ]
        return kept(texts, rows, self._folder, "messages")

    @cached_property
    def _rows(self) -> dict[Label, int]:
        counts: dict[Label, int] = {}
        for one in self._messages:
            for label in told(one):
                counts[label] = counts.get(label, 0) + 1
        often = [label for label, count in counts.items() if count >= FEWEST]
        return {label: row for row, label in enumerate(sorted(often, key=str))}


def told(message: AnnotatedMessage) -> set[Label]:
    """Every field and value that a message tells; amounts are not among them."""
    labels = {
        (field, value)
        for field, values in message.tells.items()
        for value in as_many(values)
        if isinstance(value, str)
    }
    if ("deployment", "mobile") in labels:
        labels.add(("goals", "mobile"))
    return labels
