"""Put right the spelling of the words that say whose a framework is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_MENDED = (
    "insist insists insisted require requires required prescribe prescribes prescribed "
    "mandates mandated mandatory demands demanded inherit inherits inherited "
    "inheriting colleague colleagues coworker coworkers supervisor professor currently "
    "presently previously university company management manager employer customer "
    "customers familiar comfortable experienced experience framework frameworks "
    "everything everyone everybody maintain maintained maintaining recommend "
    "recommends recommended switching migrated migrating tutorial tutorials lecturer "
    "compulsory obligatory requirement requirements predecessor classmate classmates "
    "institute decided decreed supposed considering assignment teacher neighbour "
    "neighbours programmer developer notebooks pipeline codebase"
)
_LEFT_ALONE = (
    "manage manages managed managers companies employee employees employed employs "
    "lecture lectures lectured recommender maintainer maintainers maintains "
    "experiences "
    "teachers teaches universities migrates migration managing professors supervisors "
    "inherently requiring neighbor neighbors institutes insisting pipelines developed "
    "developers programmed programmers demand mandate expects experts accompany "
    "processor processors decree decrees notebook decide decides suppose supposes "
    "tutoring lecturers"
)
_LEAST = 6
"""Letters of a word that is long enough to be known by all but one of them."""

_WORD = re.compile(rf"[A-Za-z]{{{_LEAST},14}}")
_KNOWN = frozenset(f"{_MENDED} {_LEFT_ALONE}".split())


def _shorter(word: str) -> Iterator[str]:
    """The word without any one letter but its first."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


_BY_LESS = {less: word for word in _MENDED.split() for less in (word, *_shorter(word))}


def mended(text: str) -> str:
    """The text with those words spelt right: "our client insits on"."""
    return _WORD.sub(lambda match: _right(match[0]), text)


@lru_cache(4096)
def _right(word: str) -> str:
    low = word.lower()
    if low in _KNOWN:
        return word
    for less in (low, *_shorter(low)):
        right = _BY_LESS.get(less)
        if right and abs(len(right) - len(low)) <= 1:
            return right
    return word
