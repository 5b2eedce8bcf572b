"""What others, of whom a message tells, or papers and their authors use."""

from __future__ import annotations

import re

_PAPER = re.compile(
    r"\b(?:papers?|authors?'?s?'?|preprint|their (?:code|repo\w*|implementation)|"
    r"(?:official|original|reference|published|released|public|upstream) (?:code|"
    r"implementation|repo\w*|release|version))\b(?:(?!\bours\b)[^,;])*$|"
    r"论文[^，,]*$",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"(?:\b(?:they|he|she|people|(?:everybody|everyone) else(?:'s)?|the others|"
    r"students|"
    r"kids|youngsters|(?:everyone|everybody|all|people|the others) (?:around|about|"
    r"near) (?:me|us)|(?:one|two|three|some|most|many|half|a few) of (?:the|my|our) "
    r"(?:\w+ )?(?:ones|kids|pupils|students|boys|girls|juniors|interns)|"
    r"(?:team|class|office|lab|flat|house|room)-?mates|coworkers|"
    r"the (?:(?:two|three|four|five|many|few) )?(?:other|new|young|old|senior|junior) "
    r"(?:\w+ ){0,2}(?:guys|people|folks|"
    r"devs|ones|groups?|teams?|hires?)|the rest of (?:the |my |"
    r"our )?\w+|"
    r"(?:group|team|lab|startup|company|guys|people|folks|office|one) (?:next door|"
    r"upstairs|downstairs|across \w+ \w+|on the (?:corridor|floor \w+))|"
    r"(?:colleagues?|friends?|people|coworkers?|acquaintances?|some|many) of (?:mine|"
    r"ours)|"
    r"(?:guys|people|folks|colleagues) (?:from|in|at) (?:the )?(?:other|another|next) "
    r"\w+|"
    r"(?<!our )(?<!my )(?:(?:grand)?masters|kagglers|winners|experts|pros|researchers|"
    r"practitioners|influencers|youtubers|bloggers)|"
    r"(?:my|our) (?:\w+ )?(?:partners|collaborators?|suppliers?|competitors?|"
    r"customers?|clients?|users?|neighbou?rs|"
    r"counterparts?|sister \w+|colleagues)(?: (?:at|in|from) \w+)?(?= (?:all |mostly |"
    r"only )?(?:uses?|works? (?:in|with)|runs?|writes?|are on|loves?|do|trains?|"
    r"swears? by)\b)|"
    r"my (?:\w+ )?(?:prof\w*|supervisor|advis[eo]r|boss|teacher|mentor|manager|lead|"
    r"lecturer|tutor|pi|intern|trainee|apprentice) (?:has |had |only |mostly |still |"
    r"just )?(?:published|wrote|"
    r"writes|"
    r"built|did|does|made|prototyped|programmed|coded|learned|knows?|likes?|loves?)|"
    r"my co-?founder|consultants?|vendors?|half (?:of )?(?:my|the) "
    r"(?:class|year|cohort|seminar|course)|(?:most|many|some|all|both|two|three) "
    r"(?:of (?:my|the) )?"
    r"(?:other )?(?:friends|guys|classmates|colleagues|neighbours|coworkers))\b"
    r"(?: (?:in|on|at|from|of) (?:my|our|the) \w+)?|"
    r"\b(?:books?|tutorials?|videos?|channels?|blogs?|threads?|papers?) "
    r"(?:that |which )?(?:i|we)(?:'m|'ve| am| have)? (?:bought|found|own|borrowed|got|"
    r"read|reading|saw|watch\w*|follow\w*|like|googled|downloaded|ordered)\b)"
    r"(?:(?!\b(?:i|we|my|our|us|me|i'm|im|i've|ive|we've|we're|ours|mine|lets?|makes?|"
    r"wants?|who)\b)[^,;])*$",
    re.IGNORECASE,
)
"""Before what they, not we, have: "my daughters study and they code in ..."."""

_OTHERS_USE = re.compile(
    r"\s*(?:is|are) (?:what|all|the \w+) (?:that )?(?:(?:my|our|the|all|most|many|"
    r"other|"
    r"his|her) (?:\w+ )?(?:(?:lab|team|class|flat|office|course)?[ -]?mates?|"
    r"colleagues?|"
    r"friends?|others?|people|companies|competitors|papers|researchers|neighbours|rest|"
    r"partners?|customers?|clients?|brother|sister|advisor|supervisor|professor|boss)|"
    r"most|many|others|everyone else|everybody else|recruiters|employers)\b",
    re.IGNORECASE,
)
""" "PyTorch is what my lab mates use"."""

_WHAT_THEY_USE = re.compile(
    r"\s*(?:is|are) (?:what|all|the only \w+) (?:he|she|they) (?:uses?|knows?|writes?|"
    r"has|have)\b",
    re.IGNORECASE,
)
_THEY_USE = re.compile(
    r"\b(?:apprentice|intern|trainee|junior|new hire|newcomer|colleague|friend|cousin|"
    r"student|contractor|freelancer|postdoc|hire|helper)s? (?:of (?:mine|ours) )?"
    r"(?:who|that)\b[^;.?]{0,40}?\b(?:(?:only|mostly|already|still|currently) )?"
    r"(?:uses?|knows?|writes?|codes? in|works? (?:in|with)|learn(?:ed|t|s))\s+$|"
    r"\b(?:he|she|they) (?:(?:only|mostly|already|still|currently) )?(?:uses?|knows?|"
    r"writes?|codes? in|works? (?:in|with)|runs?|trains? (?:in|with))\s+$",
    re.IGNORECASE,
)
"""What the one uses for whom it is asked."""


_OWN_PAPER = re.compile(
    r"我[^，,。]{0,6}论文|(?:毕业|学位|硕士|博士|自己|在投|在写)[^，,。]{0,4}论文"
)


def of_paper(before: str) -> bool:
    """Whether what is named is what a paper, or its authors, have it in."""
    return bool(_PAPER.search(before)) and not _OWN_PAPER.search(before)


def theirs(before: str) -> bool:
    """Whether what is named is theirs and not ours."""
    return bool(_THEIRS.search(before))


def others_use(after: str) -> bool:
    """Whether what follows a name says that others use it."""
    return bool(_OTHERS_USE.match(after))


def they_use(before: str, after: str) -> bool:
    """Whether it is what he, she or they are said to use."""
    return bool(_WHAT_THEY_USE.match(after) or _THEY_USE.search(before))
