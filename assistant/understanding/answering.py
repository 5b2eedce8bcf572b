"""Short answers to the question just asked: "yes", "the second", "I don't know"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.moves import MANY
from assistant.understanding import answering_zh as zh
from assistant.understanding.clauses import clauses
from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.patterns import CJK
from assistant.understanding.records import IN_WORDS
from assistant.wire import Observation
from knowledge.records import Value

_MARKS = ".!?。！？“”\"'"


LONGEST = 120
"""Characters of a message that is an answer and nothing else."""

_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|right|correct|exactly|sure|i do|i am|that's right|true|"
    r"of course|是的?|对的?|没错|嗯+|好的?|可以|是啊|对啊|当然|有的?)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|wrong|not really|not that|不是的?|不对|没有|否|不|没|"
    r"错了?)\W*$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^\W*(?:ok|okay|fine|both|all(?: of (?:them|these))?|either|several|a bit of both|"
    r"两个都(?:是|要|行|有)?|都(?:是|要|有)|行|随你)\W*$",
    re.IGNORECASE,
)
_UNKNOWN = (
    r"(?:don'?t|do not) (?:really )?know(?: (?:yet|that))?|dunno|(?:no|not a) (?:idea|"
    r"clue)|(?:not|un)[ -]?(?:so |quite |really )?(?:sure|certain)|unsure|idk|"
    r"skip(?: (?:it|this|that|the|this one|that one|(?:this |that |the )?question))?|"
    r"pass|next(?: (?:one|question))?|no preference|doesn'?t matter|whatever|"
    r"(?:don'?t|do not) care|(?:would |'d |will )?(?:rather|prefer) not(?: to)?"
    r"(?: (?:say|answer|tell|tell you|answer that))?|can'?t (?:say|tell)|hard to say|"
    r"(?:have not|haven'?t|not) decided|undecided|maybe|perhaps|n/?a|beats me|"
    r"(?:it )?depends|none of (?:them|these|those|the above|your business)|neither|"
    r"(?:something|anything) else|don'?t want to (?:say|answer)|"
    r"can we skip (?:it|this)|"
    r"move on|ask (?:me )?something else|not applicable|"
    r"(?:我)?(?:也)?(?:还)?(?:真)?(?:不太?|没)(?:知道|清楚|确定|晓得|想好|想过|决定|"
    r"定)|"
    r"跳过(?:吧|这个|这题|这个问题|这一题)?|这(?:个|题|个问题)跳过|随便|无所谓|"
    r"都(?:行|可以)|"
    r"(?:不|没)好说|说不(?:准|好|清)|略过?|过|下一?(?:个|题|个问题)|不(?:想|方便|愿意?)"
    r"(?:说|回答|透露|告诉你)|看情况|可能吧?|也许|没(?:概念|想法|数)|拿不准|都不(?:是|"
    r"对)|"
    r"哪个都不是|以上都不是|换(?:个|一个)问题|不适用|再说吧?"
)
_DECLINES = re.compile(
    r"^\W*(?:(?:i|i'm|i am|well|hm+|um+|honestly|sorry|oh|let'?s|please|嗯|呃|额|这个|"
    rf"我)\W*)*(?:(?:{_UNKNOWN})"
    r"(?: yet| really| please| at the moment|吧|啊|呢|了|哦)?\W*)+$",
    re.IGNORECASE,
)
_ORDINALS = (
    r"first|1st|第[一1](?:个|种|项|条)?|1号?|one|a|一|前者",
    r"second|2nd|第[二2](?:个|种|项|条)?|2号?|two|b|二|后者",
    r"third|3rd|第[三3](?:个|种|项|条)?|3号?|three|c|三",
    r"fourth|4th|第四个?|4|four|d|四",
    r"fifth|5th|第五个?|5|five|e|五",
    r"sixth|6th|第六个?|6|six|f|六",
    r"seventh|7th|第七个?|7|seven|g|七",
    r"eighth|8th|第八个?|8|eight|h|八",
)
_LAST = rf"last|{zh.LAST}"
_NOTHING = re.compile(
    r"^\W*(?:none|nothing|neither|no|not yet|none of (?:them|these)|没有|都没有|无|没|"
    r"都不是|都没用过?|还没有?)\W*$",
    re.IGNORECASE,
)

_WELL = (
    r"^\W*(?:(?:it'?s|it is|they'?re|i'?m|i am|mine is|just|only|well|honestly|oh|"
    r"um+|hm+|really|very|rather|quite|pretty|fairly|absolutely|so|kind of|"
    r"just about|i'd say|yes|nope?|nah)\W+)*"
)
_BARE: dict[str, dict[Value, str]] = {
    "dataset_size": {
        "small": "tiny|small|little|modest|minuscule|smallish|puny",
        "medium": "medium|middling|moderate|mid-sized|average",
        "large": "enormous|huge|massive|gigantic|vast|big|large|giant|immense|endless",
    },
    "math_comfort": {
        "high": "good|strong|great|excellent|solid|advanced|fluent|brilliant",
        "medium": "so-so|so so|okay(?:-ish)?|ok|average|middling|medium|decent|fair|"
        "passable|all right|alright|mediocre",
        "low": "bad|weak|poor|terrible|awful|hopeless|rubbish|abysmal|rusty|lousy",
    },
    "existing": {
        "none": r"(?:nothing|none|not (?:a |one )?(?:single )?(?:one|thing)|zilch|nada)"
        r"(?: (?:of (?:them|these|those)|at all|ever|yet|so far|whatsoever))*"
        r"\s*(?:$|[,.;!])",
    },
}
"""A word that says it all, where it begins the answer: "tiny, honestly"."""

_NAMED = re.compile(
    r"^\W*(?:(?:just|only|plain|plus|and|mostly|mainly|still|some|a bit of)\W+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message says as an answer; ``complete`` when it says nothing else.

    ``unclear``: it answers, but not which of the values on offer.
    """

    observations: tuple[Observation, ...] = ()
    declined: bool = False
    unclear: bool = False
    complete: bool = False


def answer_to(
    text: str,
    asked: str | None,
    options: Sequence[Value],
    unsure: Observation | None,
    labels: Sequence[Sequence[str]] = (),
) -> Answer:
    """The message taken as an answer to what was just asked, if it is one.

    Args:
        labels: for each of the options, how it is shown.
    """
    if len(text) > LONGEST:
        return Answer()
    if unsure is not None:
        if _YES.match(text):
            confirmed = unsure.model_copy(update={"sure": 1.0})
            return Answer((confirmed,), complete=True)
        if _NO.match(text):
            return Answer(declined=True, complete=True)
    if asked is None:
        return Answer()
    value = _named(text, options, labels)
    if value is None:
        value = _chosen(text, asked, options)
    if value is None and (said := _said(text, asked, options)):
        return Answer(said)
    if value is None:
        free = asked == "mandated" and (_NO.match(text) or zh.UNPRESCRIBED.match(text))
        if free or _DECLINES.match(text) or zh.DECLINES.match(text):
            return Answer(declined=True, complete=True)
        unclear = any(one.match(text) for one in (_YES, _NO, _VAGUE))
        if unclear or asks(text):
            return Answer(unclear=unclear, complete=unclear)
        return Answer(tuple(_bare(text, asked)) or tuple(_frameworks(text, asked)))
    told: Value | tuple[Value, ...] = (value,) if asked in MANY else value
    words = text.strip()[:200]
    return Answer(
        (Observation(field=asked, value=told, words=words, sure=1.0),), complete=True
    )


def _bare(text: str, asked: str) -> Iterator[Observation]:
    """What the first word says, where the answer goes on."""
    name = IN_WORDS.get(asked, asked)
    if re.search(r"\d", text):
        return
    for value, words in _BARE.get(name, {}).items():
        said = re.match(rf"{_WELL}(?:{words})(?!\w)", text, re.IGNORECASE)
        if said:
            told = (value,) if name in MANY else value
            yield Observation(field=name, value=told, words=said[0], sure=0.9)


def _frameworks(text: str, asked: str) -> Iterator[Observation]:
    """Frameworks that head a clause: "just Keras, plus some TensorFlow"."""
    if asked not in ("existing", "mandated"):
        return
    named = [
        one.framework
        for clause in clauses(text)
        for one in mentions(clause.text)[:1]
        if _NAMED.match(clause.text[: one.start])
    ]
    if asked == "existing" and named:
        yield Observation(field=asked, value=tuple(named), words=text, sure=0.9)
    elif len(named) == 1 and named != ["jax"]:
        yield Observation(field=asked, value=named[0], words=text, sure=0.9)


def _said(text: str, asked: str, options: Sequence[Value]) -> tuple[Observation, ...]:
    """What a short Chinese answer tells, more being said or not: "三个星期，顶多"."""
    if _NO.match(text) or zh.DECLINES.match(text):
        return ()
    found: dict[str, Value | tuple[Value, ...]] = {}
    if asked in ("existing", "mandated"):
        first = re.split("[，。,;；!！?？]", text.strip(), maxsplit=1)[0]
        named = mentions(first)
        rest = first
        for one in reversed(named):
            rest = rest[: one.start] + rest[one.end :]
        names = tuple(dict.fromkeys(one.framework for one in named))
        if names and CJK.search(text) and zh.bare(rest):
            found[asked] = names if asked in MANY else names[0]
        elif asked == "existing" and zh.NOTHING.match(first):
            found[asked] = ("none",)
    elif CJK.search(text) and (meant := zh.answered(text, asked)):
        field, value = meant
        if field != asked or not options or value in options:
            found[field] = (value,) if field in MANY else value
    words = text.strip()[:200]
    return tuple(
        Observation(field=field, value=value, words=words, sure=0.95)
        for field, value in found.items()
    )


def _named(
    text: str, options: Sequence[Value], labels: Sequence[Sequence[str]]
) -> Value | None:
    """The option whose label was copied out."""
    plain = text.strip().strip(_MARKS).lower()
    for option, shown in zip(options, labels, strict=False):
        if plain in [one.lower() for one in shown]:
            return option
    return None


def _chosen(text: str, asked: str, options: Sequence[Value]) -> Value | None:
    plain = text.strip().strip(".!。！").lower().replace(" ", "_")
    for option in options:
        if plain == str(option).lower():
            return option
    if "none" in options and (_NOTHING.match(text) or zh.NOTHING.match(text)):
        return "none"
    if asked == "dataset_rows" and re.fullmatch(r"\W*[\d一二三四五六七八]+\W*", text):
        return None
    places = list(enumerate(_ORDINALS[: len(options)]))
    if options:
        places.append((len(options) - 1, _LAST))
    for index, ordinal in places:
        if re.match(_PLACE.format(ordinal), text, re.IGNORECASE):
            return options[index]
    return None


_PLACE = (
    r"^\W*(?:i(?:'d| would)? (?:choose|pick|take|say|mean)\s+)?(?:the |option |number |"
    r"no\.? |answer |choice |(?:我|就|那)*选(?:第|择|项)?)?\s*(?:{})"
    r"(?: (?:one|option|choice))?"
    r"(?:项|吧|啊|呢)*\W*$"
)
