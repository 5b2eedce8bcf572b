"""Which messages are wordings of a phrase, or all but the same as one.

Every message stands against every wording, so nearly all pairs are dismissed by a bound
that NumPy takes of all of them at once: how many letters two texts can have in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import numpy as np

from assistant.understanding.templates import examples, pattern, starts

WORDINGS = 40
"""Wordings looked at of each phrase that has several."""

SAME = 0.85
"""Share of the characters of both, standing in one order, that makes a near copy."""

LONGER = 0.3
"""Texts that differ more than so in length are no copies."""

_BINS = 128
_START = 4

Counts = np.ndarray[Any, np.dtype[np.int16]]


class Wordings:
    """All wordings of all phrases, ready to be compared with messages."""

    def __init__(self, templates: Collection[str]) -> None:
        found = {text for one in templates for text in examples(one, WORDINGS)}
        self._texts = sorted(found, key=len)
        self._lengths = np.array([len(text) for text in self._texts])
        self._counts = np.stack([_counted(text) for text in self._texts])
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for template in templates:
            for start in starts(template.lower(), _START):
                self._by_start[start].append(template)

    def whole(self, message: str) -> list[str]:
        """Templates of which the message is a wording."""
        beginning = {message[:size] for size in range(_START + 1)}
        likely = [one for start in beginning for one in self._by_start.get(start, ())]
        return [one for one in likely if _pattern(one).fullmatch(message)]

    def near(self, message: str) -> list[str]:
        """Wordings of about its length with almost all of its characters in a row."""
        size = len(message)
        low = int(np.searchsorted(self._lengths, size * (1 - LONGER), side="right"))
        high = int(np.searchsorted(self._lengths, size * (1 + LONGER), side="left"))
        counts = self._counts[low:high]
        common = np.minimum(counts, _counted(message)).sum(axis=1, dtype=np.int32)
        possible = 2 * common > SAME * (self._lengths[low:high] + size)
        texts = [self._texts[low + place] for place in np.flatnonzero(possible)]
        return list(_alike(texts, message))


_pattern = cache(pattern)


def _alike(texts: Iterable[str], message: str) -> Iterable[str]:
    same = SequenceMatcher(None, "", message)
    for text in texts:
        same.set_seq1(text)
        if same.quick_ratio() > SAME and same.ratio() > SAME:
            yield text


def _counted(text: str) -> Counts:
    """How often each character occurs; those that share a bin are counted together.

    What two texts have in common by bins is never less than what they have by
    characters, so nothing that is near is dismissed.
    """
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) % _BINS
    return np.bincount(codes, minlength=_BINS).astype(np.int16)
