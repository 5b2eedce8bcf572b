"""Words around a framework that say sideways that it is at hand, or demanded."""

from __future__ import annotations

from assistant.understanding.patterns import rx

_TEAM = (
    r"(?:lab|group|team|company|office|institute|department|shop|firm|studio|desk|"
    r"clinic|crew|startup|agency|practice)"
)
_WORK = (
    r"(?:code|system|app|product|pipeline|model|service|website|backend|stack|"
    r"prototype|project)"
)
_AT_HAND = rx(
    rf"\b(?:the|my|our) (?:whole |entire )?{_TEAM} (?:is|are|works|runs) (?:(?:all|"
    r"still|now|mostly|mainly|fully|entirely|currently|firmly) )*on\s+$",
    rf"\bwhat (?:(?:the|my|our) (?:\w+ )?(?:{_TEAM}|{_WORK})|i|we|sits|runs|drives|"
    r"powers|serves) (?!want|need|would|should|like|hear|read|think|expect|hope|call|"
    r"see|love|hate|fear|dislike)[^,;?]{0,50}\b(?:is|are)(?: (?:all|still|now|mostly|"
    r"an?|our|my|plain|old))*\s+$",
    r"\b(?:the|our|my)(?: \w+'s)? (?:\w+ )?(?:library|libraries|toolchain|tooling|"
    r"code ?base) (?:is|are)(?: (?:all|still|pure|plain|in|written in))*\s+$",
    r"\bin (?:prod|production)(?: since \w+| for [\w ]{2,14})? (?:on|with|in|under)"
    r"\s+$",
    r"\b(?:babysit(?:ting|s)?|nursing|look(?:ing)? after|tending)\s+(?:[\w-]+ ){0,3}$",
    r"^\W*(?:and )?i've only (?:ever )?(?:worked|coded|trained|built)(?: \w+)? "
    r"(?:with|in)\s+$",
)
""" "The lab is on PyTorch", "what the lab runs is JAX", "in production on TF"."""

_MOVED = rx(
    rf"\b(?:the|my|our) (?:whole |entire )?{_TEAM} (?:(?:has|have|just|recently|"
    r"finally|since) )*(?:moved|switched|migrated|converted|went over) (?:over )?"
    r"(?:from [\w.]+ )?to\s+$"
)
_BEEN_WITH = rx(r"\b(?:been|am|i'm|we're|are) with\s+$")
_SO_LONG = rx(r"^ (?:for|since|(?:\w+ ){1,2}(?:years|months|ages)|all)\b")
_AND = rx(r"\b(?:i|we)(?:'ve| have)(?: got)? [^,;?]{3,60} and (?:\w+ )?$")
_THINGS = rx(r"^ (?:models|code|scripts?|nets|notebooks|pipelines?|projects)\b")
_MINE = rx(r"\b(?:my|our) $")
_MINE_OR_OURS = rx(r"\b(?:my|our|we|i)\b")
_MEASURE = rx(
    r"\b(?:measur\w+|tim(?:e|ed|ing)|bench\w*|compar\w+|test|run|try|show|see|"
    r"against|vs|versus|between|or|want|would|could|faster|slower)\b"
)
_ACTS = rx(
    r"^(?: v?[\d.]+)? (?:suddenly |just |still |always )?(?:stopped|stops|refuses|"
    r"won't|doesn't|no longer|keeps|crash\w*|broke|breaks|fails|hangs|can't|cannot|"
    r"sees no)\b"
)
""" "My tensorflow stopped seeing the GPU"."""

_FAULTS = rx(
    r"\b(?:errors?|stack ?traces?|tracebacks?|bugs) (?:in|from|of|inside)(?: of)?\s+$"
)
_TO_ME = rx(r"^[^;?]{0,60}\b(?:for|to|on) (?:me|us)\b")
_THEN_ON = rx(r"^\W*(?:and )?(?:then|since then|after that|later) on\s+$")
_WAS_ON = rx(r"\b(?:was|were|been) (?:\w+ )?on\b")
_BELOW = rx(r"^(?: v?[\d.]+)? under(?:neath)?(?: it| them)?(?=\W*$|\))")
_THAT_WE_HAVE = rx(
    r"^(?:\s+[\w.]+){0,3}\s+(?:is|are) (?:all |exactly |just )?what (?:i|we) (?:\w+ )?"
    r"(?:have|use|run|know|ship|wrote|write|work|got|speak)\b"
)
_TAKEN = rx(
    r"\b(?:i|we) (?:(?:now|just|have|had|also|must|will) )*(?:inherit(?:ed)?|took "
    r"over|take over|maintain|have|keep)\s[^,;?]{0,40}$"
)
_THEIR_CODE = rx(
    r"\b(?:my|our|the|a|an) (?:\w+ )?\w+'s (?:\w+ )?$|"
    r"\b(?:have|inherit(?:ed)?|maintain|took over|take over|keep)\s+(?:\w+ )?$"
)

_KNOWN_FROM = rx(
    r"\bwhat (?:i|we)(?:'ve| have)? (?:know|knew|learned|learnt|did|built|wrote|"
    r"picked up) (?:from|in|with)\s+$"
)

_NOTHING_BUT = rx(
    r"\b(?:don't|doesn't|do not|does not|won't|will not|didn't|wouldn't) (?:accept|"
    r"allow|take|want|grade|read|permit|approve|tolerate) anything (?:that(?:'s| is) "
    r"not|that isn't|which is not|but|else (?:than|but)|other than|except(?: for)?|"
    r"not)\s+(?:in )?$"
)
_WANTS = rx(r"\b(?:wants|accepts|takes|allows|demands|grades|reads)\s+(?:it in )?$")
_AND_NO_OTHER = rx(r"^ and nothing else\b")
_OURS_IN = rx(
    r"\b(?:demands?|demanded|insists?|insisted|requires?|required|decreed|orders?|"
    r"ordered|ruled)(?: that)? (?:our|my|the|all|every|each|this|any) [^,;?]{0,50}\b"
    r"(?:in|with|using)\s+$"
)
_FOR_THEMSELVES = rx(r"^ for (?:his|her|their)(?: own)?\b")


def held(before: str, after: str, lead: str) -> bool:
    """Whether it is said sideways that it is at hand.

    Args:
        lead: what stands before the clause in its sentence.
    """
    if _AT_HAND.search(before) or _THAT_WE_HAVE.match(after) or _BELOW.match(after):
        return True
    if _BEEN_WITH.search(before) and _SO_LONG.match(after):
        return True
    if _AND.search(before) and _THINGS.match(after):
        return True
    if _MINE.search(before) and _ACTS.match(after):
        return True
    if _FAULTS.search(before) and _TO_ME.match(after):
        return True
    return bool(_THEN_ON.match(before) and _WAS_ON.search(lead))


def team_moved(before: str) -> bool:
    """Whether one's team has moved to it."""
    return bool(_MOVED.search(before))


def owned(text: str) -> bool:
    """Whether a clause beside a wish for measurement tells what is one's own."""
    return bool(_MINE_OR_OURS.search(text) and not _MEASURE.search(text))


def taken_over(before: str) -> bool:
    """Whether it was another's and is ours: "I inherit my supervisor's old Keras"."""
    return bool(_TAKEN.search(before) and _THEIR_CODE.search(before))


def known_from(before: str) -> bool:
    """Whether one has learned something in it: "what I know from Keras"."""
    return bool(_KNOWN_FROM.search(before))


def demanded(before: str, after: str) -> bool:
    """Whether nothing else would do: "he doesn't accept anything but Keras"."""
    if _NOTHING_BUT.search(before):
        return True
    return bool(_WANTS.search(before) and _AND_NO_OTHER.match(after))


def demanded_of_us(before: str) -> bool:
    """Whether our work must be in it: "demands that our paper have its code in TF"."""
    return bool(_OURS_IN.search(before))


def for_themselves(after: str) -> bool:
    """Whether who demands it does so for work of his own."""
    return bool(_FOR_THEMSELVES.match(after))


_HANDED = rx(
    r"^\s*[\d.]*\s*(?:的)?(?:代码|项目|模型|那套|工程|脚本)(?:全|都|就)?"
    r"(?:交|留|传|丢|扔|甩|塞)给了?(?:我|咱|俺)",
    r"^\s*[\d.x]*\s*时代的?(?:老|旧)?(?:脚本|代码|项目|模型|工程)",
)
_WE_ARE = rx(
    r"(?:我|咱)们?(?:原来|本来|之前|原先|现在|目前|这边)的?(?:代码|实现|版本|模型)?"
    r"(?:是|都是|用的是|写的是)$"
)
_OF_IT = rx(r"^\s*[\d.]*\s*(?:的|写的)?(?=$|[，。,；;])")
_YEARS = rx(r"(?:^|[，。,、 ])(?:[一两二三四五六七八九十]|\d+|多|几|好几)年多?的?\s*$")
_ONCE = rx(r"^\s*用过一(?:次|回|下)")


def handed_down(after: str) -> bool:
    """Whether what others made in it is there: "Lightning代码交给了我"."""
    return bool(_HANDED.match(after))


def held_zh(before: str, after: str) -> bool:
    """ "我原来是tf的", "三年pytorch"."""
    if not _OF_IT.match(after):
        return False
    return bool(_WE_ARE.search(before) or _YEARS.search(before))


def once_zh(after: str) -> bool:
    """Whether it was tried once: "keras用过一次就弃了"."""
    return bool(_ONCE.match(after))
