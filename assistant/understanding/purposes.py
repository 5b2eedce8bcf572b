"""What a message is for, as a whole: a model fitted to what people say.

Rules tell a wish for a fact from one for advice by the words that stand in it
(``intents``); most ways of putting either have none of these words. Where the model is
sure it decides, elsewhere the rules do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.fitted import Fitted, kept
from assistant.understanding.records import Intent
from knowledge.records import AnnotatedMessage, Utterance

SURE = 0.6
"""Share of all chances from which the model decides."""

PLAIN = 0.9
"""The same where rules say otherwise: something is told of data, a fact is asked."""

SURE_OF_ANSWERS = 0.9
"""The same where a question was asked before: what comes then is mostly an answer."""

MANNER = "manner"
"""About how is answered; in which of the ways, the commands tell."""

_BY_KIND = {
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

    def of(
        self,
        text: str,
        *,
        asked: bool = False,
        wants: frozenset[Intent] = frozenset(),
    ) -> tuple[str, float] | None:
        """An intent's name, or ``MANNER``, and its chance; None where it is not sure.

        Args:
            asked: it follows a question of ours.
            wants: what rules say of it; where they say just that, it is sure.
        """
        if not self._examples:
            return None
        with self._lock:
            model = self._fitted
        found = model.likeliest(text)
        if found is None:
            return None
        name, chance = self._names[found[0]], found[1]
        agreed = not asked and wants == {name}
        if not agreed and chance < (SURE_OF_ANSWERS if asked else SURE):
            return None
        return name, chance

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
        intent = _BY_KIND.get(one.kind or "")
        if intent is not None and one.asked is None:
            yield one.text.lower(), intent.value


def overruled(wants: frozenset[Intent], purpose: str | None) -> frozenset[Intent]:
    """What is wanted, once it is known what the whole message is for."""
    if purpose is None:
        return wants
    rest = wants - _RIVALS
    return rest if purpose == MANNER else rest | {Intent(purpose)}
