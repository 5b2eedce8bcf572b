"""Numbers as Chinese has them: 两万三, 十来万, 4万6千, 1.5亿, 好几百, 10w+."""

from __future__ import annotations

import re

from assistant.understanding.numbers import NUMBER, number_of

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "几": 3, "数": 3, "半": 0.5,
}  # fmt: skip
"""A few are three, as in English."""

_SMALL = {"十": 10, "百": 100, "千": 1_000, "k": 1_000}
_LARGE = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_VAGUE = "来多余把好个"
"""Signs within a number that leave it as it is."""

ZH_NUMBER = (
    rf"(?:好?[几数](?=[十百千万亿kKwW])|半(?=个?[万亿gGtT])|(?:{NUMBER})|"
    r"[零一二两俩三四五六七八九十百千万亿])"
    r"(?: ?[来多余把几个]{0,2}[十百千万亿]| ?[wWkK](?![a-zA-Z])|"
    r"(?<![\d.])[零〇一二两三四五六七八九]|"
    r"(?<=[万千百十亿wWkK])\d{1,4}(?![\d.])|(?<=[十万亿千百])几){0,14}"
)
_PARTS = re.compile(rf"{NUMBER}|\S")


def chinese_number(word: str) -> float | None:
    """``两万`` 20,000; ``1.5亿``; ``几百`` 300; ``三四千`` 3,500; ``两万三`` 23,000.

    None where the word has no value, as ``零`` has none.
    """
    total, section, digit = 0.0, 0.0, 0.0
    scale, plain = 1.0, False
    for part in _PARTS.findall(word.lower()):
        if part in _VAGUE:
            continue
        if part == "k" and section and not digit:
            section, scale, plain = section * _SMALL[part], _SMALL[part], False
        elif part in _SMALL:
            section += (digit or 1) * _SMALL[part]
            digit, scale, plain = 0.0, _SMALL[part], False
        elif part in _LARGE:
            total, section = _raised(total, section + digit, _LARGE[part])
            digit, scale, plain = 0.0, _LARGE[part], False
        elif part in _DIGITS:
            # "三四千" lies between three and four thousand; "二〇" is no such pair.
            new = 5 if part == "几" and scale == 10 and section % 100 else _DIGITS[part]
            digit = (digit + new) / 2 if digit and new else digit or new
            plain = plain or new == 0
        else:
            digit = number_of(part)
            plain = plain or part != part[:1] or scale == 1
    if digit and scale > 10 and not plain:
        # "两万三": three thousand, the next scale below.
        digit *= scale / 10
    return total + section + digit or None


def _raised(total: float, section: float, scale: float) -> tuple[float, float]:
    """What was counted so far in 万 or 亿: "1亿2000万" adds, "一万亿" multiplies."""
    if total > scale:
        return total + section * scale, 0.0
    return (total + section or 1) * scale, 0.0
