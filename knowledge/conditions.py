"""When something holds for a person, and the builds of packages that it decides on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.basics import FieldName, Record, Slug, Value, as_many


class OneOf(Record):
    """Holds when the field is, or contains, any of the listed values."""

    field: FieldName
    one_of: tuple[Value, ...] = Field(min_length=1)

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        return any(one in self.one_of for one in as_many(value))


class AtLeast(Record):
    """Holds when a counted field reaches the bound, in that field's own unit."""

    field: FieldName
    at_least: int

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        return isinstance(value, int) and value >= self.at_least


class AtMost(Record):
    """Holds when a counted field does not pass the bound, in that field's own unit."""

    field: FieldName
    at_most: int

    def holds(self, value: Value | tuple[Value, ...]) -> bool:
        return isinstance(value, int) and value <= self.at_most


Condition = OneOf | AtLeast | AtMost


class Build(Record):
    """Which build of a package a machine needs, where the plain one is not right.

    Attributes:
        requirement: what pip is asked for; None: the package as anywhere else.
        index: where pip finds it; None: on the usual index.
        page: where the command has to be read, as it depends on more than we ask for;
            such a build has neither requirement nor index.
    """

    id: Slug
    package: Literal["torch", "tensorflow", "jax"]
    when: tuple[Condition, ...] = Field(min_length=1)
    requirement: str | None = None
    index: Annotated[str, Field(pattern=r"^https://")] | None = None
    page: Annotated[str, Field(pattern=r"^https://")] | None = None
    sources: tuple[Slug, ...] = Field(min_length=1)
