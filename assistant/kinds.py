"""What sort of answer a message gets."""

from __future__ import annotations

from assistant.understanding.records import Intent, Understanding
from assistant.wire import Kind


def reply_kind(heard: Understanding, known: bool, answered: bool) -> Kind:
    """What sort of answer a message gets; news about the person comes first."""
    wants = heard.intents
    if heard.purpose in _BESIDE_NEWS and not heard.unclear:
        return _BESIDE_NEWS[heard.purpose]
    if heard.observations:
        return "recommendation"
    if heard.unsure or heard.unclear:
        return "clarify"
    if Intent.PROBE in wants and Intent.OUT_OF_SCOPE not in wants:
        return "probe"
    if answered:
        which = Intent.ADVICE in wants and Intent.FACT_QUESTION not in wants
        return "question" if which and not known else "fact"
    for intent, kind in _PLAIN:
        if intent in wants:
            return kind
    if Intent.FACT_QUESTION in wants and Intent.ADVICE not in wants:
        return "fact"
    about_advice = wants & _ABOUT_ADVICE or heard.declined or heard.retracted
    if Intent.WHY_ASKED in wants:
        return "question"
    if about_advice or heard.switch_to:
        if known:
            return "recommendation"
        return "clarify" if wants and wants <= _OF_NOTHING else "question"
    return "clarify"


def not_ours(heard: Understanding) -> Understanding:
    """The same message, once it is known to be about something else altogether.

    Courtesies, commands, complaints and answers to a question stand; what was read as
    news, as a supposition or as a wish for advice was a misreading.
    """
    if heard.intents & (COMMANDS - {Intent.WHAT_IF} | {Intent.COMPLAINT}):
        return heard
    if heard.declined or heard.unclear or heard.retracted:
        return heard
    return heard.model_copy(
        update={
            "observations": (),
            "unsure": (),
            "fact_query": None,
            "intents": frozenset({Intent.OUT_OF_SCOPE}),
        }
    )


COMMANDS = frozenset(
    {
        Intent.ARTICLE_VIEW,
        Intent.CODE,
        Intent.SIMPLY,
        Intent.GREETING,
        Intent.PROBE,
        Intent.START_OVER,
        Intent.SWITCH_LANGUAGE,
        Intent.THANKS,
        Intent.UNDO,
        Intent.WHAT_IF,
        Intent.WHY,
        Intent.WHY_ASKED,
    }
)
"""What plainly asks for something other than a fact."""

_BESIDE_NEWS: dict[str | None, Kind] = {
    Intent.FACT_QUESTION: "fact",
    Intent.PROBE: "probe",
}
"""What is answered, whatever is told by the way; that is kept for the next advice."""

_PLAIN: tuple[tuple[Intent, Kind], ...] = (
    (Intent.OUT_OF_SCOPE, "out_of_scope"),
    (Intent.PROBE, "probe"),
    (Intent.GREETING, "greeting"),
    (Intent.THANKS, "thanks"),
)
_OF_NOTHING = frozenset({Intent.COMPLAINT, Intent.SIMPLY})
"""What can be met with a word and a question, where nothing was said before."""

_ABOUT_ADVICE = frozenset(
    {
        Intent.ADVICE,
        Intent.WHY,
        Intent.WHAT_IF,
        Intent.COMPARE,
        Intent.SIMPLY,
        Intent.ARTICLE_VIEW,
        Intent.START_OVER,
        Intent.COMPLAINT,
        Intent.UNDO,
    }
)
