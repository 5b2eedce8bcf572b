"""Numbers as people write them: digits with scales, English words."""

from __future__ import annotations

import re

EN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "a": 1, "an": 1, "half a": 0.5, "half": 0.5, "a half": 0.5, "half of a": 0.5,
    "quarter of a": 0.25, "a quarter of a": 0.25, "quarter": 0.25,
    "a quarter": 0.25, "three quarters of a": 0.75, "three-quarters of a": 0.75,
    "three quarter": 0.75, "a third of a": 1 / 3, "two thirds of a": 2 / 3,
    "one and a half": 1.5, "two and a half": 2.5, "three and a half": 3.5,
    "a dozen or so": 12, "dozen": 12,
    "a dozen": 12, "a couple of": 2, "a couple": 2, "couple": 2,
    "couple of": 2, "a few": 3, "few": 3, "several": 3, "some": 3, "many": 5,
}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EN_WORDS |= {
    f"{ten}{between}{one}": EN_WORDS[ten] + EN_WORDS[one]
    for ten in _TENS
    for one in _ONES
    for between in "- "
}
EN_SCALES = {
    "dozen": 12, "dozens": 12, "tens": 10,
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
    "million": 1e6, "millions": 1e6, "mio": 1e6, "m": 1e6, "mil": 1e6, "mln": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "wan": 1e4, "qian": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_ZH_SCALES = {"千": 1_000, "万": 10_000}
NUMBER = (
    r"10\^\d{1,2}|\d+(?:\.\d+)?e\d{1,2}(?!\w)|\d{1,3}(?:[,']\d{3})+|"
    r"(?<![\d.])[1-9]\d{0,2}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?"
)
"""A number in digits: 12,000, 12'000, 12 000, 1e5, 10^5, 1.5."""

FRACTION = r"[1-3]/[2-5](?=\s*(?:of a )?(?:million|billion|mio)\b)"
"""A part of a million."""


def is_year(value: float) -> bool:
    return 1900 <= value <= 2100


def number_of(digits: str) -> float:
    plain = re.sub("[,' ]", "", digits.lower())
    if plain.startswith("10^"):
        return 10.0 ** int(plain[3:])
    whole, _, part = plain.partition("/")
    return float(whole) / float(part or 1)


def scale_of(word: str | None) -> float:
    if not word:
        return 1
    return EN_SCALES.get(word.lower(), _ZH_SCALES.get(word, 1))


_SMALL = {word: EN_WORDS[word] for word in (*_TENS, *_ONES)} | {
    word: value for word, value in EN_WORDS.items() if word.endswith(("teen", "ty"))
}
_SMALL |= {"ten": 10, "eleven": 11, "twelve": 12, "a": 1}
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_WORDS = "|".join(sorted((*_SMALL, *_LARGE), key=len, reverse=True))
_SPELT = re.compile(rf"\b(?:{_WORDS})(?:(?:[ -]| and )(?:{_WORDS}))+\b", re.IGNORECASE)


def spelt(text: str) -> list[tuple[int, int, int]]:
    """Numbers of several words, with several scales: "a hundred and twenty thousand".

    Returns:
        start, end and value of each; those of one scale, as "five thousand", are left.
    """
    found = []
    for match in _SPELT.finditer(text):
        words = re.findall(r"[a-z]+", match[0].lower())
        words = [word for word in words if word != "and"]
        if sum(word in _LARGE for word in words) > 1:
            found.append((*match.span(), _valued(words)))
    return found


def _valued(words: list[str]) -> int:
    total, part = 0.0, 0.0
    for word in words:
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _LARGE:
            total, part = total + (part or 1) * _LARGE[word], 0.0
        else:
            part += _SMALL[word]
    return int(total + part)


_AND_A_HALF = re.compile(
    r"\b(?P<whole>an?|one|two|three|four|five|\d)"
    r"(?P<scale> (?:million|thousand|billion)) and a half\b",
    re.IGNORECASE,
)


def halves(text: str) -> str:
    """ "A million and a half" as "1.5 million", which leaves every other sign there."""
    return _AND_A_HALF.sub(_with_half, text)


def _with_half(match: re.Match[str]) -> str:
    whole = match["whole"].lower()
    number = int(whole) if whole.isdigit() else int(EN_WORDS[whole])
    return f"{number}.5{match['scale']}".ljust(len(match[0]))
