"""The knowledge compiled once: what a person's answers make hold, group by group.

Every rule, veto and caution is one bit of a long integer, in the order of ``things``.
Fields fall into groups: those that :func:`assistant.scoring.in_use` reads together,
and every other field by itself. A thing *asks* the groups in which it has a condition.
What the answers of one group come to is a :class:`Part`, made when it is first met;
there are as many as a group has different answers, a few thousand in all. A person is
one part of each group, and what all their parts leave standing, holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import and_, itemgetter, or_
from typing import Any, TypeVar

from assistant.memo import Memo
from assistant.moves import Alternatives, Move, moves, with_value
from assistant.scoring import DERIVED, SIZE_BOUNDS, in_use
from knowledge.records import (
    PRESCRIBED,
    Answers,
    AtLeast,
    AtMost,
    Caution,
    Condition,
    Knowledge,
    Rule,
    Value,
    Veto,
    as_many,
)

Thing = Rule | Veto | Caution
Answer = Value | tuple[Value, ...] | None

Way = tuple[int, tuple[Move, ...]]
"""The bits of a group that its answers would meet, and moves that lead there."""

PairWay = tuple[int, tuple[tuple[Move, Move], ...]]
"""The same for two moves at once."""


class Part:
    """What one group's answers come to.

    Attributes:
        meets: things that ask this group, all of whose conditions here are met.
        stands: ``meets``, and everything that does not ask this group.
        ways: what it would meet were one of its fields answered otherwise; moves that
            lead to the same are together.
    """

    __slots__ = ("_group", "_said", "meets", "stands", "ways")

    def __init__(self, group: Group, said: Answers) -> None:
        self._group = group
        self._said = said
        self.meets = group.meets(said)
        self.stands = self.meets | group.spared
        self.ways = _together(
            (group.meets(with_value(said, one.field, one.instead)), one)
            for one in group.moves
            if not one.is_said(said)
        )

    @property
    def reach(self) -> tuple[int, int]:
        """What stands after any move here, and what may stand after some.

        Prescriptions stay as they are. Of fields that are read together, all is said
        to be open.
        """
        group = self._group
        if len(group.fields) > 1:
            return group.spared, group.spared | group.asked
        free = [
            meets | group.spared
            for meets, moves in self.ways
            if any(move.field != PRESCRIBED for move in moves)
        ]
        return reduce(and_, free, self.stands), reduce(or_, free, self.stands)

    @property
    def pairs(self) -> tuple[PairWay, ...]:
        """The same were two of its fields answered otherwise."""
        return _together(
            (self._group.meets(_with_both(self._said, *pair)), pair)
            for pair in combinations(self._group.moves, 2)
            if pair[0].field != pair[1].field
            and not any(one.is_said(self._said) for one in pair)
        )


class Group(dict[object, Part]):
    """Fields that are read together: from their answers to the part these make.

    The key is the answer of a single field, or the tuple of several.
    """

    def __init__(
        self,
        fields: Sequence[str],
        needs: Mapping[Condition, int],
        every: Iterable[Move],
        everything: int,
    ) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self.key = itemgetter(*fields)
        self.moves = tuple(move for move in every if move.field in fields)
        self._needs = [(c, bits) for c, bits in needs.items() if c.field in fields]
        self.asked = reduce(or_, [bits for _, bits in self._needs], 0)
        self.spared = everything & ~self.asked
        self._met, self._served = Memo(self._meeting), Memo(self._serving)

    def __missing__(self, key: object) -> Part:
        answers: Any = key if len(self.fields) > 1 else (key,)
        said = dict(zip(self.fields, answers, strict=True))
        known = {field: one for field, one in said.items() if one is not None}
        made = self[key] = Part(self, known)
        return made

    def meets(self, said: Answers) -> int:
        """The things that ask this group and find what they ask for."""
        met = 0
        for field, answer in in_use(said).items():
            for value in as_many(answer):
                met |= self._met[field, value]
        return self._served[met]

    def _meeting(self, said: tuple[str, Value]) -> int:
        """The conditions that a value meets, one bit each."""
        field, value = said
        return sum(
            1 << place
            for place, (condition, _) in enumerate(self._needs)
            if condition.field == field and condition.holds(value)
        )

    def _serving(self, met: int) -> int:
        """The things that ask for no condition but these."""
        needs = enumerate(self._needs)
        blocked = [bits for place, (_, bits) in needs if not met >> place & 1]
        return self.asked & ~reduce(or_, blocked, 0)


class Index:
    """Rules, vetoes and cautions, ready to be looked up by answers.

    Attributes:
        things: all of them, in the order of their bits.
        asks: for each of them, how many groups it asks.
    """

    def __init__(self, knowledge: Knowledge, choices: Alternatives) -> None:
        self.things: tuple[Thing, ...] = (
            *knowledge.rules,
            *knowledge.vetoes,
            *knowledge.cautions,
        )
        self._cautions = knowledge.cautions
        self._before_cautions = len(self.things) - len(knowledge.cautions)
        self._every = (1 << len(self.things)) - 1
        needs: dict[Condition, int] = {}
        for place, thing in enumerate(self.things):
            for condition in thing.when:
                needs[condition] = needs.get(condition, 0) | 1 << place
        every = moves(choices)
        self._groups = [
            group
            for fields in _grouped(condition.field for condition in needs)
            if (group := Group(fields, needs, every, self._every)).asked
        ]
        self.asks = [
            sum(group.asked >> place & 1 for group in self._groups)
            for place in range(len(self.things))
        ]
        fields = [field for group in self._groups for field in group.fields]
        self._silent: Mapping[str, Answer] = dict.fromkeys(fields)
        cuts = {field: _cuts(field, needs, every) for field in fields}
        self._cuts = {field: some for field, some in cuts.items() if some}

    def parts(self, answers: Answers) -> list[Part]:
        """What the answers come to, one part of each group."""
        said: dict[str, Answer] = {**self._silent, **answers}
        for field, cuts in self._cuts.items():
            count = said[field]
            if isinstance(count, int):
                # The least count that nothing tells from this one: a group then has
                # few different answers, however many numbers people think of.
                said[field] = cuts[bisect_right(cuts, count) - 1]
        return [group[group.key(said)] for group in self._groups]

    def holding(self, parts: Iterable[Part]) -> int:
        """The bits of what holds for a person."""
        return reduce(and_, [part.stands for part in parts], self._every)

    def cautions(self, holds: int) -> tuple[Caution, ...]:
        """The cautions among what holds."""
        found = places(holds >> self._before_cautions)
        return tuple([self._cautions[place] for place in found])


def places(bits: int) -> list[int]:
    """The places of the bits that are set, from the lowest up."""
    found = []
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found


def _grouped(fields: Iterable[str]) -> Iterator[tuple[str, ...]]:
    yield from DERIVED
    together = {field for group in DERIVED for field in group}
    for field in dict.fromkeys(fields):
        if field not in together:
            yield (field,)


def _cuts(field: str, needs: Iterable[Condition], every: Iterable[Move]) -> list[int]:
    """The counts from which something looks at a field otherwise; none if no count."""
    cuts: set[int] = set(SIZE_BOUNDS) if field == "dataset_rows" else set()
    exact = {move.instead for move in every if move.field == field}
    for condition in needs:
        if condition.field == field:
            if isinstance(condition, AtLeast):
                cuts.add(condition.at_least)
            elif isinstance(condition, AtMost):
                cuts.add(condition.at_most + 1)
            else:
                exact.update(condition.one_of)
    for value in exact:
        if isinstance(value, int):
            cuts |= {value, value + 1}
    return sorted({0} | cuts) if cuts else []


T = TypeVar("T")


def _together(found: Iterable[tuple[int, T]]) -> tuple[tuple[int, tuple[T, ...]], ...]:
    kept: dict[int, list[T]] = {}
    for bits, one in found:
        kept.setdefault(bits, []).append(one)
    return tuple((bits, tuple(some)) for bits, some in kept.items())


def _with_both(said: Answers, one: Move, other: Move) -> Answers:
    first = with_value(said, one.field, one.instead)
    return with_value(first, other.field, other.instead)
