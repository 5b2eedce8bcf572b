"""What is known after a message: later words win; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.profile import Profile
from assistant.understanding.records import Understanding
from assistant.wire import Conversation, Observation
from knowledge.records import Value

MANY = ("goals", "existing")
"""Fields that hold several values; news is added to them unless it corrects."""

MOST_DECLINED = 40


def advance(conversation: Conversation, heard: Understanding) -> Conversation:
    """Fold one message into the conversation.

    A field told again takes the new value; goals and present tools are added to. What
    was withdrawn becomes unknown again. A question answered with "I don't know" is
    never asked again, one that was merely passed over may be.
    """
    known = conversation.profile.model_dump(exclude_none=True)
    for field in heard.retracted:
        known.pop(field, None)
    for observation in heard.observations:
        _learn(known, observation, heard.retracted)
    declined = conversation.declined
    if heard.declined and conversation.asked:
        declined = (*declined, conversation.asked)[-MOST_DECLINED:]
    return Conversation(
        profile=Profile.model_validate(known),
        unsure=heard.unsure[0] if heard.unsure else None,
        declined=tuple(dict.fromkeys(declined)),
        fixed_language=heard.switch_to or conversation.fixed_language,
        reports=conversation.reports,
        weights=conversation.weights,
        turns=conversation.turns + 1,
    )


def _learn(
    known: dict[str, object], observation: Observation, retracted: Sequence[str]
) -> None:
    field, value = observation.field, observation.value
    if field not in MANY:
        known[field] = value
        if field == "dataset_rows":
            known.pop("dataset_size", None)
        return
    new = value if isinstance(value, tuple) else (value,)
    before = known.get(field, ())
    kept = before if isinstance(before, tuple) and field not in retracted else ()
    known[field] = _merged(kept, new)


def _merged(before: tuple[Value, ...], new: tuple[Value, ...]) -> tuple[Value, ...]:
    """``none`` stands alone: it gives way to anything, and clears what was there."""
    if "none" in new:
        return ("none",) if len(new) == 1 else tuple(v for v in new if v != "none")
    return tuple(dict.fromkeys([v for v in before if v != "none"] + list(new)))
