"""What a number counts: a model fitted to the words around amounts.

Grammar finds amounts by what is counted; money, hardware, people, code and time are
counted in the same words, in more ways than can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.understanding.clauses import normal
from assistant.understanding.fitted import Fitted, kept
from assistant.understanding.numbers import EN_SCALES, EN_WORDS
from assistant.understanding.patterns import CJK
from assistant.understanding.quantities import quantities
from assistant.understanding.records import Quantity
from assistant.understanding.traditional import simplified
from knowledge.records import Amount, AnnotatedMessage

OF_DATA = ("dataset_rows", "dataset_bytes")

WORDS = 6
"""Words on either side of an amount that the model sees."""

SIGNS = 10
"""The same in Chinese, in signs."""

COUNT, VOLUME = "#", "§"
"""What stands for the amount itself, whose size tells nothing."""

_WORD = re.compile(r"[\w'$€£%]+|[^\w\s]")
_NAMES = sorted({*EN_WORDS, *EN_SCALES, "w"}, key=len, reverse=True)
_NUMERAL = re.compile(
    rf"(?:\d[\d.,']*|(?:{'|'.join(map(re.escape, _NAMES))})(?![a-z])|"
    r"[零〇一二两三四五六七八九十百千万亿几多来余上近半]|[\s-])+",
    re.IGNORECASE,
)

_VOLUME = re.compile(
    r"[kmgtp]i?b\b|[个\d]\s*[gt]\b|gig|byte|\bmeg|字节|兆", re.IGNORECASE
)


class Amounts:
    """A model of amounts; it is fitted, or read, when it is first asked.

    Args:
        messages: their amounts are of data where the message tells them.
        folder: where fitted models are kept; None: nowhere.
    """

    def __init__(
        self,
        amounts: Iterable[Amount],
        messages: Iterable[AnnotatedMessage] = (),
        folder: Path | None = None,
    ) -> None:
        self._amounts = tuple(amounts)
        self._messages = tuple(messages)
        self._folder = folder
        self._lock = Lock()

    def odds(self, text: str, found: Sequence[Quantity]) -> list[float]:
        """Log odds that each amount of a text is one of the asker's data."""
        if not self._amounts:
            return [0.0] * len(found)
        with self._lock:
            model = self._fitted
        return [model.odds(around(text, one), 0) for one in found]

    @cached_property
    def _fitted(self) -> Fitted:
        examples = [*self._written(), *self._told()]
        texts = [text for text, _ in examples]
        rows = [(0,) if of_data else () for _, of_data in examples]
        return kept(texts, rows, self._folder, "amounts")

    def _written(self) -> Iterator[tuple[str, bool]]:
        for one in self._amounts:
            parts = (
                one.text[: one.start],
                one.text[one.start : one.end],
                one.text[one.end :],
            )
            before, words, after = (simplified(normal(part)) for part in parts)
            field = OF_DATA[one.field == "dataset_bytes" or bool(_VOLUME.search(words))]
            end = len(before) + len(words)
            span = Quantity(field, 0, len(before), end, 1.0)
            yield around(before + words + after, span), one.field in OF_DATA

    def _told(self) -> Iterator[tuple[str, bool]]:
        for one in self._messages:
            if one.asked is None:
                text = simplified(normal(one.text))
                for found in quantities(text):
                    yield around(text, found), one.tells.get(found.field) == found.value


def around(text: str, one: Quantity) -> str:
    """The words on either side of an amount; those next to it also joined to it."""
    end, mark = one.end, VOLUME
    if one.field == "dataset_rows":
        numeral = _NUMERAL.match(text, one.start, one.end)
        end, mark = numeral.end() if numeral else one.end, COUNT
    before, after = _plain(text[: one.start]), _plain(text[end:])
    if CJK.search(before[-SIGNS:] + after[:SIGNS]):
        return before[-SIGNS:] + mark + after[:SIGNS]
    left, right = _WORD.findall(before)[-WORDS:], _WORD.findall(after)[:WORDS]
    next_to = [word + mark for word in left[-1:]]
    next_to += [mark * place + word for place, word in enumerate(right[:2], start=1)]
    return " ".join([*left, mark, *right, *next_to])


def _plain(text: str) -> str:
    return re.sub(r"\d", "0", text.lower())
