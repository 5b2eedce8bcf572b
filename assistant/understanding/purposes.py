"""What a message is for, as a whole: a model fitted to what people say.

Rules tell a wish for a fact from one for advice by the words that stand in it
(``intents``); most ways of putting either have none of these words. Where the model is
sure it decides, elsewhere the rules do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.fitted import Fitted, kept
from assistant.understanding.records import Intent
from knowledge.records import Utterance

SURE = 0.70
"""Share of all chances from which the model decides."""

MANNER = "manner"
"""About how is answered; which of the ways, the commands tell."""

_OVERRULED = frozenset(
    {Intent.ADVICE, Intent.FACT_QUESTION, Intent.OUT_OF_SCOPE, Intent.PROBE}
)


class Purposes:
    """A model of utterances; it is fitted, or read, when it is first asked.

    Args:
        folder: where fitted models are kept; None: nowhere.
    """

    def __init__(
        self, utterances: Iterable[Utterance], folder: Path | None = None
    ) -> None:
        self._utterances = tuple(utterances)
        self._folder = folder
        self._lock = Lock()

    def of(self, text: str) -> tuple[str, float] | None:
        """The likeliest purpose and its chance, 0..1; None where little is known."""
        if not self._utterances:
            return None
        with self._lock:
            model = self._fitted
        found = model.likeliest(text)
        return found and (self._names[found[0]], found[1])

    @cached_property
    def _fitted(self) -> Fitted:
        texts = [one.text.lower() for one in self._utterances]
        rows = [(self._names.index(one.intent),) for one in self._utterances]
        return kept(texts, rows, self._folder, "utterances")

    @cached_property
    def _names(self) -> list[str]:
        return sorted({one.intent for one in self._utterances})


def overruled(wants: frozenset[Intent], purpose: str) -> frozenset[Intent]:
    """What is wanted, once it is known what the whole message is for."""
    rest = wants - _OVERRULED
    return rest if purpose == MANNER else rest | {Intent(purpose)}
