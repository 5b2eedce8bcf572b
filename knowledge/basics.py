"""What every record of the knowledge is made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
Value = str | int
Answers = dict[str, Value | tuple[Value, ...]]
"""Known fields of a profile only: field name to value, or values where many hold."""


def as_many(value: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    """The values of a field, whether it holds one or several."""
    return value if isinstance(value, tuple) else (value,)


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    _every: ClassVar[set[str]]
    """The names of all fields."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        cls._every = set(cls.model_fields)

    @classmethod
    def made(cls, **fields: object) -> Self:
        """A record of our own making: nothing is checked, and no default filled in.

        What ``model_construct`` does without its search for defaults and aliases, in a
        fifth of the time.

        Args:
            fields: every field of the record, each of its own type.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", fields)
        object.__setattr__(record, "__pydantic_fields_set__", cls._every)
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


class Text(Record):
    """One sentence of ours in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def get(self, language: Language) -> str:
        return self.zh if language == Language.ZH else self.en
