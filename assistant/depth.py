"""How much explanation a message asks for, in its own words."""

from __future__ import annotations

import re

from assistant.wire import Depth

_FULL = re.compile(
    r"\b(?:explain|show|list|justify|break down) (?:me )?(?:every|each|all(?: the)?) "
    r"(?:single )?(?:points?|addends?|reasons?|lines?)\b"
    r"|\b(?:explain|show)(?: me)? (?:everything|the (?:whole|full) "
    r"(?:sum|calculation|explanation))\b"
    r"|\bin full detail\b"
    r"|(?:逐[分条项点]|每(?:一)?(?:分|条|项|点)(?:都)?)(?:地)?(?:解释|说明|列出|讲)"
    r"|(?:解释|说明|列出)(?:一下)?(?:每(?:一)?(?:分|条|项|点)|全部(?:理由|得分)|所有(?:理由|得分))"
    r"|完整(?:的)?(?:解释|计算)",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\bin (?:just )?one (?:line|sentence)\b|\bshort answer\b|\btl;?dr\b"
    r"|一句话|简短(?:地)?(?:回答|说)",
    re.IGNORECASE,
)


def depth_asked(message: str) -> Depth | None:
    """The depth that the words ask for; None where they ask for none."""
    if _FULL.search(message):
        return Depth.FULL
    return Depth.LINE if _LINE.search(message) else None
