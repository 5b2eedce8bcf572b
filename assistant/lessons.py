"""What the contenders of a probe learnt from data, in sentences for a person."""

from __future__ import annotations

from assistant.explanation import STACKS
from knowledge.records import Stack, Text
from probes.records import Learns, Learnt, ProbeReport

TREES: Learns = "scikit-learn"
BOOSTING = Text(en="gradient boosting (scikit-learn)", zh="梯度提升（scikit-learn）")

WORDS = {
    "same": Text(en="the same accuracy", zh="准确率相同"),
    "another_training": Text(
        en="not the same training, although it should be",
        zh="训练过程本应相同，却不同",
    ),
    "better": Text(en="more accurate", zh="更准确"),
    "worse": Text(en="less accurate", zh="更不准确"),
    "undecided": Text(en="undecided over so few runs", zh="次数太少，无法判定"),
}
"""How a learner compares with the first one."""

_EVEN = Text(
    en="Neither was the more accurate there; on your own table try both, the trees "
    "first.",
    zh="在那里谁也不比谁准；在你自己的表格上两种都试，先试梯度提升。",
)
_OPEN = Text(
    en="Which is the more accurate stayed open there; on your own table try both.",
    zh="在那里还分不出谁更准；在你自己的表格上两种都试。",
)
ADVICE = {
    "better": Text(
        en="The trees were the more accurate, so try them first on your own table.",
        zh="梯度提升更准，所以在你自己的表格上也请先试它。",
    ),
    "worse": Text(
        en="The network was the more accurate there; on your own table try both.",
        zh="在那里网络更准；在你自己的表格上两种都试。",
    ),
    "same": _EVEN,
    "undecided": _OPEN,
    "another_training": _OPEN,
}
"""What follows for a person with a table, by how the trees did against a network."""


def learnt(report: ProbeReport) -> Text | None:
    """Whether the networks learnt alike, one clause each; None where none was taught.

    Boosted trees are no contender: of them :func:`boosting` speaks.
    """
    learning = report.learning
    if learning is None:
        return None
    pairs = [
        one for one in learning.agreements if TREES not in (one.contender, one.baseline)
    ]
    if not pairs:
        return None
    base = _named(pairs[0].baseline)
    said = [
        (
            _named(one.contender),
            WORDS[one.word],
            f"{100 * one.difference:+.1f}",
            f"{100 * one.low:+.1f}…{100 * one.high:+.1f}",
        )
        for one in pairs
    ]
    lesson, seeds = learning.lesson.name, min(one.seeds for one in pairs)
    en = "; ".join(
        f"{who.en}: {word.en} ({gap} points, 95% interval {between})"
        for who, word, gap, between in said
    )
    zh = "；".join(
        f"{who.zh}：{word.zh}（相差 {gap} 个百分点，95% 区间 {between}）"
        for who, word, gap, between in said
    )
    return Text(
        en=f"Trained to the end {seeds} times on {lesson}, against {base.en}: {en}.",
        zh=f"在 {lesson} 上完整训练 {seeds} 次，与 {base.zh} 相比：{zh}。",
    )


def boosting(report: ProbeReport) -> Text | None:
    """Boosted trees against a network on a table; None where they were not taught."""
    learning = report.learning
    if learning is None:
        return None
    known = {one.contender: one for one in learning.learnt}
    pair = next((one for one in learning.agreements if one.contender == TREES), None)
    if pair is None or TREES not in known or pair.baseline not in known:
        return None
    trees, net, lesson = known[TREES], known[pair.baseline], learning.lesson
    day, target = report.started_at.date().isoformat(), f"{lesson.target:.0%}"
    name, then = _named(pair.baseline), ADVICE[pair.word]
    return Text(
        en=(
            f"Measured on {day}, {lesson.name}, {pair.seeds} trainings each: "
            f"{BOOSTING.en} came to an accuracy of {_accuracy(trees)} and a network "
            f"in {name.en} to {_accuracy(net)}, 95% intervals; until {target} they "
            f"trained {_seconds(trees).en} and {_seconds(net).en}. {then.en}"
        ),
        zh=(
            f"{day} 实测（{lesson.name}，各训练 {pair.seeds} 次，95% 区间）："
            f"{BOOSTING.zh}的准确率为 {_accuracy(trees)}，{name.zh} 的网络为 "
            f"{_accuracy(net)}；达到 {target} 的训练时间分别为 {_seconds(trees).zh}和"
            f"{_seconds(net).zh}。{then.zh}"
        ),
    )


def _accuracy(one: Learnt) -> str:
    return f"{one.accuracy:.1%} ({one.low:.1%}-{one.high:.1%})"


def _seconds(one: Learnt) -> Text:
    if one.seconds is None or one.seconds_low is None:
        return Text(en="not reached", zh="未达到")
    high = "…" if one.seconds_high is None else f"{one.seconds_high:.2g}"
    took = f"{one.seconds:.2g}"
    return Text(
        en=f"{took} s ({one.seconds_low:.2g}-{high})",
        zh=f"{took} 秒（{one.seconds_low:.2g}-{high}）",
    )


def _named(learner: Learns) -> Text:
    if learner == TREES:
        return BOOSTING
    if learner == "pytorch":
        return Text(en="PyTorch", zh="PyTorch")
    known = [stack for stack in Stack if stack.value == learner]
    return STACKS[known[0]] if known else Text(en=learner, zh=learner)
