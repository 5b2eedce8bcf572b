"""Counts and volumes of data, by grammar, in both languages.

Numbers that are no amount of data (versions, years, shapes, money, time, memory of a
machine, classes, batches) are recognised so that they are left alone.
"""

from __future__ import annotations

import re

from assistant.understanding.decoys import is_decoy, no_examples, only_no_examples
from assistant.understanding.multiplied import multiplied
from assistant.understanding.numbers import (
    EN_SCALES,
    EN_WORDS,
    FRACTION,
    NUMBER,
    halves,
    is_year,
    number_of,
    scale_of,
    spelt,
)
from assistant.understanding.quantities_zh import chinese_counts, chinese_volumes
from assistant.understanding.records import Quantity

_EN_COUNT = (
    r"(?:rows?|records?|samples?|examples?|images?|pictures?|photos?|pics?|"
    r"documents?|docs?|articles?|sentences?|reviews?|tweets?|emails?|patients?|"
    r"users?|customers?|entries|lines?|clips?|recordings?|videos?|files?|"
    r"data ?points?|points?|observations?|instances?|measurements?|texts?|scans?|"
    r"x-?rays?|molecules?|graphs?|interviews?|frames?|transactions?|messages?|papers?|"
    r"of (?:them|those|these)|events?|readings?|rows of data|labels?|items?|"
    r"products?|scans|tickets?|mammograms?|radiographs?|micrographs?|screenshots?|"
    r"spectrograms?|memos?|voice ?notes|songs|tracks|snippets|segments|specimens|"
    r"spectra|snapshots?|sequences?|headlines|conversations|dialogues|passages|"
    r"drawings|sketches|paintings|slides|tiles|patches|crops|"
    r"invoices|receipts|letters|abstracts|essays|poems|comments|utterances|"
    r"trajectories|episodes|traces|waveforms|ecgs|eegs|captures|stills|negatives|"
    r"annotations|pairs|(?:dicom|ct|mri|mr|pet|ultrasound|x-?ray|radiology) "
    r"(?:stud(?:y|ies)|series|volumes?|stacks?|slices?|exams?))"
)
_EN_ROWS = r"(?:rows?|records?|samples?|examples?|images?|photos?|documents?)\b"
_ADJ = (
    r"(?:(?!(?:and|or|with|hours?|hrs?|minutes?|mins?|seconds?|secs?|days?|nights?|weeks?|"
    r"months?|years?|gigs?|gb|tb|mb|terabytes?|gigabytes?|classes|kinds|types|"
    r"categories|species|sorts|folders|cameras|sensors|people|reasons|ways|in|on|from|"
    r"for|to|is|are|was|were|by|per|a|the|my|our|i|we|such|other|more)\b)[a-z-]+ "
    r"){0,3}?"
)
_EN_HEAD = "|".join(re.escape(w) for w in sorted(EN_WORDS, key=len, reverse=True))
_EN_SCALE = "|".join(sorted(EN_SCALES, key=len, reverse=True))

_RANGE = re.compile(
    rf"(?P<low>{NUMBER})\s*(?P<s1>k|m|万|千|million|thousand)?\s*(?:-|–|~|to|and|到|"
    rf"至)\s*"
    rf"(?P<high>{NUMBER})\s*(?P<s2>k|m|万|千|million|thousand)?(?![A-Za-z\d_.])"
    rf"\s*(?P<unit>{_ADJ}{_EN_COUNT}|[张条行个份篇段幅帧])?",
    re.IGNORECASE,
)
_EN = re.compile(
    rf"(?<![A-Za-z0-9_.])(?=\d|(?<!\w)(?:{_EN_HEAD}|{_EN_SCALE})(?![a-z]))"
    rf"(?:(?P<digits>{FRACTION}|{NUMBER})(?!\d|[.,]\d| ?[十百千万亿]|w(?![a-z]))|"
    rf"(?P<words>{_EN_HEAD})(?![a-z]))?\s*"
    rf"(?P<scale>(?:(?:{_EN_SCALE})(?![a-z0-9])\s*(?:of\s+)?)*)"
    rf"(?:-(?={_EN_ROWS}))?"
    rf"(?P<unit>{_ADJ}{_EN_COUNT}(?![a-z])(?: {_EN_COUNT}(?![a-z]))?)?",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:correction|actually|i meant?|i mean|make that|wait|sorry|typo|oops|edit|"
    r"mis(?:counted|typed|read|remembered)|recounted|rather|or was it|no)"
    r"\W*(?:it'?s |it was |that'?s |should be |about )?$",
    re.IGNORECASE,
)
_SPELT_VOLUME = re.compile(
    rf"\b(?P<half>half|a quarter|(?P<whole>{_EN_HEAD})(?P<hundred> hundred)?)"
    r"(?: of)?(?: an?)?\s+(?=(?:gigs?|(?:kilo|mega|giga|tera|peta)bytes?|[gtmp]b)\b)",
    re.IGNORECASE,
)
_VAGUE = ("a", "an", "one", "some", "few", "a few", "several", "couple", "many")
_LEAST_SPELT = 4
_MANY_THINGS = re.compile(
    r"\s+(?:[a-z]+(?:-[a-z]+)* ){0,2}?(?P<what>[a-z]{3,}s)(?=\s*(?:$|[.,;:!?()]|->|"
    r"(?:of|from|in|for|to|with|and|on|at|by|that|which|per|each|i|we|as|over|since|"
    r"total|altogether|so|or|so far|already|now|right now|right|there|here|all|up|"
    r"down|labelled|labeled|recorded|collected|taken|scanned|gathered|saved|stored|"
    r"photographed|annotated|measured|digiti[sz]ed|logged|captured|written|sorted|"
    r"tagged|filmed|transcribed|crawled|scraped|downloaded|exported|kept|waiting|"
    r"lying|sitting|sat|worth)\b))",
    re.IGNORECASE,
)
_FEWEST_THINGS, _FEWEST_ALONE, _FEWEST = 100, 20, 10
_SURELY = re.compile(
    r"\b(?:images?|pictures?|photos?|pics?|recordings?|clips?|samples?|examples?|rows?|"
    r"records?|scans?|x-?rays?|(?:audio|wav|image|text|sound|csv) files)$",
    re.IGNORECASE,
)
"""Of fewer nobody learns, unless they are surely data: "3 interviews lined up"."""

_LABEL = re.compile(
    rf"\b(?:(?:number|count|amount|total) of (?:\w+ )?{_EN_COUNT}|{_EN_ROWS}|"
    r"data ?set(?: size)?|sample size|n)[^.!?\d]{0,24}[:=]\s*(?:about |around |~ ?)?$",
    re.IGNORECASE,
)
_HARDLY = re.compile(
    r"(?:^|[.,;:!?(]\s*)(?:(?:i|we|there|have|got|i've|we've|are|only|just|maybe|some|"
    r"about|around|roughly|approximately|like|in total|all in all|altogether|total|say|"
    r"more or less|something like|just over|just under|well over|a little over|circa|"
    r"close to|perhaps|nearly|almost|not even|at most|at best|barely)[ ,:]+){1,5}$|"
    r"(?:^|[.,;:!?(]\s*)~ ?$",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\s*(?:(?:in total|altogether|or so|tops|at most|total|at best|max|all told)\b)?"
    r"\s*(?:[.!?;,)]|$)",
    re.IGNORECASE,
)
""" "Only some 150.": a sentence that is an amount and nothing else."""

_OTHER = re.compile(
    r"\s+(?:of )?(?:[a-z]+ )??([a-z]{3,}s|people|feet|hertz)(?![a-z])", re.IGNORECASE
)


def quantities(text: str, *, bare: bool = False) -> list[Quantity]:
    """All amounts of data in a message, in order.

    Args:
        bare: accept a number without a unit, as in the answer to "how many?".
    """
    found: list[Quantity] = []
    taken: set[int] = set()
    text = halves(text)
    readers = (
        chinese_volumes(_SPELT_VOLUME.sub(_in_digits, text)),
        multiplied(text, bare),
        _ranges(text, bare),
        _english(text, bare),
        chinese_counts(text, bare),
    )
    for reader in readers:
        for one in reader:
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                found.append(one)
    rows = [one for one in found if one.field != "machine"]
    return sorted(rows, key=lambda one: one.start)


def _in_digits(match: re.Match[str]) -> str:
    """ "Half a " and "four hundred " in digits, which take no more room."""
    parts = {"half": 0.5, "a quarter": 0.25}
    number = parts.get(match["half"].lower()) or EN_WORDS[match["whole"].lower()]
    if match["hundred"]:
        number *= 100
    return f"{number:g} ".rjust(len(match[0]))


def _ranges(text: str, bare: bool) -> list[Quantity]:
    found = []
    for match in _RANGE.finditer(text):
        if is_decoy(text, match.start(), match.end()):
            continue
        joined = re.search(r"\d\w?\s*and\s", match[0])
        if joined and not text[: match.start()].rstrip().endswith("between"):
            continue
        scales = (match["s1"] or match["s2"], match["s2"])
        low = number_of(match["low"]) * scale_of(scales[0])
        high = number_of(match["high"]) * scale_of(scales[1])
        if not (match["unit"] or match["s2"] or bare) or low > high or low < 1:
            continue
        plain = not (match["unit"] or match["s2"])
        years = plain and is_year(low) and is_year(high)
        field, middle = "machine" if years else "dataset_rows", int((low + high) / 2)
        found.append(Quantity(field, middle, *match.span(), 0.85))
    return found


def _english(text: str, bare: bool) -> list[Quantity]:
    found: list[Quantity] = []
    words = spelt(text)
    for start, end, number in words:
        # In digits, which take less room, every other sign keeps its place.
        text = (
            f"{text[:start]}{str(number).ljust(end - start)[: end - start]}{text[end:]}"
        )
    for match in _EN.finditer(text):
        if not match[0].strip() or not (match["digits"] or _spelt(match)):
            continue
        scales = re.findall(r"[a-z]+", match["scale"].lower())
        scales = [one for one in scales if one != "of"]
        counted = bool(match["unit"])
        value = _plain_number(match)
        if (
            counted
            and not scales
            and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", match["digits"] or "")
        ):
            # "1.400 photos": a full stop between thousands.
            value *= 1_000
        for one in scales:
            value *= EN_SCALES[one]
        # "3 m" may be metres; "3M" hardly is.
        small = re.search(r"(?:^|\s)[mb]\s*$|[mb]$", match["scale"])
        short = any(one in ("m", "b", "mil") for one in scales) and bool(small)
        if scales and not (counted or bare) and _names_a_thing(text, match):
            continue
        corrects = found and _CORRECTED.search(text[: match.start()])
        many = _many_things(text, match, value) or _alone(text, match, value)
        wanted = counted or bare or (scales and not short) or corrects or many
        if scales and not counted and _of_other_things(text, match, value):
            continue
        if scales and not counted and "dozen" in scales[-1] and not bare:
            continue  # a dozen may be of anything
        few = counted and not (bare or scales or match["words"]) and value < _FEWEST
        if (value == 1 and not bare) or (few and not _SURELY.search(match["unit"])):
            continue
        if not wanted or is_decoy(text, match.start(), match.end()):
            continue
        if 1 <= value <= 1e12:
            first, last = _trimmed(text, match)
            written = next((one[1] for one in words if one[0] == first), last)
            span = (first, max(last, written))
            sure = 0.95 if match["digits"] and not many else 0.85
            found.append(Quantity("dataset_rows", int(value), *span, sure))
    return found


def _names_a_thing(text: str, match: re.Match[str]) -> bool:
    """A lone letter beside Chinese is no million or billion: 7B模型, 昇腾910B."""
    end = match.start() + len(match[0].rstrip())
    beside = text[max(0, match.start() - 1) : match.start()] + text[end : end + 1]
    if re.match(r"\s*[张条行个份篇段幅帧例]", text[end : end + 3]):
        return False
    return len(match["scale"].strip()) == 1 and not beside.isascii()


def _spelt(match: re.Match[str]) -> bool:
    """Whether words alone make a number: with a scale, or a plain one of things."""
    word = (match["words"] or "").lower()
    if match["scale"]:
        # A letter alone is no number: "Cortex-M", "K or P?".
        return bool(word) or len(match["scale"].split()[0]) > len("mln")
    return bool(
        match["unit"] and word not in _VAGUE and EN_WORDS.get(word, 0) >= _LEAST_SPELT
    )


def _many_things(text: str, match: re.Match[str], value: float) -> bool:
    """So many of anything that is no part of a machine, a model, time or money."""
    if not match["digits"] or match["unit"] or value < _FEWEST_THINGS:
        return False
    if is_year(value) and "," not in match["digits"]:
        return False
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    things = _MANY_THINGS.match(text, end, end + 60)
    return bool(things and not no_examples(things[0], value))


def _alone(text: str, match: re.Match[str], value: float) -> bool:
    """ "Only some 150.", "number of images: 39209": of what was named before."""
    if value < _FEWEST_ALONE or not match["digits"]:
        return False
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 24]
    if _LABEL.search(before):
        return True
    if re.match(r"\s*(?:in total|altogether|overall|all told|in all)\b", after):
        return True
    if re.search(r"(?:^|[,;:(])\s*$", before) and re.search(
        r"[,'k]", match[0].strip(", ")
    ):
        return bool(re.match(r"\s*(?:[.!?;)]|$)", after))
    return bool(_HARDLY.search(before) and _NO_MORE.match(after))


def _of_other_things(text: str, match: re.Match[str], value: float) -> bool:
    """Two thousand miles, dozens of networks: much, but not of data."""
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    things = _OTHER.match(text, end, end + 40)
    return bool(things and only_no_examples(things[1], value))


def _plain_number(match: re.Match[str]) -> float:
    if match["digits"]:
        return number_of(match["digits"])
    if match["words"]:
        return EN_WORDS[match["words"].lower()]
    # "hundreds of photos": a few of them.
    return 3


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
