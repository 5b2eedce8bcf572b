"""Which frameworks a message names, and in which role: in use, prescribed, compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.understanding.clauses import Clause, denied
from assistant.understanding.roles import Role, english_role

_EXACT = {
    "keras": "keras", "tf.keras": "keras", "keras3": "keras",
    "tensorflow": "tensorflow", "tf": "tensorflow", "tf1": "tensorflow",
    "tf2": "tensorflow", "pytorch": "pytorch", "torch": "pytorch", "jax": "jax",
    "flax": "jax", "lightning": "pytorch", "fastai": "pytorch",
}  # fmt: skip
_FUZZY = ("keras", "tensorflow", "pytorch")
_CLOSE = 0.8
REACH = 160
"""Characters before and after a name that say what it is there for."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\.[a-z]+)?")

_USE_ZH = re.compile(
    r"(?:在用|用的是|写的是|技术栈(?:是|为|[:：])?|用的|用过|一直用|用着|目前用|"
    r"现在用|习惯用|习惯了|熟悉|会用|会|学过|"
    r"基于|写过|用惯了|接触过|项目是|代码是|都是|平时用|主要用|一直在使用|使用|用)"
    r"(?:一点|一些|了|的)?\s*(?:[\w.]+\s*(?:和|、|跟|与|/)\s*)?$"
)
_AFTER_ZH = re.compile(
    r"^\s*(?:(?:和|跟|与|、)\s*[\w.]+\s*)?(?:的?(?:旧|老)?(?:代码|项目|模型|代码库)|"
    r"写的|写了|"
    r"用户|用了|用过|比较熟|(?:都|全|一直|也)?在用|用得|都会)"
)
_ORDER_ZH = re.compile(
    r"(?:课程|老师|导师|公司|老板|学校|作业|领导|甲方|教授|课上|实验室|单位|上司|"
    r"面试官|客户)"
    r"[^，。,]{0,10}?(?:要求|规定|必须|指定|只能|让我?们?|统一|要|强制|希望|只准|"
    r"非要)[^，。,]{0,8}$|"
    r"(?:必须|只能|被要求|规定|指定|强制)[^，。,]{0,6}$|(?:课程|作业|课上|"
    r"老师)[^，。,]{0,6}用[^，。,]{0,3}$"
)
_PAPER = re.compile(r"\bpapers?\b[^,;]*$|论文[^，,]*$", re.IGNORECASE)
_CHOICE = re.compile(
    r"\bor\b|\bvs\.?\b|\bversus\b|\bbetween\b|还是|或者|哪个|哪一个|对比|比较|"
    r"\bcompare",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:换成|转到|迁移到|换到|改用|转|想学|要学|该学|想用|该用|打算用|考虑用?|学|"
    r"要不要用|选|推荐用?)\s*$"
)
_QUESTION = re.compile(
    r"[?？]\s*$|^\s*(?:does|do|is|are|can|could|what|why|who|when|how|which|will|has|"
    r"should)\b|吗(?:\s|$)|(?<!着)呢\s*$|什么|为什么|怎么|谁|哪|能不能|是不是|多少|"
    r"啥|有没有|是.{1,12}还是|对吧|么\s*$|[\w)]不\s*$",
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
    found = []
    for match in _WORD.finditer(text):
        name = _framework(match[0].lower())
        if name:
            found.append(Mention(name, *match.span()))
    return found


def _framework(word: str) -> str | None:
    if word in _EXACT:
        return _EXACT[word]
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


def told(clause: Clause, question: bool) -> Iterator[Told]:
    """Frameworks of one clause in a role; those merely compared have none.

    Args:
        question: the clause asks something, so that what it names is not claimed.
    """
    named = mentions(clause.text)
    compared = len({one.framework for one in named}) > 1 and _CHOICE.search(clause.text)
    lead = len(clause.text) - len(clause.text.lstrip())
    for one in named:
        before = clause.text[max(0, one.start - REACH) : one.start]
        after = clause.text[one.end : one.end + REACH]
        role = (
            None
            if compared or _PAPER.search(before)
            else _role(before, after, question)
        )
        if role is None or denied(before[-40:]):
            continue
        if role == "existing" and (
            clause.past or clause.about_others or clause.supposed
        ):
            continue
        if role == "mandated" and one.framework == "jax":
            continue
        yield Told(role, one.framework, lead, one.end)


def _role(before: str, after: str, question: bool) -> Role | None:
    role = english_role(before, after, question)
    if role is not None:
        return role
    if _ORDER_ZH.search(before):
        return "mandated"
    if _TO.search(before) or question:
        return None
    return "existing" if _USE_ZH.search(before) or _AFTER_ZH.match(after) else None


def asks(text: str) -> bool:
    """Whether a sentence is a question, by mark or by its words."""
    return bool(_QUESTION.search(text.strip()))
