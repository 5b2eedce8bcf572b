"""English clauses that prescribe what another names, or leave the choice to them."""

from __future__ import annotations

import re

from assistant.understanding.patterns import rx

_WHO = (
    r"(?:boss|employer|client|customer|management|cto|ceo|manager|lead|company|course|"
    r"professor|prof|supervisor|advisor|adviser|teacher|lecturer|tutor|school|"
    r"university|uni|pi|team|lab|group|department|chief|director|contract|policy|job|"
    r"grant|funder|sponsor|reviewers?|journal|institute|they|he|she|assignment|"
    r"homework|module|curriculum|syllabus|bootcamp|it department|architects?|spec|"
    r"head|partner|committee|regulator|bank|hospital|investor)"
)
_IT = r"(?:it|that|this|that one|this one|exactly that|exactly this)"
_IT_IS_ORDERED = rx(
    rf"\b{_WHO} (?:\w+ )?(?:requires?|required|demands?|demanded|insists? on|"
    r"insisted on|mandates?|mandated|prescribes?|prescribed|dictates?|imposes?|"
    rf"imposed|enforces?|ordered) {_IT}\b(?! (?:to|we|i|you|all|the|of)\b)",
    rf"\b{_WHO} (?:\w+ )?(?:makes?|made|forces?|forced|tells?|told|wants?|requires?|"
    r"ordered|orders|obliges?|expects?) (?:me|us|everyone|everybody|all of us|"
    rf"students|all students) (?:to )?(?:all )?(?:use|work with|work in|take) {_IT}\b",
    r"\b(?:everyone|everybody|we|i|all|all of us|members|students|people here|hires|"
    r"newcomers|joiners|starters|staff|developers|employees) (?:\w+ )?(?:(?:must|"
    r"have to|has to|gotta|got to) (?:now |all )?(?:use|work with|work in|write|take)"
    r"|(?:am|are|is|was|were|'m|'re) (?:now |all )?(?:required|forced|obliged|made|"
    rf"ordered|told|compelled|supposed|expected) to (?:use|work with|work in)) {_IT}\b",
    r"\bwants? (?:me|us|everyone|everybody) (?:all )?(?:on|in|to (?:be on|switch to|"
    r"move "
    r"to|learn|adopt|go with)) (?:it|that|this)\b(?! too\?)",
    r"^\W*(?:(?:and|so|but|now|because|since|as|it's|it is|its|that's|that is|which "
    r"is|this is|was|it was|it|that|all|here|sadly|unfortunately|a) )*(?:not my "
    r"(?:choice|decision|call|idea)|not our (?:choice|decision|call)|(?:mandatory|"
    r"compulsory|obligatory|prescribed|imposed|non-?negotiable|required)"
    r"(?: (?:here|for us|for me|for all|by \w+(?: \w+){0,2}|at work|in class))?|"
    r"company policy|company rule|house rule|(?:(?:my|our|the) )?(?:boss|prof|"
    r"professor|supervisor|client|company|cto|manager|lead|teacher|course)(?:'?s|s'?)? "
    r"(?:orders?|rules?|decision|choice|demand|requirement|condition|policy)|"
    r"orders from (?:above|the top|upstairs)|decided (?:above|over) (?:my|our) heads?|"
    r"(?:i have|i've|we have|we've|i had|we had)(?: got)? no (?:choice|say|vote|"
    r"alternative)(?: (?:in|about) (?:it|this|that|the matter))?|no choice(?: there)?|"
    r"(?:i|we) can(?:'t|not) change (?:it|that|this)|set in stone|a given|"
    r"the course requires it|not up to (?:me|us)|not negotiable)\W*$",
)
""" "The team lead requires it", "new members have to use it", "boss's orders"."""

_PAPERS = (
    r"(?:tender|contract|deliverable|annex|agreement|proposal|statute|syllabus|brief|"
    r"spec(?:s|ification)?|requirements?|call for tenders|grant|policy|regulations?|"
    r"guidelines?|rules?|approved list|catalogue|whitelist|exam|boss|client|prof|"
    r"professor|supervisor|advisor|course|teacher|employer|ministry|board|customer|"
    r"management|steering \w+|it department|landlord|reviewers?)"
)
_RULED = rx(
    rf"\b{_PAPERS}(?: [\w.]+)? (?:reads?|states?|specifies|lists?|names|says|orders?|"
    r"demands?|wants)\s*[:,]?\s*[\"'\u2018\u201c]?(?:implemented |written |done |"
    r"delivered |built )?(?:in |with )?$",
    r"\b(?:approved|allowed|permitted|official) (?:software |tools? |vendor )?list\b"
    r"[^.;]{0,20}\b(?:names|has|contains|lists|says|includes|is)\s+(?:only )?$",
    r"\bours (?:has|have|had) to be\s+(?:in )?$",
)
""" "The deliverable reads 'implemented in TensorFlow'", "boss orders: keras"."""

_RULED_AFTER = rx(
    rf"^\W*(?:says?|said|according to|as per|per) (?:the|my|our) (?:\w+ )?{_PAPERS}\b",
    rf"^ (?:because|since|as) (?:the|my|our) (?:\w+ )?{_PAPERS} (?:says?|said|wants?|"
    r"requires?|demands?|insists?|told us|told me|has it|does)\b",
    r"^ (?:is|was|has been) (?:made |declared )?(?:compulsory|mandatory) for (?:us|all|"
    r"everyone|everybody)\b",
)
""" "PyTorch, says the tender", "in Keras because the course says so"."""

_FREE = rx(
    r"\b(?:i'm|i am|im|we're|we are|i'd be|are|am) (?:\w+ )?free\b(?= to| in|\W*$|"
    r"[.,;!])",
    r"\b(?:can|may|could|let me|lets me|allowed to) (?:choose|pick|decide|use|take|"
    r"do)\b"
    r"[^.;?]{0,24}\b(?:freely|whatever|whichever|anything|myself|ourselves|either|"
    r"what (?:i|we) (?:like|want)|as (?:i|we) like)\b",
    r"\b(?:leaves?|left) (?:it|that|the choice|this|the decision|me|us)(?: all)?"
    r"(?: up)? (?:to (?:me|us)|free|the choice)\b",
    r"(?<!not )(?<!n't )(?<!never )(?:entirely |all |is |totally )\bup to (?:me|us)\b",
    r"\b(?:doesn't|don't|does not|do not|wouldn't|won't) (?:really |much |even )?"
    r"(?:care|mind)(?: \w+)? (?:what|which|whether|if|either way)\b",
    r"\b(?:don't|doesn't|do not|does not|won't|nobody|no one) (?:\w+ )?forces? "
    r"(?:me|us)\b",
    r"\b(?:may|can|could) be (?:\w+ )?(?:in|with) (?:anything|any \w+|whatever|"
    r"either)\b",
    r"\b(?:not|isn't|nothing is|no framework is) (?:actually |really |strictly |a )?"
    r"(?:mandatory|required|obligatory|compulsory|prescribed|requirement)\b",
    r"(?<!n't )(?<!not )\b(?:accepts?|takes?|fine with|okay with|ok with|allows?) "
    r"(?:any (?:framework|library|tool|language)|either|anything|whatever|both)\b",
)
""" "My supervisor uses Keras but says I'm free"."""

_STRICT = rx(
    r"\b(?:must|requir\w+|mandat\w+|prescri\w+|insist\w*|only|ha(?:s|ve) to|demand\w*|"
    r"forbid\w*|decree\w*|compulsory|impose\w*|dictat\w+|forced?|made)\b"
)


def ordered(text: str) -> re.Match[str] | None:
    """Where it prescribes what was named before."""
    return _IT_IS_ORDERED.search(text)


def ruled(before: str, after: str) -> bool:
    """Whether a paper, or who has the say, is quoted as naming it."""
    return bool(_RULED.search(before) or _RULED_AFTER.match(after))


def left_free(text: str) -> bool:
    """Whether a message says that the choice is theirs."""
    return bool(_FREE.search(text))


def strict(text: str) -> bool:
    """Whether a clause orders in so many words."""
    return bool(_STRICT.search(text))
