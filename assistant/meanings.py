"""Which concepts a text speaks of: words that mean the same, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.records import Concept

_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Meanings:
    """Finds concepts in a text."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.ours = frozenset(one.id for one in concepts if one.is_ours)
        self._latin: list[tuple[re.Pattern[str], str]] = []
        self._chinese: list[tuple[str, str]] = []
        for concept in concepts:
            latin = []
            for word in concept.words:
                if _CHINESE.search(word):
                    self._chinese.append((word, concept.id))
                else:
                    stem = re.escape(word.lower().removesuffix("~"))
                    latin.append(
                        stem + ("" if word.endswith("~") else r"s?(?![a-z0-9_])")
                    )
            if latin:
                found = re.compile(r"(?<![a-z0-9_.])(?:" + "|".join(latin) + ")")
                self._latin.append((found, concept.id))

    def of(self, text: str) -> frozenset[str]:
        """Ids of the concepts that are spoken of."""
        plain = text.lower()
        found = {id for pattern, id in self._latin if pattern.search(plain)}
        found |= {id for word, id in self._chinese if word in plain}
        return frozenset(found)
