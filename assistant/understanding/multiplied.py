"""Amounts told as so many kinds of so many each: "6 species x 350 pictures"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.numbers import EN_SCALES, EN_WORDS, NUMBER, number_of
from assistant.understanding.records import Quantity

_FEW = (
    r"(?P<kinds>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|a dozen)"
)
_KINDS = (
    r"(?:[a-z]+ ){0,2}?(?:class(?:es)?|types?|species|categor(?:y|ies)|words|"
    r"kinds?|varieties|breeds|sorts|genres|speakers|letters|signs|products|"
    r"diseases|defects|gestures)(?: of [a-z]+)?"
)
_EACH_ONE = (
    rf"(?P<low>{NUMBER})(?P<s1>k)?(?: ?(?:-|–|to) ?(?P<high>{NUMBER})(?P<s2>k)?)?"
)
_THINGS = (
    r"(?:images?|pictures?|photos?|pics?|samples?|examples?|recordings?|clips?|"
    r"scans?|files|shots|rows|sentences|documents|videos?|crops|tiles)"
)
_TIMES = re.compile(
    rf"\b{_FEW} (?!gpus?|epochs?|batch|cards|nodes|steps)(?:[a-z]+ ){{1,3}}[x×*] ?"
    rf"{_EACH_ONE} {_THINGS}\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"\b{_FEW} {_KINDS}\b[^.\d;?!]{{0,40}}?(?<![\d.]){_EACH_ONE} (?:[a-z]+ ){{0,2}}?"
    rf"{_THINGS} ?(?:(?:of|for|from|per|in) )?(?:each|apiece|"
    r"per (?:class|kind|type|category|species|label|one|word|sort|breed))\b"
    r"(?! (?:weigh|of which|with|is|has|about|around|at|\d|day|week|hour|minute|"
    r"month|second|year))",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:hop(?:e|ing)|plan\w*|need|would|'d|tutorials?|kaggle\w*|if|want|suppose|"
    r"say|could|might)\b[^.!?]*$",
    re.IGNORECASE,
)
"""Not there yet, or of another."""

_BETWEEN = re.compile(
    r"\b(?:between|from|anywhere between|some(?:where)? between) "
    r"(?P<low>two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|"
    r"forty|fifty) (?:and|to) (?P<high>three|four|five|six|seven|eight|nine|ten|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|sixty) (?P<scale>hundred|thousand|"
    r"million)\b(?! (?:euros?|dollars?|pounds|people|users|customers|lines of code))",
    re.IGNORECASE,
)


def multiplied(text: str, bare: bool) -> Iterator[Quantity]:
    """Products, a range of each at its middle, and ranges in words.

    Args:
        bare: whether a number alone is an answer: "between eight and ten thousand".
    """
    for pattern in (_TIMES, _EACH):
        for match in pattern.finditer(text):
            low = number_of(match["low"]) * (1_000 if match["s1"] or match["s2"] else 1)
            high = low
            if match["high"]:
                high = number_of(match["high"]) * (1_000 if match["s2"] else 1)
            kinds = match["kinds"].lower()
            count = int(kinds) if kinds.isdigit() else EN_WORDS[kinds]
            wished = _WISHED.search(text[max(0, match.start() - 48) : match.start()])
            if not wished and count > 1 and 1 <= low <= high:
                rows = int(count * (low + high) / 2)
                yield Quantity("dataset_rows", rows, *match.span(), 0.9)

    for match in _BETWEEN.finditer(text) if bare else ():
        low, high = (EN_WORDS[match[name].lower()] for name in ("low", "high"))
        if low < high:
            rows = int((low + high) / 2 * EN_SCALES[match["scale"].lower()])
            yield Quantity("dataset_rows", rows, *match.span(), 0.85)
