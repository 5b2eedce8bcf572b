"""From a decision to the record of the wire contract, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse
from typing import NamedTuple, Protocol

from assistant import explanation
from assistant.collision import collision
from assistant.confidence import confidence
from assistant.evidence import Reading, Word
from assistant.memo import Memo
from assistant.next_steps import FirstSteps
from assistant.profile import Profile
from assistant.robustness import Tipping
from assistant.scoring import Choice, Contribution, Verdict, contribution, derived
from assistant.wire import (
    Answered,
    Collision,
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
from assistant.witnesses import Differences, disagreement
from knowledge.records import (
    Answers,
    Basis,
    Caution,
    Framework,
    Knowledge,
    Language,
    Rulebook,
    Stack,
)

FIELDS = tuple(Profile.model_fields)


class Decided(Protocol):
    """What has to be known of a decision to put it into words."""

    @property
    def answers(self) -> Answers: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def flips(self) -> tuple[Flip, ...]: ...
    @property
    def article(self) -> Verdict: ...
    @property
    def today(self) -> Verdict: ...
    @property
    def readings(self) -> tuple[Reading, ...]: ...
    @property
    def cautions(self) -> tuple[Caution, ...]: ...


class Doubts(NamedTuple):
    """How firm a decision is.

    Attributes:
        share: of weightings nearby that keep the choice.
        tips: the smallest change of one weight that turns it.
        pair: the nearest two answers that turn it, where no single one does.
    """

    share: float
    tips: Tipping | None
    pair: tuple[Flip, Flip] | None


class Words(NamedTuple):
    """What is said of a verdict, whoever it was reached for."""

    lean: Framework | None
    headline: str
    reasons: tuple[Reason, ...]
    vetoes: tuple[Excluded, ...]
    against: Reason | None
    collision: Collision | None


class Assembler:
    """Words and links for decisions; what two records share is built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._differences = Differences(knowledge.rules)
        self._labels = {one.id: one.label for one in knowledge.criteria}
        self._sources = source_links(knowledge)
        self._said = {
            (one.id, language): f"{one.says.get(language)} "
            f"({explanation.cited(self._links(one.sources), language)})"
            for one in knowledge.cautions
            for language in Language
        }
        self._first_steps = FirstSteps(knowledge.path)
        self._rules = {rule.id: rule for rule in knowledge.rules}
        self._vetoes = {veto.id: veto for veto in knowledge.vetoes}
        self._words = Memo(self._worded)
        self._believed = Memo(self._belief)
        self._excluded = Memo(self._exclusion)
        self._heard = Memo(_heard)

    def recommendation(
        self, decision: Decided, doubts: Doubts, language: Language
    ) -> Recommendation:
        """The whole record."""
        answers, verdict = decision.answers, decision.verdict
        full = derived(answers)
        witnesses, differ = self._witnesses(decision, language)
        words = self._words[verdict, language]
        return Recommendation.made(
            framework=verdict.choice,
            stack=verdict.stack,
            lean=words.lean,
            margin=abs(verdict.balance),
            confidence=confidence(verdict, decision.readings),
            headline=words.headline,
            reasons=words.reasons,
            vetoes=words.vetoes,
            against=words.against,
            flips=decision.flips,
            unknown=tuple(filterfalse(full.__contains__, FIELDS)),
            witnesses=witnesses,
            disagreement=differ,
            evidence=_notes(decision.readings, language),
            cautions=self._cautions(decision, words.collision, language),
            next_steps=self._first_steps.of(
                verdict,
                full,
                language,
                words.collision.first if words.collision else None,
            ),
            robustness=doubts.share,
            weight_flip=self._weight_flip(doubts.tips, language)
            if doubts.tips
            else None,
            flip_pair=_flip_pair(*doubts.pair) if doubts.pair else None,
            collision=words.collision,
            rulebook=decision.rulebook,
            language=language,
            digest=self._knowledge.digest,
        )

    def _witnesses(
        self, decision: Decided, language: Language
    ) -> tuple[Witnesses, str | None]:
        """Each witness by itself: article and today without any measurement."""
        used = [reading.word for reading in decision.readings if reading.used]
        measured: Word = used[0] if used else "not_measured"
        article, today = decision.article, decision.today
        heard = self._heard[article.choice, today.choice, measured]
        why = self._differences.why(article, today)
        return heard, disagreement(heard, why, language)

    def _worded(self, of: tuple[Verdict, Language]) -> Words:
        verdict, language = of
        lines, lean = sorted(verdict.contributions, key=_heaviest_first), verdict.lean
        reasons = tuple([self._reason(line, language) for line in lines])
        return Words(
            lean=lean,
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

    def _weight_flip(
        self, tips: Tipping | None, language: Language
    ) -> WeightFlip | None:
        if tips is None:
            return None
        return WeightFlip.made(
            criterion=tips.criterion,
            label=self._labels[tips.criterion].get(language),
            before=tips.before,
            weight=tips.weight,
            framework=tips.choice,
        )

    def _cautions(
        self, decision: Decided, clash: Collision | None, language: Language
    ) -> tuple[str, ...]:
        seen = next((one.boosting for one in decision.readings if one.boosting), None)
        said = [
            seen.get(language)
            if caution.measured is not None and seen is not None
            else self._said[caution.id, language]
            for caution in decision.cautions
        ]
        if clash is not None:
            said.insert(0, clash.says)
        return tuple(dict.fromkeys(said))


def _heard(words: tuple[Choice, Choice, Word]) -> Witnesses:
    article, today, measured = words
    return Witnesses(article=article, today=today, measured=measured)


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


def _flip_pair(one: Flip, other: Flip) -> FlipPair:
    return FlipPair.made(
        changes=(
            Answered.made(field=one.field, instead=one.instead),
            Answered.made(field=other.field, instead=other.instead),
        ),
        framework=one.framework,
        stack=one.stack,
    )
