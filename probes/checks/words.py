"""Facts into sentences: ``{fact}`` is replaced by its value, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from probes.checks.records import NO_BATCH, NOT_INSTALLED, UNDECIDED, Says, Value

PLACE = re.compile(r"\{([A-Za-z0-9_.-]+)\}")

YES_NO = {"en": ("no", "yes"), "zh": ("否", "是")}
ABSENT = {"en": "not seen here", "zh": "本机未见"}
JOIN = {"en": ", ", "zh": "、"}
WORDS = {
    "faster": "更快",
    "slower": "更慢",
    "no_difference": "没有差别",
    UNDECIDED: "未能判定",
    "works": "可用",
    NOT_INSTALLED: "本机未安装",
    NO_BATCH: "试过的均未低于",
}
"""Values that are words of ours and have a Chinese form."""

MOST_LISTED = 12


def names_in(text: str) -> tuple[str, ...]:
    """Facts that a sentence has places for."""
    return tuple(PLACE.findall(text))


def sentence(says: Says, facts: Mapping[str, Value]) -> Says:
    """The sentence with values in both languages."""
    return Says(en=_filled(says.en, facts, "en"), zh=_filled(says.zh, facts, "zh"))


def shown(value: Value | None, language: str = "en") -> str:
    """One value as a person would read it; numbers with three digits."""
    if value is None:
        return ABSENT[language]
    if isinstance(value, bool):
        return YES_NO[language][value]
    if isinstance(value, tuple):
        listed = [*value[:MOST_LISTED], *(["…"] if len(value) > MOST_LISTED else [])]
        return JOIN[language].join(listed)
    if isinstance(value, str):
        told = WORDS.get(value, value) if language == "zh" else value
        return told.replace("no_difference", "no different")
    if isinstance(value, int):
        return f"{value:,}"
    if value and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.1e}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _filled(text: str, facts: Mapping[str, Value], language: str) -> str:
    return PLACE.sub(lambda place: shown(facts.get(place[1]), language), text)
