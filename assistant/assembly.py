"""From a decision to the record of the wire contract, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import filterfalse
from typing import NamedTuple, Protocol

from assistant import explanation
from assistant.evidence import Reading, Word
from assistant.memo import Memo
from assistant.next_steps import FirstSteps
from assistant.notes import notes
from assistant.profile import Profile
from assistant.reasons import Wording
from assistant.robustness import Tipping
from assistant.scoring import Verdict, derived
from assistant.wire import (
    Answered,
    Collision,
    Flip,
    FlipPair,
    Recommendation,
    WeightFlip,
    Witnesses,
    source_links,
)
from assistant.witnesses import Differences, reweighed
from knowledge.records import (
    Answers,
    Caution,
    Knowledge,
    Language,
    Rulebook,
)

FIELDS = tuple(Profile.model_fields)


class Decided(Protocol):
    """What has to be known of a decision to put it into words."""

    @property
    def answers(self) -> Answers: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def weights(self) -> Mapping[str, float]: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def neutral(self) -> Verdict: ...
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


class Assembler:
    """Words and links for decisions; what two records share is built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._tipped = Memo(self._weight_flip)
        self._voices = Memo(Differences(knowledge.rules).said)
        self._labels = {one.id: one.label for one in knowledge.criteria}
        pages = source_links(knowledge)
        self._said = {
            (one.id, language): one.says.get(language)
            + explanation.aside(
                explanation.cited([pages[page] for page in one.sources], language),
                language,
            )
            for one in knowledge.cautions
            for language in Language
        }
        self._first_steps = FirstSteps(knowledge.path, knowledge.builds)
        self._words = Memo(Wording(knowledge).of)

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
            confidence=words.confidence,
            headline=words.headline,
            reasons=words.reasons,
            vetoes=words.vetoes,
            against=words.against,
            flips=decision.flips,
            unknown=tuple(filterfalse(full.__contains__, FIELDS)),
            witnesses=witnesses,
            disagreement=differ,
            evidence=notes(decision.readings, decision.weights, language),
            cautions=self._cautions(decision, words.collision, language),
            next_steps=self._first_steps.of(
                verdict,
                full,
                language,
                words.collision.first if words.collision else None,
            ),
            robustness=doubts.share,
            weight_flip=self._tipped[doubts.tips, language] if doubts.tips else None,
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
        used = [one.word for one in decision.readings if one.used]
        measured: Word = used[0] if used else "not_measured"
        voices = decision.article, decision.today, measured, language
        heard, said = self._voices[voices]
        neutral, own = decision.neutral.choice, decision.verdict.choice
        if neutral != own:
            said = reweighed(said, neutral, own, language)
        return heard, said

    def _weight_flip(self, of: tuple[Tipping, Language]) -> WeightFlip:
        tips, language = of
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


def _flip_pair(one: Flip, other: Flip) -> FlipPair:
    return FlipPair.made(
        changes=(
            Answered.made(field=one.field, instead=one.instead),
            Answered.made(field=other.field, instead=other.instead),
        ),
        framework=one.framework,
        stack=one.stack,
    )
