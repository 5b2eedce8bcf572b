"""What a message takes back: "actually 2 million", "sorry, not Keras, JAX"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understanding.frameworks import mentions
from assistant.wire import Observation
from knowledge.basics import as_many
from knowledge.records import Value

_CORRECTS = re.compile(
    r"^\W*(?:no|nope|wait)[,.!，]|\?\s*(?:wrong|nope|no)\b[,.!:]|\b(?:actually|"
    r"correction|i meant?|scratch that|oops|(?:i )?mis(?:counted|typed|read|spoke|"
    r"remembered)|recounted|"
    r"sorry(?! (?:for|my|if|about|to|in advance|this|that|bad|english|noob|newbie|"
    r"everyone|all|guys|folks|i'?m (?:new|a|not|just|bad)|the (?:noob|newbie|dumb|"
    r"stupid|wall|long|length))\b)|"
    r"wait|make that|not .{1,20} but|"
    r"(?:that|which|this)(?:'s| is| was) (?:wrong|a mistake|a typo))\b|"
    r"说错了|更正|不对|其实|应该是|"
    r"^\W*(?:不|不是)[，,]|改成|我是说|纠正|"
    r"说反了|打错|搞错|记错|写错|弄错|输错|口误|手误|"
    r"不是[^，。,]{1,12}[，, ]*(?:而)?是",
    re.IGNORECASE,
)
_LONGEST = 80
"""Characters of a message that may be a correction and nothing else."""

_MARK = (
    r"(?:no|nope|sorry|wait|oops|er+|um+|i mean|i meant|rather|make that|"
    r"correction|typo|scratch that|meant|[啊哦噢呃额]不|不对|说错了?|写错了?|"
    r"打错了?|记错了?|搞错了?|口误|手误|更正|应该是|我是说)"
)
_NOT_BEFORE = re.compile(r"(?:\bnot(?: (?:in|with|on|using))?|不是)\s*$", re.IGNORECASE)
_THEN = re.compile(
    r"^[\s,.;:，。；：-]*(?:but|it's|it is|i mean|i meant|i use|we use|rather|actually|"
    r"that's|而?是|我(?:说|用)的是|应该是|用的是)?\s*$",
    re.IGNORECASE,
)
_NOT_BETWEEN = re.compile(r"^[\s,;:，；-]*(?:and )?(?:not|不是)\s*$", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    rf"^[\s,.;:，。；：…—-]*(?:{_MARK}[\s,.;:，。；：…!-]*){{1,4}}(?:it's |是)?$",
    re.IGNORECASE,
)

Pair = tuple[str, str]
"""A framework that was said, and the one that was meant."""


def corrects(text: str) -> bool:
    """Whether the message takes something back, so that its last word counts."""
    return bool(_CORRECTS.search(text))


def instead(text: str) -> tuple[Pair, ...]:
    """Frameworks that were named by mistake, each with the one that was meant."""
    named = mentions(text)
    if len(named) < 2:
        return ()
    found = []
    slip = corrects(text)
    for first, second in pairwise(named):
        if first.framework == second.framework:
            continue
        between = text[first.end : second.start]
        denied = _NOT_BEFORE.search(text[: first.start][-16:])
        if slip and denied and _THEN.match(between):
            found.append((first.framework, second.framework))
        elif slip and _NOT_BETWEEN.match(between):
            found.append((second.framework, first.framework))
        elif not denied and _TAKEN_BACK.match(between):
            found.append((first.framework, second.framework))
    return tuple(found)


def put_right(
    observations: Sequence[Observation], pairs: Sequence[Pair], text: str
) -> list[Observation]:
    """What was told, with every framework replaced by the one that was meant.

    A message that is a correction and nothing else tells what is in use.
    """
    meant_so = (_replaced(one, dict(pairs)) for one in observations)
    mended = [one for one in meant_so if one is not None]
    roles = {one.field for one in mended} & {"existing", "mandated"}
    if pairs and not roles and len(text) <= _LONGEST and corrects(text):
        meant = tuple(dict.fromkeys(new for _, new in pairs))
        mended.append(
            Observation(
                field="existing", value=meant, words=text.strip()[:200], sure=0.9
            )
        )
    return mended


def _replaced(one: Observation, pairs: dict[str, str]) -> Observation | None:
    if one.field not in ("existing", "mandated") or not pairs:
        return one
    values: list[Value] = [pairs.get(str(value), value) for value in as_many(one.value)]
    unique = tuple(dict.fromkeys(values))
    value = unique if isinstance(one.value, tuple) else unique[0]
    if one.field == "mandated" and value == "jax":
        return None  # nobody can be advised to JAX without Keras
    return one.model_copy(update={"value": value})
