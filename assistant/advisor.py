"""The one object that every door holds: take a turn of a chat, or recommend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answers import Answers, FoundAnswer
from assistant.asides import aside
from assistant.asking import doubt_question, offered, wire_question
from assistant.conversation import advance, started_over
from assistant.depth import depth_asked
from assistant.kinds import not_ours, reply_kind
from assistant.labels import Labels
from assistant.profile import Profile
from assistant.questions import Effect
from assistant.recommendation import Engine
from assistant.replies import Replies
from assistant.turn import Turn
from assistant.understanding.reading import Reader
from assistant.understanding.records import Intent, Understanding
from assistant.understanding.scope import only_asks, ours, requests
from assistant.understanding.traditional import simplified
from assistant.wire import (
    ChatAnswer,
    ChatRequest,
    Conversation,
    Depth,
    Kind,
    NextQuestion,
    Observation,
    Recommendation,
    RecommendationRequest,
    Weights,
)
from knowledge.records import Knowledge, Language, Question, Rulebook, Value
from probes.records import ProbeReport

Judge = Callable[[ProbeReport], ProbeReport]
"""Recomputes a report's ratios from its raw times; reports are never believed."""


class UnknownWeightError(ValueError):
    """A weight is given to what is no criterion; ``known`` are those there are."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = known
        super().__init__(
            f"weights.{name}: no such criterion; known are {', '.join(known)}"
        )


class Advisor:
    """Understanding, engine and answers, wired once. Holds no conversation."""

    def __init__(
        self, knowledge: Knowledge, judge: Judge, folder: Path | None = None
    ) -> None:
        """Wire all; ``folder`` is where fitted models are kept."""
        self.knowledge = knowledge
        self.engine = Engine(knowledge)
        self.labels = Labels(knowledge.questions, knowledge.criteria)
        self._reader = Reader.of(knowledge, folder)
        self._answers = Answers(knowledge, folder)
        self._replies = Replies(self.labels)
        self._judge = judge
        self._questions = {one.field: one for one in knowledge.questions}

    def warm(self) -> None:
        """Load the language model now instead of at the first message."""
        self._reader.warm()
        self._answers.find("Does Keras need TensorFlow?", Language.EN)

    def recommend(self, request: RecommendationRequest) -> Recommendation:
        """Advise a profile; reports are judged anew from their raw times.

        Raises:
            UnknownWeightError: a weight names no criterion.
        """
        weights = self._checked(request.weights or {})
        return self.engine.recommend(
            request.profile,
            weights=weights,
            rulebook=request.rulebook,
            reports=[self._judge(report) for report in request.reports or ()],
            language=request.language,
        )

    def _checked(self, weights: Weights) -> Weights:
        known = sorted(criterion.id for criterion in self.knowledge.criteria)
        for name in sorted(weights.keys() - {*known}):
            raise UnknownWeightError(name, known)
        return weights

    def take_turn(self, request: ChatRequest) -> ChatAnswer:
        """Answer one message. The same request gets the same answer.

        Raises:
            UnknownWeightError: a weight names no criterion.
        """
        before = request.conversation or Conversation()
        self._checked(before.weights)
        options = self._offered(before)
        heard = self._reader.read(
            request.message,
            asked=before.asked,
            asked_options=options,
            asked_labels=[
                [
                    self.labels.value(before.asked or "", one, spoken)
                    for spoken in Language
                ]
                for one in options
            ],
            unsure=before.unsure,
            language=request.language or before.fixed_language or before.spoken,
        )
        language = (
            heard.switch_to
            or before.fixed_language
            or request.language
            or heard.language
        )
        told = len({one.field for one in heard.observations})
        message = simplified(request.message)
        news = told > 1 or (told and before.profile.answers())
        # An order tells of nobody: what is to be written is no data that there are.
        tells = bool(told) and (ours(message) or not requests(message))
        plain = Intent.ADVICE in heard.intents and only_asks(message)
        settled = news or plain or heard.purpose
        if not settled and self._answers.is_outside(message, tells):
            heard = not_ours(heard)
        if Intent.START_OVER in heard.intents:
            before = started_over(before)
        after = advance(before, heard)
        depth = request.depth or depth_asked(request.message)
        found = (
            None
            if depth and Intent.FACT_QUESTION not in heard.intents
            else aside(
                self._answers,
                message,
                heard,
                language,
                advised=bool(before.profile.answers()),
            )
        )
        shown = after.profile
        if Intent.WHAT_IF in heard.intents and heard.observations:
            after = after.model_copy(
                update={
                    "profile": before.profile,
                    "declined": before.declined,
                    "earlier": before.earlier,
                }
            )
        after = after.model_copy(update={"spoken": language})
        return self._answer(heard, before, after, shown, found, language, depth)

    def _offered(self, conversation: Conversation) -> tuple[Value, ...]:
        """The values that the last answer offered, in the order shown."""
        question = self._questions.get(conversation.asked or "")
        if question is None:
            return ()
        return offered(question, conversation.unsure)

    def _answer(
        self,
        heard: Understanding,
        before: Conversation,
        after: Conversation,
        shown: Profile,
        found: FoundAnswer | None,
        language: Language,
        depth: Depth | None,
    ) -> ChatAnswer:
        reports = [self._judge(report) for report in after.reports]
        known = bool(shown.answers())
        kind = reply_kind(heard, known, found is not None)
        if depth is Depth.FULL and kind == "clarify" and not heard.unsure:
            kind = "recommendation" if known else "question"
        rulebook = (
            Rulebook.ARTICLE if Intent.ARTICLE_VIEW in heard.intents else Rulebook.TODAY
        )
        recommendation = (
            self.engine.recommend(
                shown,
                weights=after.weights,
                rulebook=rulebook,
                reports=reports,
                language=language,
            )
            if known
            else None
        )
        asked = self._question(kind, heard, after, reports, known)
        question = self._worded(asked, after.unsure, language)
        after = after.model_copy(update={"asked": question.field if question else None})
        imagined = shown != after.profile
        turn = Turn(
            kind=kind,
            heard=heard,
            recommendation=recommendation,
            before=before.profile,
            after=after.profile,
            question=question,
            left_open=self._left_open(asked, after, reports, known),
            found=found,
            unsure=after.unsure,
            language=language,
            real=self._real(after, reports, language) if imagined else None,
            turns_on=self._turns_on(asked, after, reports, heard),
            depth=depth or Depth.NORMAL,
        )
        return ChatAnswer(
            reply=self._replies.text(turn),
            language=language,
            kind=kind,
            understood=heard.observations,
            not_understood=heard.not_understood,
            profile=after.profile,
            recommendation=recommendation,
            question=question,
            facts=found.facts if found else (),
            actions=self._replies.actions(turn),
            conversation=after,
        )

    def _question(
        self,
        kind: Kind,
        heard: Understanding,
        after: Conversation,
        reports: list[ProbeReport],
        known: bool,
    ) -> Question | None:
        """Nothing is asked beside a mere fact or a thank-you.

        A reading that is in doubt comes before anything new; a question that is itself
        asked about, or answered by a mere "yes", stays open.
        """
        if after.unsure is not None:
            return self._questions.get(after.unsure.field)
        if heard.unclear or Intent.WHY_ASKED in heard.intents:
            return self._questions.get(after.asked or "")
        if kind in ("thanks", "out_of_scope"):
            return None
        if kind == "fact" and not known:
            return None
        return self.engine.question(
            after.profile, after.declined, reports, after.weights
        )

    def _worded(
        self, asked: Question | None, unsure: Observation | None, language: Language
    ) -> NextQuestion | None:
        if asked is None:
            return None
        if unsure is None:
            return wire_question(asked, language)
        return doubt_question(asked, unsure, self.labels, language)

    def _left_open(
        self,
        asked: Question | None,
        after: Conversation,
        reports: list[ProbeReport],
        known: bool,
    ) -> str | None:
        """A field that was passed over and could still change the verdict."""
        if asked is not None or not known or not after.declined:
            return None
        still = self.engine.question(after.profile, (), reports, after.weights)
        return still.field if still else None

    def _real(
        self, after: Conversation, reports: list[ProbeReport], language: Language
    ) -> Recommendation | None:
        """What holds while something else is only supposed."""
        if not after.profile.answers():
            return None
        return self.engine.recommend(
            after.profile, weights=after.weights, reports=reports, language=language
        )

    def _turns_on(
        self,
        asked: Question | None,
        after: Conversation,
        reports: list[ProbeReport],
        heard: Understanding,
    ) -> tuple[Effect, ...]:
        """What each answer to the open question would lead to, when that is asked."""
        if asked is None or Intent.WHY_ASKED not in heard.intents:
            return ()
        return self.engine.effects(after.profile, asked, reports, after.weights)
