"""Chinese sentences take Chinese marks: where one of ours has a half-width one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.records import Knowledge, Record, Text

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_HALF_WIDTH = re.compile(r"[,;:!?()]")
_SPARED = re.compile(
    r"`[^`]*`"  # code
    r"|https?://[^\s，。；：）]+"
    r"|\]\([^)]*\)"  # the address of a link
    r"|(?<![A-Za-z])[a-z_][\w.]*\([^()\u3400-\u9fff]*\)"  # a call, as fit()
    r"|\{[^{}]*\}"  # a place to fill in
    r"|(?<=\d)[,:](?=\d)"  # 3,500 and 12:30
)


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
