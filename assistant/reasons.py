"""A verdict in words: every addend with its sources, every hard rule that held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant import explanation
from assistant.collision import collision
from assistant.confidence import confidence
from assistant.memo import Memo
from assistant.scoring import Contribution, Verdict, contribution
from assistant.wire import (
    Collision,
    Confidence,
    Excluded,
    Reason,
    SourceLink,
    source_links,
)
from knowledge.records import Basis, Framework, Knowledge, Language, Stack


class Words(NamedTuple):
    """What is said of a verdict, whoever it was reached for."""

    lean: Framework | None
    confidence: Confidence
    headline: str
    reasons: tuple[Reason, ...]
    vetoes: tuple[Excluded, ...]
    against: Reason | None
    collision: Collision | None


class Wording:
    """Words for verdicts; what two of them share is built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._sources = source_links(knowledge)
        self._rules = {rule.id: rule for rule in knowledge.rules}
        self._vetoes = {veto.id: veto for veto in knowledge.vetoes}
        self._believed = Memo(self._belief)
        self._excluded = Memo(self._exclusion)

    def of(self, of: tuple[Verdict, Language]) -> Words:
        """All that is said of a verdict in one language."""
        verdict, language = of
        lines, lean = sorted(verdict.contributions, key=_heaviest_first), verdict.lean
        reasons = tuple([self._reason(line, language) for line in lines])
        return Words(
            lean=lean,
            confidence=confidence(verdict),
            headline=explanation.headline(verdict, language),
            reasons=reasons,
            vetoes=tuple([self._excluded[one.id, language] for one in verdict.vetoes]),
            against=_strongest_against(lines, reasons, lean),
            collision=collision(verdict.vetoes, language) if verdict.collided else None,
        )

    def _reason(self, line: Contribution, language: Language) -> Reason:
        if line.weight == 1.0 and line.basis is not Basis.MEASURED:
            return self._believed[line.origin, language]
        return self._added(line, language)

    def _belief(self, of: tuple[str, Language]) -> Reason:
        """A rule of the knowledge at neutral weight, by its id."""
        rule, language = of
        return self._added(contribution(self._rules[rule]), language)

    def _added(self, line: Contribution, language: Language) -> Reason:
        toward = Stack(line.toward) if line.at == "stack" else Framework(line.toward)
        return Reason(
            rule=line.origin,
            toward=toward,
            points=line.points,
            because=line.because.get(language),
            basis=line.basis,
            sources=self._links(line.sources),
            criterion=line.criterion,
            weight=line.weight,
        )

    def _exclusion(self, of: tuple[str, Language]) -> Excluded:
        """A veto of the knowledge, by its id."""
        veto, language = self._vetoes[of[0]], of[1]
        return Excluded(
            rule=veto.id,
            excludes=veto.excludes,
            because=veto.because.get(language),
            sources=self._links(veto.sources),
        )

    def _links(self, ids: Sequence[str]) -> tuple[SourceLink, ...]:
        return tuple(self._sources[one] for one in ids)


def _heaviest_first(line: Contribution) -> tuple[float, str]:
    return -line.points, line.origin


def _strongest_against(
    lines: Sequence[Contribution], reasons: Sequence[Reason], lean: Framework | None
) -> Reason | None:
    """The heaviest addend for the other side; None where there is none.

    Args:
        lines: the heaviest first.
        reasons: the same in words.
    """
    if lean is None:
        return None
    for line, reason in zip(lines, reasons, strict=True):
        if line.at == "framework" and line.toward != lean and line.points:
            return reason
    return None
