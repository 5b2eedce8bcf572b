"""Where a clause names what others use, and the next one says what we do."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding.clauses import Clause
from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.patterns import rx

_THE_REST = rx(
    r"^\W*(?:(?:almost|nearly|pretty much) )?(?:everyone|everybody|all|most|half|"
    r"nearly "
    r"all|the whole|the entire)\b(?! of (?:my|our|the) (?:code|models?|scripts?))"
)
_NOT_I = rx(
    r"^\W*(?:(?:but|while|whereas|though|only|and|yet|except) )*(?:i|i'm|im|me|"
    r"myself)\b"
)
""" "Everybody in the office uses torch but I'm on Keras"."""

_ELSEWHERE = rx(
    r"^\W*(?:back )?(?:at|in|during) (?:(?:my|the) )?(?:uni|university|school|college|"
    r"studies|phd|(?:last|old|previous|former|first) \w+)\b[^,;]{0,30}\b(?:had|used|"
    r"was|"
    r"were|it was)\b"
)
_HERE_NOW = rx(
    r"^\W*(?:(?:but|and|while|whereas) )*(?:now|nowadays|today|these days|here|at "
    r"(?:my|"
    r"our|the) (?:present|current|new) \w+)\b"
)
""" "At university we had PyTorch, at my present company it's Keras"."""


_LIKES = rx(r"^\W*(?:i|we) (?:\w+ )?(?:like|love|prefer|enjoy|admire)\b")
_BUT_OURS = rx(
    r"^\W*(?:(?:but|yet|though|only|sadly) )*(?:my|our|we|i|everything|all|at work)\b"
    r"[^,;]{0,30}\b(?:is|are|use|write|runs?|work|have to|must|has to)\b"
)
""" "I like Keras but my code is torch"."""


def set_apart(parts: Sequence[Clause], index: int) -> bool:
    """Whether the next clause tells what is theirs from what this one names."""
    if index + 1 == len(parts):
        return False
    here, then = parts[index].text, parts[index + 1].text
    if not mentions(then) or asks(then):
        return False
    if _LIKES.match(here) and _BUT_OURS.match(then):
        return True
    if _THE_REST.match(here):
        return bool(_NOT_I.match(then))
    return bool(_ELSEWHERE.match(here) and _HERE_NOW.match(then))
