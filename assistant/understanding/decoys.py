"""Numbers that are no amount of data: versions, years, shapes, money, parts."""

from __future__ import annotations

import re

_DECOY = re.compile(
    r"(?:python|py|tf|tensorflow|keras|torch|pytorch|cuda|windows|win|ubuntu|rtx|gtx|"
    r"v|version|版本|batch(?:\s*size)?|epochs?|batch大小|python版本|m[1-4]|gpt|top|"
    r"java|numpy|chapter|line|page|figure|section|clause|grade|reviewer|item|room|"
    r"since|circa|anno|back to|step|第|age|aged|year|年级|大|研|博)\s*[-=:：]?\s*$",
    re.IGNORECASE,
)
_AFTER_DECOY = re.compile(
    r"^\s*(?:%|percent|years?|yrs?|months?|weeks?|days?|hours?|minutes?|mins?|"
    r"seconds?|secs?|ms|年|月|周|天|小时|分钟|秒|岁|号|级|点|次|遍|种|类|classes|"
    r"categories|labels? classes|epochs?|layers?|层|维|dims?|dimensions?|features|"
    r"columns?|列|gpus?|cards?|块|卡|cores?|核|usd|dollars?|元|块钱|euros?|x\d|×|"
    r"machines|servers|nodes|hosts|chips|phones|devices|param|fps|hz|times|people|"
    r"of us|人|members|bit|位数|nd\b|st\b|rd\b|th\b|个月|个星期|"
    r"个小时|门|本|分|台|位同学|步)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^\s*with (?:a|an|one|its|their) (?:\w+ )?\w+ each\b|^\s*(?:(?:clicks|hits|visits|"
    r"requests|orders|sales) )?(?:each\b|apiece\b|"
    r"(?:per|every|a|each) (?:class|category|patient|day|week|"
    r"month|hour|minute|second|user|person|subject|label|species|group|customer)\b)",
    re.IGNORECASE,
)
"""A part of the data is not how many there are."""
_CONSUMED = re.compile(
    r"\b(?:read|reading|watched|watching|seen|saw|skimmed|opened|bookmarked) "
    r"(?:(?:about|some|through|over|all|like|maybe) )?(?:\d+ \w+, ?(?:and )?)?$",
    re.IGNORECASE,
)
_OPINIONS = re.compile(r"(?:comments|threads|posts|answers|replies)\s*$", re.IGNORECASE)
_ADVICE = re.compile(
    r"(?:articles|comments|replies|videos|tutorials|posts|threads|papers|docs|reviews|books|answers)"
    r"\s*$",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(r"\d{3}|\d\s*k\b|hundred|thousand|million", re.IGNORECASE)
""" "Read eleven articles" on what to choose; hundreds of them would be data."""
_CODE_LINES = re.compile(
    r"\s*(?:of (?:\w+[ +/-]*){0,2}?(?:code|script|python|c\+\+|matlab|fortran|java|"
    r"boilerplate|keras|torch|pytorch|tensorflow|tf|jax|error|output|traceback)|like "
    r"th|"
    r"long|deep|tall|each|apiece|per )",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(
    r"\b(?:keras|torch|pytorch|tensorflow|tf|jax)\b[^.!?\n]*$|"
    r"\b(?:code|code ?base|repo|repository|scripts?|tracebacks?|stack ?traces?|"
    r"notebooks?|functions?|class(?:es)?|modules?|train\.py|errors?|boilerplate|program|"
    r"import \w+|loop)\b(?![^!?\n]*\b(?:csv|logs?|table|data|corpus|txt|dialogues?|"
    r"text|dataset|spreadsheet)\b)[^!?\n]*$",
    re.IGNORECASE,
)
"""What is measured in lines that are no examples."""

_FILES = re.compile(r"\d{1,3} files\s*", re.IGNORECASE)
_OF_CODE = re.compile(
    r"\s*(?:of|full of|with) (?:\w+ ){0,2}?(?:code|python|scripts|models\.py)\b",
    re.IGNORECASE,
)
_OF_CODE_BEFORE = re.compile(
    r"\b(?:code ?base|code|repo|repository|scripts|modules)\b[^.!?;\n]{0,40}$",
    re.IGNORECASE,
)
"""A few dozen files of a code base."""

_NO_DATA_IS = re.compile(
    r"\s*(?:is|was|are|were|being|as)\s+(?:my|our|the|his|her|their|a)?\s*(?:\w+ "
    r"){0,2}?"
    r"(?:salary|pay|wages?|budget|rent|price|cost|debt|bonus|fee|income|mileage|"
    r"views|deadline|followers|mortgage|revenue|turnover|room|zip|postcode)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s*(?:[a-z]+ )?(?:a|an|per|every|each|/) ?(?:second|sec|minute|hour|day|night|"
    r"week|"
    r"month|year|head|piece)\b",
    re.IGNORECASE,
)
_NO_DATA_OF = re.compile(
    r"\b(?:salary|budget|rent|price|cost|bonus|income|revenue|turnover|pay|earn|"
    r"earning|makes?|population|mileage|quotes?|quoted|worth|burned|burnt|costs?|paid|pays|"
    r"spent|spend|spending|estimated|invoice|fined?|raised?|owe|owes|savings?|grant|"
    r"mortgage|offers?|offered|charges?|charged|asks?|saves?|saved|lost|within)"
    r"(?: of| is| was| at| about| around| me| us| for| from (?:\w+ ){1,3}for| another| "
    r"some| only|"
    r" over| nearly| him| her| them)*\s*$",
    re.IGNORECASE,
)

_FEWEST_PAGES = 2_000
"""Pages of which there are so many are scanned, and no book."""

_NO_EXAMPLES = re.compile(
    r"\b(?:\w*(?:class|pixel|param|parameter|step|iteration|epoch|layer|neuron|feature|"
    r"column|line|user|request|dollar|euro|pound|buck|dpi|word|token|page|hour|minute|"
    r"second|day|week|month|year|gpu|cpu|core|machine|node|server|device|phone|"
    r"employee|student|people|member|star|watt|volt|mile|metre|meter|percent|"
    r"point|time|unit|channel|bit|byte|variable|categor(?:y|ie)|label|"
    r"job|card|chip|credit|company|"
    r"companie|developer|paper|citation|download|commit|repo|error|warning|option|"
    r"network|model|researcher|reader|subscriber|visitor|view|inhabitant|client|"
    r"colleague|teacher|engineer|programmer|follower|tutorial|"
    r"forum|upvote|worker|subject|hotel|store|shop|branch|branche|site|station|turbine|"
    r"building|school|room|species|run|querie|query|position|"
    r"version|question|reason|thing|way|sensor|frame|calorie|gram|kilo|litre|liter|"
    r"degree|foot|inche|ses|ras|plus|series|keras|plays|this|its|was|his)(?:e?s)?)\b",
    re.IGNORECASE,
)
"""Things of which there are many without one of them being an example of the data."""


def no_data(text: str, start: int, end: int) -> bool:
    """Whether it is said what the number is, and that is money or a place."""
    before = text[max(0, start - 24) : start]
    if _RATE.match(text, end):
        return True
    return bool(_NO_DATA_IS.match(text, end) or _NO_DATA_OF.search(before))


def no_examples(words: str, value: float) -> bool:
    """Whether one of the words names what is no example of data."""
    what = re.sub(r"\btime series\b", "", words, flags=re.IGNORECASE)
    if value >= _FEWEST_PAGES:
        what = re.sub(r"\bpages\b", "", what, flags=re.IGNORECASE)
    return bool(_NO_EXAMPLES.search(what))


def only_no_examples(word: str, value: float) -> bool:
    """Whether a word as a whole names what is no example of data."""
    if value >= _FEWEST_PAGES and word.lower() == "pages":
        return False
    return bool(_NO_EXAMPLES.fullmatch(word))


def is_decoy(text: str, start: int, end: int) -> bool:
    """Whether the number that stands there counts something else."""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    lines = text[start:end].rstrip().lower().endswith("lines")
    if lines and (
        _CODE_LINES.match(after)
        or _CODE_BEFORE.search(text[max(0, start - 120) : start])
    ):
        return True
    if _FILES.fullmatch(text[start:end]) and (
        _OF_CODE.match(after)
        or _OF_CODE_BEFORE.search(text[max(0, start - 80) : start])
    ):
        return True
    if no_data(text, start, end):
        return True
    words = text[start:end]
    if _CONSUMED.search(before) and _ADVICE.search(words):
        return bool(_OPINIONS.search(words)) or not _HUNDREDS.search(words)
    if _DECOY.search(before) or _AFTER_DECOY.match(after):
        return True
    if _EACH.match(after):
        return True
    if re.search(r"[$¥€£]\s*$", before) or (
        not re.search(r"rows?\s*$", text[start:end], re.IGNORECASE)
        and re.match(r"\s*[xX×*]\s*\d", after)
    ):
        return True
    if re.search(r"\d\s*[xX×*]\s*$|[\d.]$|[A-Za-z_]$", before):
        return True
    return bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", text[start:end]))
