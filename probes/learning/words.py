"""What was learnt, in sentences and as a table: English and Chinese."""

from __future__ import annotations

from probes.learning.records import Agreement, Learning, Learns, Learnt
from probes.words import Language, name

TREES = {"en": "gradient boosting (scikit-learn)", "zh": "梯度提升树（scikit-learn）"}

HEADS = {
    "en": ("learner", "accuracy", "95% interval", "s to {target}", "runs there"),
    "zh": ("学习者", "准确率", "95% 区间", "达到 {target} 的秒数", "达到次数"),
}

SAME = {
    "en": {
        "same": "no practical difference",
        "another_training": "not the same training: after one epoch their losses "
        "differ by up to {gap:.1%}, more than rounding explains",
        "better": "more accurate",
        "worse": "less accurate",
        "undecided": "undecided over so few runs",
    },
    "zh": {
        "same": "没有实际差别",
        "another_training": "不是同一种训练：一轮之后损失已相差最多 {gap:.1%}，"
        "超出舍入误差",
        "better": "更准确",
        "worse": "更不准确",
        "undecided": "次数太少，无法判定",
    },
}


def learner_name(learner: Learns, language: Language) -> str:
    return TREES[language] if learner == "scikit-learn" else name(learner, language)


def learning_lines(learning: Learning | None, language: Language = "en") -> list[str]:
    """The lesson, each learner's accuracy and time, who agrees, and what failed."""
    if learning is None:
        return []
    said = [_lesson(learning, language)]
    said += [_learnt(one, learning, language) for one in learning.learnt]
    said += [_agreed(one, language) for one in learning.agreements]
    said += [
        f"{learner_name(one.contender, language)}: {one.problem}"
        for one in learning.learners
        if one.problem is not None
    ]
    return said


def learning_heads(learning: Learning, language: Language = "en") -> tuple[str, ...]:
    target = f"{learning.lesson.target:.0%}"
    return tuple(head.format(target=target) for head in HEADS[language])


def learning_rows(
    learning: Learning, language: Language = "en"
) -> tuple[tuple[str, ...], ...]:
    """One row for each learner, as many cells as ``learning_heads``."""
    return tuple(
        (
            learner_name(one.contender, language),
            f"{one.accuracy:.1%}",
            f"{one.low:.1%}-{one.high:.1%}",
            _seconds(one),
            f"{one.reached}/{one.runs}",
        )
        for one in learning.learnt
    )


def _seconds(one: Learnt) -> str:
    if one.seconds is None or one.seconds_low is None:
        return ""
    high = f"{one.seconds_high:.2g}" if one.seconds_high is not None else "…"
    return f"{one.seconds:.2g} ({one.seconds_low:.2g}-{high})"


def _lesson(learning: Learning, language: Language) -> str:
    seen = learning.lesson
    rows, test = f"{seen.train_rows:,}", f"{seen.test_rows:,}"
    if language == "zh":
        whence = "人造数据" if seen.made else "scikit-learn 自带数据"
        return (
            f"学习测试（{whence}：{seen.name}）：{rows} 条训练、{test} 条测试，"
            f"{seen.epochs} 轮，批大小 {seen.batch}。"
            "它说明各方是否学得一样、要多久，不说明在你的数据上谁更好。"
        )
    whence = "made for it" if seen.made else "it ships with scikit-learn"
    return (
        f"Learning from {seen.name} ({whence}): {rows} rows to train on, {test} to "
        f"test, {seen.epochs} epochs, batch {seen.batch}. It shows whether all learn "
        "the same and how long that takes, not who would win on your own data."
    )


def _learnt(one: Learnt, learning: Learning, language: Language) -> str:
    who = learner_name(one.contender, language)
    target, between = f"{learning.lesson.target:.0%}", f"{one.low:.1%}-{one.high:.1%}"
    if language == "zh":
        start = f"{who}：准确率 {one.accuracy:.1%}（95% 区间 {between}）"
        if one.seconds is None:
            return f"{start}；{one.runs} 次中有 {one.reached} 次达到 {target}。"
        return (
            f"{start}；达到 {target} 所需训练秒数的中位数为 {_seconds(one)}"
            f"（{one.runs} 次中有 {one.reached} 次达到）。"
        )
    start = f"{who}: accuracy {one.accuracy:.1%} (95% interval {between})"
    there = f"{one.reached} of {one.runs} runs came to {target}"
    if one.seconds is None:
        return f"{start}; {there}."
    return (
        f"{start}; {there}, after {_seconds(one)} s of training (median, and of the "
        f"quickest and the slowest, which enclose it with {one.sure:.0%})."
    )


def _agreed(one: Agreement, language: Language) -> str:
    a, b = learner_name(one.contender, language), learner_name(one.baseline, language)
    word = SAME[language][one.word].format(gap=one.first_gap or 0.0)
    points = f"{100 * one.difference:+.1f}"
    between = f"{100 * one.low:+.1f}…{100 * one.high:+.1f}"
    if language == "zh":
        return (
            f"{a} 的准确率与 {b} 相差 {points} 个百分点"
            f"（95% 区间 {between}，{one.seeds} 次配对）：{word}。"
        )
    return (
        f"{a} against {b}: {points} points of accuracy (95% interval {between}, "
        f"{one.seeds} runs in pairs): {word}."
    )
