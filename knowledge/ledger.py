"""Shapes of what we say is so: sources, the article's statements, facts, answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from knowledge.basics import FieldName, Record, Slug, Text


class Source(Record):
    """Where a claim comes from: the page, and the day it was read there.

    ``primary``: the project's own page, code or package. ``secondary``: a report by
    somebody who saw it. Nothing weaker is a source.
    """

    id: Slug
    title: str
    url: Annotated[str, Field(pattern=r"^https://")]
    read_on: date
    grade: Literal["primary", "secondary"]


class Status(StrEnum):
    HOLDS = "holds"
    OUTDATED = "outdated"
    WRONG = "wrong"
    CONTESTED = "contested"
    OPINION = "opinion"
    DEPENDS_ON_HARDWARE = "depends_on_hardware"


class Claim(Record):
    """One checkable statement of the article, and what is true of it today.

    Attributes:
        sections: where in the article it stands.
        check: how it could be checked: by documents, by looking into the installed
            packages, or by running both frameworks.
        check_note: what exactly the check would do.
    """

    id: Slug
    subject: Literal["keras", "pytorch", "both", "tensorflow"]
    topic: FieldName
    sections: tuple[str, ...] = Field(min_length=1)
    claim: Text
    status_today: Status
    today: Text
    sources: tuple[Slug, ...] = Field(min_length=1)
    check: Literal["cite", "introspect", "probe"]
    check_note: str


class Contradiction(Record):
    """Statements of the article that cannot all be so, and which of them holds.

    Attributes:
        topics: the answers beside which it has to be told.
    """

    id: Slug
    claims: tuple[Slug, ...] = Field(min_length=2)
    topics: tuple[Slug, ...] = Field(min_length=1)
    says: Text
    today: Text


class Fact(Record):
    """Something true today that the article itself does not say.

    Attributes:
        says: one or two sentences.
        claims: statements of the article that it bears on, the nearest first.
        asked: questions that it answers; what it is found by beside its own words.
        sources: pages or packages that say so; how old a fact is, their days tell.
    """

    id: Slug
    topic: FieldName
    says: Text
    asked: tuple[str, ...] = ()
    claims: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = Field(min_length=1)


class Topic(Record):
    """A question people ask about the frameworks, and our answer to it.

    Attributes:
        asked: how it is asked, in both languages; what an answer is found by.
        answer: two or three sentences; a stale premise is corrected first.
        article: what the article of 2022 said, where it differs from today.
        claims: the article's statements it rests on.
    """

    id: Slug
    title: Text
    asked: tuple[str, ...] = Field(min_length=4)
    answer: Text
    article: Text | None = None
    claims: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = Field(min_length=1)


class Concept(Record):
    """Words of both languages that mean the same when a question is asked.

    A Latin word is matched as a whole word, or as a beginning where it ends in ``~``;
    a Chinese one anywhere.

    Attributes:
        is_ours: a name that alone makes a question one about the frameworks.
    """

    id: Slug
    is_ours: bool = False
    words: tuple[str, ...] = Field(min_length=1)


class Outside(Record):
    """Wordings of what is asked here and has nothing to do with the frameworks."""

    id: Slug
    asked: tuple[str, ...] = Field(min_length=1)


class Difference(Record):
    """What is written otherwise when a model moves from one framework to the other.

    Attributes:
        keras, pytorch: the same in each, as code or in a few words.
    """

    id: Slug
    what: Text
    keras: str = Field(min_length=1)
    pytorch: str = Field(min_length=1)
    note: Text
    sources: tuple[Slug, ...] = Field(min_length=1)
