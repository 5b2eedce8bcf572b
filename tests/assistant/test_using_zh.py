"""Chinese of frameworks: moved, halved, learned, taken over, prescribed, others'."""

from __future__ import annotations

import pytest

from assistant.understanding.clauses import clauses
from assistant.understanding.frameworks import mentions
from assistant.understanding.reading import Reader

Roles = tuple[set[str], set[str]]

K, T, P = "keras", "tensorflow", "pytorch"


def _roles(reader: Reader, text: str) -> Roles:
    """Frameworks in use, and those prescribed."""
    told: Roles = (set(), set())
    for one in reader.read(text).observations:
        if one.field == "existing" and isinstance(one.value, tuple):
            told[0].update(map(str, one.value))
        elif one.field == "mandated":
            told[1].add(str(one.value))
    return told


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("已经从tf迁到torch了", {P}),
        ("公司从tf切到torch已经两年了", {P}),
        ("本科用的keras，读研改用torch了", {P}),
        ("从keras迁到torch，大概要多久", {K}),
        ("tf转torch的工具有没有靠谱的", set()),
        ("想把tensorflow的老项目全迁到pytorch", {T}),
        ("我想知道从tf迁到torch的公司后来怎么样了", set()),
        ("一半keras一半torch", {K, P}),
        ("平时keras居多，torch偶尔用", {K, P}),
        ("网上教程一半是keras一半是torch", set()),
        ("torch都学会了，还有必要看tf吗", {P}),
        ("keras倒是完整学过一遍", {K}),
        ("学会torch要多久", set()),
        ("keras两年，torch一个月", {K, P}),
        ("框架经验：keras一年", {K}),
        ("从theano到tf再到torch，都用过", {T, P}),
        ("师姐的代码是keras，我接手了", {K}),
        ("师兄毕业留给我一套torch代码", {P}),
        ("师兄的代码是keras，我不认识他", set()),
        ("tf1的老代码没人敢动", {T}),
        ("还停留在tf1.15", {T}),
        ("组员都用torch，只有我还在用tf", {T}),
        ("下个月入职的公司用torch，我写了三年keras", {K}),
        ("我们lab没人用tf了，全是torch", {P}),
        ("公众号上都说tf凉了，我还在用", {T}),
        ("大家都说torch好，我用不用跟", set()),
        ("之前用torch训的转不过去，考虑换keras", {P}),
        ("之前用torch，现在用keras", {K}),
        ("玩过两天torch就放弃了", set()),
        ("看大佬都在用torch，我用keras是不是落伍了", {K}),
        ("我会tf不会torch", {T}),
        ("吴恩达的课用的tf", set()),
        ("该不该放弃tf", {T}),
        ("keras的fit跑着跑着就卡死", {K}),
        ("keras能写自定义层吗", set()),
    ],
)
def test_what_one_has(reader: Reader, text: str, owned: set[str]) -> None:
    assert _roles(reader, text) == (owned, set())


@pytest.mark.parametrize(
    ("text", "owned", "must"),
    [
        ("mentor让我把keras模型改写成pytorch lightning", {K}, {P}),
        ("老板让我们从keras换到torch", {K}, {P}),
        ("领导拍板了，全组上torch", set(), {P}),
        ("领导要求统一成torch，组里代码一半tf一半torch", {T, P}, {P}),
        ("任务书写明了要用tensorflow", set(), {T}),
        ("合作方只接受keras格式的模型", set(), {K}),
        ("我们深度学习课用pytorch讲", set(), {P}),
        ("老师上课演示用的是keras，作业没规定框架", set(), set()),
        ("老板在纠结keras还是torch", set(), set()),
        ("课程大纲写着会讲keras", set(), set()),
        ("b站课程用的torch，我没看", set(), set()),
    ],
)
def test_what_is_prescribed(
    reader: Reader, text: str, owned: set[str], must: set[str]
) -> None:
    assert _roles(reader, text) == (owned, must)


def test_two_words_are_one_name() -> None:
    assert [one.framework for one in mentions("pytorch lightning和keras")] == [P, K]


@pytest.mark.parametrize(
    ("text", "past"),
    [("我以前的代码全是keras的", False), ("以前用keras", True)],
)
def test_what_was_made_before_is_not_past(text: str, past: bool) -> None:
    assert clauses(text)[0].past is past


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("前端转ai", "background", "developer"),
        ("作为一个产品总监，我该听谁的", "background", "business"),
        ("做生信的博士后", "background", "researcher"),
        ("自己私下想学torch", "goals", ("learn",)),
        ("别让我自己写训练循环", "control", "standard"),
        ("明天毕设答辩", "time_to_result", "today"),
        ("老款intel的mbp，没独显", "hardware", "cpu"),
        ("react和vue哪个好找工作", "goals", None),
    ],
)
def test_other_fields(reader: Reader, text: str, field: str, value: object) -> None:
    told = {one.field: one.value for one in reader.read(text).observations}

    assert told.get(field) == value
