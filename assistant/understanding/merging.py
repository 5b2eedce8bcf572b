"""One value per field out of everything a message said of it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.moves import MANY
from assistant.wire import Observation
from knowledge.records import Value, as_many

LIKELY = 0.6
"""Probability from which one is taken, and asked about, where none is surer."""

RIVALS = 0.5
"""Probability from which another value of a field keeps one from being taken."""

RIVALLED = 0.75
"""How sure a value is that stood against another of its field in one message.

On the evaluation messages 4 of 35 such values were wrong and 2% of all others; of the
frozen half 3 of 16 and 9% (2026-11-25, ``python -m tests.evaluation``).
"""

_TELLING: dict[str, tuple[Value, ...]] = {
    "background": (
        "scientist_math",
        "researcher",
        "data_scientist",
        "developer",
        "business",
        "student",
    ),
    "experience": ("none", "beginner", "advanced", "intermediate"),
    "control": ("custom_loop", "custom_layers", "standard"),
    "modality": ("graph", "rl", "video", "audio", "timeseries"),
    "hardware": ("tpu", "gpu", "cpu"),
}
"""Where two values of a field are said, the one that tells more, earlier first.

A student of physics is a scientist; "a beginner, no machine learning at all" has none.
"""


_OPPOSITES: dict[str, tuple[frozenset[Value], frozenset[Value]]] = {
    "experience": (frozenset({"none", "beginner"}), frozenset({"advanced"})),
    "math_comfort": (frozenset({"low"}), frozenset({"high"})),
}


def opposed(taken: Sequence[Observation]) -> list[Observation]:
    """Those that cannot be true of one person together: "a beginner and an expert"."""
    torn = set[str]()
    for field, ends in _OPPOSITES.items():
        values = {one.value for one in taken if one.field == field}
        if all(values & end for end in ends):
            torn.add(field)
    return [one for one in taken if one.field in torn]


def merged(
    observations: Sequence[Observation], corrects: bool
) -> tuple[list[Observation], tuple[str, ...]]:
    """One observation per field, in the order the fields were first told.

    Args:
        corrects: the message takes something back, so the last word on a field wins and
            what was known of it before is withdrawn.

    Returns:
        the observations kept, and the fields withdrawn.
    """
    kept: dict[str, Observation] = {}
    for one in observations:
        before = kept.get(one.field)
        if before is None or (corrects and one.field not in MANY):
            kept[one.field] = one
        elif one.field in MANY:
            kept[one.field] = _joined(before, one)
        else:
            kept[one.field] = _more_telling(before, one)
    withdrawn = tuple(kept) if corrects else ()
    return list(kept.values()), withdrawn


def _joined(before: Observation, one: Observation) -> Observation:
    values = [*as_many(before.value), *as_many(one.value)]
    unique = tuple(dict.fromkeys(values))
    if len(unique) > 1:
        unique = tuple(value for value in unique if value != "none")
    words = (
        before.words if one.words in before.words else f"{before.words}; {one.words}"
    )
    return Observation(
        field=one.field,
        value=unique,
        words=words[:400],
        sure=min(before.sure, one.sure),
    )


def _more_telling(before: Observation, one: Observation) -> Observation:
    order = _TELLING.get(one.field)
    if order is None:
        # Counts: the larger one is the data set, the smaller a part of it.
        if isinstance(before.value, int) and isinstance(one.value, int):
            return max(before, one, key=lambda told: int(str(told.value)))
        rivalled = min(before.sure, RIVALLED) if before.value != one.value else 1.0
        return before.model_copy(update={"sure": min(before.sure, rivalled)})
    ranks = {value: rank for rank, value in enumerate(order)}
    last = len(order)
    first = ranks.get(as_many(before.value)[0], last)
    second = ranks.get(as_many(one.value)[0], last)
    more = one if second < first else before
    if before.value == one.value:
        return more
    return more.model_copy(update={"sure": min(more.sure, RIVALLED)})


def contested(
    kept: Sequence[Observation], doubted: Sequence[Observation]
) -> list[Observation]:
    """Those kept against which stands another value that is likely itself."""
    rivals = {
        one.field: one.value
        for one in doubted
        if one.field not in MANY and one.sure >= RIVALS
    }
    return [one for one in kept if rivals.get(one.field, one.value) != one.value]


def lone(observations: Sequence[Observation]) -> list[Observation]:
    """The likeliest of readings none of which is sure, to be taken and asked about."""
    likely = [one for one in observations if one.sure >= LIKELY]
    return sorted(likely, key=lambda one: -one.sure)[:1]


def still_open(
    weak: Sequence[Observation], kept: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Of readings too weak to act on the likeliest of each field not told otherwise."""
    told = {one.field for one in kept}
    best: dict[str, Observation] = {}
    for one in sorted(weak, key=lambda each: -each.sure):
        if one.field not in told:
            best.setdefault(one.field, one)
    return tuple(best.values())
