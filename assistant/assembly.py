"""From a decision to the record of the wire contract, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant import explanation
from assistant.collision import collision
from assistant.evidence import Reading
from assistant.next_steps import next_steps
from assistant.profile import Profile
from assistant.robustness import Tipping
from assistant.scoring import Contribution, Verdict, applies, derived
from assistant.sensitivity import Change
from assistant.wire import (
    Answered,
    Collision,
    Confidence,
    EvidenceNote,
    Excluded,
    Flip,
    FlipPair,
    Reason,
    Recommendation,
    SourceLink,
    WeightFlip,
    Witnesses,
    source_links,
)
from assistant.witnesses import disagreement, why_they_differ
from knowledge.records import (
    Answers,
    Basis,
    Framework,
    Knowledge,
    Language,
    Rulebook,
    Stack,
    Text,
    Veto,
)

HIGH_MARGIN = 5.0
MEDIUM_MARGIN = 3.0
"""Points of margin for high and medium confidence (decision rules, section E)."""

MOST_KEPT = 10_000


class Decided(Protocol):
    """What has to be known of a decision to put it into words."""

    @property
    def answers(self) -> Answers: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def flips(self) -> tuple[Change, ...]: ...
    @property
    def article(self) -> Verdict: ...
    @property
    def today(self) -> Verdict: ...
    @property
    def readings(self) -> tuple[Reading, ...]: ...


class Assembler:
    """Words and links for decisions; what two records share is built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rules = {rule.id: rule for rule in knowledge.rules}
        self._labels = {one.id: one.label for one in knowledge.criteria}
        self._sources = source_links(knowledge)
        self._said = {
            (one.id, language): f"{one.says.get(language)} "
            f"({explanation.cited(self._links(one.sources), language)})"
            for one in knowledge.cautions
            for language in Language
        }
        self._reasons: dict[tuple[str, Language], Reason] = {}
        self._flips: dict[Change, Flip] = {}

    def recommendation(
        self,
        decision: Decided,
        *,
        share: float,
        tips: Tipping | None,
        pair: tuple[Change, Change] | None,
        language: Language,
    ) -> Recommendation:
        """The whole record.

        Args:
            share: of weightings nearby that keep the choice.
            tips: the smallest change of one weight that turns it.
            pair: the nearest two answers that turn it, where no single one does.
        """
        answers, verdict = decision.answers, decision.verdict
        full = derived(answers)
        witnesses, differ = self._witnesses(decision)
        reasons = [self._reason(line, language) for line in verdict.contributions]
        reasons.sort(key=lambda reason: (-reason.points, reason.rule))
        clash = collision(verdict.vetoes, language) if verdict.collided else None
        return Recommendation(
            framework=verdict.choice,
            stack=verdict.stack,
            lean=verdict.lean,
            margin=abs(verdict.balance),
            confidence=_confidence(verdict, decision.readings),
            headline=explanation.headline(verdict, language),
            reasons=tuple(reasons),
            vetoes=tuple(self._excluded(veto, language) for veto in verdict.vetoes),
            against=_strongest_against(reasons, verdict.lean),
            flips=tuple(self._flip(change) for change in decision.flips),
            unknown=tuple(name for name in Profile.model_fields if name not in full),
            witnesses=witnesses,
            disagreement=differ.get(language) if differ else None,
            evidence=_notes(decision.readings, language),
            cautions=self._cautions(full, decision.readings, clash, language),
            next_steps=next_steps(self._knowledge.path, full, verdict),
            robustness=share,
            weight_flip=self._weight_flip(tips, language) if tips else None,
            flip_pair=_flip_pair(*pair) if pair else None,
            collision=clash,
            rulebook=decision.rulebook,
            language=language,
            digest=self._knowledge.digest,
        )

    def _witnesses(self, decision: Decided) -> tuple[Witnesses, Text | None]:
        """Each witness by itself: article and today without any measurement."""
        used = [reading for reading in decision.readings if reading.used]
        heard = Witnesses(
            article=decision.article.choice,
            today=decision.today.choice,
            measured=used[0].word if used else "not_measured",
        )
        why = why_they_differ(decision.article, decision.today, self._rules)
        return heard, disagreement(heard, why)

    def _reason(self, line: Contribution, language: Language) -> Reason:
        plain = line.weight == 1.0 and line.basis is not Basis.MEASURED
        known = self._reasons.get((line.origin, language)) if plain else None
        if known is not None:
            return known
        toward = Stack(line.toward) if line.at == "stack" else Framework(line.toward)
        made = Reason(
            rule=line.origin,
            toward=toward,
            points=line.points,
            because=line.because.get(language),
            basis=line.basis,
            sources=self._links(line.sources),
            criterion=line.criterion,
            weight=line.weight,
        )
        if plain:
            self._reasons[line.origin, language] = made
        return made

    def _excluded(self, veto: Veto, language: Language) -> Excluded:
        return Excluded(
            rule=veto.id,
            excludes=veto.excludes,
            because=veto.because.get(language),
            sources=self._links(veto.sources),
        )

    def _flip(self, change: Change) -> Flip:
        known = self._flips.get(change)
        if known is None:
            if len(self._flips) >= MOST_KEPT:
                self._flips.clear()
            known = self._flips[change] = Flip(
                field=change.field,
                instead=change.instead,
                framework=change.choice,
                stack=change.stack,
            )
        return known

    def _links(self, ids: Sequence[str]) -> tuple[SourceLink, ...]:
        return tuple(self._sources[one] for one in ids)

    def _weight_flip(self, tips: Tipping, language: Language) -> WeightFlip:
        return WeightFlip(
            criterion=tips.criterion,
            label=self._labels[tips.criterion].get(language),
            before=tips.before,
            weight=tips.weight,
            framework=tips.choice,
        )

    def _cautions(
        self,
        answers: Answers,
        readings: Sequence[Reading],
        clash: Collision | None,
        language: Language,
    ) -> tuple[str, ...]:
        seen = next((one.boosting for one in readings if one.boosting), None)
        said = [
            seen.get(language)
            if caution.measured is not None and seen is not None
            else self._said[caution.id, language]
            for caution in self._knowledge.cautions
            if applies(caution.when, answers)
        ]
        if clash is not None:
            said.insert(0, clash.says)
        return tuple(dict.fromkeys(said))


def _confidence(verdict: Verdict, readings: Sequence[Reading]) -> Confidence:
    if verdict.collided:
        return "low"
    if verdict.settled:
        return "high"
    if verdict.choice == "either":
        return "low"
    margin = abs(verdict.balance)
    heard = next((reading.word for reading in readings if reading.used), None)
    contradicted = heard in ("keras", "pytorch") and heard != verdict.choice
    if margin >= HIGH_MARGIN and not contradicted:
        return "high"
    return "medium" if margin >= MEDIUM_MARGIN else "low"


def _strongest_against(
    reasons: Sequence[Reason], lean: Framework | None
) -> Reason | None:
    """The heaviest addend for the other side; None where there is none."""
    if lean is None:
        return None
    for reason in reasons:
        against = isinstance(reason.toward, Framework) and reason.toward is not lean
        if against and reason.points:
            return reason
    return None


def _notes(readings: Sequence[Reading], language: Language) -> tuple[EvidenceNote, ...]:
    used_before = False
    notes = []
    for reading in readings:
        why = reading.why.get(language)
        counts = reading.used and not used_before
        if reading.used and used_before:
            why = explanation.superseded(language)
        used_before = used_before or reading.used
        notes.append(
            EvidenceNote(
                report=reading.report,
                says=reading.says.get(language),
                used=counts,
                why=why,
            )
        )
    return tuple(notes)


def _flip_pair(one: Change, other: Change) -> FlipPair:
    return FlipPair(
        changes=(
            Answered(field=one.field, instead=one.instead),
            Answered(field=other.field, instead=other.instead),
        ),
        framework=one.choice,
        stack=one.stack,
    )
