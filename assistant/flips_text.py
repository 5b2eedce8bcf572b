"""Other answers that would change the advice, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.labels import Labels
from assistant.moves import MANY
from assistant.wire import Answered, Flip
from knowledge.records import Language, Text

INSTEAD = Text(en=" (instead of all you named)", zh="（取代你说过的全部）")


def grouped(flips: Sequence[Flip]) -> list[list[Flip]]:
    """Flips of one field to one framework together, in the order of their first."""
    groups: dict[tuple[str, str], list[Flip]] = {}
    for flip in flips:
        groups.setdefault((flip.field, flip.framework), []).append(flip)
    return list(groups.values())


def answers(
    some: Sequence[Flip | Answered],
    unknown: Collection[str],
    labels: Labels,
    language: Language,
) -> str:
    """``kind of data = text or graphs``: any of these other answers to one question.

    Args:
        some: all of the same field.
        unknown: fields that hold nothing yet whose place could be taken.
    """
    field = some[0].field
    values = [labels.value(field, one.instead, language) for one in some]
    comma, last = (", ", " or ") if language is Language.EN else ("、", " 或 ")
    said = last.join([part for part in (comma.join(values[:-1]), values[-1]) if part])
    if field in MANY and field not in unknown:
        said += INSTEAD.get(language)
    return f"{labels.field(field, language)} = {said}"
