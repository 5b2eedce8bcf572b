"""What is known after a message: later words win; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.moves import MANY
from assistant.profile import Past, Profile
from assistant.understanding.records import Intent, Understanding
from assistant.wire import Conversation, Observation
from knowledge.records import Value, as_many

"""Fields that hold several values; news is added to them unless it corrects."""

MOST_DECLINED = 40


MOST_EARLIER = 8


def advance(conversation: Conversation, heard: Understanding) -> Conversation:
    """Fold one message into the conversation.

    A field told again takes the new value; goals and present tools are added to. What
    was withdrawn becomes unknown again. A question is asked once: answered with "I
    don't know", or passed over for something else, it does not come back; but the first
    words of a person, who was invited to tell anything, pass over nothing. One step
    of all this can be taken back at a time.
    """
    if Intent.UNDO in heard.intents:
        return _undone(conversation)
    known = conversation.profile.model_dump(exclude_none=True)
    retracted = [
        field
        for field in heard.retracted
        if not (heard.instead and field in ("existing", "mandated"))
    ]
    for field in retracted:
        known.pop(field, None)
    doubt = conversation.unsure
    if doubt and heard.declined and known.get(doubt.field) == doubt.value:
        known.pop(doubt.field)  # "Did you mean this?" "No."
    prescribed = _put_right(known, heard.instead)
    for observation in heard.observations:
        if not (prescribed and observation.field == "existing"):
            _learn(known, observation, retracted)
    declined = conversation.declined
    asked = conversation.asked
    invited = not conversation.profile.answers()
    passed = bool(heard.observations) and asked not in known and not invited
    if asked and (heard.declined or passed):
        declined = tuple(dict.fromkeys((*declined, asked)))[-MOST_DECLINED:]
    before = Past(profile=conversation.profile, declined=conversation.declined)
    after = Past(profile=Profile.model_validate(known), declined=declined)
    earlier = conversation.earlier
    if after != before:
        earlier = (*earlier, before)[-MOST_EARLIER:]
    return conversation.model_copy(
        update={
            "profile": after.profile,
            "declined": declined,
            "earlier": earlier,
            "unsure": heard.unsure[0] if heard.unsure else None,
            "fixed_language": heard.switch_to or conversation.fixed_language,
            "turns": conversation.turns + 1,
        }
    )


def started_over(conversation: Conversation) -> Conversation:
    """Nothing known; language and weights are settings, and stay. Can be undone."""
    before = Past(profile=conversation.profile, declined=conversation.declined)
    return conversation.model_copy(
        update={
            "profile": Profile(),
            "declined": (),
            "asked": None,
            "reports": (),
            "earlier": (*conversation.earlier, before)[-MOST_EARLIER:],
        }
    )


def _undone(conversation: Conversation) -> Conversation:
    """As it was before the last message that changed anything."""
    update: dict[str, object] = {"unsure": None, "turns": conversation.turns + 1}
    if conversation.earlier:
        *earlier, last = conversation.earlier
        update |= {
            "profile": last.profile,
            "declined": last.declined,
            "earlier": tuple(earlier),
        }
    return conversation.model_copy(update=update)


def _put_right(known: dict[str, object], instead: Sequence[tuple[str, str]]) -> bool:
    """Take the framework that was meant for the one named by mistake.

    Returns:
        whether it was the prescribed one, so that nothing new is told of what is used.
    """
    prescribed = False
    for named, meant in instead:
        if known.get("mandated") == named:
            prescribed = True
            known["mandated"] = meant
            if meant == "jax":
                del known["mandated"]
        used = known.get("existing")
        if isinstance(used, tuple) and named in used:
            known["existing"] = tuple(meant if one == named else one for one in used)
    return prescribed


def _learn(
    known: dict[str, object], observation: Observation, retracted: Sequence[str]
) -> None:
    field, value = observation.field, observation.value
    if field not in MANY:
        known[field] = value
        if field == "dataset_rows":
            known.pop("dataset_size", None)
        return
    new = as_many(value)
    before = known.get(field, ())
    kept = before if isinstance(before, tuple) and field not in retracted else ()
    known[field] = _merged(kept, new)


def _merged(before: tuple[Value, ...], new: tuple[Value, ...]) -> tuple[Value, ...]:
    """``none`` stands alone: it gives way to anything, and clears what was there."""
    if "none" in new:
        return ("none",) if len(new) == 1 else tuple(v for v in new if v != "none")
    return tuple(dict.fromkeys([v for v in before if v != "none"] + list(new)))
