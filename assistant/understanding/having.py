"""English before the name of a framework that says what work hangs on it."""

from __future__ import annotations

import re

from assistant.understanding.patterns import rx

_FIXED = rx(
    r"\b(?:my|our|prod|production|everything|all|(?:i|we) have)\b"
    r"(?! (?:final |whole )?(?:grades?|marks?|degree|diploma|exam|job|career|future|"
    r"bonus|visa)\b)[^,;?]{0,40}\b(?:glued|welded|"
    r"bolted|chained|wired|married|stuck|locked|hangs?|"
    r"(?<!everything )(?<!it all )(?:hinges?|depends?)|sits?|rests?|"
    r"relies|rely|lives?|trains?|tied|runs?)(?: in)? (?:to|on|in|with|upon)\s+$"
)
"""What holds them: "everything we have is glued to TF"; not "my grade hangs on TF"."""

_IMPORTS = rx(
    r"\b(?:my|our|mine|ours|old|existing|legacy)\b"
    r"(?! (?:final )?(?:grade|mark|exam|degree|bonus)\b)[^,;?]{0,40}"
    r"\b(?:imports?|starts? with import|begins? with import|calls?|loads?|"
    r"depends? on)\s+(?:import )?$"
)
""" "My old notebooks import keras"."""

_BESIDES = rx(
    r"\b(?:i|we) [^,;?]{3,60} (?:but|and) (?:i |we )?(?:mostly |mainly |only |usually |"
    r"always )?(?:write|use|work in|build in|work with|stayed with|stuck with)\s+$"
)
""" "I read Keras fine but write torch"."""

_LABEL = rx(
    r"\b(?:daily driver|(?:tool|weapon|framework|poison) of choice|mother tongue|"
    r"day job|comfort zone|home turf|main tool|go-?to|toolbox|toolkit|tools so far|"
    r"daily (?:work|bread|tool|use)|used so far|known so far|background|in use|"
    r"prior knowledge|inventory|legacy|what (?:i|we) (?:have|know|use|can|speak)|have "
    r"so far)"
    r"(?:\s*[:=]|\s+(?:is|are|was|has been))\s*(?:(?:r|python|sql|c\+\+|excel|matlab|"
    r"some|mostly|mainly|just|pure|plain|a bit of|a little|and|plus)\s+|[,+] )*$"
)
""" "Daily driver: keras", "my background: R and some Keras"."""

_HALFWAY = rx(
    r"\b(?:lessons?|weeks?|chapters?|hours?|days?|halfway|half way|videos?|modules?|"
    r"units?) (?:into|through|deep into) (?:a|the|an|my|this|some)\s+(?:\w+ )?$",
    r"^\W*(?:and )?then (?:a|an|one|the)\s+$",
)
""" "Four lessons into a keras course"."""

_WENT_THROUGH = rx(
    r"\b(?:did|done|finish(?:ed)?|completed|passed|worked through|went through|"
    r"watched|"
    r"survived|took|followed)\b[^,;?]{0,24}(?:'s|\bthe|\ba|\ban|\btwo|\bthree|\bone|"
    r"\bsome)\s+(?:\w+ )?$"
)
_COURSE_AFTER = rx(
    r"^(?: [\w-]+){0,4} (?:courses?|class(?:es)?|tutorials?|blitz|specialization|book|"
    r"lessons|certificate|bootcamp|exercises|track|quickstart|mooc|workshop)\b"
)
_HERE = rx(
    r"\b(?:at|in) (?:my|our|the) (?:present|current) (?:company|job|place|lab|team|"
    r"office|employer|school|firm|workplace)(?: here)? (?:it's|it is|we use|we have|"
    r"everything is|they use|we're on|all is)\s+(?:all )?$",
    r"^\W*(?:and |but |now )?here (?:it's|it is|we use|everything is|all is)\s+"
    r"(?:all )?$",
)
""" "My old company was a TF shop, here it's torch"."""

_STAYED = rx(
    r"\b(?:(?:i|we) (?:just |then |finally |eventually )?|^\W*(?:but |then |and |so )?)"
    r"(?:stayed|stuck|remained|ended up|came back|went back|returned)"
    r"(?: (?:with|on|to|at|in|using))+\s+$"
)
""" "We considered torch but stayed with Keras"."""

_SOME_OF_US = rx(
    r"^\W*(?:one|two|three|four|five|six|half|most|all|some|both|several|a few|"
    r"each)(?: of (?:us|(?:my|our) \w+))? (?:know|knows|use|uses|write|writes|speak|"
    r"speaks|(?:have|has) used)\s+$"
)
_KNOW = rx(r"^\W*(?:one|two|three|four|five|six)\b.* (?:know|knows|speak|speaks)\s+$")
_MY_PEOPLE = rx(
    r"\b(?:(?:i|we) (?:\w+ )?(?:manage|lead|run|head|have|are|"
    r"supervise)\b[^.;?]{0,30}\b"
    r"(?:team|group|lab|people|engineers|developers|students)|(?:my|our) (?:team|group|"
    r"lab|people|engineers|developers)|(?:two|three|four|five|six) of us|"
    r"of us)\b"
)
""" "I manage a team of six. Two know torch"."""

_BOTH_IN = rx(r"^\W*(?:both|all|each|either one)(?: of them)? (?:in|with|using|on)\s+$")
_MADE = rx(
    r"\b(?:models?|nets?|networks?|projects?|things|prototypes?|classifiers?|apps?|"
    r"notebooks?|scripts?|experiments?|demos?)\b"
)
_CANNOT_LEAVE = rx(
    r"\b(?:mind|afford|imagine|stand|regret|consider|fear|hate|dread|suggest|"
    r"can't|cannot|couldn't) (?:leave|drop|abandon|ditch|quit|give up|move off|get "
    r"rid of|leaving|dropping|losing|abandoning|"
    r"ditching|get away from|escape|do without|part with|let go of)\s+(?:from )?$"
)
_OUR_PORT = rx(r"\b(?:our|my|the|a)\s+$")
_TO_ANOTHER = rx(
    r"^\s*(?:->|to|into|=>|→)\s*\w+ (?:port|migration|rewrite|conversion|move)\b"
)


_LEFT = rx(
    r"\b(?:previous|last|earlier|old|first) (?:dev\w*|team|guy|contractor|intern|"
    r"student|"
    r"owner|maintainer|engineer|programmer|colleague|postdoc|phd|freelancer)\b"
    r"[^,;?]{0,20}\b(?:used|wrote|built|left|chose|coded|did|made|picked|had)\b"
    r"[^,;?]{0,40}$"
)
""" "The previous developer used Keras"."""

_PART = rx(
    r"^\W*(?:and )?(?:training|serving|modell?ing|prototyping|inference|research|"
    r"production|experiments?|prototypes?)(?: is| are)? (?:all |done )?(?:in|with|on|"
    r"using)\s+$",
    r"^\W*(?:locked|stuck|boxed|trapped|chained|tied|bound|wedded|married|welded) "
    r"(?:\w+ )?(?:in|into|to|on|with)\s+$",
    r"\b(?:my|our) (?!job|school|course|boss|company|client|prof)(?:[\w-]+ ){1,3}\($",
    r"\bthe (?:rest|other half|remainder) (?:is|are|uses?|runs on)(?: still| all| "
    r"in)*\s+$",
    r"\b(?:phasing out|sunsetting|retiring|decommissioning|winding down)\s+(?:our |"
    r"the |"
    r"all )?$",
    r"\b(?:code|repo|project|models?|scripts?|thesis|pipeline) (?:that )?(?:my|our|"
    r"the) "
    r"(?:\w+ ){1,2}(?:gave|left|handed|sent|passed|showed) (?:me|us) (?:is|are|was)"
    r"(?: all| in)*\s+$",
    r"\b(?:invested|sunk|put) (?:in|into)\s+$",
    r"\bwhat (?:(?:my|our|the) (?:\w+ ){1,2}and )?(?:i|we) (?:all |actually |mostly |"
    r"really )?(?:use|write|run|work with|work in|code in)(?: (?:now|today|these days|"
    r"instead|daily|here|at work))? (?:is|are)\s+$",
    r"\bi can (?:\w+ )?(?:build|write|train|code|make|do)\b[^,;?]{0,30}\b(?:in|with)"
    r"\s+$",
    r"\b(?:i|we) (?:write|use|run|have|know|work in|work with)\s*:\s*$",
    r"\b(?:used|tried|dabbled in|know|worked with|seen)\b[^,;?]{0,30}\b(?:both|all|"
    r"several|some|many|a few|two|three|four)(?: \w+){0,2}\s*[:(]\s*$",
)
""" "Training in PyTorch", "locked into Keras", "dabbled in all three:"."""

_ON = rx(r"^\W*(?:and )?(?:now |currently |been |but )?on\s+$")
_SINCE_AFTER = rx(
    r"^(?: \w+)? (?:for (?:an?|\d+|two|three|four|five|some|many|over|the)|since|now)\b"
)
_MY = rx(r"\b(?:my|our)\s+(?:\w+ )?$")
_DOING_AFTER = rx(
    r"^(?:-based \w+|\+\w+ \w+)|^[\s-]*(?:trainings?|runs?|jobs?|env\w*|data "
    r"?loaders?|builds?|containers?|"
    r"images?|tests?|unit tests|api|endpoint|server|days|habits?|inference|deployment|"
    r"logs?|loss|losses|tutorial notes|version|gpu)\b"
)
""" "My Keras training takes nine hours"."""

_I_UNDERSTAND = rx(r"\bi (?:\w+ )?(?:understand|get)\s+$")
_WELL = rx(r"^\s*(?:$|[,.]|well|fine|quite|ok\b|pretty)")
_SOME = rx(r"^\W*(?:and )?(?:some|a bit of|a little|mostly|mainly|lately|then)\s+$")


_TO_OTHER = rx(
    r"^(?: v?[\d.]+)? to (?:plain |pure )?(?:py ?torch|torch|tensorflow|tf|keras|jax)\b"
)
""" "Keras to PyTorch: how long?"."""


def leaving(before: str, after: str) -> bool:
    """Whether one has it who may part with it: "I don't mind leaving Keras"."""
    if _CANNOT_LEAVE.search(before) or (
        not before.strip(" ([-*") and _TO_OTHER.match(after)
    ):
        return True
    return bool(_OUR_PORT.search(before) and _TO_ANOTHER.match(after))


def works_on(before: str, after: str, lead: str) -> bool:
    """Whether what stands before a name says that their work hangs on it.

    Args:
        lead: what stands before the clause in the message.
    """
    for pattern in (_FIXED, _IMPORTS, _BESIDES, _LABEL, _HERE, _STAYED, _LEFT, _PART):
        if pattern.search(before):
            return True
    took = _WENT_THROUGH.search(before) or _HALFWAY.search(before)
    if took and _COURSE_AFTER.match(after):
        return True
    if _I_UNDERSTAND.search(before) and _WELL.match(after):
        return True
    if _ON.match(before) and _SINCE_AFTER.match(after):
        return True
    if _MY.search(before) and _DOING_AFTER.match(after):
        return True
    if _SOME.match(before) and lead.strip() and not after.strip(" .!"):
        return True
    if _SOME_OF_US.match(before):
        ours = " of us " in before or _MY_PEOPLE.search(lead)
        return bool(ours or (not lead.strip() and _KNOW.search(before)))
    return bool(_BOTH_IN.match(before) and _MADE.search(f"{lead}{after}"))


_ONLY_BEFORE = rx(
    r"^\W*(?:(?:only|now|mostly|mainly|purely|exclusively|currently|nothing but|all|"
    r"so far|these days)[ ,]+){1,3}$"
)
"""A fragment that names what one has: "not TF anymore, only torch"."""


def only(before: str) -> bool:
    """Whether a fragment names all that one has."""
    return bool(_ONLY_BEFORE.match(before))


def headless(before: str) -> bool:
    """ "Used Keras", "mostly writing TF": the subject is left out, so it is "I"."""
    return bool(
        re.match(
            r"\s*(?:(?:plus|a|an|have|has|am|only|just|mostly|mainly|currently|"
            r"already|always|"
            r"usually|still|and|now|so far|presently|previously|also|then)[ ,]+)*"
            r"(?:used|using|use|know|spent|written|wrote|did|played|dabbled|tinkered|"
            r"write|maintain|ship|working|worked|learned|learnt|"
            r"trained|built|got|have|fluent|familiar|comfortable|experienced|ok|okay|"
            r"pip installed|"
            r"proficient|raised|brought up|started|tried|teaching|done|shipped|taught|"
            r"maintained|"
            r"inherited|grip|grasp|command|stuck|invested|years|decent|some|running|"
            r"coded|coding|(?:after )?(?:\d+|two|three|four|five|six|seven|eight|nine|"
            r"ten|"
            r"a dozen|many|several) (?:years|yrs|months|weeks|terms|semesters))\b",
            before,
            re.IGNORECASE,
        )
    )


_NOT_FOUND = rx(r"\bno module named\s+['\"`‘“]?$")
_INSTALLING = rx(
    r"\b(?:pip3?|conda|uv pip|poetry|mamba) (?:install|add)(?: -\S+)*\s+$",
    r"(?:安装|重装|装)\s*$",
)
_NOT_INSTALLED = rx(
    r"^[\d.]*\s*(?:装(?:到|了)|(?:之后|以后|后|就|又|一直|总是|老是)*"
    r"(?:报|失败|出错|不上|不了|折腾))",
    r"^[\d.=]*['\"`]?\s+(?:\w+ )?(?:fails|failed|breaks|broke|crash\w*|hangs|hung|"
    r"errors|won't|spits|gives|throws)\b",
)
_WISHED = rx(
    r"(?:想|要|该|怎么|如何|咋|need to|want to|should i|how to)[^，。,;]{0,12}$"
)


def failing(before: str, after: str) -> bool:
    """Whether it cannot be installed or imported: it is at hand."""
    if _NOT_FOUND.search(before):
        return True
    found = _INSTALLING.search(before) if _NOT_INSTALLED.search(after) else None
    return found is not None and not _WISHED.search(before[: found.start()])
