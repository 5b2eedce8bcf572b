"""Numbers that are no amount of data: versions, years, shapes, money, parts."""

from __future__ import annotations

import re

_DECOY = re.compile(
    r"(?:python|py|tf|tensorflow|keras|torch|pytorch|cuda|windows|win|ubuntu|rtx|gtx|"
    r"v|version|版本|batch(?:\s*size)?|epochs?|batch大小|python版本|m[1-4]|gpt|top|"
    r"java|numpy|chapter|line|page|figure|section|clause|grade|reviewer|item|room|"
    r"since|circa|anno|back to|step|第|age|aged|year|年级|大|研|博)\s*[-=:：]?\s*$",
    re.IGNORECASE,
)
_AFTER_DECOY = re.compile(
    r"^\s*(?:%|percent|years?|yrs?|months?|weeks?|days?|hours?|minutes?|mins?|"
    r"seconds?|secs?|ms|年|月|周|天|小时|分钟|秒|岁|号|级|点|次|遍|种|类|classes|"
    r"categories|labels? classes|epochs?|layers?|层|维|dims?|dimensions?|features|"
    r"columns?|列|gpus?|cards?|块|卡|cores?|核|usd|dollars?|元|块钱|euros?|x\d|×|"
    r"machines|servers|nodes|hosts|chips|phones|devices|param|fps|hz|times|people|"
    r"of us|人|members|bit|位数|nd\b|st\b|rd\b|th\b|个月|个星期|"
    r"个小时|门|本|分|台|位同学|步)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^\s*(?:each\b|apiece\b|(?:per|every|a|each) (?:class|category|patient|day|week|"
    r"month|hour|minute|second|user|person|subject|label|species|group|customer)\b)",
    re.IGNORECASE,
)
"""A part of the data is not how many there are."""
_CONSUMED = re.compile(
    r"\b(?:read|reading|watched|watching|seen|saw|skimmed|opened|bookmarked) "
    r"(?:about |some |through |over )?$",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"(?:articles|videos|tutorials|posts|threads|papers|docs|reviews|books|answers)"
    r"\s*$",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(r"\d{3}|\d\s*k\b|hundred|thousand|million", re.IGNORECASE)
""" "Read eleven articles" on what to choose; hundreds of them would be data."""
_CODE_LINES = re.compile(r"\s*(?:of code|like th)", re.IGNORECASE)


def is_decoy(text: str, start: int, end: int) -> bool:
    """Whether the number that stands there counts something else."""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if text[start:end].rstrip().lower().endswith("lines") and _CODE_LINES.match(after):
        return True
    words = text[start:end]
    if _CONSUMED.search(before) and _ADVICE.search(words):
        return not _HUNDREDS.search(words)
    if _DECOY.search(before) or _AFTER_DECOY.match(after):
        return True
    if _EACH.match(after):
        return True
    if re.search(r"[$¥€£]\s*$", before) or (
        not re.search(r"rows?\s*$", text[start:end], re.IGNORECASE)
        and re.match(r"\s*[xX×*]\s*\d", after)
    ):
        return True
    if re.search(r"\d\s*[xX×*]\s*$|[\d.]$|[A-Za-z_]$", before):
        return True
    return bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", text[start:end]))
