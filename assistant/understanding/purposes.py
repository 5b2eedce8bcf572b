"""What a message is for, as a whole: a model fitted to what people say.

Rules tell a wish for a fact from one for advice by the words that stand in it
(``intents``); most ways of putting either have none of these words. Both, and what was
read of the message, are weighed together (``deciding``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.deciding import NOTHING, Decide, Signs
from assistant.understanding.fitted import Fitted, kept
from assistant.understanding.records import Intent
from knowledge.records import AnnotatedMessage, Utterance

SURE = 0.6
"""Chance from which the judgement decides; below it, rules do."""

PLAIN = 0.8
"""The same of a wish to measure that no rule sees beside news: it would hide them."""

MANNER = "manner"
"""About how is answered; in which of the ways, the commands tell."""

BY_KIND = {
    "recommendation": Intent.ADVICE,
    "question": Intent.ADVICE,
    "fact": Intent.FACT_QUESTION,
    "probe": Intent.PROBE,
    "greeting": Intent.GREETING,
    "thanks": Intent.THANKS,
    "out_of_scope": Intent.OUT_OF_SCOPE,
}
"""Of kinds of reply what they are due to; a mere "what?" may be due to anything."""

_RIVALS = frozenset(
    {
        *(Intent.ADVICE, Intent.FACT_QUESTION, Intent.OUT_OF_SCOPE, Intent.PROBE),
        *(Intent.COMPLAINT, Intent.GREETING, Intent.THANKS),
    }
)


class Purposes:
    """A model of utterances and messages; it is fitted, or read, when first asked.

    Args:
        folder: where fitted models are kept; None: nowhere.
    """

    def __init__(
        self,
        utterances: Iterable[Utterance],
        messages: Iterable[AnnotatedMessage],
        folder: Path | None = None,
    ) -> None:
        self._examples = [(one.text.lower(), one.intent) for one in utterances]
        self._examples += _of_messages(messages)
        self._folder = folder
        self._lock = Lock()

    def odds(self, text: str) -> dict[str, float]:
        """Log odds of each purpose: an intent's name, or ``MANNER``.

        None are known where there is nothing to learn from.
        """
        if not self._examples:
            return {}
        with self._lock:
            model = self._fitted
        return dict(zip(self._names, map(float, model.all_odds(text)), strict=True))

    @cached_property
    def _fitted(self) -> Fitted:
        texts, intents = zip(*self._examples, strict=True)
        rows = [(self._names.index(one),) for one in intents]
        return kept(texts, rows, self._folder, "utterances")

    @cached_property
    def _names(self) -> list[str]:
        return sorted({intent for _, intent in self._examples})


def _of_messages(messages: Iterable[AnnotatedMessage]) -> Iterator[tuple[str, str]]:
    for one in messages:
        intent = BY_KIND.get(one.kind or "")
        if intent is not None and one.asked is None:
            yield one.text.lower(), intent.value


def purpose(signs: Signs, decide: Decide) -> str | None:
    """What a message is for, if that is plain: an intent's name, or ``MANNER``."""
    chances = decide(signs)
    best = max(chances, key=chances.__getitem__)
    hides = best == Intent.PROBE and signs.told and best not in signs.wants
    if chances[best] < (PLAIN if hides else SURE):
        return None
    if best != NOTHING:
        return best
    if Intent.COMPLAINT in signs.wants:
        return Intent.COMPLAINT
    return max((MANNER, Intent.COMPLAINT.value), key=lambda one: signs.odds[one])


def overruled(wants: frozenset[Intent], purpose: str | None) -> frozenset[Intent]:
    """What is wanted, once it is known what the whole message is for."""
    if purpose is None:
        return wants
    rest = wants - _RIVALS
    if purpose == Intent.ADVICE:  # a complaint may call for advice
        rest |= wants & {Intent.COMPLAINT}
    return rest if purpose == MANNER else rest | {Intent(purpose)}
