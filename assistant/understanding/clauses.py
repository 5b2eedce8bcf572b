"""Split a message into clauses, and say of each whose it is and what is denied."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from knowledge.records import Language

LONGEST = 8_000
"""Characters read; anything longer is cut by the doors already."""

_SPLIT = re.compile(
    r"[.!?;。！？；\n]+(?=\s|$|[\u3400-\u9fff])|[!?;。！？；\n]+|,(?!\d{3})|[，、]"
    r"|\s+(?:but|however|although|though|whereas)\s+|但是|不过|可是|然而|但(?!愿)",
    re.IGNORECASE,
)
_NOT_EN = re.compile(
    r"\b(?:not|no|never|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|won'?t|can'?t|cannot|"
    r"haven'?t|hasn'?t|without|neither|nor|n't|rather than|instead of|no longer|"
    r"avoid|stop|hardly|nothing about)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_NOT_ZH = re.compile(
    r"(?:不是|不会|没有|没|不想|不用|不要|不需要|从未|并非|无需|不|别)[^，。,]{0,8}$"
)
_OTHERS = re.compile(
    r"\b(?:my|our|his|her|their|a|some)\s+(?:colleagues?|friends?|co-?workers?|"
    r"brother|sister|roommate|classmates?|flatmate|wife|husband|neighbou?r|cousin|"
    r"buddy)\b|\b(?:do|does|should|would|can|will|most|many|other)\s+"
    r"(?:most |big |the )?(?:researchers|companies|people|developers|students|"
    r"beginners|others|everyone|"
    r"engineers|professionals|scientists|experts|employers|papers|startups)\b|"
    r"\b(?:he|she|they|people|everyone|everybody|others|most people)\s+"
    r"(?:say|says|said|use|uses|used|like|likes|prefer|prefers|told|think|thinks|"
    r"recommend|recommends)|我?(?:的)?(?:同事|朋友|室友|同学|师兄|师姐|哥哥|别人|他们|"
    r"大家|网上)(?:都|只|也|又|一直|全|主要){0,2}(?:会|说|用|喜欢|推荐|觉得|在用|是|"
    r"建议|偏)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:used to|formerly|previously|in the past|years ago|back then|once was|"
    r"was a|were a)\b|以前|曾经|过去|原来(?:是|用)|之前(?:是|用)",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:what if|if i had|if i were|suppose|supposing|imagine|let'?s say i|"
    r"what about if|hypothetically)\b|如果|假如|假设|要是|倘若",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message with its place in it, and how it is to be taken."""

    text: str
    start: int
    about_others: bool
    past: bool


def normal(message: str) -> str:
    """One form for every character, so that full-width digits read like digits."""
    text = unicodedata.normalize("NFKC", message[:LONGEST])
    return text.replace("’", "'").replace("\x00", " ")[: LONGEST * 4]


def clauses(text: str) -> list[Clause]:
    """The clauses in order; what was said of others does not reach into the next."""
    found: list[Clause] = []
    at = 0
    for match in [*_SPLIT.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if piece.strip():
            found.append(
                Clause(
                    text=piece,
                    start=at,
                    about_others=bool(_OTHERS.search(piece)),
                    past=bool(_PAST.search(piece)),
                )
            )
        at = match.end() if match else end
    return found


def denied(before: str) -> bool:
    """Whether what follows these words, within its clause, is denied."""
    return bool(_NOT_EN.search(before) or _NOT_ZH.search(before))


def supposed(text: str) -> bool:
    return bool(_SUPPOSED.search(text))


def language_of(text: str, otherwise: Language = Language.EN) -> Language:
    """Chinese as soon as Chinese carries the sentence; names in Latin do not count."""
    chinese = len(_CJK.findall(text))
    latin = len(_LETTERS.findall(text))
    if not chinese and not latin:
        return otherwise
    return Language.ZH if chinese >= 2 and chinese * 2 >= latin else Language.EN
