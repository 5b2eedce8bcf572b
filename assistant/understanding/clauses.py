"""Split a message into clauses, and say of each whose it is and what is denied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.understanding import clauses_zh as zh
from assistant.understanding.patterns import CJK
from assistant.understanding.spelling import mended
from knowledge.records import Language

LONGEST = 8_000
"""Characters read; anything longer is cut by the doors already."""

_SPLIT = re.compile(
    rf"{zh.SPLIT}|"
    r"[.!?;。！？；\n]+(?=\s|$|[\u3400-\u9fff])|[!?;。！？；\n]+|,(?!\d{3})|，|"
    r"(?<![A-Za-z0-9])、|、(?![A-Za-z])|(?<=\s)[:;]-?[()/|D](?=\s)"
    r"|\s+(?:-{1,3}|–|—|->|→)\s+|—|\s+(?:but|however|although|though|whereas)\s+",
    re.IGNORECASE,
)
_NOT_EN = re.compile(
    r"(?:\b(?:not|no|never|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|won'?t|can'?t|cannot|"
    r"haven'?t|hasn'?t|wasn'?t|weren'?t|wouldn'?t|ain'?t|without|neither|nor|n't|"
    r"rather than|instead of|no longer|hardly any|lacks?|lacking|zero|none of|minus|"
    r"anything but|far from|as opposed to|except|"
    r"forbids?|forbade|bans?|banned|prohibits?|prohibited|"
    r"avoid|stop|hardly|nothing about|nothing to do with)\b|\bw/o)[^,;.:]{0,30}$",
    re.IGNORECASE,
)
_FARTHEST_DENIAL = 64
"""Characters in which a denial that reaches the end must stand."""

_KIN = (
    r"colleagues?|friends?|co-?workers?|brother|sister|roommate|classmates?|flatmate|"
    r"wife|husband|neighbou?rs?|cousin|buddy|mate|uncle|aunt|dad|father|mum|mom|mother|"
    r"son|daughter|boyfriend|girlfriend|partner|ex|nephew|niece|predecessor|"
    r"acquaintance|guy|girl|someone|somebody|youtuber|blogger|influencer|redditor|"
    r"stranger|recruiter|consultant|salesman|vendor"
)
THEIR_OWN = (
    "son|daughter|kid|child|wife|husband|friend|brother|sister|roommate|girlfriend|"
    "boyfriend|cousin|nephew|niece"
)
"""Those near to one, of whose school or work one speaks."""

_OTHERS = re.compile(
    r"\b(?<!just )(?<!i'm )(?<!im )(?<!i am )(?<!me )(?<!been )(?:(?:my|our|his|her|"
    r"their|a|an|"
    r"some|the|this|one|another)\s+"
    rf"(?:\w+ )?(?:{_KIN})"
    r"|(?<!for )(?:someone|somebody)|for (?:someone|somebody) else|"
    r"some (?:people|folks))\b"
    r"(?!'s? |(?:,| and| &) (?:i|me|myself)\b)|"
    rf"\b(?:my|our|his|her|their|a|some|the) (?:\w+ )?(?:{_KIN})'s (?:\w+ )?"
    r"(?:startup|start-up|company|firm|business|lab|team|group|office|employer|boss|"
    r"school|university|department|project)\b|"
    r"\b(?:do|does|should|would|can|will|most|many|other|all)\s+"
    r"(?:most |big |the |other )?(?:researchers|companies|people|developers|students|"
    r"beginners|others|everyone|startups|labs|universities|businesses|"
    r"engineers|professionals|scientists|experts|employers|papers|data scientists)\b|"
    r"\b(?:colleague|co-?worker|friend|teammate|person|prof(?:essor)?|blog|opinion|"
    r"guy) "
    r"(?:[a-d]|[1-4]|one|two)\b(?=:| says?\b)|"
    r"\b(?:he|she)(?:'s| is| was) (?:a|an|the|in)\b|\bthey(?:'re| are) (?:all "
    r")?(?:beginners|"
    r"developers|researchers|students|programmers|engineers|experts|data scientists)\b|"
    r"\b(?:he|she|they|people|everyone|everybody|others|reddit|youtube|the internet|"
    r"google|facebook|meta|openai|tesla|chatgpt|a blog(?: post)?|the blog|"
    r"an article)\s+"
    r"(?:all |always |just |only |now |mostly )?"
    r"(?:say|says|said|use|uses|used|like|likes|prefer|prefers|told|tell|tells|think|"
    r"thinks|recommend|recommends|suggest|suggests|swear|swears|claim|claims|keep|"
    r"keeps|has|have|works?|(?<!they )(?:wants?|needs?)|runs?|trains?|builds?)\b",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"\b(?:asking|(?:i )?ask|posting|writing|question|query|this is|request) (?:this |"
    r"here )?(?:for|on behalf of|in the name of) (?:a |an |my |our )\w|"
    r"\btoo (?:proud|shy|busy|embarrassed|scared|stubborn|polite|lazy) to ask\b|"
    r"\b(?:asked|asks|told|begged|wants|sent) me to (?:ask|find out|post)\b",
    re.IGNORECASE,
)
"""Asked in the name of another, whose data and tools are the ones that count."""

_WISH_OF_KIN = re.compile(
    rf"\b(?:my|our) (?:\w+[ -]){{0,2}}?(?:{THEIR_OWN}|mother|father|mum|mom|dad|"
    r"uncle|aunt|partner|neighbou?r|pupil|apprentice|intern|trainee|grandson|granddaughter|"
    r"grandmother|grandfather|grandma|grandpa|mother-in-law|father-in-law)\b"
    r"(?!'s)[^.;!?]{0,80}\b(?:wants?|would like|'d like|hopes?|is trying|is hoping|has|"
    r"plans?|intends?|needs?|is about|has decided|dreams of|wishes) (?:to )?"
    r"(?:learn|learning|build|building|train|training|make|making|start|classify|"
    r"predict|forecast|write|get into|understand|recogni[sz]e|detect|sort|teach|try|"
    r"study|begin|do|program|use|pick up|become|count|tell|switch|publish)\b",
    re.IGNORECASE,
)
_OF_MYSELF = re.compile(
    r"\b(?:i|we)(?:'m|'ve| am| are| have| use| work| want| need| know|'d like| run| do|"
    r" prefer| like| study| train| build)\b|\bi (?:was|code|program|write)\b",
    re.IGNORECASE,
)
""" "My niece wants to learn it": asked for her, where nothing is told of oneself."""

_OURS_AGAIN = re.compile(
    r"\s(?:and|so|but|yet|while|because|since|cause|cos) (?=(?:i|i'm|i've|im|ive|we|"
    r"we've|my|our)\b(?! (?:friend|colleague|boss|brother|sister|wife|husband))\b)|"
    r"\s(?=(?:it'?s|its) all in\b|the data\b)",
    re.IGNORECASE,
)
"""Where in a clause of others one comes back to oneself."""

_BEGUN_OF_US = re.compile(
    r"\s*(?:\S+ ){3,40}?(?=(?:and|while|whereas|because|since|so) $)", re.IGNORECASE
)
""" "Nobody here has done this and a vendor ...": what stands first is ours."""

_LEFT_TO_US = re.compile(
    r"\b(?:i|we) (?:have |'ve |just |recently )?(?:inherited|took over|adopted)\b|"
    r"\b(?:got|received|bought) [^,;]{2,40} from\b|"
    r"\b(?:left|gave|handed|passed|lent|bequeathed|gives?|hands?|sends?|supplies|"
    r"delivers?|bought|ordered) (?:me|us|behind|down|on to)\b|"
    r"\b(?:predecessors?|ex-?colleague|(?:guy|man|person|dev\w*|one|intern|postdoc|"
    r"student|freelancer|contractor) (?:before (?:me|us)|i (?:replace\w*|follow\w*)|"
    r"who "
    r"(?:has )?(?:left|quit|retired|graduated))|to (?:replace|succeed) (?:a|the|some|"
    r"their) \w+ who)\b[^,;]{0,60}\b(?:built|wrote|left|made|coded|did|set up|started|"
    r"developed|trained|implemented|chose|used)\b|"
    r"\b(?:with|have|has|got|there's|there is) [^,;]{3,40} (?:someone|somebody) "
    r"(?:bought|ordered|left|donated|installed)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:(?<!am )(?<!'m )(?<!got )(?<!get )used to|formerly|previously|"
    r"in the past|years ago|back then|once was|(?:i|we) (?:have )?sold|"
    r"(?<=^)sold (?:the|my|our)|"
    r"was a|were a|was an|had been|long ago|in my previous|in a former|"
    r"ex-|ex (?:data |software |web )?(?:scientist|developer|programmer|engineer|nurse|"
    r"teacher|manager|researcher|student)|former|my (?:old|last|previous) (?:job|"
    r"company|lab|employer|team|place)|"
    r"old (?:job|company|employer|lab(?: habit)?)\b)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:what if|if (?:only )?(?:i|we) (?:had|were|used|owned|got|could|bought|was|"
    r"knew|wrote|chose|picked|switched|learned)|"
    r"if (?:somebody|someone|anyone) (?:gave|lent|bought)|suppose|supposing|imagine|"
    r"let'?s say i|had i|were i|assuming (?:i|we) had|wish (?:i|we) had|"
    r"what about if|hypothetically)\b",
    re.IGNORECASE,
)
_PINYIN = re.compile(
    r"\b(?:tupian|zhaopian|tuxiang|wenben|yuyin|yinpin|shipin|biaoge|shuju|fenlei|"
    r"shibie|"
    r"jiance|yuce|lingjichu|jichu|xinshou|xiaobai|xuesheng|chengxuyuan|xianka|meiyou|"
    r"shuxue|lunwen|shouji|fuwuqi|kuangjia|xuan|nage|yong|xuexi|shendu|jiqi|moxing|"
    r"xunlian|zenme|shenme|weishenme|qingwen|xiexie|nihao|wo|xiang|haishi|"
    r"tuijian|bangwo|keyi|bijiao|zhang|wan|qian|liang|san)\b",
    re.IGNORECASE,
)
"""Chinese in Latin letters; two such words are no accident."""

_CONTRAST = re.compile(
    r"\b(?:but|however|unfortunately|sadly|alas|in reality|as it is|as things are|"
    r"for now|at present|right now|currently|i haven'?t|i don'?t|we don'?t|"
    r"what (?:i|we) (?:do|really|actually) (?:have|own|got)|"
    r"(?:would not|wouldn'?t) (?:be )?(?:ask|here|bother|need)\w*)\b",
    re.IGNORECASE,
)
"""After what is imagined, what is really so begins."""

_LETTERS = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message with its place in it, and how it is to be taken."""

    text: str
    start: int
    about_others: bool
    past: bool
    supposed: bool = False
    on_behalf: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def normal(message: str) -> str:
    """One form for every character, so that full-width digits read like digits."""
    text = unicodedata.normalize("NFKC", message[:LONGEST])
    return text.replace("’", "'").replace("\x00", " ")[: LONGEST * 4]


def clauses(text: str) -> list[Clause]:
    """The clauses in order; what was said of others does not reach into the next."""
    found: list[Clause] = []
    wish = _WISH_OF_KIN.search(text) and not _OF_MYSELF.search(text)
    behalf = bool(wish or _ON_BEHALF.search(text))
    for at, end in _spans(text):
        piece = text[at:end]
        if piece.strip():
            found.append(
                Clause(
                    text=piece,
                    start=at,
                    about_others=not behalf and _of_others(piece),
                    past=bool(_PAST.search(piece) or zh.PAST.search(piece)),
                    supposed=supposed(piece),
                    on_behalf=behalf,
                )
            )
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where clauses stand; one of others ends where one comes back to oneself."""
    at = 0
    for match in [*_SPLIT.finditer(text), None]:
        end = match.start() if match else len(text)
        others = _OTHERS.search(text, at, end)
        begun = others and _BEGUN_OF_US.match(text, at, others.start())
        if begun:
            yield at, begun.end()
            at = begun.end()
        back = others and _OURS_AGAIN.search(text, others.end(), end)
        if back:
            yield at, back.start()
            yield back.end(), end
        else:
            yield at, end
        at = match.end() if match else end


def really(text: str) -> bool:
    """Whether after something imagined it says how things are: "可惜只有…"."""
    imagined = zh.SUPPOSED.search(text)
    if imagined and zh.CONTRAST.search(text, imagined.end()):
        return True
    imagined = _SUPPOSED.search(text)
    return bool(imagined and _CONTRAST.search(text, imagined.end()))


def _of_others(text: str) -> bool:
    """Whether it tells of somebody else; what they left to us is ours."""
    text = mended(text)
    if _OTHERS.search(text):
        return not _LEFT_TO_US.search(text)
    return bool(zh.OTHERS.search(text))


def denied(before: str) -> bool:
    """Whether what follows these words, within its clause, is denied."""
    near = before[-_FARTHEST_DENIAL:]
    return bool(_NOT_EN.search(near) or zh.NOT.search(near))


def supposed(text: str) -> bool:
    """Whether it is imagined: "if I had a GPU"."""
    return bool(_SUPPOSED.search(text) or zh.SUPPOSED.search(text))


def language_of(text: str, otherwise: Language = Language.EN) -> Language:
    """Chinese as soon as Chinese carries the sentence; names in Latin do not count."""
    chinese = len(CJK.findall(text))
    latin = len(_LETTERS.findall(text))
    if not chinese and not latin:
        return otherwise
    pinyin = len(_PINYIN.findall(text))
    if pinyin > 1 and 3 * pinyin > latin:
        return Language.ZH
    enough = chinese >= 2 or not latin
    return Language.ZH if enough and chinese * 2 >= latin else Language.EN
