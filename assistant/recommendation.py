"""The complete advice for one profile: three witnesses and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant import explanation
from assistant.evidence import Reading, read_report
from assistant.profile import Profile
from assistant.questions import next_question
from assistant.scoring import Contribution, Sheet, Verdict, applies, derived
from assistant.sensitivity import Change, alternatives, flips
from assistant.starters import starter_id, starter_url
from assistant.wire import (
    Confidence,
    EvidenceNote,
    Excluded,
    Flip,
    NextSteps,
    PathStep,
    Reason,
    Recommendation,
    SourceLink,
    Witnesses,
)
from assistant.witnesses import disagreement, why_they_differ
from knowledge.records import (
    Answers,
    Framework,
    Knowledge,
    Language,
    Question,
    Rulebook,
    Stack,
    Text,
)
from probes.records import ProbeReport

HIGH_MARGIN = 5.0
MEDIUM_MARGIN = 3.0
"""Points of margin for high and medium confidence (decision rules, section E)."""

LEVELS = ("none", "beginner", "intermediate", "advanced")


class Engine:
    """Rules, vetoes and questions made ready once; every method is a pure function."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.choices = alternatives(knowledge.questions)
        self._sheets = {book: Sheet(knowledge, book) for book in Rulebook}
        self._rules = {rule.id: rule for rule in knowledge.rules}
        self._sources = {
            source.id: SourceLink(
                title=source.title, url=source.url, read_on=source.read_on
            )
            for source in knowledge.sources
        }

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
        answers = profile.answers()
        sheet = self._sheets[rulebook]
        readings = self._readings(sheet, answers, reports, rulebook, weights)
        lines = _one_line(readings)
        verdict = sheet.evaluate(answers, weights, lines)
        changes = flips(sheet, answers, self.choices, verdict.choice, weights, lines)
        return self._assembled(
            answers, verdict, changes, readings, rulebook, weights, language
        )

    def question(
        self,
        profile: Profile,
        declined: Sequence[str] = (),
        reports: Sequence[ProbeReport] = (),
    ) -> Question | None:
        """The question most worth asking next, None when no answer matters."""
        answers = profile.answers()
        sheet = self._sheets[Rulebook.TODAY]
        readings = self._readings(sheet, answers, reports, Rulebook.TODAY, None)
        return next_question(
            sheet, self.knowledge, answers, declined, None, _one_line(readings)
        )

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
            read_report(report, full, preferred, self.knowledge.reviewed_on)
            for report in newest_first
        )

    def _assembled(
        self,
        answers: Answers,
        verdict: Verdict,
        changes: Sequence[Change],
        readings: Sequence[Reading],
        rulebook: Rulebook,
        weights: Mapping[str, float] | None,
        language: Language,
    ) -> Recommendation:
        full = derived(answers)
        witnesses, disagreement = self._witnesses(answers, readings, weights)
        reasons = [self._reason(line, language) for line in verdict.contributions]
        reasons.sort(key=lambda reason: (-reason.points, reason.rule))
        return Recommendation(
            framework=verdict.choice,
            stack=verdict.stack,
            lean=verdict.lean,
            margin=abs(verdict.balance),
            confidence=_confidence(verdict, readings),
            headline=explanation.headline(verdict, language),
            reasons=tuple(reasons),
            vetoes=tuple(
                Excluded(
                    rule=veto.id,
                    excludes=veto.excludes,
                    because=veto.because.get(language),
                    sources=self._links(veto.sources),
                )
                for veto in verdict.vetoes
            ),
            against=_strongest_against(reasons, verdict.lean),
            flips=tuple(
                Flip(
                    field=change.field,
                    instead=change.instead,
                    framework=change.choice,
                    stack=change.stack,
                )
                for change in changes
            ),
            unknown=tuple(name for name in Profile.model_fields if name not in answers),
            witnesses=witnesses,
            disagreement=disagreement.get(language) if disagreement else None,
            evidence=_notes(readings, language),
            cautions=self._cautions(full, verdict, language),
            next_steps=self._next_steps(full, verdict),
            rulebook=rulebook,
            language=language,
            digest=self.knowledge.digest,
        )

    def _witnesses(
        self,
        answers: Answers,
        readings: Sequence[Reading],
        weights: Mapping[str, float] | None,
    ) -> tuple[Witnesses, Text | None]:
        """Each witness by itself: article and today without any measurement."""
        used = [reading for reading in readings if reading.used]
        article = self._sheets[Rulebook.ARTICLE].evaluate(answers, weights)
        today = self._sheets[Rulebook.TODAY].evaluate(answers, weights)
        heard = Witnesses(
            article=article.choice,
            today=today.choice,
            measured=used[0].word if used else "not_measured",
        )
        why = why_they_differ(article, today, self._rules)
        return heard, disagreement(heard, why)

    def _reason(self, line: Contribution, language: Language) -> Reason:
        toward = Stack(line.toward) if line.at == "stack" else Framework(line.toward)
        return Reason(
            rule=line.origin,
            toward=toward,
            points=line.points,
            because=line.because.get(language),
            basis=line.basis,
            sources=self._links(line.sources),
        )

    def _links(self, ids: Sequence[str]) -> tuple[SourceLink, ...]:
        return tuple(self._sources[one] for one in ids)

    def _cautions(
        self, answers: Answers, verdict: Verdict, language: Language
    ) -> tuple[str, ...]:
        said = [
            caution.says.get(language)
            for caution in self.knowledge.cautions
            if applies(caution.when, answers)
        ]
        if verdict.collided:
            said.insert(0, explanation.collision(language))
        return tuple(dict.fromkeys(said))

    def _next_steps(self, answers: Answers, verdict: Verdict) -> NextSteps:
        stack = verdict.stack
        if stack is None:
            return NextSteps(starter=None, install=None, path=())
        level = LEVELS.index(str(answers.get("experience", "beginner")))
        steps = [step for step in self.knowledge.path if stack in step.stacks]
        steps.sort(key=lambda step: abs(LEVELS.index(step.level) - level))
        starter = starter_id(stack, answers)
        return NextSteps(
            starter=starter,
            starter_url=starter_url(starter, answers) if starter else None,
            install=explanation.install_command(stack, answers),
            path=tuple(
                PathStep(
                    title=step.title,
                    url=step.url,
                    minutes=step.minutes,
                    level=step.level,
                )
                for step in steps[:3]
            ),
        )


def _one_line(readings: Sequence[Reading]) -> tuple[Contribution, ...]:
    """The newest report that counts; older ones of the same machine only repeat it."""
    return next((reading.lines for reading in readings if reading.used), ())


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
