"""What is asked of the conversation itself: "why?", "undo that", "说中文".

Only whole sentences count, so that "documents in English" asks for no other language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from assistant.understanding.records import Intent
from assistant.understanding.templates import examples, pattern
from knowledge.records import Command, Language

LONGEST = 70
"""Characters of a sentence that may be a command."""

MOST_SENTENCES = 12
"""Sentences of a message that are looked at."""

ALIKE = 0.75
"""Share of pairs of signs in common, of all, from which an unknown wording counts."""

_WORDINGS = 30
"""Wordings of one template that unknown ones are compared with."""

_LEAST_PAIRS = 3

_SENTENCE = re.compile(r"(?<=[.!?。！？；;\n])\s*|,\s+(?=in |please)|[，,](?=请|用|说)")
_PIECE = re.compile(r"[,，.。!！;；?？]+")
_MARKS = " \t\n.,:;!?。，：；！？~～…\"'“”‘’()（）-"
_POLITE = re.compile(
    r"^(?:(?:please|pls|plz|ok|okay|so|and|but|well|hm+|um+|now|then|hey|hi|sorry|"
    r"just|yes|no|can you|could you|would you|will you|can we|could we|can i|could i|"
    r"let's|i'd like you to|i want you to|i'd like to|i would like to|i want to|"
    r"(?:can|could) you please|please can you)\b[\s,]*"
    r"|(?:请问|请|麻烦|那么|那|好的?|嗯|能不能|可不可以|可以|你能|能|帮我|给我|我想|"
    r"我要|"
    r"想|你|先|再)(?=\S{2})[，,]?)"
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|then|now|again|for me|ok|okay)"
    r"|(?<=\S{2})(?:吧|呢|啊|呀|吗|嘛|哦|喔|么|谢谢|好吗|好不好|可以吗|行吗|行不行))$"
)
_LANGUAGES = {
    "speak_english": Language.EN,
    "speak_chinese": Language.ZH,
}


class Commands:
    """Finds commands by their wordings. Holds no conversation.

    Raises:
        ValueError: a command names an intent that nothing acts on.
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        self._known = [
            (_intent(one.intent), one.intent, (*one.en, *one.zh)) for one in commands
        ]

    @cached_property
    def _patterns(self) -> list[tuple[Intent, str, re.Pattern[str]]]:
        return [
            (
                intent,
                name,
                re.compile("|".join(f"(?:{pattern(one).pattern})" for one in texts)),
            )
            for intent, name, texts in self._known
        ]

    @cached_property
    def _examples(self) -> _Examples:
        return _Examples(
            (intent, name, wording)
            for intent, name, texts in self._known
            for text in texts
            for wording in examples(text, _WORDINGS)
        )

    def alone(self, message: str) -> tuple[Intent, str] | None:
        """The intent, and the command, if the message is that and nothing else.

        Several in a row count as the first: "too technical, simpler please".
        """
        if len(message) > LONGEST:
            return None
        whole = self._exact(message)
        if whole is not None:
            return whole
        pieces = [one for one in _PIECE.split(message) if one.strip(_MARKS)]
        found = [self._exact(one) for one in pieces]
        return found[0] if found and None not in found else None

    def _exact(self, sentence: str) -> tuple[Intent, str] | None:
        for bare in _bared(sentence):
            for intent, name, wordings in self._patterns:
                if wordings.fullmatch(bare):
                    return intent, name
        return None

    def among(self, message: str) -> tuple[list[tuple[Intent, str]], str]:
        """Those of a message's sentences that are commands, and all the others."""
        found, rest = [], []
        for place, sentence in enumerate(_SENTENCE.split(message)):
            one = self.alone(sentence) if place < MOST_SENTENCES else None
            if one is None:
                rest.append(sentence)
            else:
                found.append(one)
        return found, " ".join(rest) if found else message

    def like(self, message: str) -> tuple[Intent, str] | None:
        """The command whose wording a message is most like, None where unlike all."""
        near = [self._examples.nearest(one) for one in _bared(message)]
        score, intent, name = max(near, default=(0.0, Intent.WHY, ""))
        return (intent, name) if score >= ALIKE else None


class _Examples:
    """Wordings by the pairs of signs that stand in them."""

    def __init__(self, wordings: Iterable[tuple[Intent, str, str]]) -> None:
        self._commands: list[tuple[Intent, str]] = []
        self._sizes: list[int] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, (intent, name, text) in enumerate(wordings):
            pairs = _pairs(text)
            self._commands.append((intent, name))
            self._sizes.append(len(pairs))
            for pair in pairs:
                self._having[pair].append(number)

    def nearest(self, text: str) -> tuple[float, Intent, str]:
        """The likest wording's command, and how like: 0..1 (Dice 1945)."""
        pairs = _pairs(text)
        common = Counter(
            number for pair in pairs for number in self._having.get(pair, ())
        )
        if len(pairs) < _LEAST_PAIRS or not common:
            return 0.0, Intent.WHY, ""
        score, number = max(
            (2 * shared / (len(pairs) + self._sizes[one]), one)
            for one, shared in common.items()
        )
        return (score, *self._commands[number])


def language_named(command: str) -> Language | None:
    """The language that a command asks to go on in."""
    return _LANGUAGES.get(command)


def _intent(name: str) -> Intent:
    return Intent.SWITCH_LANGUAGE if name in _LANGUAGES else Intent(name)


def _bared(message: str) -> list[str]:
    """The message without marks, then with ever fewer polite words around it."""
    if len(message) > LONGEST:
        return []
    bare = " ".join(message.lower().replace("’", "'").strip(_MARKS).split())
    found = [bare] if bare else []
    for one in found:  # grows while it is gone through
        for cut in (_TAIL, _POLITE):
            shorter = cut.sub("", one, count=1).strip(_MARKS)
            if shorter and shorter not in found:
                found.append(shorter)
    return found


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
