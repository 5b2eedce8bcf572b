"""What is no question of ours: greetings, thanks, other subjects."""

from __future__ import annotations

import re

from assistant.understanding.patterns import rx
from assistant.understanding.scope import ABOUT, requests

_ELSEWHERE = rx(
    r"\b(?:weather|poem|joke|recipe|football|horoscope|lottery|song lyrics|president|"
    r"capital of|cook|movie|girlfriend)\b",
    "天气|写首?诗|笑话|菜谱|足球|星座|彩票|歌词|做菜|电影(?!评论|推荐|数据|片段)",
)
"""Subjects that are not ours, unless they are what somebody's data are of."""

_OF_DATA = rx(
    r"\b(?:train\w*|models?|data ?sets?|classif\w+|predict\w*|recogni[sz]\w+|detect\w*|"
    r"forecast\w*|neural|(?:machine|deep) learning|layers?|classifier|generator)\b",
    r"\d{3}|\d ?[kw](?![a-z])|[百千万]|训练|模型|预测|分类|识别|检测|样本|标注|学习|"
    r"数据|框架",
)
_SHORT = 40
"""Characters of a message that hardly tells of data."""

GREETING = rx(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?:is )?any(?:one|body) (?:there|here|home|"
    r"around)\W*$",
    r"^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon)|greetings)\b[^?]{0,20}$",
    r"^\W*(?:(?:hi|hello|hey|yo|hiya)(?: (?:there|bot|all|everyone|you))?\W+)?(?:how "
    r"(?:are|r) (?:you|u|things)(?: doing)?(?: today)?|how'?s it going|what'?s up|sup)"
    r"\W*$",
    "^\\W*(?:你好|您好|嗨|哈喽|哈啰|嘿|早上好|晚上好|下午好|中午好|早安|早啊?|晚安|"
    "大家好|在吗|在么|在不在|有人吗|有人在吗|老师好|hello|hi|哥们好|打扰了)"
    "[^?？]{0,6}[?？~～!！。]*$",
)
THANKS = rx(
    r"\b(?:thanks|thank you|thx|cheers|merci|danke|gracias|arigato|grazie|much "
    r"appreciated|ty|tysm)\b",
    "谢谢|多谢|感谢|谢啦|谢了|感恩|受教|学到了|蟹蟹|感激|好人一生平安|辛苦了|"
    "(?<![a-z\\d])3q(?![a-z\\d])|3ks|爱了爱了|太有用了|帮大忙|帮到我|讲得很清楚|"
    "说得很清楚|讲得真清楚|"
    "^\\W*(?:好的?|行|ok|嗯)?[，, ]*(?:再见|拜拜|bye+|88|回见|先这样)[^?？]{0,6}$",
    "^\\W*(?:好的?|嗯+|行|ok|哦+|噢|原来如此)?[，, ]*(?:那我)?(?:明白了?|懂了|了解了?|"
    "收到|清楚了|知道了|有数了)[^?？]{0,8}$",
)


def elsewhere(text: str) -> bool:
    """Whether it is about a subject that is not ours, and not about data of it."""
    return bool(_ELSEWHERE.search(text)) and not _tells_of_data(text)


def _tells_of_data(text: str) -> bool:
    """Whether it is long enough, or counts enough, to be of somebody's project."""
    if requests(text):
        return False
    named = _OF_DATA.search(text) or ABOUT.search(text)
    return bool(named) and (len(text) > _SHORT or bool(re.search(r"\d|[千万]", text)))
