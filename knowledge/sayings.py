"""What people say: data that the reader of messages is made from."""

from __future__ import annotations

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


class Command(Record):
    """How people ask something of the conversation itself, in whole sentences.

    ``intent``: what is asked for. ``en`` and ``zh``: wordings, as templates.
    """

    intent: FieldName
    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = Field(min_length=1)
