"""Shipped phrases found in a text, with the span of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.records import Phrase, Value

_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text; ``value`` None is a counter-example, which hides others."""

    field: str
    value: Value | None
    start: int
    end: int


class Lexicon:
    """Finds every shipped phrase in one pass: the text is looked up word by word.

    English phrases match whole words only; Chinese ones anywhere. Of phrases that
    overlap within a field the longest stays, so a counter-example that contains a
    phrase silences it.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_text: dict[str, list[tuple[str, Value | None]]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in phrases:
            text = _flat(phrase.text)
            self._by_text[text].append((phrase.field, phrase.value))
            lengths[text[:2]].add(len(text))
        self._lengths = {
            start: sorted(sizes, reverse=True) for start, sizes in lengths.items()
        }

    def find(self, text: str) -> list[Found]:
        """All phrases in ``text``, by position; offsets are those of ``text``."""
        low = _flat(text)
        found: list[Found] = []
        for start in range(len(low) - 1):
            for size in self._lengths.get(low[start : start + 2], ()):
                piece = low[start : start + size]
                if (
                    len(piece) == size
                    and piece in self._by_text
                    and _whole(low, start, start + size)
                ):
                    found += [
                        Found(field, value, start, start + size)
                        for field, value in self._by_text[piece]
                    ]
        return _longest(found)


def _flat(text: str) -> str:
    """Lower case with plain apostrophes, every character kept in its place."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("\n", " ").replace("\t", " ")


def _whole(text: str, start: int, end: int) -> bool:
    """English words must end where the phrase ends."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    cut_before = _wordy(first) and _wordy(before)
    if after in "sS" and last.isalpha() and not _wordy(text[end + 1 : end + 2] or " "):
        after = " "  # a plural is the same word
    cut_after = _wordy(last) and _wordy(after)
    return not cut_before and not cut_after


def _wordy(sign: str) -> bool:
    return sign.isalnum() and not _CJK.match(sign)


def _longest(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        hidden = any(
            one.field == other.field and one.start < other.end and other.start < one.end
            for other in kept
        )
        if not hidden:
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))
