"""What people say: data that the reader of messages is made from."""

from __future__ import annotations

import re

from pydantic import Field

from knowledge.basics import FieldName, Language, Record, Value


class Phrase(Record):
    """How people say that a field has a value; ``value`` None says they do not."""

    text: str
    field: FieldName
    value: Value | None
    language: Language


class Utterance(Record):
    """Something that people say, and what they want by it."""

    text: str
    intent: FieldName
    language: Language


class AnnotatedMessage(Record):
    """A whole message of somebody, with all that it tells of them.

    ``hand``: who wrote it. ``tells``: values by field. ``kind``: of the reply due, None
    where none is laid down. ``asked``: the field that the question before was about.
    """

    text: str
    hand: FieldName
    language: Language
    tells: dict[str, Value | tuple[Value, ...]]
    kind: str | None = None
    asked: str | None = None


class Amount(Record):
    """An amount somebody names, in its words: ``text[start:end]``, and what it counts.

    ``field``: ``dataset_rows`` for examples to train on, ``dataset_bytes`` for their
    volume, ``other`` for anything else.
    """

    text: str
    start: int
    end: int
    field: FieldName
    language: Language

    @classmethod
    def of(cls, marked: str, field: str, language: Language) -> Amount:
        """From text in which the amount stands between ``⟨`` and ``⟩``.

        Raises:
            ValueError: not one of either stands in it.
        """
        before, amount, after = re.split("[⟨⟩]", marked)
        start = len(before)
        return cls(
            text=before + amount + after,
            start=start,
            end=start + len(amount),
            field=field,
            language=language,
        )


class Command(Record):
    """How people ask something of the conversation itself, in whole sentences.

    ``intent``: what is asked for. ``en`` and ``zh``: wordings, as templates.
    """

    intent: FieldName
    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = Field(min_length=1)
