"""English around a framework that says sideways that it is at hand."""

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
_IS = r"\b(?:is|are)(?: (?:all|still|now|mostly|an?|our|my|plain|old))*\s+$"
_AT_HAND = rx(
    rf"\b(?:the|my|our) (?:whole |entire )?{_TEAM} (?:is|are|runs) (?:(?:all|still|"
    r"now|mostly|mainly|fully|entirely|currently|firmly) )*on\s+$",
    rf"\bwhat (?:(?:the|my|our) (?:whole )?(?:{_TEAM}|{_WORK})|i|we) (?:(?:still|now|"
    r"all|mostly|currently|actually) )*(?:uses?|runs?(?: on)?|has|have|ships?|wrote|"
    r"writes?|built|deploy(?:s|ed)?|maintains?|inherited|trains? (?:with|in|on))\b"
    rf"[^,;?]{{0,40}}{_IS}",
    r"\bwhat (?:sits|runs|is running) (?:behind|under|underneath|inside|in "
    rf"production|in prod)\b[^,;?]{{0,40}}{_IS}",
    r"\b(?:our|my)(?: \w+)? (?:library|libraries|toolchain|tooling|code ?base) (?:is|"
    r"are)(?: (?:all|still|pure|plain|in|written in))*\s+$",
    r"\bin (?:prod|production)(?: since \w+| for [\w ]{2,14})? (?:on|with|in|under)"
    r"\s+$",
    r"\b(?:babysit(?:ting|s)?|nursing|look(?:ing)? after|tending)\s+(?:[\w-]+ ){0,3}$",
)
""" "The lab is on PyTorch", "what our lab runs is JAX", "in production on TF"."""

_MOVED = rx(
    rf"\b(?:(?:my|our) (?:whole |entire )?{_TEAM}|the (?:lab|group|team)) (?:(?:has|"
    r"have|just|recently|finally|since) )*(?:moved|switched|migrated|converted|went "
    r"over) (?:over )?(?:from [\w.]+ )?to\s+$"
)
_REPORTED = rx(
    r"\b(?:hear\w*|read|told|wish|hop(?:e|ing)|if|maybe|perhaps|rumou?rs?|says?|said|"
    r"appl(?:y|ied)|join\w*|once|would|could|should|might)\b"
)
"""Wished, hearsay, or of a place where one is not yet."""

_BEEN_WITH = rx(r"\b(?:i|we)(?:'ve| have)? been with\s+$")
_SO_LONG = rx(
    r"^ (?:since\b|(?:for )?(?:(?:about|over|nearly|almost|some) )*(?:\d+|an?|two|"
    r"three|four|five|six|seven|eight|nine|ten|many|several) (?:\w+ )?(?:years?|"
    r"months|decades?|ages)\b|for (?:years|months|ages)\b)"
)
_AND = rx(
    r"\b(?:i|we)(?:'ve| have)(?: got)? (?!to\b|heard|read|seen|tried|been|had|used|"
    r"never|always|not\b|no\b|only)[^,;?]{3,60} and (?:\w+ )?$"
)
_THINGS = rx(r"^ (?:models|code|scripts?|nets|notebooks|pipelines?|projects)\b")
_MINE = rx(r"\b(?:my|our) $")
_ACTS = rx(
    r"^(?: v?[\d.]+)? (?:suddenly |just |still |always )?(?:stopped|refuses to|no "
    r"longer|keeps|crash\w*|broke|breaks|hangs|sees no)\b"
)
""" "My tensorflow stopped seeing the GPU"."""

_THEN_ON = rx(r"^\W*(?:and )?(?:then|since then|after that|later) on\s+$")
_WAS_ON = rx(r"\b(?:i|we) (?:was|were|had been) (?:\w+ )?on\b")
""" "I was on TensorFlow until 2023, then on PyTorch"."""

_BELOW = rx(r"^(?: v?[\d.]+)? under (?:it|them)(?=\W*$|\))")
""" "A Keras 2.2 model (TF 1.14 under it)"."""

_THAT_WE_HAVE = rx(
    r"^(?:\s+[\w.]+){0,3}\s+(?:is|are) (?:all |exactly |just )?what (?:i|we) (?:still "
    r"|now |all )?(?:have|use|run|know|ship|wrote|write|work with|speak)\b"
)
_TAKEN = rx(
    r"\b(?:i|we) (?:(?:now|just|have|had|also|recently) )*(?:inherit(?:ed)?|took over|"
    r"maintain) (?:my|our|the|an?|some) (?:\w+ )?\w+'s (?:\w+ )?$"
)
_HAVE = rx(r"\b(?:i|we) (?:now |also )?have (?:some |old )?$")
_KNOWN_FROM = rx(
    r"\bwhat (?:i|we)(?:'ve| have)? (?:know|knew|learned|learnt|did|built|wrote|"
    r"picked up) (?:from|in|with)\s+$"
)
_MINE_OR_OURS = rx(r"\b(?:my|our|we|i)\b")
_MEASURE = rx(
    r"\b(?:measur\w+|tim(?:e|ed|ing)|bench\w*|compar\w+|test|run|try|show|see|"
    r"against|vs|versus|between|or|want|would|could|faster|slower)\b"
)


def held(before: str, after: str, lead: str) -> bool:
    """Whether it is said sideways that it is at hand.

    Args:
        lead: what stands before the clause in its sentence.
    """
    if _REPORTED.search(f"{lead}{before}"):
        return False
    if _AT_HAND.search(before) or _THAT_WE_HAVE.match(after) or _BELOW.match(after):
        return True
    if _BEEN_WITH.search(before) and _SO_LONG.match(after):
        return True
    if _AND.search(before) and _THINGS.match(after):
        return True
    if _MINE.search(before) and _ACTS.match(after):
        return True
    return bool(_THEN_ON.match(before) and _WAS_ON.search(lead))


def team_moved(before: str, lead: str) -> bool:
    """Whether one's team has moved to it, and not by hearsay."""
    return bool(_MOVED.search(before)) and not _REPORTED.search(f"{lead}{before}")


def inherited(before: str) -> bool:
    """Whether it was another's and is ours: "I inherit my supervisor's old Keras"."""
    return bool(_TAKEN.search(before))


def have(before: str) -> bool:
    """Whether one has it, whoever wrote it: "we have JAX code of a colleague"."""
    return bool(_HAVE.search(before))


def known_from(before: str) -> bool:
    """Whether one has learned something in it: "what I know from Keras"."""
    return bool(_KNOWN_FROM.search(before))


def owned(text: str) -> bool:
    """Whether a clause beside a wish for measurement tells what is one's own."""
    return bool(_MINE_OR_OURS.search(text) and not _MEASURE.search(text))
