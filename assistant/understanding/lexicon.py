"""Shipped phrases found in a text, with the span of each."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

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
        self._wordings = [
            _Wording(_flat(one.text), one.field, one.value) for one in phrases
        ]
        # A hundred thousand starts: in arrays they take a tenth of a dictionary's room.
        heads: list[str] = []
        places = array("H")
        for place, wording in enumerate(self._wordings):
            some = starts(wording.template, START)
            heads += some
            places.extend([place] * len(some))
        known = np.array(heads, f"U{START}")
        order = np.argsort(known, kind="stable")
        self._starts, firsts = np.unique(known[order], return_index=True)
        self._bounds = np.append(firsts, len(order)).tolist()
        self._places = np.array(places, np.uint16)[order]

    def find(self, text: str) -> list[Found]:
        """All phrases in ``text``, by position; offsets are those of ``text``."""
        low = _flat(text)
        found: list[Found] = []
        for start, wording in self._likely(low):
            match = wording.pattern.match(low, start)
            if match and not any(map(denied, filter(None, match.groups()))):
                found.append(Found(wording.field, wording.value, *match.span()))
        return _longest(found)

    def _likely(self, low: str) -> Iterator[tuple[int, _Wording]]:
        """Phrases by the first signs of which something in a text begins, and where."""
        begun = [
            start
            for start in range(len(low))
            if not (start and _WORDY.match(low, start) and _WORDY.match(low, start - 1))
        ]
        spans = [
            (start, start + size)
            for start in begun
            for size in range(1, min(START, len(low) - start) + 1)
        ]
        if not spans or not len(self._starts):
            return
        heads = np.array([low[start:end] for start, end in spans], self._starts.dtype)
        rows = np.searchsorted(self._starts, heads)
        rows[rows == len(self._starts)] = 0
        for hit in np.flatnonzero(self._starts[rows] == heads).tolist():
            row = int(rows[hit])
            first, last = self._bounds[row], self._bounds[row + 1]
            for place in self._places[first:last].tolist():
                yield spans[hit][0], self._wordings[place]


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
