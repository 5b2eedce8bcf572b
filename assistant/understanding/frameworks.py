"""Which frameworks a message names, and in which role: in use, prescribed, compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.understanding.clauses import Clause, denied
from assistant.understanding.demanding import of_our_work
from assistant.understanding.having import failing, leaving
from assistant.understanding.holding import have, inherited
from assistant.understanding.holding_zh import handed_down
from assistant.understanding.patterns import CJK
from assistant.understanding.prescribing import nothing_else
from assistant.understanding.records import Role
from assistant.understanding.roles import english_role
from assistant.understanding.roles_zh import chinese_role
from assistant.understanding.spelling import mended
from assistant.understanding.theirs import of_paper, others_use, theirs, they_use
from assistant.understanding.using_zh import left_behind

_EXACT = {
    "keras": "keras", "tf.keras": "keras", "keras3": "keras",
    "tensorflow": "tensorflow", "tf": "tensorflow", "tf1": "tensorflow",
    "tf2": "tensorflow", "pytorch": "pytorch", "torch": "pytorch", "jax": "jax",
    "flax": "jax", "lightning": "pytorch", "fastai": "pytorch",
    "torchserve": "pytorch", "torchscript": "pytorch", "optax": "jax",
    "张量流": "tensorflow", "派托奇": "pytorch", "派托趣": "pytorch",
    "派托气": "pytorch", "拍托奇": "pytorch", "拍托趣": "pytorch", "拍托气": "pytorch",
    "拍套起": "pytorch", "凯拉斯": "keras",
}  # fmt: skip
_FUZZY = ("keras", "tensorflow", "pytorch")
_NO_PARTS = ("io", "org", "com", "js")
"""What makes of a name the address of a site, or another product."""
_CLOSE = 0.8
REACH = 160
"""Characters before and after a name that say what it is there for."""

_WORD = re.compile(
    r"[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*|张量流|派托[奇趣气]|"
    r"拍托[奇趣气]|拍套起|凯拉斯"
)
_BOTH_KNOWN = re.compile(
    r"^[^，。,]{0,12}都(?:会|用过|写过|学过|在用|熟|懂|用|玩过|接触过|搞过)(?!哪)"
)
"""Behind names that are weighed and yet known: "keras和torch都用过，选哪个"."""

_JOINED = re.compile(
    r"\s*[\d.x]*\s*(?:[+/&、]|,|，|\band\b|\bplus\b|\bas well as\b|"
    r"和|跟|与|及|加|还有|以及)\s*(?:also |some |a bit of |plain |even )?",
    re.IGNORECASE,
)
"""Between names that share what is said: "my classifier is TensorFlow + Keras"."""

_UPON = re.compile(
    r"(?: ?v?\d[\d.x]*)?\s+(?:on(?: top of)?|over|with|atop)\s+(?:a |the )?",
    re.IGNORECASE,
)
"""Between Keras and the TensorFlow under it."""

_GOES_ON = re.compile(
    r"\s+(?:is|has|does|looks|seems|feels|would|will|can|could|might|may|should|to|"
    r"for|or|sounds|keeps|scares|tempts|gives)\b|(?:看|听|好像|似乎|更|会|能|才)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:switched|moved|migrated|converted|standardi[sz]ed|settled|ported|dropped|"
    r"left|ditched|"
    r"swapped|replaced|abandoned)\b",
    re.IGNORECASE,
)
"""Years ago, and so since then."""

_ASKS_BEHIND = re.compile(r"[:：]\s")
_CHOICE = re.compile(
    r"\bor\b(?! (?:nothing|else|bust|something|so|fail|out)\b)|\bvs\.?\b|\bversus\b|"
    r"\bbetween\b|还是|或者|哪个|哪一个|对比|比较|之间|"
    r"二选一|"
    r"\bcompare",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]\s*$|^\s*(?:(?:or|and|but|so|also|then)\s+)?(?:does|do|is|are|can|could|"
    r"what(?! (?:i|we|i'm|i've|we've|we're)\b|"
    r" (?:the (?!hell|heck|fuck|devil|deuce)|my |our )\w|"
    r" (?:sits|runs|drives|powers|serves)\b[^?]{3,60} (?:is|are) )|"
    r"why|who|when|how|which|will|has|"
    r"should|did(?! (?:an?|one|two|three|four|some|several|half|\w+ \w+'s) )|would|"
    r"isn't|doesn't|aren't|was (?:keras|pytorch|torch|tf|"
    r"tensorflow))\b|吗(?:\W|$)|(?<!着)呢\s*$|什么|为什么|怎么|谁|哪|能不能|是不是|"
    r"多少|"
    r"啥(?!都|也|用啥|就)|有没有|是.{1,12}还是|对吧|(?<![这那什])么\s*$|[\w)]不\s*$|"
    r"要不要|该不该|"
    r"值不值|"
    r"可不可以|行不行|好不好|会不会|能否|可否|是否|如何|咋|"
    r"(?<!我)(?<!代码)(?<!项目)(?<!系统)(?<!模型)还是(?!.{0,12}吧)|"
    r"来得及|有必要|值得|\b(?:am|was|were) i (?:right|wrong|crazy|stupid|mad|insane|"
    r"better|"
    r"too|missing|supposed|allowed|ok|okay)\b|"
    r"\b(?:in|at|on|by|of|from|with|under) (?:which|what|whose|whom)\b|"
    r"^\W*(?:(?:so|and|ok|hey|hi|btw|quick one|tell me)\W+)*(?:tf\.)?(?:keras|"
    r"py ?torch|torch|tensor ?flow|tf|jax)[23]?\W+(?:who|what|when|why|how|which|"
    r"where|does|can|has(?! (?:always |long )?been\b))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A framework named at a place of the message."""

    framework: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A framework in a role, with the span of the words in the clause that say so."""

    role: Role
    framework: str
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """Every framework named, misspellings included."""
    found: list[Mention] = []
    for match in _WORD.finditer(text):
        name = _framework(match[0].lower())
        if not name:
            continue
        last = found[-1] if found else Mention("", 0, 0)
        if last.framework == name and not text[last.end : match.start()].strip():
            # "PyTorch Lightning" is one name.
            found[-1] = Mention(name, last.start, match.end())
        else:
            found.append(Mention(name, *match.span()))
    return found


def _framework(word: str) -> str | None:
    if word in _EXACT:
        return _EXACT[word]
    if word.startswith("tf.keras."):
        return "keras"
    whole, _, part = word.partition(".")
    if part and part not in _NO_PARTS and whole in _EXACT:
        return _EXACT[whole]
    plain = word.rstrip("0123456789.x")
    if plain in _EXACT:
        return _EXACT[plain]
    if not 4 <= len(plain) <= 12 or plain[0] not in "ktp":
        return None
    for name in _FUZZY:
        if plain[0] == name[0] and abs(len(plain) - len(name)) <= 2:
            same = SequenceMatcher(None, plain, name, autojunk=False).ratio()
            if same >= _CLOSE:
                return name
    return None


def told(clause: Clause, question: bool, lead: str = "") -> Iterator[Told]:
    """Frameworks of one clause in a role; those merely compared have none.

    Args:
        question: the clause asks something, so that what it names is not claimed.
        lead: what stands before the clause in its sentence.
    """
    named = mentions(clause.text)
    compared = len({one.framework for one in named}) > 1 and _CHOICE.search(clause.text)
    start = len(clause.text) - len(clause.text.lstrip())
    roles = [
        _held(
            clause,
            one,
            bool(compared) and not _apart(clause.text, named[place:]),
            question or _asks_at(clause, one),
            lead,
        )
        for place, one in enumerate(named)
    ]
    for place, (first, second) in enumerate(pairwise(named)):
        pair = roles[place], roles[place + 1]
        if compared or set(pair) != {"existing", None}:
            continue
        between = clause.text[first.end : second.start]
        joined = _JOINED.fullmatch(between) or (
            second.framework == "tensorflow" and _UPON.fullmatch(between)
        )
        if joined and not _GOES_ON.match(clause.text, second.end):
            roles[place] = roles[place + 1] = "existing"
    for one, role in zip(named, roles, strict=True):
        if role is None:
            continue
        yield Told(role, one.framework, start, one.end)
        written = clause.text[one.start : one.end].lower()
        if (
            role == "existing"
            and written.startswith("tf.k")
            and CJK.search(clause.text)
        ):
            # Who writes Chinese counts TensorFlow with it.
            yield Told(role, "tensorflow", start, one.end)


def _held(
    clause: Clause, one: Mention, compared: bool, question: bool, lead: str
) -> Role | None:
    """The role of one name, where the clause is of us, of today, and of what is."""
    before = mended(clause.text[max(0, one.start - REACH) : one.start])
    after = mended(clause.text[one.end : one.end + REACH])
    if compared and not _BOTH_KNOWN.match(after):
        return None
    if of_paper(before) and not of_our_work(before):
        return None
    role = _role(before, after, question, lead)
    if role is None and clause.on_behalf and not question:
        role = "existing" if they_use(before, after) else None
    if role is None or (denied(before[-40:]) and not _is_kept(before, after)):
        return None
    if role == "mandated":
        return None if one.framework == "jax" else role
    if inherited(before) or have(before) or handed_down(before, after):
        return None if clause.supposed else role
    if others_use(after) and not clause.on_behalf:
        return None
    gone = clause.past and not (_SINCE.search(before) or left_behind(after))
    if gone or clause.about_others or clause.supposed:
        return None
    return None if theirs(before) and not clause.on_behalf else role


def _is_kept(before: str, after: str) -> bool:
    """Whether a denial before a name is of something else."""
    return nothing_else(before) or leaving(before, after) or failing(before, after)


def _apart(text: str, named: Sequence[Mention]) -> bool:
    """Whether the first of them is told before others are compared."""
    others = {one.framework for one in named[1:]} - {named[0].framework}
    return len(others) > 1 and not _CHOICE.search(text, 0, named[1].start)


def _asks_at(clause: Clause, one: Mention) -> bool:
    """Whether it stands in what is asked behind a colon: "quick: does torch ..."."""
    colons = list(_ASKS_BEHIND.finditer(clause.text, 0, one.start))
    return bool(colons) and asks(clause.text[colons[-1].end() :])


def _role(before: str, after: str, question: bool, lead: str) -> Role | None:
    if CJK.search(before) or CJK.search(after):
        return chinese_role(before, after, question, lead)
    return english_role(before, after, question, mended(lead))


def asks(text: str) -> bool:
    """Whether a sentence is a question, by mark or by its words."""
    return bool(_QUESTION.search(text.strip()))
