"""Counts and volumes of data, by grammar, in both languages.

Numbers that are no amount of data (versions, years, shapes, money, time, memory of a
machine, classes, batches) are recognised so that they are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt

_EN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "a": 1, "an": 1, "half a": 0.5, "a couple of": 2, "a couple": 2, "couple": 2,
    "couple of": 2, "a few": 3, "few": 3, "several": 3, "some": 3, "many": 5,
}  # fmt: skip
_EN_SCALES = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
    "million": 1e6, "millions": 1e6, "mio": 1e6, "m": 1e6, "mil": 1e6, "mln": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9,
}  # fmt: skip
_ZH_DIGITS = {
    "零": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_ZH_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
    "w": 10_000,
    "k": 1_000,
}
_BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "m": 1e6, "g": 1e9,
    "t": 1e12}  # fmt: skip

_NUMBER = r"10\^\d{1,2}|\d+(?:\.\d+)?e\d{1,2}(?!\w)|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_EN_COUNT = (
    r"(?:rows?|records?|samples?|examples?|images?|pictures?|photos?|pics?|"
    r"documents?|docs?|articles?|sentences?|reviews?|tweets?|emails?|patients?|"
    r"users?|customers?|entries|lines?|clips?|recordings?|videos?|files?|"
    r"data ?points?|points?|observations?|instances?|measurements?|texts?|scans?|"
    r"x-?rays?|molecules?|graphs?|frames?|transactions?|messages?|papers?|"
    r"of (?:them|those|these)|events?|readings?|rows of data|labels?|items?|"
    r"products?|scans|tickets?)"
)
_ADJ = r"(?:(?!and\b|or\b|with\b)[a-z-]+ ){0,3}?"
_EN_HEAD = "|".join(re.escape(w) for w in sorted(_EN_WORDS, key=len, reverse=True))
_EN_SCALE = "|".join(sorted(_EN_SCALES, key=len, reverse=True))

_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<s1>k|m|万|千|million|thousand)?\s*(?:-|–|~|to|到|至)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<s2>k|m|万|千|million|thousand)?(?![\w.])"
    rf"\s*(?P<unit>{_ADJ}{_EN_COUNT}|[张条行个份篇段幅帧])?",
    re.IGNORECASE,
)
_EN = re.compile(
    rf"(?<![\w.])(?=\d|(?:{_EN_HEAD}|{_EN_SCALE})(?![a-z]))"
    rf"(?:(?P<digits>{_NUMBER})|(?P<words>{_EN_HEAD})(?![a-z]))?\s*"
    rf"(?P<scale>(?:(?:{_EN_SCALE})(?![a-z0-9])\s*(?:of\s+)?)*)"
    rf"(?P<unit>{_ADJ}{_EN_COUNT}(?![a-z]))?",
    re.IGNORECASE,
)
_ZH_UNIT = (
    r"(?:张|条|行|个样本|份|篇|段|幅|帧|例|笔|组|个病人|名患者|个患者|位患者|个用户|"
    r"个文件|个视频|个数据|个文档|个图片|样本|数据|图片|照片|文档|图|记录)"
)
_ZH = re.compile(
    rf"(?P<about>大概|大约|差不多|约|将近|有|共|上|好)?"
    rf"(?P<number>(?:{_NUMBER})\s*(?:[十百千万亿]|[wk](?![a-z]))*|"
    rf"[几数好]?[零一二两三四五六七八九十百千万亿]+)"
    rf"(?P<more>多|来|余|几)?\s*(?P<unit>{_ZH_UNIT})?"
)
_VOLUME = re.compile(
    rf"(?<![A-Za-z0-9_.])(?P<n>{_NUMBER})\s*个?\s*"
    rf"(?P<u>kb|mb|gb|tb|pb|g|t|m(?=的(?:csv|excel|文件|表|txt|json|压缩包|"
    rf"wav)))(?![a-z])",
    re.IGNORECASE,
)
_MEMORY = re.compile(
    r"\s*(?:of\s+)?(?:v?ram|memory|内存|显存|gpu|card|显卡|swap|ssd|disk space|硬盘)",
    re.IGNORECASE,
)
_DECOY = re.compile(
    r"(?:python|py|tf|tensorflow|keras|torch|pytorch|cuda|windows|win|ubuntu|rtx|gtx|"
    r"v|version|版本|batch(?:\s*size)?|epochs?|batch大小|python版本|m[1-4]|gpt|top|"
    r"java|numpy|chapter|step|第|age|aged|year|年级|大|研|博)\s*[-=:：]?\s*$",
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


_CORRECTED = re.compile(r"(?:correction|actually|i meant?|make that|wait)\W*$", re.I)
_CODE_LINES = re.compile(r"\s*(?:of code|like th)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of data: ``rows`` or ``bytes``, with the span of words it stands in."""

    field: str
    value: int
    start: int
    end: int
    sure: float


def quantities(text: str, *, bare: bool = False) -> list[Quantity]:
    """All amounts of data in a message, in order.

    Args:
        bare: accept a number without a unit, as in the answer to "how many?".
    """
    found: list[Quantity] = []
    for reader in (_volumes, _ranges, _english, _chinese):
        for one in reader(text, bare):
            if not any(one.start < f.end and f.start < one.end for f in found):
                found.append(one)
    rows = [one for one in found if one.field != "machine"]
    return sorted(rows, key=lambda one: one.start)


def _volumes(text: str, bare: bool) -> list[Quantity]:  # noqa: ARG001
    found = []
    for match in _VOLUME.finditer(text):
        number = _number(match["n"])
        about_machine = _MEMORY.match(text, match.end()) or re.search(
            r"(?:显存|内存|vram|ram|memory)\s*$", text[: match.start()], re.IGNORECASE
        )
        field = "machine" if about_machine else "dataset_bytes"
        value = int(number * _BYTES[match["u"].lower()])
        if value >= 1:
            found.append(Quantity(field, value, match.start(), match.end(), 0.95))
    return found


def _ranges(text: str, bare: bool) -> list[Quantity]:
    found = []
    for match in _RANGE.finditer(text):
        if _is_decoy(text, match.start(), match.end()):
            continue
        scales = (match["s1"] or match["s2"], match["s2"])
        low = _number(match["low"]) * _scale(scales[0])
        high = _number(match["high"]) * _scale(scales[1])
        if not (match["unit"] or match["s2"] or bare) or low > high or low < 1:
            continue
        middle = int(sqrt(low * high))
        found.append(Quantity("dataset_rows", middle, *match.span(), 0.85))
    return found


def _number(digits: str) -> float:
    plain = digits.replace(",", "").lower()
    return 10.0 ** int(plain[3:]) if plain.startswith("10^") else float(plain)


def _scale(word: str | None) -> float:
    if not word:
        return 1
    return _EN_SCALES.get(word.lower(), _ZH_SCALES.get(word, 1))


def _english(text: str, bare: bool) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _EN.finditer(text):
        if not match[0].strip() or not (match["digits"] or match["scale"]):
            continue
        scales = re.findall(r"[a-z]+", match["scale"].lower())
        scales = [one for one in scales if one != "of"]
        counted = bool(match["unit"])
        plain = _plain_number(match)
        value = plain
        for one in scales:
            value *= _EN_SCALES[one]
        # "3 m" may be metres; "3M" hardly is.
        small = re.search(r"(?:^|\s)[mb]\s*$|[mb]$", match["scale"])
        short = any(one in ("m", "b", "mil") for one in scales) and bool(small)
        corrects = found and _CORRECTED.search(text[: match.start()])
        wanted = counted or bare or (scales and not short) or corrects
        if not wanted or _is_decoy(text, match.start(), match.end()):
            continue
        if 1 <= value <= 1e12:
            span = _trimmed(text, match)
            sure = 0.95 if match["digits"] else 0.85
            found.append(Quantity("dataset_rows", int(value), *span, sure))
    return found


def _plain_number(match: re.Match[str]) -> float:
    if match["digits"]:
        return _number(match["digits"])
    if match["words"]:
        return _EN_WORDS[match["words"].lower()]
    # "hundreds of photos": a few of them.
    return 3


def _chinese(text: str, bare: bool) -> list[Quantity]:
    found = []
    for match in _ZH.finditer(text):
        value = _zh_number("".join(match["number"].split()))
        scaled = bool(re.search(r"[百千万亿w]", match["number"]))
        if value is None or not (match["unit"] or bare or scaled):
            continue
        if match["unit"] is None and _is_decoy(text, match.start(), match.end()):
            continue
        if re.search(r"第$", text[: match.start()]) or (value < 1 or value > 1e12):
            continue
        if value <= 10 and not bare and not scaled:
            continue
        found.append(Quantity("dataset_rows", int(value), *match.span(), 0.9))
    return found


def _zh_number(word: str) -> float | None:
    """``两万`` 20,000; ``1.5亿``; ``几百`` 300, as "a few hundred" is."""
    digits = re.match(_NUMBER, word)
    if digits:
        value = _number(digits[0])
        for scale in word[digits.end() :]:
            value *= _ZH_SCALES[scale]
        return value
    if word[0] in "几数好":
        value = 3.0
        for scale in word[1:]:
            if scale not in _ZH_SCALES:
                return None
            value *= _ZH_SCALES[scale]
        return value if len(word) > 1 else None
    return _zh_plain(word)


def _zh_plain(word: str) -> float | None:
    total, section, digit = 0.0, 0.0, 0.0
    for sign in word:
        if sign in _ZH_DIGITS:
            # "三四千": between three and four thousand.
            digit = (digit + _ZH_DIGITS[sign]) / 2 if digit else _ZH_DIGITS[sign]
        elif sign in "万亿":
            total = (total + section + digit or 1) * _ZH_SCALES[sign]
            section = digit = 0
        else:
            section += (digit or 1) * _ZH_SCALES[sign]
            digit = 0
    return total + section + digit or None


def _is_decoy(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if text[start:end].rstrip().lower().endswith("lines") and _CODE_LINES.match(after):
        return True
    if _DECOY.search(before) or _AFTER_DECOY.match(after):
        return True
    if re.search(r"[$¥€£]\s*$", before) or re.match(r"\s*[xX×*]\s*\d", after):
        return True
    if re.search(r"\d\s*[xX×*]\s*$|[\d.]$|[A-Za-z_]$", before):
        return True
    return bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", text[start:end]))


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
