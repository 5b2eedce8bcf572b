"""What the chat page shows, worked out anew from the state that the browser keeps.

The browser may hand back anything: what cannot be read is as good as absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.advisor import Advisor
from assistant.edges import cards, panels
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
from probes.records import NotMeasured, ProbeReport

State = dict[str, Any]
"""What the browser keeps, as JSON: ``conversation`` and ``history``, ``words`` (field
to the person's words for it), ``job``, ``language`` of the page and ``spoken``."""

MOST_KEPT = 60
"""Messages of the history that are kept."""

MOST_REPORTS = 2

_Words = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class View:
    """All that depends on the state; empty where there is nothing to show."""

    history: list[State]
    known: str
    verdict: str
    result: str
    before: str
    after: str


def view(services: Services, state: State) -> View:
    """The page for this state, in the page's language."""
    language = language_in(state)
    advisor, ui = services.advisor, UI[language]
    conversation = conversation_in(state)
    known = bool(conversation.profile.answers())
    now = _advised(advisor, conversation, language)
    result, before, after = _measured(services, conversation, now)
    return View(
        history=history_in(state),
        known=cards.known(
            conversation.profile, _words(state), advisor.labels, language
        ),
        verdict=cards.verdict(now if known else None, ui["verdict"], language),
        result=result,
        before=before,
        after=after,
    )


def _measured(
    services: Services, conversation: Conversation, now: Recommendation
) -> tuple[str, str, str]:
    """The latest report, and the verdict without it beside the verdict with it."""
    if not conversation.reports:
        return "", "", ""
    latest, *earlier = (services.judge(report) for report in conversation.reports)
    language = now.language
    past = conversation.model_copy(update={"reports": tuple(earlier)})
    then = _advised(services.advisor, past, language)
    failures = [
        f"{one.contender}: {one.reason}"
        for one in latest.results
        if isinstance(one, NotMeasured)
    ]
    result = panels.result(
        cards.outcome(then, now),
        services.picture(latest, language),
        services.table(latest, language),
        [*failures, *latest.warnings],
    )
    return result, *cards.compared(then, now)


def told(advisor: Advisor, message: str, state: State) -> State:
    """Take one turn with a message that was typed."""
    return _turn(advisor, message, message, conversation_in(state), state)


def chosen(advisor: Advisor, option: str, state: State) -> State:
    """Take one turn with an option that was clicked, be its question old or new."""
    field, _, value = option.partition("=")
    labels = {
        one["value"]: one["label"]
        for message in history_in(state)
        for one in message.get("options", ())
    }
    conversation = conversation_in(state).model_copy(update={"asked": field})
    language = Language.ZH if state.get("spoken") == "zh" else Language.EN
    shown = labels.get(option, value)
    return _turn(advisor, value, shown, conversation, state, language)


def weighed(state: State, weights: dict[str, float]) -> State:
    """The same conversation under other weights."""
    return _with(state, conversation_in(state), weights)


def restarted(state: State) -> State:
    """A new conversation; language and weights are settings, and stay."""
    fresh: State = {"language": language_in(state).value}
    weights = conversation_in(state).weights
    return _with(fresh, Conversation(), weights) if weights else fresh


def _with(state: State, given: Conversation, weights: dict[str, float]) -> State:
    kept = given.model_dump(mode="json") | {"weights": weights}
    return {**state, "conversation": kept}


def _turn(
    advisor: Advisor,
    message: str,
    shown: str,
    conversation: Conversation,
    state: State,
    language: Language | None = None,
) -> State:
    if not message.strip():
        return state
    request = ChatRequest(
        message=message[:8_000],
        conversation=_weighable(advisor, conversation),
        language=language or _spoken(message, state),
    )
    answer = advisor.take_turn(request)
    kept = _remembered(
        state, {"role": "user", "content": panels.plain(shown)}, _said(answer)
    )
    told_now = {one.field: one.words[:200] for one in answer.understood}
    known = answer.profile.answers()
    words = {
        field: said
        for field, said in (_words(state) | told_now).items()
        if field in known
    }
    return {
        **kept,
        "conversation": answer.conversation.model_dump(mode="json"),
        "words": words,
        "spoken": answer.language.value,
    }


def _said(answer: ChatAnswer) -> State:
    said: State = {"role": "assistant", "content": answer.reply}
    asked = answer.question
    if asked is not None:
        said["options"] = [
            {"value": f"{asked.field}={option.value}", "label": option.label}
            for option in asked.options
        ]
        skip = {"value": f"{asked.field}=skip", "label": UI[answer.language]["skip"]}
        said["options"].append(skip)
    return said


def with_report(services: Services, state: State, report: ProbeReport) -> State:
    """The conversation with a new measurement in it, and a message that says so."""
    before = conversation_in(state)
    reports = (report, *before.reports)[:MOST_REPORTS]
    after = before.model_copy(update={"reports": reports})
    language = language_in(state)
    then, now = (_advised(services.advisor, one, language) for one in (before, after))
    heard = (f"{note.says} {note.why}" for note in now.evidence)
    says = [f"**{cards.outcome(then, now)}**", *heard]
    kept = _remembered(state, {"role": "assistant", "content": "\n\n".join(says)})
    return {**kept, "job": None, "conversation": after.model_dump(mode="json")}


def _advised(
    advisor: Advisor, conversation: Conversation, language: Language
) -> Recommendation:
    return advisor.recommend(
        RecommendationRequest(
            profile=conversation.profile,
            weights=_weighable(advisor, conversation).weights,
            reports=conversation.reports,
            language=language,
        )
    )


def _weighable(advisor: Advisor, conversation: Conversation) -> Conversation:
    """Without weights for criteria there are none of, as an old page may have kept."""
    known = {one.id for one in advisor.knowledge.criteria}
    weights = {name: one for name, one in conversation.weights.items() if name in known}
    return conversation.model_copy(update={"weights": weights})


def _remembered(state: State, *messages: State) -> State:
    history = [*history_in(state), *messages][-MOST_KEPT:]
    return {**state, "history": history}


def state_in(kept: object) -> State:
    """What the browser brought back, if it is a state at all."""
    return dict(kept) if isinstance(kept, dict) else {}


def history_in(state: State) -> list[State]:
    """The messages that can be shown."""
    kept = state.get("history")
    return [one for one in kept if _is_message(one)] if isinstance(kept, list) else []


def _is_message(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    options = one.get("options", [])
    return (
        one.get("role") in ("user", "assistant")
        and isinstance(one.get("content"), str)
        and isinstance(options, list)
        and all(
            isinstance(option, dict)
            and isinstance(option.get("value"), str)
            and isinstance(option.get("label"), str)
            for option in options
        )
    )


def _words(state: State) -> dict[str, str]:
    try:
        return _Words.validate_python(state.get("words") or {})
    except ValidationError:
        return {}


def conversation_in(state: State) -> Conversation:
    """What the browser brought back; anything unreadable begins anew."""
    try:
        return Conversation.model_validate(state.get("conversation") or {})
    except ValidationError:
        return Conversation()


def language_in(state: State) -> Language:
    """The language of the page, or of the conversation where none was chosen."""
    known = state.get("language") or state.get("spoken")
    return Language.ZH if known == "zh" else Language.EN


def _spoken(message: str, state: State) -> Language | None:
    """The switch decides for bare words and numbers; a sentence shows its own."""
    picked = language_in(state)
    bare = message.isascii() and len(message.split()) <= 2
    return picked if picked is Language.ZH and bare else None
