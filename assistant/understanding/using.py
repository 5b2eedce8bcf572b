"""English that says of a framework, beside plain verbs, that one has it or has not."""

from __future__ import annotations

from assistant.understanding.clauses import THEIR_OWN
from assistant.understanding.having import works_on
from assistant.understanding.patterns import rx

_NUMBER = (
    r"(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|half|several|"
    r"forever|ages)"
)
_UNUSED = rx(
    r"\b(?:will|'ll|shall|plan(?:ning)? to|intend(?:ing)? to|hop(?:e|ing) to|"
    r"meaning to|going to)\b(?! have)[^,;]{0,40}$",
    r"\b(?:convince|teach|show|sell|persuade|give|help|tell|let|ask|remind) (?:me|us)\b"
    r"[^,;]{0,20}$",
    r"\b(?:nobody|no one|none of (?:us|them|my|our)|neither of us)\b[^,;]*"
    r"(?<!my )(?<!our )$",
    r"\b(?:tell|tells|telling|told|preach\w*|nag\w*|pester\w*) (?:to )?(?:me|us)"
    r"(?: that| about)?\s+$",
    r"\b(?:forbidden|not allowed|not permitted|prohibited|banned|barred) (?:to|from) "
    r"(?:\w+ )?$",
    r"\b(?:with|by|from|at|in|of) (?:a|an|another|some|the other) (?:\w+ )?(?:lab|"
    r"group|"
    r"team|company|partner|firm|institute|startup|university) (?:that|which|who|where "
    r"they) (?:\w+ )?(?:uses?|works? (?:in|with)|runs?|writes?)\s+$",
    r"^\W*(?:but |and |so )?(?:most|many|all|nearly all|almost all|everything) (?:of "
    r")?(?:the )?"
    r"(?:(?:cool|good|new|recent|big|latest|modern|fancy|serious|other|newest|great) "
    r"(?!\w+ (?:of mine|of ours|we|i)\b)|(?:model zoos?|papers?|tutorials?|repos?|"
    r"companies|"
    r"labs|employers|examples|startups|jobs?|researchers|courses|books|use|"
    r"uses)\b)[^,;]*$",
    r"^(?!.*\b(?:i|we|i'm|my|our|i've|we've)\b).*\b(?:industry|market|academia|the "
    r"field|"
    r"community|research world|literature|leaderboards?|sota|stack ?overflow|the world|"
    r"silicon valley|hugging ?face)\b[^,;]{0,40}$",
    r"\b(?:offers?|invitation|interview|application) (?:from|at|with|to)\b[^,;]{0,24}$",
    r"\bmy (?:heart|head|love|dream|sympath\w+|soul|eyes?|favou?rite|preference) "
    r"(?:is|are|"
    r"lies|belongs|says|wants|beats)\b[^,;]{0,16}$",
    r"\b(?:allowed|permitted|free|welcome|invited|encouraged) to (?:use|choose|pick|"
    r"work "
    r"in|work with)\s+$",
    r"\b(?:wish|wished|hoped|dreamt|dreamed|if only|would(?:'ve| have)|'d have|id have|"
    r"should(?:'ve| have))\b[^,;]{0,30}$",
    r"\b(?:i'm|im|i am|we're|we are) (?:so |totally )?done with\s+$",
    r"\bwhat (?:i|we|(?:my|our|the) \w+) (?:prefers?|likes?|wants?|needs?|loves?|"
    r"recommends?|suggests?|avoids?|calls? for)\b[^,;]{0,30}\b(?:is|are)\s+$",
    r"\b(?:nothing|little|not much|zilch|not the first thing) (?:of|about|in)\s+$",
    r"\b(?:books?|talks?|videos?|tutorials?|articles?|podcasts?|lectures?|posts?|"
    r"threads?|opinions?|chapters?) (?:on|about|for)\s+(?:\w+ )?$",
    r"\b(?:looks?|feel|idea|sound|thought|promise|what (?:i|we) (?:see|saw|hear|heard|"
    r"read)) of\s+$",
    r"\b(?:insists?|insisted|wants?|demands?|says?|said|thinks?|suggests?|claims?|"
    r"tells? (?:me|us)|told (?:me|us)|begs?|urges?)\b[^,;]{0,10}\b(?:i|we)\b"
    r"[^,;]{0,20}$",
    r"\b(?:competitors?|(?:lab|team|group|guys?|company|people|office) (?:next door|"
    r"across|down|upstairs|over)|chatgpt|copilot|gemini|claude|gpt-?\d*|model zoo|"
    r"(?:example|sample|demo) code)\b[^,;]*$",
    r"\b(?:boss|supervisor|prof\w*|teacher|manager|advisor|adviser|pi|cto|colleague|"
    r"friend|lead|mentor|client|tutor|teammate|classmate)\b[^,;]{0,24}\b(?:is|was|'s)\b"
    r"[^,;]{0,16}$",
    r"^\W*must (?:i|we)\b|\b(?:requires?|demands?)\s+(?:at least |only )?$",
    r"\b(?:eyeing|considering|signed up|signing up|enrolled)\b[^,;]*$",
    r"\b(?:every|each|any) (?:advert|ad|vacancy|posting|listing|blog|paper|"
    r"tutorial|repo|repository|course|video|book|post|"
    r"answer|job|example|company|lab|team)\b[^,;]*$",
    r"(?:^|\s)['\"‘“](?:(?:just|please|simply) )?(?:use|learn|go|switch|try|pick)\b"
    r"[^'\"]*$",
    r"\b(?:thinking|pondering|tempted|leaning|maybe|perhaps|probably|i guess|i suppose)"
    r"\s+(?:of |by |about |to |towards? )?$",
    r"\b(?:apparently|allegedly|supposedly|reportedly|i hear|i heard|i read|they say)\b"
    r"[^,;]*$",
    r"(?<!our )(?<!my )\b(?:repos?|papers?|blogs?|tutorials?|examples?|answers|"
    r"posts)\b "
    r"(?:\w+ ){0,3}(?:have|has|use|uses|are|is)\b[^,;]*$",
    rf"\b(?:{THEIR_OWN})(?:s|'s|s') \w+\b[^,;]*$",
    r"^(?!.*\bstill\b).*\bback (?:in (?:19|20|')\d\d|then|when)\b[^,;]*$",
)
"""Wished for, planned, read about, of others, or long ago."""

_WEARY = rx(
    r"\b(?:tired|sick|fed up|weary|exhausted|had enough|have enough|burnt out|"
    r"burned out) (?:of|with|by|from)\s+(?:(?:all|this|the|my|our|using|fighting|"
    r"debugging|maintaining|writing|wrestling|with|raw|plain|old) )*$"
)
"""Who is tired of something has it."""

MOVED = (
    r"(?:\b(?:i|we|i've|we've|ive|have) |^\W*)"
    r"(?:(?:have|just|recently|finally|already|all) )*"
    r"(?:switched|moved|migrated|changed|went|ported|converted) (?:over |away |"
    r"(?:everything|it|all|(?:my|our|the) (?:\w+ ){1,2}))?from "
)
"""Up to the name of what one has left: "I switched from TF to PyTorch"."""

_LEFT_BEHIND = rx(rf"{MOVED}$")
_HAD = rx(r"\b(?:had|used|ran|were on|was on|tried|wrote|started (?:with|in|on))\s+$")
_DROPPED = rx(
    r"^[^;.?]{0,60}\b(?:and|but|then) (?:(?:then|later|finally|we|i|soon|promptly) )*"
    r"(?:dropped|ditched|abandoned|left|binned|scrapped|retired|gave up|got rid of|"
    r"threw) (?:it|that|them|on it|out)\b"
)
""" "We had Keras until last year and dropped it"."""

_FOR_ANOTHER = rx(r"^(?: v?[\d.]+)? (?:over )?to \w")
_SETTLED = rx(
    r"^(?!.*\b(?:they|he|she|people|google|everyone)\b).*\b(?:dropped|left|ditched|"
    r"abandoned|quit|swapped|traded|exchanged|gave up|replaced)\b[^,;]{0,40}\b(?:for|"
    r"with|by)\s+$",
    r"\b(?:is|are|was|were|that's|which is) (?:exactly |partly |mainly )?(?:why|the "
    r"reason"
    r"(?: why)?) (?:i|we) (?:use|chose|picked|stay|stick|write|run|work|love)\b"
    r"[^,;]{0,16}$",
    r"\b(?:i|we|i've|we've|ive) (?:(?:have|just|recently|finally|already|once and for "
    r"all|all|fully|completely) )*(?:switched|moved|migrated|converted|ported|went "
    r"over|"
    r"changed) (?:(?:everything|it|all|over|our \w+|my \w+|completely|fully) )*to\s+$",
    r"\b(?:i|we|i've|we've|ive) (?:\w+ )?(?:standardi[sz]ed|settled) on\s+$",
    r"^\W*(?:(?:then|and|later|finally|since|meanwhile|eventually) )*(?:switched|moved|"
    r"migrated|converted|went over|changed) (?:over )?to\s+$",
    rf"{MOVED}\w+ (?:v?[\d.]+ )?(?:over )?to\s+$",
)
_USED = rx(
    r"\b(?:i|we|i've|we've|ive|have) (?:\w+ )?(?:bet(?: (?:the|our|my) \w+)?|"
    r"standardi[sz]ed|settled|built everything|cut my teeth|earn \w+ \w+|"
    r"made \w+ living) (?:on|with|in|from)\s+$",
    r"\b(?:i|we|i've|we've|ive) (?:(?:have|just|recently|finally|already|deliberately) "
    r")*(?:adopted|chose|picked)\s+$",
    r"\b(?:took|taken|finished|did|done|attended|completed|passed|taught|teach)\b"
    r"[^,;]{0,30}\b(?:courses?|class(?:es)?|moocs?|bootcamps?|comps?|competitions?|"
    r"degrees?|specialization) (?:in|on|with|using|of)\s+$",
    r"\b(?:my|our) (?!(?:final )?(?:grade|mark|exam)|"
    r"degree|diploma|bonus|visa|"
    r"interest|faith|trust|belie|confidence|doubt|question|job|career|"
    r"future|start|dive|first steps|next|new|course|plan|idea|hope)(?:[\w.'-]+ ){1,3}"
    r"(?:(?:is|are|was|were) )?(?:written |done |built |running |made |coded )?"
    r"(?:in|with|on|under)\s+$",
    r"\b(?:takes?|took|needs?|lasts?|eats|costs?) (?:(?:me|us|about|some|over|nearly|"
    r"around|almost|well|roughly) )*"
    rf"{_NUMBER}\b[^,;]{{0,30}}\b(?:in|with|using|under)\s+$",
    r"\b(?:i'm|im|i am|we're|we are|ours is|mine is) "
    r"(?:(?:still|mostly|more of|always|basically) )*"
    r"(?:the|a|an|your|our|all)\s+$",
    r"\b(?:whole|entire|all of our|our) (?:shop|studio|clinic|agency|plant|factory|"
    r"institute|floor|building|crew|unit|outfit|faculty)\b[^,;]{0,16}\b(?:runs?|uses?|"
    r"writes?|works?|is|lives?)\s+(?:(?:on|in|with|all)\s+)*$",
    r"\b(?:my|our|all|everything) [^,;]{0,30}\b(?:was|were|are|is) (?:about |roughly |"
    r"some |over |all |done |written |made |built )*(?:\d{1,3} ?(?:%|percent) )?"
    r"(?:(?:in|on|with) )?$",
    r"\bof (?:ours|mine)\b[^,;]{0,20}\b(?:in|with|on)\s+$",
    r"\b(?:code|legacy|code ?base|toolchain|env|environment|library|libraries|"
    r"experience|skills?|tools?)\s*[:=]\s+$",
)
_PERSON = rx(
    r"^[\s-]*(?:serving )?(?:person|guy|girl|gal|people|dev|developer|user|shop|"
    r"house|team|lab|"
    r"expert|nerd|type|crowd|engineer|programmer|man|woman|one here)\b"
)
_USED_AFTER = rx(
    r"^(?:\s+\w+){0,3}\s+(?:is|feels like) (?:home|second nature|natural to me|muscle "
    r"memory|in my blood|where (?:i|we) (?:live|feel))\b",
    r"^\s*(?:(?:on|under|with) )?(?:my|our) (?:old |new |own |little |only |second "
    r")*(?:[\w.]+ )?"
    r"(?:mac\w*|laptop|pc|machine|box|desktop|server|cluster|workstation|gpus?|card|"
    r"hardware|rig|windows|ubuntu|linux)\b",
    r"^(?: v?\d[\d.]*)? (?:on|under|with) (?:my|our) (?:[\w.]+ ){0,2}(?:mac\w*|laptop|"
    r"pc|"
    r"machine|box|desktop|server|cluster|workstation|gpus?|card|hardware|rig)\b",
    r"^(?: [\w.]+){0,3} (?:eats|ate|broke|breaks|crash(?:es|ed)|kills?|killed|chokes? "
    r"on|"
    r"fills|filled|hogs|ruined|changed|deprecated|removed|slows|froze|freezes|blocks|"
    r"swallows|warns|spams|bothers|annoys|stalls|drains)(?: \w+){0,4} "
    r"(?:my|our|me|us)\b",
    r"^(?: [\w-]+){0,5} (?:is|are|remains?) (?:still |always |now )?(?:my|our) "
    r"(?:main |only |"
    r"biggest |real )?(?:bottleneck|problem|pain|nightmare|enemy|trouble|worry|"
    r"curse)\b",
    r"^\W*(?:and|but)? ?(?:stays|remains|stayed)\s*(?:with us)?$",
    r"^(?: v?[\d.]+)? is being (?:retired|phased out|sunset|replaced|dropped|thrown "
    r"out|"
    r"decommissioned|kicked out)\b",
    r"^ -> \w+ (?:port|migration|rewrite|conversion)\b",
    r"^\s*(?:pays|earns|feeds|runs|powers|drives|carries|hides|fits|supports) "
    r"(?:\w+ \w+ from )?(?:me|us|my|our)\b",
    r"^\s*(?:has|have|had) (?:always |never |only )?(?:been|served|treated|carried|"
    r"given|paid|fed)\b"
    r"[^,;]{0,20}\b(?:me|us|my|our)\b",
    r"^\s*(?:just )?(?:feels|comes|is|clicks|clicked) (?:\w+ )?(?:natural(?:ly)? to|"
    r"easy to|"
    r"familiar to|for) me\b",
    rf"^\s*(?:needs|takes|took|eats) (?:about |some |over )?{_NUMBER} ?(?:ms|minutes?|"
    r"mins?|hours?|seconds?|days?|s|h|gb|gigs?)\b",
    r"^\s*(?:train|wagon|bandwagon|boat) (?:since|for)\b",
    r"^\s*is (?:already )?(?:installed|set up|up and running) on (?:the|my|our)\b",
)
_LEFT_BY = rx(
    r"\b(?:wrote|built|made|coded|did|implemented|started|set|left|developed)\b"
    r"[^,;]{0,30}$"
)
_AND_LEFT = rx(
    r"^[^,;]{0,20}\band (?:then )?(?:left|quit|disappeared|vanished|retired|"
    r"graduated|moved on|(?:is|are) gone|ran|resigned|got fired|(?:it's|it is) (?:now "
    r")?"
    r"(?:mine|ours|my|our))\b"
)
_ALL_OF_THEM = rx(
    r"^\W*(?:all|mostly|mainly|both|half|every one|each|every last one)(?: of (?:it|"
    r"them|"
    r"those))?(?: (?:in|on|with|is|are|done|written|built|trained|running|pure|plain))*"
    r"\s+$"
)
_WE_HAVE = rx(
    r"\b(?:i|we|i've|we've|ive) (?:\w+ ){0,2}?(?:have|got|run|maintain|own|wrote|built|"
    r"trained|made|ship|shipped|keep|published|finished)\b|\b(?:my|our)\b|"
    r"\bdoing (?:this|it|that|ml|deep learning|machine learning)\b"
)
_IT_IS = rx(r"^\W*(?:it's|it is|its|they're|this is|that's) (?:all |still )?$")
_NOTHING = rx(
    r"\b(?:i|we|i've|we've|team|lab|company|here|us)\b[^.;]{0,40}\b(?:nothing|nothing "
    r"else|no other \w+|none)\s+(?:but|except|besides|other than)?\s*$"
)


def unused(before: str) -> bool:
    """Whether what stands before a name says that it is not what one has."""
    return bool(_UNUSED.search(before))


def left_behind(before: str, after: str) -> bool:
    """Whether one has moved from it to another, or had it and dropped it."""
    if _HAD.search(before) and _DROPPED.match(after):
        return True
    return bool(_LEFT_BEHIND.search(before) and _FOR_ANOTHER.match(after))


def weary(before: str) -> bool:
    """Whether one is tired of it."""
    return bool(_WEARY.search(before))


def settled(before: str) -> bool:
    """Whether one has moved to it."""
    return bool(_SETTLED.search(before))


def used(before: str, after: str, lead: str) -> bool:
    """Whether what stands around a name says that it is what one has.

    Args:
        lead: what stands before the clause in its sentence.
    """
    found = _USED.search(before)
    if found and (not found[0].endswith(_COPULA) or _PERSON.match(after)):
        return True
    if _USED_AFTER.match(after) or works_on(before, after, lead):
        return True
    if _LEFT_BY.search(before) and _AND_LEFT.match(after):
        return True
    if _ALL_OF_THEM.match(before) and _WE_HAVE.search(lead):
        return True
    if _IT_IS.match(before) and not (after.strip() or lead.strip()):
        return True
    return not before.strip() and bool(_NOTHING.search(lead))


_COPULA = ("the ", " a ", " an ", "your ", "our ", " all ")
"""Ends what needs a person behind it: "I'm the Keras person"."""


_HEAP = rx(
    r"\b(?:yrs|pile|heap|lots?|tons|mountain|years|months|bunch|lines|mess|legacy)"
    r" of (?:old |legacy |existing |raw |plain |hand-?written |writing |daily |"
    r"doing |pure |using |homegrown |in-house )*$"
)
_THAT_WE_HAVE = rx(
    r"^\s*(?:that |which )?(?:i|we) (?:maintain|wrote|have|own|use|inherited|"
    r"know|run|built|work with|trained)\b"
)


_EVERYWHERE = rx(r"\s*v?\d[\d.]*\s+everywhere\W*")
_SKILL = rx(
    r"^(?: skills?)? (?:is|are|was|were) (?:a (?:bit|little) |rather |quite |pretty |"
    r"very |still )*(?:rusty|shaky|weak|ok|okay|decent|basic|so-so|solid|passable)\b"
)


def headed(before: str, after: str) -> bool:
    """A heap of it that is theirs, or a skill: "a pile of TF", "my torch is rusty"."""
    if before.lower().endswith("my ") and _SKILL.match(after):
        return True
    if not before.strip() and _EVERYWHERE.fullmatch(after):
        return True
    return bool(_HEAP.search(before) or _THAT_WE_HAVE.match(after))
