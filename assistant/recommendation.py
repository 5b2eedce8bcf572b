"""Decide for one profile, and say it as the complete record of the wire contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.assembly import Assembler
from assistant.evidence import Evidence, Reading
from assistant.profile import Profile
from assistant.questions import Effect, effects, next_question
from assistant.robustness import Tipping, headings, robustness, tipping
from assistant.scoring import CLEAR_LEAD, Contribution, Verdict, derived
from assistant.sensitivity import PRESCRIBED, Change, WhatIf, alternatives
from assistant.sheet import Sheet
from assistant.wire import Recommendation
from knowledge.records import Answers, Knowledge, Language, Question, Rulebook
from probes.records import ProbeReport


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided, before a word is said about it.

    ``article`` and ``today`` are the two rulebooks alone, without any measurement.
    """

    answers: Answers
    rulebook: Rulebook
    weights: Mapping[str, float]
    verdict: Verdict
    flips: tuple[Change, ...]
    article: Verdict
    today: Verdict
    readings: tuple[Reading, ...]


class Engine:
    """Rules, vetoes and questions made ready once; every method is a pure function."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.choices = alternatives(knowledge.questions)
        self.sheets = {book: Sheet(knowledge, book) for book in Rulebook}
        self._what_ifs = {
            book: WhatIf(sheet, self.choices) for book, sheet in self.sheets.items()
        }
        self._evidence = Evidence(knowledge)
        self._assembler = Assembler(knowledge)

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
        sheet = self.sheets[rulebook]
        readings = self._readings(sheet, answers, reports, rulebook, weights)
        lines = _one_line(readings)
        verdict = sheet.evaluate(answers, weights, lines)
        alone = {rulebook: verdict} if not lines else {}
        article, today = (
            alone.get(book) or self.sheets[book].evaluate(answers, weights)
            for book in (Rulebook.ARTICLE, Rulebook.TODAY)
        )
        tally = sheet.tally(weights, lines)
        return Decision(
            answers=answers,
            rulebook=rulebook,
            weights=weights or {},
            verdict=verdict,
            flips=self._what_ifs[rulebook].flips(answers, verdict.choice, tally),
            article=article,
            today=today,
            readings=readings,
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
        share, tips = self._firmness(decision)
        return self._assembler.recommendation(
            decision,
            share=share,
            tips=tips,
            pair=self._pair(decision),
            language=language,
        )

    def _firmness(self, decision: Decision) -> tuple[float, Tipping | None]:
        lead = CLEAR_LEAD[decision.rulebook]
        neutral = decision.verdict
        if decision.weights:
            sheet = self.sheets[decision.rulebook]
            lines = _one_line(decision.readings)
            neutral = sheet.evaluate(decision.answers, None, lines)
        points = headings(neutral.contributions)
        known = (decision.verdict, points, decision.weights, lead)
        return robustness(*known), tipping(*known)

    def _pair(self, decision: Decision) -> tuple[Change, Change] | None:
        """Looked for where no single answer, but a prescription, would do."""
        if any(change.field != PRESCRIBED for change in decision.flips):
            return None
        book = decision.rulebook
        lines = _one_line(decision.readings)
        tally = self.sheets[book].tally(decision.weights, lines)
        choice = decision.verdict.choice
        return self._what_ifs[book].nearest_pair(decision.answers, choice, tally)

    def question(
        self,
        profile: Profile,
        declined: Sequence[str] = (),
        reports: Sequence[ProbeReport] = (),
        weights: Mapping[str, float] | None = None,
    ) -> Question | None:
        """The question most worth asking next, None when no answer matters."""
        answers = profile.answers()
        sheet = self.sheets[Rulebook.TODAY]
        readings = self._readings(sheet, answers, reports, Rulebook.TODAY, weights)
        return next_question(
            sheet, self.knowledge, answers, declined, weights, _one_line(readings)
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
        sheet = self.sheets[Rulebook.TODAY]
        readings = self._readings(sheet, answers, reports, Rulebook.TODAY, weights)
        return effects(sheet, question, answers, weights, _one_line(readings))

    def _readings(
        self,
        sheet: Sheet,
        answers: Answers,
        reports: Sequence[ProbeReport],
        rulebook: Rulebook,
        weights: Mapping[str, float] | None,
    ) -> tuple[Reading, ...]:
        # The article had no measurements, so its rulebook hears none.
        if not reports or rulebook is Rulebook.ARTICLE:
            return ()
        before = sheet.evaluate(answers, weights)
        preferred = [before.stack] if before.stack else []
        full = derived(answers)
        newest_first = sorted(reports, key=lambda one: one.started_at, reverse=True)
        return tuple(
            self._evidence.read(report, full, preferred) for report in newest_first
        )


def _one_line(readings: Sequence[Reading]) -> tuple[Contribution, ...]:
    """The newest report that counts; older ones of the same machine only repeat it."""
    return next((reading.lines for reading in readings if reading.used), ())
