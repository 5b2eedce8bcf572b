"""Shipped phrases found in a text, with the span of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.understanding.clauses import denied
from assistant.understanding.templates import WORDY, pattern, starts
from knowledge.records import Phrase, Value

START = 4
"""Signs by which phrases are looked up."""

_WORDY = re.compile(WORDY)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text; ``value`` None is a counter-example, which hides others."""

    field: str
    value: Value | None
    start: int
    end: int


class Lexicon:
    """Finds every shipped phrase in one pass: the text is looked up sign by sign.

    English phrases match whole words only; Chinese ones anywhere. Of phrases that
    overlap within a field the longest stays, so a counter-example that contains a
    phrase silences it. A gap that denies is no part of a phrase.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_start: dict[str, list[_Wording]] = defaultdict(list)
        for phrase in phrases:
            wording = _Wording(_flat(phrase.text), phrase.field, phrase.value)
            for start in starts(wording.template, START):
                self._by_start[start].append(wording)

    def find(self, text: str) -> list[Found]:
        """All phrases in ``text``, by position; offsets are those of ``text``."""
        low = _flat(text)
        found: list[Found] = []
        for start in range(len(low)):
            if start and _WORDY.match(low, start) and _WORDY.match(low, start - 1):
                continue
            for size in range(1, START + 1):
                for wording in self._by_start.get(low[start : start + size], ()):
                    match = wording.pattern.match(low, start)
                    if match and not any(map(denied, match.groups())):
                        one = Found(wording.field, wording.value, *match.span())
                        found.append(one)
        return _longest(found)


class _Wording:
    """A phrase, compiled when its first signs are first met."""

    def __init__(self, template: str, field: str, value: Value | None) -> None:
        self.template = template
        self.field = field
        self.value = value

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return pattern(self.template)


def _flat(text: str) -> str:
    """Lower case with plain apostrophes, every character kept in its place."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("\n", " ").replace("\t", " ")


def _length_first(one: Found) -> tuple[int, int, bool]:
    """Longer ones first; of two as long a counter-example."""
    return one.start - one.end, one.start, one.value is not None


def _longest(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    taken: defaultdict[str, set[int]] = defaultdict(set)
    for one in sorted(found, key=_length_first):
        places = range(one.start, one.end)
        if taken[one.field].isdisjoint(places):
            taken[one.field].update(places)
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))
