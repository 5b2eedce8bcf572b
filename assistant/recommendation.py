"""Decide for one profile, and say it as the complete record of the wire contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.assembly import Assembler, Doubts
from assistant.evidence import Evidence, Reading
from assistant.index import Index, Part
from assistant.memo import Memo
from assistant.moves import alternatives, moves
from assistant.naming import Outcome
from assistant.profile import Profile
from assistant.questions import Effect, effects, next_question
from assistant.relevance import READS
from assistant.remeasured import Outcomes, flips, nearest_pair
from assistant.robustness import Tipping, firmness
from assistant.scoring import CLEAR_LEAD, NOTHING, Heard, Verdict, derived
from assistant.sensitivity import WhatIf
from assistant.sheet import Sheet
from assistant.tally import Tally
from assistant.wire import Flip, Recommendation
from knowledge.records import (
    PRESCRIBED,
    Answers,
    Caution,
    Knowledge,
    Language,
    Question,
    Rulebook,
    Stack,
)
from probes.records import ProbeReport


class Decision(NamedTuple):
    """What is decided, before a word is said about it.

    ``article`` and ``today`` are the two rulebooks alone, without any measurement and
    whatever the person's weights; ``neutral`` is the verdict without those weights.
    ``parts`` and ``tally`` are what the answers were looked up as and added up with.
    """

    answers: Answers
    parts: Sequence[Part]
    rulebook: Rulebook
    weights: Mapping[str, float]
    tally: Tally
    verdict: Verdict
    neutral: Verdict
    flips: tuple[Flip, ...]
    article: Verdict
    today: Verdict
    reports: Sequence[ProbeReport]
    readings: tuple[Reading, ...]
    cautions: tuple[Caution, ...]


class Engine:
    """Rules, vetoes and questions made ready once; every method is a pure function."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.choices = alternatives(knowledge.questions)
        self._index = Index(knowledge, self.choices)
        self._sheets = {book: Sheet(self._index, book) for book in Rulebook}
        self._moves = moves(self.choices)
        self._what_if = WhatIf()
        self._evidence = Evidence(knowledge)
        self._assembler = Assembler(knowledge)
        self._firm = Memo(_firmness)

    def decide(
        self,
        profile: Profile,
        *,
        weights: Mapping[str, float] | None = None,
        rulebook: Rulebook = Rulebook.TODAY,
        reports: Sequence[ProbeReport] = (),
    ) -> Decision:
        """The deciding core: sums, hard rules, witnesses and single-answer flips."""
        answers = profile.answers()
        parts = self._index.parts(answers)
        holds = self._index.holding(parts)
        readings: tuple[Reading, ...] = ()
        if reports and rulebook is Rulebook.ARTICLE:
            # The article had no measurements, so its rulebook hears none.
            readings = tuple(self._evidence.unheard(report) for report in reports)
            reports = ()
        elif reports:
            readings = self._readings(answers, parts, reports)
        heard, sheet = _heard(readings), self._sheets[rulebook]
        tally = sheet.tally(weights, heard)
        verdict = tally.verdict(holds)
        neutral = sheet.tally(None, heard).verdict(holds) if weights else verdict
        alone = {rulebook: neutral} if heard == NOTHING else {}
        for book, other in self._sheets.items():
            if book not in alone:
                alone[book] = other.tally().verdict(holds)
        return Decision(
            answers=answers,
            parts=parts,
            rulebook=rulebook,
            weights=weights or {},
            tally=tally,
            verdict=verdict,
            neutral=neutral,
            flips=flips(self._moves, answers, self._outcomes(reports, weights))
            if reports
            else self._what_if.flips(tally, parts),
            article=alone[Rulebook.ARTICLE],
            today=alone[Rulebook.TODAY],
            reports=reports,
            readings=readings,
            cautions=self._index.cautions(holds),
        )

    def recommend(
        self,
        profile: Profile,
        *,
        weights: Mapping[str, float] | None = None,
        rulebook: Rulebook = Rulebook.TODAY,
        reports: Sequence[ProbeReport] = (),
        language: Language = Language.EN,
    ) -> Recommendation:
        """Advise this person.

        Args:
            weights: criterion id to weight, 0..2, missing ones being 1.
            reports: probe reports whose ratios were recomputed from their raw times.
            language: of every sentence in the answer; it changes nothing else.
        """
        decision = self.decide(
            profile, weights=weights, rulebook=rulebook, reports=reports
        )
        return self.say(decision, self.doubts(decision), language)

    def say(
        self, decision: Decision, doubts: Doubts, language: Language = Language.EN
    ) -> Recommendation:
        """The complete record of what was decided."""
        return self._assembler.recommendation(decision, doubts, language)

    def doubts(self, decision: Decision) -> Doubts:
        """How firm the decision is, and what would turn it."""
        share, tips = self._firmness(decision)
        return Doubts(share, tips, self._pair(decision))

    def _firmness(self, decision: Decision) -> tuple[float, Tipping | None]:
        verdict, rulebook = decision.verdict, decision.rulebook
        if not decision.weights:
            return self._firm[verdict, rulebook]
        lines, lead = decision.neutral.contributions, CLEAR_LEAD[rulebook]
        return firmness(verdict, lines, decision.weights, lead)

    def _pair(self, decision: Decision) -> tuple[Flip, Flip] | None:
        """Looked for where no single answer, but a prescription, would do."""
        if any(flip.field != PRESCRIBED for flip in decision.flips):
            return None
        if decision.reports:
            if decision.tally.stays(decision.parts):
                # Thousands of pairs would be read anew, all for nothing.
                return None
            outcomes = self._outcomes(decision.reports, decision.weights)
            return nearest_pair(self._moves, decision.answers, outcomes)
        return self._what_if.nearest_pair(
            decision.tally, decision.parts, decision.answers
        )

    def question(
        self,
        profile: Profile,
        declined: Sequence[str] = (),
        reports: Sequence[ProbeReport] = (),
        weights: Mapping[str, float] | None = None,
    ) -> Question | None:
        """The question most worth asking next, None when no answer matters."""
        answers = profile.answers()
        tally = self._today(answers, reports, weights)
        return next_question(
            self._index, tally, self.knowledge.questions, answers, declined
        )

    def effects(
        self,
        profile: Profile,
        question: Question,
        reports: Sequence[ProbeReport] = (),
        weights: Mapping[str, float] | None = None,
    ) -> tuple[Effect, ...]:
        """What each answer to a question would lead to."""
        answers = profile.answers()
        tally = self._today(answers, reports, weights)
        return effects(self._index, tally, question, answers)

    def _today(
        self,
        answers: Answers,
        reports: Sequence[ProbeReport],
        weights: Mapping[str, float] | None,
    ) -> Tally:
        """Today's sums for these answers, measured and weighed."""
        parts = self._index.parts(answers)
        readings = self._readings(answers, parts, reports)
        return self._sheets[Rulebook.TODAY].tally(weights, _heard(readings))

    def _outcomes(
        self, reports: Sequence[ProbeReport], weights: Mapping[str, float] | None
    ) -> Outcomes:
        """What any answers come to today, with these reports read anew for them."""
        sheet, made = self._sheets[Rulebook.TODAY], dict[object, Tally]()

        def outcome(answers: Answers) -> Outcome:
            parts, full = self._index.parts(answers), derived(answers)
            key = (self._preferred(parts), *(full.get(field) for field in READS))
            if key not in made:
                readings = self._readings(answers, parts, reports)
                made[key] = sheet.tally(weights, _heard(readings))
            return made[key].outcome(parts)

        return outcome

    def _preferred(self, parts: Sequence[Part]) -> Stack | None:
        """The stack before anything is measured or weighed; it speaks for Keras."""
        return self._sheets[Rulebook.TODAY].tally().outcome(parts)[1]

    def _readings(
        self, answers: Answers, parts: Sequence[Part], reports: Sequence[ProbeReport]
    ) -> tuple[Reading, ...]:
        if not reports:
            return ()
        before = self._preferred(parts)
        preferred = [before] if before else []
        full = derived(answers)
        newest_first = sorted(reports, key=lambda one: one.started_at, reverse=True)
        return tuple(
            self._evidence.read(report, full, preferred) for report in newest_first
        )


def _firmness(of: tuple[Verdict, Rulebook]) -> tuple[float, Tipping | None]:
    """At neutral weight."""
    verdict, rulebook = of
    return firmness(verdict, verdict.contributions, {}, CLEAR_LEAD[rulebook])


def _heard(readings: Sequence[Reading]) -> Heard:
    """The newest report that counts; older ones of the same machine only repeat it."""
    for reading in readings:
        if reading.used:
            return Heard(reading.lines, reading.middle)
    return NOTHING
