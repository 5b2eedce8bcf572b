"""What one clause says of a framework that another names: "it is what I use"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding import referring_zh as zh
from assistant.understanding.clauses import Clause, denied
from assistant.understanding.frameworks import Mention, Told, asks, mentions, told
from assistant.understanding.ordering import ordered
from assistant.understanding.patterns import rx

_WE = (
    r"(?:i|we|i've|ive|we've|i'm|im|we're|i am|we are|all of us|both of us|most of us|"
    r"(?:my|our|the) (?:whole )?(?:team|group|lab|people|company))"
)
_OFTEN = (
    r"(?:(?:still|already|always|only|just|mostly|mainly|really|actually|do|have|had|"
    r"been|currently|all|quite|happily|daily|pretty much|also|even|both|happen to|"
    r"have to|quietly|secretly|absolutely|sort of|kind of|actively|by far) ){0,3}"
)
_USE = (
    r"(?:use|used|using|write|writing|know|run|running|maintain(?:ing)?|ship|teach|"
    r"teaching|speak|(?:work|working|worked|train|live|build|fluent|experienced|"
    r"proficient|comfortable|happy|familiar|trained|built|code|prototype) (?:with|in|"
    r"on)|rely on|depend on|swear by|make (?:a|my|our) living with|am used to|"
    r"got used to|inherit(?:ed)?|run on)"
)
_JOIN = (
    r"^\W*(?:(?:and|but|so|though|although|well|yes|yeah|honestly|still|because|since|"
    r"as|anyway|fwiw|sure)\W+)*"
)
_IT_IS_OURS = rx(
    rf"{_JOIN}{_WE} {_OFTEN}{_USE} (?:it|that one|this one)\b(?! (?:once|only once|"
    r"twice|for a (?:day|week|weekend)|to (?:be|work)|instead|if|when|should))",
    rf"{_JOIN}(?:which|what|and that) {_WE} {_OFTEN}{_USE}\b(?! (?:to|once|instead))",
    rf"{_JOIN}(?:which|that|it)(?:'s| is| was and is| has been)? (?:all|what|"
    r"the (?:only )?(?:one|thing|framework|library|tool)) (?:that )?"
    rf"{_WE} {_OFTEN}{_USE}\b(?! (?:to|once))",
    rf"{_JOIN}(?:it|which)(?:'s| is| has (?:always )?been) (?:my|our) (?:daily|main|"
    r"everyday|usual|only|native|default|go-?to|bread|home|first language|mother "
    r"tongue|tool|framework|stack)\b",
)
""" "I use it", "which I use daily", "it's all we know"."""

_BOTH_ARE_OURS = rx(
    rf"\b{_WE} {_OFTEN}{_USE} both\b(?=\s*(?:$|[,.;:!?()]|(?:so|and|but|about|equally|"
    r"daily|at|well|of them|fluently|a bit|every|already|frameworks?|libraries|just|"
    r"these|for|to some|more or less|badly|professionally|interchangeably|though|"
    r"thanks|because|side)\b))",
    r"\b(?:fluent|experienced|comfortable|proficient|at home|productive|"
    r"equally \w+) (?:in|with) both\b(?! (?:my|our|the|of my)\b)",
    r"\bboth (?:of them )?(?:are|have been|were) (?:now |both |already )?(?:ours|mine|"
    r"in (?:use|production|daily use)|used|running|maintained|known to me|"
    r"familiar)\b",
)
_OF_TWO = ("keras", "pytorch")
"""Those that "both" are where none is named."""

_THE_CODE = (
    r"(?:it|this|that|they|which|everything|all of it|all of this|"
    r"(?:the|our|that|this) (?:old |existing |legacy |whole )?(?:code|stack|repo|"
    r"code ?base|system|framework|pipeline|project))"
)
_MUST_STAY = rx(
    rf"\b{_THE_CODE} (?:all |simply |just )?(?:must|has to|have to|needs to|is to|"
    r"are to|will have to|shall|got to|gotta) (?:stay|remain|be (?:kept|continued|"
    r"reused|extended|preserved|followed|built (?:up)?on|maintained|respected))\b",
    r"\b(?:decreed|ordered|orders|says|said|insists?|wants|demands?|decided|told us|"
    r"ruled|requires?|made clear|makes clear|swears)(?: that)? "
    rf"{_THE_CODE} (?:all )?(?:stays?|remains?|(?:is|are) (?:kept|staying)|"
    r"(?:is|are) (?:here )?to stay|(?:is|are|won't be|will) not "
    r"(?:to )?be (?:touched|replaced|rewritten|changed))\b",
    r"\b(?:i|we) (?:(?:may|must) not|mustn't) (?:rewrite|replace|change|port|touch|"
    r"switch)\b",
    r"\b(?:not allowed|forbidden|no permission|not permitted) to (?:rewrite|replace|"
    r"change|port|switch|migrate|swap|leave|drop)\b",
    r"\b(?:nobody|no one|they won't|they don't|he won't|she won't|management won't|"
    r"boss won't) (?:ever )?(?:allows?|lets?) (?:me|us) (?:to )?(?:rewrite|replace|"
    r"change|port|switch|migrate|swap|drop)\b",
    r"\b(?:rewriting|rewrites?|porting|switching|replacing|migrating|a rewrite|a port|"
    r"any rewrite)(?: it| that)? (?:is|are) (?:not allowed|forbidden|off the table|"
    r"out of the question|banned|prohibited|verboten|ruled out|vetoed)",
    r"\b(?:must|told to|required to|supposed to|forced to|obliged to|ordered to|made "
    r"to) (?:build|continue|carry on|keep building|extend|keep using|stick (?:to|with)|"
    r"stay (?:on|with|in)) (?:(?:up)?on |with )?(?:top of )?(?:it|this|that|them)\b",
    r"\bno rewrites?\b(?: allowed| permitted| please)?\s*$",
    r"^[^,;]{0,40}\b(?:and|which|it) (?:it |which )?(?:has|have|must|needs) (?:to )?be "
    r"(?:followed|obeyed|complied with|honou?red|matched)\b",
)
""" "It must stay", "we are not allowed to rewrite it": what there is is prescribed."""

_GIVEN_UP = rx(
    r"^\W*(?:(?:and|but|then|i|we|have|has|since|i've|we've|all|it's|it|was|is|by now|"
    r"later|now|long)\W+)*(?:(?:gave|given) (?:it|that) up|(?:gave|given) up on it|"
    r"forgot(?:ten)?\b|(?:dropped|ditched|abandoned|quit|left|uninstalled) it\b|"
    r"moved on\b|(?:haven't|have not|not|never) (?:really )?(?:touched|used|opened|"
    r"looked at|written|gone back)\b|hated it\b|(?:none|nothing|not much|little) (?:of "
    r"it )?(?:stuck|stayed|remains|remained|is left)\b|don't remember\b|remember "
    r"(?:nothing|none|little)\b|(?:gone|forgotten)\b)"
)
"""Begins what follows a framework that one has left behind."""


_FRAGMENT = rx(r"^\W*(?:(?:all|mostly|still|mainly) )?(?:in|with|using|on)\s+$")
_STILL = rx(
    r"^\W*(?:currently|right now|at the moment|so far|for now|at present|today|still|"
    r"mostly|mainly|as of now|of course|as it happens|naturally)\W*$"
)
""" "I write layers myself. In TensorFlow, currently."."""

_SENTENCE_END = re.compile(r"[.!?;。！？；\n](?=\s|$|[\u3400-\u9fff])|\n")
_LEAD = 120
"""Characters of a sentence before a clause that may say what it is about."""


def begun(text: str, start: int) -> str:
    """The sentence up to a place in it."""
    near = text[max(0, start - _LEAD) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(near)]
    return near[ends[-1] :] if ends else near


def given_up(parts: Sequence[Clause], index: int) -> bool:
    """Whether the next clause says that what this one names was left behind."""
    for then in parts[index + 1 : index + 3]:
        if _GIVEN_UP.match(then.text) or zh.GIVEN_UP.match(then.text):
            return True
        if mentions(then.text) or _ours(then):
            return False
    return False


def left_open(parts: Sequence[Clause], index: int) -> bool:
    """Whether the next clause says that the framework is not prescribed."""
    return any(
        zh.LEFT_OPEN.search(then.text) and not mentions(then.text)
        for then in parts[index + 1 : index + 2]
    )


def referred(parts: Sequence[Clause], pasted: Sequence[str] = ()) -> list[Told]:
    """What is said of frameworks in clauses other than those that name them.

    Args:
        pasted: the frameworks of code that stands in the message.
    """
    found: list[Told] = []
    named: list[str] = []
    last: set[str] = set()
    ours = set(pasted)
    near = False
    for place, clause in enumerate(parts):
        then = parts[place + 1] if place + 1 < len(parts) else None
        here = mentions(clause.text)
        if len(here) == 1 and then and _STILL.match(then.text):
            rest = clause.text[here[0].end :]
            if _FRAGMENT.match(clause.text[: here[0].start]) and not rest.strip():
                found.append(
                    Told("existing", here[0].framework, clause.start, clause.end)
                )
        if clause.about_others or zh.OF_ANOTHER.search(clause.text):
            found += _taken_over(parts, place, here)
        used = {one.framework for one in told(clause, False) if one.role == "existing"}
        ours = used or ours
        rest = clause.text[here[-1].end :] if here else clause.text
        if _must_stay(rest) and len(ours) == 1 and not clause.supposed:
            found += [Told("mandated", one, clause.start, clause.end) for one in ours]
        if len(last | {one.framework for one in here}) == 1 and not clause.supposed:
            found += _ordered(clause, rest, last or {here[0].framework})
        if not here and len(last) > 1 and near and _all_used(clause):
            found += [Told("existing", one, clause.start, clause.end) for one in last]
        if here:
            last, near = {one.framework for one in here}, True
            named += [one.framework for one in here]
            continue
        if near and len(last) == 1 and _ours(clause):
            found += [Told("existing", one, clause.start, clause.end) for one in last]
        else:
            near = False
    return found + _both(parts, named)


def _ordered(clause: Clause, rest: str, named: set[str]) -> list[Told]:
    """The one named before, where the rest of a clause says that it is prescribed."""
    match = ordered(rest)
    if not match or asks(clause.text) or denied(rest[: match.start()]):
        return []
    return [Told("mandated", one, clause.start, clause.end) for one in named - {"jax"}]


def _all_used(clause: Clause) -> bool:
    if clause.about_others or clause.past or clause.supposed or asks(clause.text):
        return False
    return bool(zh.ALL_USED.match(clause.text))


def _taken_over(
    parts: Sequence[Clause], place: int, here: Sequence[Mention]
) -> list[Told]:
    """What somebody else made, where a clause behind says that it is ours now."""
    clause = parts[place]
    if not here or clause.supposed or asks(clause.text):
        return []
    if not zh.MADE.search(clause.text) or denied(clause.text[: here[-1].start]):
        return []
    if not any(
        zh.TAKEN_OVER.search(then.text) for then in parts[place + 1 : place + 3]
    ):
        return []
    return [Told("existing", here[-1].framework, clause.start, clause.end)]


def _must_stay(text: str) -> bool:
    return bool(_MUST_STAY.search(text) or zh.MUST_STAY.search(text))


def _ours(clause: Clause) -> bool:
    if clause.past or clause.about_others or clause.supposed:
        return False
    return bool(_IT_IS_OURS.search(clause.text) or zh.IT_IS_OURS.search(clause.text))


def _both(parts: Sequence[Clause], named: Sequence[str]) -> list[Told]:
    """ "I work with both": the two that are named, or Keras and PyTorch."""
    two = _OF_TWO if set(named) <= set(_OF_TWO) else sorted(set(named))
    if len(two) != 2:
        return []
    for clause in parts:
        match = _BOTH_ARE_OURS.search(clause.text) or zh.BOTH.search(clause.text)
        if not match or clause.about_others or clause.supposed or clause.past:
            continue
        if denied(clause.text[: match.start()]) or asks(clause.text):
            continue
        return [Told("existing", one, clause.start, clause.end) for one in two]
    return []
