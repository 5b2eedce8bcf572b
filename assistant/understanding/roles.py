"""English around the name of a framework: in use, prescribed, or merely talked of."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.having import failing, headless, leaving, only
from assistant.understanding.holding import held, inherited, known_from, team_moved
from assistant.understanding.patterns import rx
from assistant.understanding.prescribing import prescribed
from assistant.understanding.records import Role
from assistant.understanding.using import (
    headed,
    left_behind,
    settled,
    unused,
    used,
    weary,
)

_FILL = (
    r"(?:(?!(?:to|than|instead|not|but|or|if|that|whether|vs|versus|from|against|"
    r"learn|try|choose|for|about|like|never|no|when|why)\b)[\w.'+-]+[ ,/&(]+){0,6}"
)
"""Up to six words that change nothing: adverbs, articles, other names."""

_OURS = (
    r"(?:i|we|i'm|im|we're|i've|ive|we've|i'd|my|our|mine|ours|us|me|team|lab|group|"
    r"company|department|office|firm|startup|everyone here|everybody here|everything|"
    r"all of it|stack|code|codebase|scripts?|models?|pipelines?|projects?|stuff|"
    r"currently|already|presently|right now|so far|at the moment|always|these days|"
    r"other half|half of me|in-?house|"
    r"nowadays|now|today|mostly|mainly|been|someone who|somebody who)"
)
_FIRST = rx(rf"\b{_OURS}\b")
_VERB = rx(
    r"\b(?:us(?:e|ed|es|ing)|writes|trains|works|employ(?:ing)?|knows?|knew|speak|"
    r"write|fine-?tun(?:e|ed|ing)|grip|grasp|command|"
    r"wrote|graded|grading|teach|teaches|taught|teaching|tutor(?:ed|ing)?|lectured?|"
    r"marked|supervised|debugg(?:ed|ing)|contribut(?:e|ed|ing) to|read|reviewed|"
    r"written|writing|built|building|trained|train|training|coded|code|coding|"
    r"implemented|developed|done|did|do|doing|made|run|ran|running|runs|ship|shipped|"
    r"maintain|maintaining|maintained|inherited|inherit|own|have|having|has|had|got|"
    r"keep(?! (?:hear|read|see|think)ing)|work|worked|working|"
    r"play(?:ed)? (?:around )?with|tinkered|dabbled|"
    r"experimented|learned|learnt|learning|taught myself|"
    r"picked up|mastered|installed|getting|fighting|fought|"
    r"fiddl\w+|wrestl\w+|deployed|deploy|serve|serving|stuck|invested|live|lives|"
    r"started|start|grew up|fluent|familiar|comfortable|proficient|experienced|"
    r"good|decent|versed|happy|ok|okay|at home|confident|skilled|standardi[sz]ed|"
    r"settled|rely|"
    r"relying|based|built|set up|background|experience|knowledge|years?|months?|"
    r"weeks?|yrs?|hours?|days?|weekend|afternoon|evening|course|classes|certificate|"
    r"prototype|version|implementation|baseline|poc|mvp|draft|loops?|layers?|life|"
    r"committed|married|tied|wedded|used to|love|"
    r"like|enjoy|prefer|swears? by|got used to|am used to|sitting on|touched|opened|"
    r"tried|went|go|gone|"
    r"spent) "
    r"(?:(?:with|in|on|of|at|by|around|to get|to make|from|through) )?"
    + _FILL
    + r"\(?$"
)
_ON = rx(
    r"\b(?:i'm|im|i am|we're|we are) (?:(?:still|all|mostly|currently|now|already|"
    r"both) )*(?:on|in)\s+$"
)
""" "I'm on Keras"."""

_HALF = rx(
    r"\bhalf (?:of )?(?:(?:it|them|us) |(?:the|our|my) \w+ |)"
    r"(?:is |are |in |on |uses? |runs? (?:on )?)*$"
)
""" "Half the code is Keras and half PyTorch"."""

_STATED = rx(
    r"\b(?:is|are|'s|stack|currently|current|today|now|existing|present|presently|"
    r"right now|at the moment|so far|already|tool|tools|framework|background|"
    r"experience|setup)"
    r"(?:\s*[:=]|\s+(?:is|are))?\s*"
    r"(?:(?:all|still|only|mostly|mainly|pure|purely|entirely|just|currently|plain|"
    r"100%|basically|a|an|the|some|old|"
    r"built on|written in|based on|in|on|with|"
    r"done in|made with|running on|of|currently in) )*\(?$"
)
_OURS_STATED = rx(
    r"\b(?:my|our|everything|all|stack|code|codebase|scripts?|models?|pipelines?|"
    r"(?:first |second |old |current |rough |working )(?:version|draft|prototype|"
    r"attempt|"
    r"cut|iteration)|prototype|baseline|mvp|poc|"
    r"projects?|existing|current|currently|present|presently|now|right now|"
    r"at the moment|so far|already|today|tooling|"
    r"(?:what|all|the (?:only )?(?:one|thing|framework|library)) (?:that )?(?:i|we) "
    r"(?:know|use|have|speak|write|work with|learn(?:ed|t)))\b"
)
_OWNED = rx(
    r"\b(?:my|our|these|those|this|existing|old|current|legacy|present|pile of|lots "
    r"of|a lot of|tons of|some|years of|months of|heaps of|lines of|half of|bits of|"
    r"have|got|maintain|inherited|adopted|extend|took over|taking over|using|use|run|"
    r"running|trained|working|a few|few|"
    r"several|two|three|many|dozens of|hundreds of|wrote|built|with|an|a|"
    r"four|five|six|seven|eight|nine|ten|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|"
    r"nine)ty|a hundred|\d+|"
    r"(?:hands?|handed|sends?|gave|left|passed|supplies|delivers?) (?:me|us))\s+"
    r"(?:(?:old|existing|big|large|small|own|current|working|trained|legacy|in-house|"
    r"plain|finished|pretrained|whole|entire|simple|little|tiny|running|"
    r"messy|ancient|orphaned|abandoned|custom|good|of|our|my|his|her|their|the|team's|"
    r"lab's|company's) ){0,3}$"
)
_THING_AFTER = rx(
    r"^[\s-]*(?:v?\d[\d.x]*\s+|based\s+|/?\s*[\w.]+\s+){0,2}?"
    r"(?:code ?bases?|code|models?|scripts?|pipelines?|projects?|nets?|networks?|"
    r"repos?|repository|packages?|notebooks?|stack|setup|service|apps?|"
    r"implementations?|"
    r"checkpoints?|weights|classifiers?|detectors?|prototypes?|training code|"
    r"training scripts?|experience|background|knowledge|workflow|installation|"
    r"install|know-?how|skills|stuff|cnns?|lstms?|unets?|things|programs?|tooling|"
    r"knowledge|layers i wrote|work|version of|graphs|files|loops?|training loops?|"
    r"layers?|dataloaders?|callbacks?|experiments?|thesis|baselines?|wrappers?)\b"
)
_PERSON_AFTER = rx(
    r"^[\s-]*(?:\d[\d.x]*\s+)?(?:users?|person|people|guy|gal|girl|dev|developer|"
    r"programmer|engineer|fan|shop|house|team|lab|veteran|expert|addict|loyalist|"
    r"beginner|newbie|practitioner|household|folks|convert|background|"
    r"experience|"
    r"knowledge|skills)\b"
)
_MANY_AFTER = rx(r"^[\s-]*(?:\d[\d.x]*\s+)?(?:users|people|folks|fans)\b")
"""Those who use it: us only where it is said of us, "we're JAX people"."""

_STATE_AFTER = rx(
    r"^[^,;?]{0,40}\bof (?:mine|ours)\b|"
    r"^(?:\s*[\d.]+)?\s*(?:in one|for one|on one|here) [^,;]{0,30}\band [^,;]{0,30}"
    r"\bboth (?:of them )?ours\b|"
    r"^(?:\s+\w+){0,5}\s+(?:serves?|served|carried|feeds?|has served|does) (?:me|us|my "
    r"\w+|our \w+) (?:ok|okay|well|fine|nicely|good|just fine|faithfully|alright|all "
    r"right|for|since)\b|"
    r"^\s*at (?:work|home|uni|school|the office)\b|"
    r"^[^,.;?]{0,60}\band (?:i |we )?(?:(?:still|do|also|now|already|just) )?(?:use it "
    r"(?:daily|every|all|at|for)|know it|love it|like it|teach it|maintain it|"
    r"am used to it|got used to it|i'm used to it)\b|"
    r"^\s*(?:code ?base|code|pipelines?|stack|scripts?|models?|repos?) (?:from "
    r"(?:19|20)\d\d|everywhere|in place|in production|of (?:mine|ours)|"
    r"that (?:i|we|(?:still |mostly )*works?))\b|"
    r"^\s*(?:has|have|had) (?:always )?been (?:my|our)\b|"
    r"^\s*(?:v?\d[\d.x]*\s*)?(?:so far|at the moment|right now|for now|currently|"
    r"already|daily|lately|these days|nowadays|"
    r"every day|all day(?: long)?|day and night|all along|throughout|"
    r"from day one|day in,? day out|at work|at uni|"
    r"today|here|now|until (?:now|this \w+)|to date|"
    r"to this day|up to now|as of "
    r"now|for (?:everything|all of it|all my|all our|years|ages|most things)|"
    r"only|at present|as things stand|as it stands|(?:is|are|was) (?:(?:all|what|where|"
    r"the (?:only|one)(?: \w+)?|how) (?:that )?(?:i|i'm|i've|im|ive|"
    r"we|we're|we've|my|our)\b|the only \w+$|my|our)|already|since|"
    r"(?:takes|took|costs|gives|keeps|crashe[sd]|freezes|refuses|won't|eats|broke|"
    r"breaks) (?:me|us|my|our|on|crashing|for)|"
    r"on (?:my|our|the) (?:machine|laptop|pc|server))\b"
)
_VERSION = rx(r"^\s*v?\d+\.\d[\d.x]*(?= and\b|\s*,|\s*$)")
_FEW_WORDS = 24
"""Signs before a version that is told: "still on Keras 2.4"."""

_GENERAL_AFTER = rx(r"^\s*(?:users?|people|developers?|fans?|folks)\s+(?:say|tell|are)")
_ONCE = rx(
    r"^\s*(?:(?:exactly |only |just )?once|one time|a single time|briefly|"
    r"for (?:an?|one|half an?) (?:hour|afternoon|evening|night|day|week|weekend|while|"
    r"bit)|and (?:hated|gave))\b|"
    r"^\s*(?:until|till) (?:19|20|')\d\d\s*$|"
    r"^(?:\s+[\w-]+){1,3}\s+once\b(?! (?:a|per|every|i|we|in a|more|again)\b)|"
    r"^(?:\s+[\w-]+){0,4}\s+(?:ages|years|decades|long) ago\b|"
    r"^(?:\s+[\w-]+){0,4}\s+back (?:in (?:19|20|')?\d\d|when|at|then)\b"
)
_FROM = rx(
    r"\b(?:switch|mov|migrat|port|convert|com|chang|translat|transfer|get away|"
    r"upgrad|transition|jump|step|escap|rewrit|refugee|leav|ditch|drop|abandon|"
    r"replac|quit)\w*\s+(?:(?:over )?to \w+ )?(?:(?!to\b|or\b)[\w'-]+ ){0,4}?(?:away )?"
    r"(?:from|off(?! (?:in|by|when|for|with)\b)|out of)\s+" + _FILL + "$"
)
_LEAVE = rx(
    r"\b(?:leave|leaving|ditch|ditching|drop|dropping|abandon|abandoning|replace|"
    r"replacing|quit|quitting|stay(?:ing)? (?:with|on|in)|stick(?:ing)? (?:with|to)|"
    r"keep(?:ing)?|keep using|give up|giving up|rewrite|rewriting|port|porting|"
    r"convert|converting|migrate|migrating|upgrade|upgrading)\s+"
    r"(?:my|our|the|all|existing|this|these|that|those|old|of|current|\s)*$"
)
_TOWARD = rx(
    r"\b(?:go|goes|going|went|come|coming)(?:\s+(?:over|back|all|straight))*\s+"
    r"(?:to|into|towards?|with|for)\s+(?:the |plain |pure )?$|"
    r"\b(?:switch|mov|migrat|chang|port|jump|convert|transition|"
    r"rewrit|translat|transfer|over)\w*"
    r"(?:\s+(?:it|them|everything|this|that|over|all|ship|my \w+|our \w+|the \w+|"
    r"back))*\s+(?:to|into|in|towards?|with|for)\s+(?:the |plain |pure )?$|"
    r"\b(?:should|could|can|would|shall|may|might|want to|going to|gonna|wanna|plan "
    r"to|planning to|thinking (?:of|about)|consider\w*|tempted (?:to|by)|like to|"
    r"hope to|decided (?:to|on)|about to|try to|intend to|considered|looking at|"
    r"look at|eyeing|curious about|interested in|heard (?:of|about|that)?|"
    r"hear|read (?:about|that)|leaning (?:to|towards?)|prefer|recommends?|"
    r"recommended|suggests?|suggested|praises?|says?|said|tells?|told|choose|"
    r"pick|picking|choosing|instead of|rather than|worth|"
    r"versus|vs\.?|than|against|between|about|whether|if|why|and why|convert to|"
    r"next is|for learning|to learn|to try|try out|have a look at)"
    r"(?:\s+(?:i|we|me|one|you|that|to|it|the|learn|learning|use|using|try|pick|"
    r"choose|take|start|run|install|set|up|"
    r"go|starting|with|for|switching|into|give|do|rewrite|train|port|at|a|new|learn|"
    r"in))*\s*$|"
    r"(?:'d|\bwould|\bid|\bsecretly|\bactually) (?:\w+ )?(?:rather|sooner|love|like|"
    r"prefer|"
    r"hate|enjoy)\b[^,;]{0,30}$|"
    r"\b(?:(?:i'm|i am|im|i'll be|we're|about to) (?:joining|join|applying)|"
    r"apply(?:ing)? "
    r"(?:to|for)|interview\w*|hiring|job offer|new job|next job)\b[^,;]{0,40}$|"
    r"\b(?:right|wrong|better|best|smart|stupid|crazy|wise|silly|ok|okay|fine|enough|"
    r"time|reason|reasons|cue) to (?:go|use|pick|choose|learn|start)(?: with| "
    r"for)?\s+$|"
    r"\b(?:want|need|needs|wants|learn|start learning|start with|try|trying|"
    r"choose|using either|either|both of|neither)\s+(?:the |to |plain |with )*$"
)


@lru_cache(maxsize=2048)
def english_role(
    before: str, after: str, question: bool, lead: str = ""
) -> Role | None:
    """What role the words around a name give it, None where it has none.

    Args:
        before: the clause up to the name.
        after: the clause behind it.
        question: the clause asks, so that only what is owned or left counts.
        lead: what stands before the clause in its sentence.
    """
    if prescribed(before, after, lead):
        return "mandated"
    if (settled(before) or team_moved(before, lead)) and not question:
        return "existing"
    if _GENERAL_AFTER.match(after) or _ONCE.match(after):
        return None
    if left_behind(before, after):
        return None
    if _FROM.search(before) or _LEAVE.search(before) or weary(before):
        return "existing"
    if failing(before, after):
        return "existing"
    if leaving(before, after) or known_from(before):
        return "existing"
    if inherited(before) and _THING_AFTER.match(after):
        return "existing"
    if _TOWARD.search(before) or unused(before):
        return None
    if _OWNED.search(before) and _THING_AFTER.match(after):
        return _unless_sought(before, question)
    if question:
        return None
    in_use = _in_use(before, after) or used(before, after, lead)
    return "existing" if in_use or held(before, after, lead) else None


def _unless_sought(before: str, question: bool) -> Role | None:
    """ "A Keras model" in a question is any; "my Keras models" are there."""
    if question and not re.search(
        r"\b(?:my|our|existing|current|legacy|have|got|maintain|inherited)\b",
        before,
        re.IGNORECASE,
    ):
        return None
    if re.search(
        r"\b(?:want|need|looking for|write|build|find)\s+(?:a|an|some)\s+$",
        before,
        re.IGNORECASE,
    ):
        return None
    return "existing"


def _in_use(before: str, after: str) -> bool:
    if _MANY_AFTER.match(after):
        return bool(_FIRST.search(before))
    if _PERSON_AFTER.match(after) and not re.search(
        r"\b(?:any|some|many|most|other|all|those|why|which|the|by|for)\s+$",
        before,
        re.IGNORECASE,
    ):
        return True
    if _VERB.search(before) and (_FIRST.search(before) or headless(before)):
        return True
    if only(before) and not after.strip(" \t.!,;"):
        return True
    if not before.strip() and re.fullmatch(r"\s*v?\d[\d.x]*\s*", after):
        return True
    if _ON.search(before) or _HALF.search(before):
        return True
    if _STATED.search(before) and _OURS_STATED.search(before):
        return True
    if len(before) < _FEW_WORDS and _VERSION.match(after):
        return True
    return bool(_STATE_AFTER.match(after) or headed(before, after))
