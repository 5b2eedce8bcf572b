"""How the patterns of a reader are written down."""

from __future__ import annotations

import re


def rx(*patterns: str) -> re.Pattern[str]:
    """Any of these patterns, in capitals or not."""
    return re.compile("|".join(patterns), re.IGNORECASE)


CJK = re.compile("[\u3400-\u9fff]")
"""A Chinese character."""

_SIGNS_A_WORD = 2


def word_count(text: str) -> float:
    """Words of a text; two Chinese signs are a word."""
    return len(text) / _SIGNS_A_WORD if CJK.search(text) else len(text.split())


FRAMEWORK = (
    r"(?:tf\.keras|keras|tensor ?flow(?!\.?js)|py ?torch|torch|"
    r"tf(?!lite|\.?js|[ -]?lite|record|hub)|jax|flax|mxnet|paddle)"
)
"""The name of a framework, within a pattern."""
