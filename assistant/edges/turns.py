"""What a turn on the chat page does to the state that the browser keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.advisor import Advisor
from assistant.edges import panels
from assistant.edges.ports import Services
from assistant.edges.words import UI
from assistant.wire import (
    ChatAnswer,
    ChatRequest,
    Conversation,
    Recommendation,
    RecommendationRequest,
)
from knowledge.records import Language
from probes.records import ProbeReport

State = dict[str, Any]
"""What the browser keeps: conversation, history, job and language, as JSON."""

MOST_KEPT = 60
MOST_REPORTS = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished measurement: picture and table as HTML, two verdicts as Markdown."""

    result: str
    before: str
    after: str


def told(advisor: Advisor, message: str, shown: str, state: State) -> State:
    """Take one turn; ``shown`` is how the message appears, as an option's label."""
    if not message.strip():
        return state
    answer = advisor.take_turn(
        ChatRequest(
            message=message[:8_000],
            conversation=conversation_in(state),
            language=_spoken(message, state),
        )
    )
    asked = {"role": "user", "content": panels.plain(shown)}
    kept = _remembered(state, asked, _said(answer))
    return {**kept, "conversation": answer.conversation.model_dump(mode="json")}


def _said(answer: ChatAnswer) -> State:
    said: State = {"role": "assistant", "content": answer.reply}
    if answer.question is not None:
        said["options"] = [
            {"value": str(option.value), "label": option.label}
            for option in answer.question.options
        ] + [{"value": "skip", "label": UI[answer.language]["skip"]}]
    return said


def measured(
    services: Services, state: State, report: ProbeReport, language: Language
) -> tuple[State, Shown]:
    """The verdict after a measurement beside the verdict before it."""
    before = conversation_in(state)
    reports = (report, *before.reports)[:MOST_REPORTS]
    after = before.model_copy(update={"reports": reports})
    ui, labels = UI[language], services.advisor.labels
    first, second = (
        panels.verdict(_advised(services.advisor, one, language), title, labels)
        for one, title in ((before, ui["before"]), (after, ui["after"]))
    )
    result = panels.result(
        services.picture(report, language),
        services.table(report, language),
        report.warnings,
    )
    kept = _remembered(state, {"role": "assistant", "content": second})
    kept["conversation"] = after.model_dump(mode="json")
    return kept, Shown(result=result, before=first, after=second)


def _advised(
    advisor: Advisor, conversation: Conversation, language: Language
) -> Recommendation:
    return advisor.recommend(
        RecommendationRequest(
            profile=conversation.profile,
            reports=conversation.reports,
            language=language,
        )
    )


def _remembered(state: State, *messages: State) -> State:
    history = [*state.get("history", []), *messages][-MOST_KEPT:]
    return {**state, "history": history}


def conversation_in(state: State) -> Conversation:
    """What the browser brought back; anything unreadable begins anew."""
    try:
        return Conversation.model_validate(state.get("conversation") or {})
    except ValueError:
        return Conversation()


def language_in(state: State) -> Language:
    """The language of the page, English where none was chosen."""
    return Language.ZH if state.get("language") == "zh" else Language.EN


def _spoken(message: str, state: State) -> Language | None:
    """The switch decides for clicks and bare numbers; a sentence shows its own."""
    chosen = language_in(state)
    bare = message.isascii() and len(message.split()) <= 2
    return chosen if chosen is Language.ZH and bare else None
