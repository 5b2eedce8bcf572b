"""Every sentence in both languages; the Chinese with its own marks, and spaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.records import Knowledge, Record, Text

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_HALF_WIDTH = re.compile(r"[,;:!?()]")
_TOUCHING = re.compile(
    r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9`{])|(?<=[A-Za-z0-9%+`}])(?=[\u3400-\u9fff])"
)
"""Where Chinese and a Latin letter, a number or a place to fill in stand gapless."""

_SPARED = re.compile(
    r"`[^`]*`"  # code
    r"|https?://[^\s，。；：）]+"
    r"|\]\([^)]*\)"  # the address of a link
    r"|(?<![A-Za-z])[a-z_][\w.]*\([^()\u3400-\u9fff]*\)"  # a call, as fit()
    r"|\{[^{}]*\}"  # a place to fill in
    r"|(?<=\d)[,:](?=\d)"  # 3,500 and 12:30
)


def every_sentence_is_in_chinese_too(knowledge: Knowledge) -> Iterator[str]:
    for name, text in _sentences(knowledge):
        if not _CHINESE.search(text.zh):
            yield f"{name}: the Chinese has no Chinese in it"
        if _CHINESE.search(text.en):
            yield f"{name}: the English has Chinese in it"


def _sentences(knowledge: Knowledge) -> Iterator[tuple[str, Text]]:
    for claim in knowledge.claims:
        yield f"claim {claim.id}", claim.claim
        yield f"claim {claim.id}: today", claim.today
    for fact in knowledge.facts:
        yield f"fact {fact.id}", fact.says
    for one in knowledge.differences:
        yield f"difference {one.id}", one.note
    for pair in knowledge.contradictions:
        yield f"contradiction {pair.id}", pair.says
        yield f"contradiction {pair.id}: today", pair.today
    for rule in knowledge.rules:
        yield rule.id, rule.because
        if rule.overruled is not None:
            yield f"{rule.id}: overruled", rule.overruled
    for veto in knowledge.vetoes:
        yield veto.id, veto.because
    for caution in knowledge.cautions:
        yield caution.id, caution.says
    for topic in knowledge.topics:
        yield f"topic {topic.id}", topic.answer
    for question in knowledge.questions:
        yield f"question {question.field}", question.text


def half_width(sentence: str) -> tuple[str, ...]:
    """Each half-width mark of a Chinese sentence, with what stands around it.

    Code, addresses and numbers keep theirs; a text without Chinese has none to change.
    """
    if not _CHINESE.search(sentence):
        return ()
    spared = [one.span() for one in _SPARED.finditer(sentence)]
    return tuple(
        sentence[max(0, at - 6) : at + 7]
        for at in (one.start() for one in _HALF_WIDTH.finditer(sentence))
        if not any(start <= at < end for start, end in spared)
    )


def spaced(sentence: str) -> str:
    """The sentence with a space wherever Chinese touches Latin letters or numbers.

    >>> spaced("文章说Keras，约3 个")
    '文章说 Keras，约 3 个'
    """
    return _TOUCHING.sub(" ", sentence)


def touching(sentence: str) -> tuple[str, ...]:
    """Where ``spaced`` would put a space, with what stands around it."""
    places = (one.start() for one in _TOUCHING.finditer(sentence))
    return tuple(sentence[max(0, at - 6) : at + 6] for at in places)


def every_chinese_text_is_spaced(knowledge: Knowledge) -> Iterator[str]:
    for _, entries in knowledge:
        for where, text in _texts(entries):
            for around in touching(text.zh):
                yield f"{where}: {around!r}: no space between Chinese and Latin"


def every_chinese_mark_is_full_width(knowledge: Knowledge) -> Iterator[str]:
    for _, entries in knowledge:
        for where, text in _texts(entries):
            for around in half_width(text.zh):
                yield f"{where}: {around!r}: a half-width mark in Chinese"


def _texts(entry: object, of: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a record, with the names that lead to it."""
    if isinstance(entry, tuple):
        for one in entry:
            yield from _texts(one, of)
    elif isinstance(entry, Text):
        yield of, entry
    elif isinstance(entry, Record):
        name = getattr(entry, "id", None) or getattr(entry, "field", None)
        for field, value in entry:
            yield from _texts(value, f"{name or of}: {field}")
