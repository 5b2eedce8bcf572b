"""English that says a framework is prescribed: by a course, an employer, a rule."""

from __future__ import annotations

from assistant.understanding.clauses import THEIR_OWN
from assistant.understanding.demanding import demanded, for_themselves, of_our_work
from assistant.understanding.ordering import ruled
from assistant.understanding.patterns import rx

_NOBODY = rx(r"\bjobs? (?:ads?|adverts?|postings?|offers?|listings?)\b")
_DEMAND = (
    r"wants?|wanted|requires?|required|demands?|demanded|insists?|insisted|"
    r"prescribes?|prescribed|mandates?|mandated|expects?|says?|said|told|tells|"
    r"accepts?|allows?|permits?|(?<!the )(?<!am )(?<!'m )only|must|has to|have to|"
    r"needs?|specif\w+|dictates?|"
    r"whitelists?|whitelisted|(?:has |have )?approved only|only approves?|only "
    r"approved|"
    r"decides?(?= ?:)|call(?:s|ed) for|clears only|names|"
    r"imposes?|forces?|forced|made us|makes us|made me|makes me|decided|decreed|"
    r"asks? for|asked for|ordered|rules?|ruled|stipulat\w+|standardi[sz]ed|enforces?"
)
_ORDER = rx(
    r"\b(?:(?<!at )(?:course|class|professor|prof|supervisor|advisor|adviser|teacher|"
    r"tutor|"
    r"homework|assignments?|instructor|exam|pi|curriculum|syllabus|lectures?|"
    r"lecturer|ta|coursework|bootcamp|school|university|internship|mentor|seminar|"
    r"workshop|program(?:me)?|degree|capstone|practical|examiner|uni|college|mooc|"
    r"certification|trainer)\b"
    r"(?:(?! and (?:i |now |then |we |also )*(?:us|writ|work|know|do|"
    r"switch))[^,;]){0,50}?"
    r"\b(?:uses?|using|in|is|are|runs? on|taught|given|chose|picked|with|"
    rf"{_DEMAND})"
    r"|(?:boss|employer|clients?|customers?|management|cto|ceo|manager|lead|company|"
    r"contract|policy|head of|lab rules?|guidelines?|standards?|stakeholders?|"
    r"architects?|it department|head office|headquarters|hq|corporate|funder|grant|"
    r"committee|"
    r"institute|code ?base|team lead|job|lab|group|workplace|rules?|vp|cio|director|"
    r"board|faculty|dean|handbook|tender|rfp|auditors?|regulator|procurement|"
    r"principal|module|reviewers?|editor|investors?|headmaster|chief|sponsors?|"
    r"owner|grader|autograder|platform|hospital|bank|army|government|authority|"
    r"authorities|journal|conference|venue|hackathon|competition|challenge|jury|marker|"
    r"ops|devops|landlord|foreman|commander|agency|partner company|parent company|"
    r"product owner|project lead|platform team|compliance|legal|security team|"
    r"referees?|chair|consortium|user|buyer|"
    r"regulations?|ministry|risk|(?-i:IT)|security|regulatory(?: affairs)?|infosec|"
    r"governance|"
    r"spec sheet|spec sheets|regulatory|hosting|infra(?:structure)?|sysadmins?|"
    r"administrators?|admins?|engineering standards|department|spec|"
    r"specification)\b[^,;]{0,50}?"
    rf"\b(?:{_DEMAND}))\b(?:(?! and (?:i|we|my|our)\b)[^,;]){{0,45}}$"
)
_MUST = rx(
    r"\b(?:must|shall (?:be|deliver|use|provide|submit|write)|is to be|"
    r"are to be|have to|has to|need to|needs to|"
    r"required to|forced to|obliged to|"
    r"supposed to|ordered to|not allowed (?:anything|to use anything) but|only allowed|"
    r"told to|made to|expected to|mandatory|mandates?|requires?|required|demands?|"
    r"insists? on|insisted on|no choice but|compulsory|"
    r"prescribes?|prescribed|dictates?|stipulates?|enforces?|imposes?)\b[^,;]{0,40}$"
)
_MUST_WHAT = rx(
    r"\b(?:use|using|in|with|be|on|write|implemented in|submit|hand in|learn|is|:|"
    r"pytorch|torch|hand it in|deliver|deliver it|as|"
    r"mandates?|requires?|required|demands?|insists? on|insisted on|prescribes?|"
    r"prescribed|mandatory|compulsory|but|to do|done in|code in|dictates?|stipulates?|"
    r"enforces?|imposes?)\s*[:\s]*(?:the |an? |only |plain |pure |"
    r"everything in |it in )*$"
)
_ORDERED_AFTER = rx(
    r"^(?: v?\d[\d.x]*)?\s*(?:is|was|being|as)?\s*(?:a |the |our |company |by |"
    r"strictly )*(?:mandatory|"
    r"required|prescribed|compulsory|obligatory|mandated|must|rule\b|"
    r"requirement|company policy|imposed|non-?negotiable|policy|the law|set in stone|"
    r"dictated|enforced|a given|the standard here|the house standard|"
    r"only[,.]? (?:no exceptions|says|policy))"
)
_ONLY_ALLOWED = rx(
    r"\b(?:forbids?|forbidden|bans?|banned|prohibits?|prohibited|rules? out|ruled out|"
    r"blocks?|blocked|veto(?:es|ed)|reject(?:s|ed)|refuse[sd]|allows? nothing|"
    r"accepts? nothing)\b[^.;]{0,20}"
    r"\b(?:but|except|other than|besides|apart from)\s+(?:for )?$",
    r"^\W*(?:my |our |the )?(?:supervisor|boss|prof|professor|pi|advisor|adviser|"
    r"teacher|"
    r"lecturer|manager|client|cto|lead|course|employer)(?:'s (?:words|orders?|order|"
    r"verdict|decree|rule))?\s*[:=]\s*[\"'\u201c]?\s*$",
)
_ELSE_REFUSED = rx(
    r"\b(?:forbids?|bans?|banned|prohibits?|rules? out|refuses?(?: to)?|rejects?|"
    r"(?:won't|will not|doesn't|does not|don't|wouldn't|can't|never)(?: even)? "
    r"(?:accept|mark|grade|read|look at|allow|take|touch|consider|support|approve|"
    r"review|run|install|host|deploy|certify|buy|sign "
    r"off)s?)\b[^.;]{0,24}?\b(?:anything|any|everything|code|"
    r"submissions?|work|homework)\b[^.;]{0,16}?\b(?:(?:that|which|that's|if it) ?"
    r"(?:isn't|is not|not|ain't|wasn't)|not|but|except|other than|besides|apart from|"
    r"unless it's)\s+(?:written |done |made |based )?(?:for |in |on |with |plain )?$"
)
""" "Won't mark anything that isn't Keras": all but one is refused."""

_NONE_ELSE = rx(
    r"^\s*(?:only|exclusively|or nothing|or else|and nothing else|or bust|or (?:they|"
    r"he|"
    r"she|you|i|we|it)(?:'s|'ll|'re| is| are| am| do| does| don'?t| won'?t| doesn'?t|"
    r" get| gets| can'?t| fails?| loses?| walks?| leaves?| goes?))\b"
)
_HOUSE = rx(
    r"\b(?:course|class|homework|assignments?|exam|syllabus|company|client|contract|"
    r"policy|rules?|boss|supervisor|prof|professor|teacher|employer|customer|orders?|"
    r"pi|advisor|adviser|chief|director|manager|management|mandate|decree|directive|"
    r"regulation|university|school|bootcamp|lecturer|grant|funder|investor|"
    r"legal|security|compliance|audit(?:ors?)?|platform|template|sponsor|cto|ceo|"
    r"corporate|guidelines?)"
    r"\b[^;]{0,40}$"
)
_CONDITION = rx(
    r"\b(?:on (?:the |one )?condition(?: that)?|under the condition(?: that)?|"
    r"provided(?: that)?|as long as|so long as|only if|unless)\b[^,;]{0,12}?"
    r"\b(?:i|we|it|it's|its|everything|they're|that's|all)(?:'s| is| be| was)?\s+"
    r"(?:(?:do|use|learn|take|choose|pick|stick (?:to|with)|go with|write|work|deliver|"
    r"build|in|with|done|written|built|it|are|stay with|stays|runs on)\s+){0,4}$"
)
_GRANTS = rx(
    r"\b(?:pays?|paid|funds?|sponsors?|grants?|hires?|signs?|accepts?|supports?|"
    r"employer|boss|company|client|customer|supervisor|prof|professor|advisor|pi|"
    r"teacher|you like|you want|i like|i want|we like|we want|anything|whatever|"
    r"manager|lab|grade|graded|pass)\b"
)
_FOLLOWED = rx(
    r"^[^,;]{0,12}\b(?:and|which|it) (?:it )?(?:has|have|must|needs?|is) (?:to )?(?:be "
    r")?"
    r"(?:followed|obeyed|complied with|honou?red|matched)\b"
)
"""Behind what a rule is written for: "the template is in Keras and has to be
followed"."""
_SOFT = rx(
    r"\b(?:someone|somebody|a (?:friend|guy|group|team|lab|student|colleague)|one of "
    r"(?:my|our|the) \w+)\b[^;]{0,50}\b(?:did|does|has|have|made|built|trained|uses?|"
    r"used|being made to|is made to|was made to)\b[^,;]{0,30}$|"
    r"\bonly (?:knows?|uses?|speaks?|understands?|writes?|has|reads?|"
    r"likes?)\b[^,;]{0,20}$|"
    r"\b(?:gave|left|handed|sent|lent|passed|showed) (?:me|us)\b[^,;]{0,20}$|"
    r"\b(?:evaluat\w+|compar\w+|look (?:at|into)|try(?: out)?|test|consider|check out|"
    r"explore|investigate|assess|have a look at)\b[^,;]{0,30}$|"
    r"\b(?:job|role|position|company|team|place|one) (?:i'm|im|i am|i|that i) (?:\w+ )?"
    r"(?:apply\w*|want|interview\w*|aim\w*|dream\w*|eye\w*|after|hope)\b[^,;]{0,40}$|"
    r"\b(?:code|models?|pipelines?|system) (?:that )?(?:i|we) (?:have|own|run|maintain|"
    r"inherited|wrote)\b[^,;]{0,20}$|"
    r"\b(?:prof\w*|supervisor|advis[eo]r|teacher|lecturer|tutor|instructor|mentor|pi|"
    r"ta) "
    r"(?:has |had |once )?(?:wrote|written|built|developed|coded|created|published|"
    r"made)\b"
    r"[^,;]{0,50}$|"
    r"\b(?:do|does|did|would|will) (?:i|we|one|you|anyone) "
    r"(?:really |still |even |first )?(?:have|need) to\b[^,;]{0,40}$|"
    r"\b(?:recommends?|recommended|suggests?|suggested|likes?|prefers?|loves?|thinks?|"
    r"thought|praises?|mentions?|asked (?:why|whether|if|me)|asks (?:why|whether)|"
    r"complain\w*|doubts?|wonders?|"
    r"doesn't|does not|don't|didn't|no longer|nobody|not|never|eyeing|considering|"
    r"hires?|hiring|looking at|might take|could take|interested in)\b[^,;]{0,40}$|"
    r"\bmust (?:i|we|one|you)\b[^,;]{0,40}$|"
    r"\b(?:fails?|flunks?|hates?|kicks out|marks? down|laughs at) (?:anyone|anybody|"
    r"everyone|everybody|students?|people|those) (?:who|that)\b[^;]{0,30}$|"
    r"\b(?:everyone|everybody|others|the rest|most|all|classmates|half) (?:\w+ ){0,2}"
    r"(?:in|on|at|of) (?:the|my|our) (?:bootcamp|course|class|school|uni\w*|lab|"
    r"group)\b(?![^,;]{0,24}\b(?:must|ha[sd]|have|needs?|required|forced|obliged|"
    r"supposed|told)\b)[^,;]{0,24}$|"
    r"^\W*(?:does|do|can|could|may|should|would) (?:my|the|our|a|an|any)\b[^,;]{0,80}$|"
    r"\b(?:friend|colleague|teammate|classmate|roommate|coworker|co-worker|brother|"
    r"sister|dad|mom|mum|buddy|wife|husband|youngsters?|juniors?|interns?)\b"
    r"[^,;]{0,16}\b(?:insists?|demands?|wants?|requires?|says?)\b[^,;]{0,40}$|"
    rf"\b(?:{THEIR_OWN})(?:s|'s|s') (?:\w+ ){{0,2}}(?:class|"
    r"course|"
    r"school|teacher|boss|job|company|professor)\b[^,;]{0,40}$|"
    r"\b(?:tutorial|librar(?:y|ies)|package|gpu|card|plugin|tool|driver|extension|"
    r"wheel|example|notebook|model|it|this|that|which|keras|transformers)s? (?:\w+ )?"
    r"(?:requires?|needs?|demands?|expects?|wants?)\b[^,;]{0,20}$"
)
_ASIDE = rx(r"\([^()]{0,80}\)")
_SAID = rx(r"\b(?:says?|said|told (?:me|us)|tells (?:me|us)|decided)\s+(?:that )?$")
_AS_FACT = rx(
    r"^\s*(?:is(?! (?:it|the|what|mandatory|required))|was|has|needs|runs|can|could|"
    r"will|"
    r"would|does|lacks|supports|dropped|won|beats|isn't|are|looks|works|sucks|dies|"
    r"died)\b"
)
"""Said of a framework, and no order to use it."""

_CHOSEN = rx(
    r"\b(?:boss|management|cto|ceo|manager|lead|client|customer|supervisor|advisor|"
    r"adviser|pi|professor|prof|director|architects?|vp|chief|head office|headquarters|"
    r"board)\b[^,;]{0,30}\b(?:chose|picked|selected|settled on|went with|went for|has "
    r"chosen|has picked)\b[^,;]{0,20}$",
    r"\b(?:by|on|at) (?:the )?(?:decree|orders?|command|instructions?|decision|"
    r"insistence|"
    r"behest) (?:of|from)\b[^,;]{0,50}$",
    r"\b(?:company|corporate|house|lab|group|department|in-house|official) (?:standard|"
    r"guideline|policy|rule|framework)s?(?:\s*[:=]|\s+(?:is|says|are))\s+(?:to use )?$",
    r"\b(?:decision|choice|vote|verdict|lot) (?:fell on|has fallen on|went to)\s+$",
    r"\b(?:ordered|orders|instructed|instructs|obliges|obliged|compelled|compels|"
    r"forces|"
    r"forced|commanded|directed|requires|required) (?:me|us|everyone|all of us) to "
    r"(?:\w+ )?(?:use|write|work|deliver|learn|switch|move|stay|do|build|code)\b"
    r"[^,;]{0,20}$",
    r"\b(?:contractually|legally) (?:bound|tied|obliged|committed) to\s+$",
    r"\b(?:has been|was|is|been|got|were) (?:all |already |long )?(?:decided|settled|"
    r"fixed|"
    r"chosen|imposed|laid down|ordained|decreed)(?: on us)? (?:above|over|without|by|"
    r"for|"
    r"behind) (?:my|our|the|me|us)\b[^,;?]{0,24}[:=]?\s+$",
    r"\b(?:framework|library|tool|stack)(?: \w+)? (?:is |was )?(?:given|prescribed|"
    r"imposed|"
    r"fixed|mandated|required|dictated|set)(?: (?:by|from) (?:the "
    r")?[\w ]{2,16})?\s*[:=]\s*$",
    r"\b(?:fixed|prescribed|mandated|required|imposed|dictated|compulsory|mandatory|"
    r"given)"
    r"(?: by (?:the |my |our )?\w+)?\s*[:=]\s*$",
    r"\b(?:orders? from (?:above|the top|upstairs)|(?:no|any) (?:choice|say|vote)"
    r"(?: in (?:it|this|the matter|that))?|(?:not|isn't) (?:my|our) (?:choice|call|"
    r"decision)|not up to (?:me|us)|words? from above|has spoken|is the (?:rule|law|"
    r"order|"
    r"verdict|decree))\W+(?:but )?(?:(?:it'?s|it is|it has to be|it'll be|it must be|"
    r"going to be|we (?:use|get)|i (?:use|get)|just|only) )*$",
)
_CHOSEN_AFTER = rx(
    r"^[^,;]{0,20}\band (?:now )?(?:we|i|all of us|everyone|everybody) (?:all "
    r")?(?:must|"
    r"have to|has to|had to|are to) (?:follow|obey|comply|go along|adopt it|fall in)\b|"
    r"^(?: v?[\d.]+)? (?:was|has been|had been) (?:made|taken|final) (?:before|without|"
    r"above|over)\b|"
    r"^,? (?:is|as) (?:the|their|our) only (?:approved|allowed|permitted|certified) \w|"
    r"^,? (?:is|as) (?:the|their|our) only (?:framework|library|"
    r"one|thing|option|tool|choice) (?:that "
    r")?(?:that's |"
    r"is |'s |they |we are |we're |i'm |it )?(?:approved|allow(?:ed|s)?|permit(?:ted|"
    r"s)?|"
    r"certified|accept(?:ed|s)?|whitelisted|cleared|on the list)\b|"
    r"^\s*by (?:contract|law|decree|order|regulation|policy)\b|"
    r"^\s*(?:was|is|has been|got|were) (?:chosen|picked|decided|selected|imposed|"
    r"forced) "
    r"(?:for|on|upon) (?:me|us)\b"
)


_PICKED = rx(r"\b(?:picked|chose|selected|decided on|imposed)\s+$")
_FOR_US = rx(r"^ (?:for|on) (?:me|us)\b")
_ONLY = rx(r"\bonly\s+$")
_PASSED = rx(
    r"^ (?:passed|got through|made it (?:through|past)|survived|(?:is|was|has been|"
    r"gets?) "
    r"(?:approved|allowed|permitted|certified|whitelisted|cleared|accepted))\b"
)
""" "They picked Keras for us", "only TF passed our audit"."""


def nothing_else(before: str) -> bool:
    """Whether all but what follows is refused, so that a denial demands it."""
    return bool(_ELSE_REFUSED.search(before) or _ONLY_ALLOWED.search(before))


def prescribed(before: str, after: str, lead: str = "") -> bool:
    """Whether somebody else, or a rule, demands it.

    Args:
        lead: what stands before the clause in its sentence.
    """
    if for_themselves(after):
        return False
    if demanded(before, after):
        return True
    if nothing_else(before or lead) or _ORDERED_AFTER.match(after):
        return True
    if _NONE_ELSE.match(after) and _HOUSE.search(f"{lead} {before}"):
        return True
    if _CONDITION.search(before) and _GRANTS.search(f"{lead} {before}"):
        return True
    if _FOLLOWED.match(after) or _CHOSEN_AFTER.match(after):
        return True
    if _CHOSEN.search(f"{lead}{before}") or ruled(f"{lead}{before}", after):
        return True
    if _PICKED.search(before) and _FOR_US.match(after):
        return True
    if _ONLY.search(before) and _PASSED.match(after):
        return True
    if _SOFT.search(before) or _NOBODY.search(before):
        return False
    if _SAID.search(before) and _AS_FACT.match(after):
        return False
    if of_our_work(before):
        return True
    if ")" in before:
        before = _ASIDE.sub("", f"{lead}{before}")
    if _ORDER.search(before):
        return True
    return bool(_MUST.search(before) and _MUST_WHAT.search(before))
