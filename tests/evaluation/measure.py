"""Precision, recall and wrong values of the reader, over fields, by language."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.understanding.reading import Reader
from knowledge.load import load_knowledge

MESSAGES = tomllib.loads((Path(__file__).parent / "messages.toml").read_text("utf-8"))


@dataclass
class Score:
    """Counts over fields of many messages.

    ``wrong``: a value was told and another was read. ``invented``: nothing was told.
    """

    right: int = 0
    wrong: int = 0
    invented: int = 0
    missed: int = 0
    messages: int = 0
    exact: int = 0
    by_field: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong + self.invented)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.wrong + self.missed)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def wrong_rate(self) -> float:
        """Values that are not what was said, as a fraction of all values read."""
        return (self.wrong + self.invented) / max(
            1, self.right + self.wrong + self.invented
        )


def measured(language: str) -> Score:
    """Read every message of one language and count."""
    reader = Reader(load_knowledge().phrases)
    score = Score()
    for message, expected in MESSAGES[language].items():
        heard = {
            one.field: list(one.value) if isinstance(one.value, tuple) else one.value
            for one in reader.read(message).observations
        }
        _count(score, message, expected, heard)
    return score


def _count(
    score: Score, message: str, expected: dict[str, Any], heard: dict[str, Any]
) -> None:
    score.messages += 1
    score.exact += expected == heard
    if expected != heard:
        score.examples.append(
            f"{message}\n    expected {expected}\n    read     {heard}"
        )
    for name in expected.keys() | heard.keys():
        if name not in heard:
            outcome = "missed"
        elif name not in expected:
            outcome = "invented"
        else:
            outcome = "right" if expected[name] == heard[name] else "wrong"
        score.by_field[name, outcome] += 1
        setattr(score, outcome, getattr(score, outcome) + 1)
