"""Short answers to the question just asked: "yes", "the second", "I don't know"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.wire import Observation
from knowledge.records import Value

MANY = ("goals", "existing")

_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|right|correct|exactly|sure|是的?|对的?|没错|嗯|好的?|"
    r"可以)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|wrong|not really|不是?|不对|没有|否)\W*$", re.IGNORECASE
)
_DECLINES = re.compile(
    r"^\W*(?:i )?(?:don'?t know|dunno|no idea|not sure|skip(?: it| this)?|pass|next|"
    r"no preference|doesn'?t matter|whatever|idk|don'?t care|unsure|rather not say|"
    r"不知道|不清楚|不确定|跳过|随便|无所谓|都行|没想好|还没想好|不好说|略过|下一个)"
    r"(?: yet| really|吧|啊|呢)?\W*$",
    re.IGNORECASE,
)
_ORDINALS = (
    r"first|1st|第一个?|1",
    r"second|2nd|第二个?|2",
    r"third|3rd|第三个?|3",
    r"fourth|4th|第四个?|4",
    r"fifth|5th|第五个?|5",
    r"sixth|6th|第六个?|6",
)
_NOTHING = re.compile(
    r"^\W*(?:none|nothing|neither|no|not yet|none of them|没有|都没有|无|没)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message says as an answer; ``complete`` when it says nothing else."""

    observations: tuple[Observation, ...] = ()
    declined: bool = False
    complete: bool = False


def answer_to(
    text: str,
    asked: str | None,
    options: Sequence[Value],
    unsure: Observation | None,
) -> Answer:
    """The message taken as an answer to what was just asked, if it is one."""
    if unsure is not None:
        if _YES.match(text):
            confirmed = unsure.model_copy(update={"sure": 1.0})
            return Answer((confirmed,), complete=True)
        if _NO.match(text):
            return Answer(complete=True)
    if asked is None:
        return Answer()
    if _DECLINES.match(text):
        return Answer(declined=True, complete=True)
    value = _chosen(text, asked, options)
    if value is None:
        return Answer()
    told: Value | tuple[Value, ...] = (value,) if asked in MANY else value
    words = text.strip()[:200]
    return Answer(
        (Observation(field=asked, value=told, words=words, sure=1.0),), complete=True
    )


def _chosen(text: str, asked: str, options: Sequence[Value]) -> Value | None:
    plain = text.strip().strip(".!。！").lower().replace(" ", "_")
    for option in options:
        if plain == str(option).lower():
            return option
    if "none" in options and _NOTHING.match(text):
        return "none"
    if asked == "mandated" and _NO.match(text):
        return None
    if asked == "dataset_rows" and re.fullmatch(r"\W*\d+\W*", text):
        return None
    for index, ordinal in enumerate(_ORDINALS[: len(options)]):
        if re.match(
            rf"^\W*(?:the |option |number )?(?:{ordinal})(?: one)?\W*$", text, re.I
        ):
            return options[index]
    return None
