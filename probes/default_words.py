"""What the default track says, in words and rows; and what else decides a speed."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from probes.pictures import WORDS
from probes.records import Measured, ProbeReport, Ratio
from probes.spec import Way
from probes.ways import Overhead
from probes.words import Language, ending, name, spread

WAYS: dict[Language, dict[Way, str]] = {
    "en": {
        "fit": "fit over arrays",
        "fit-16": "fit over arrays, steps_per_execution=16",
        "fit-dataset": "fit over tf.data",
        "fit-loader": "fit over a DataLoader",
        "loader": "plain loop, DataLoader",
        "slices": "plain loop, tensor slices",
        "dataset": "plain loop, tf.data",
    },
    "zh": {
        "fit": "fit，数组输入",
        "fit-16": "fit，数组输入，steps_per_execution=16",
        "fit-dataset": "fit，tf.data 输入",
        "fit-loader": "fit，DataLoader 输入",
        "loader": "普通循环，DataLoader",
        "slices": "普通循环，张量切片",
        "dataset": "普通循环，tf.data",
    },
}

HEADS = {
    "en": (
        "default track: whole epochs",
        "ms per step",
        "times the baseline",
        "95% interval",
        "verdict",
    ),
    "zh": ("默认写法：整轮训练", "每步毫秒", "相对基准倍数", "95% 区间", "结论"),
}


def written(ratio: Ratio, language: Language) -> tuple[str, str]:
    """Contender and baseline of the default track, each with its way."""
    ways = WAYS[language]
    a, b = name(ratio.contender, language), name(ratio.baseline, language)
    one = ways[ratio.way] if ratio.way else "-"
    other = ways[ratio.baseline_way] if ratio.baseline_way else "-"
    if language == "zh":
        return f"{a}（{one}）", f"{b}（{other}）"
    return f"{a} ({one})", f"{b} ({other})"


def default_sentence(
    ratio: Ratio, report: ProbeReport, language: Language = "en"
) -> str:
    """One ratio of the default track in words."""
    a, b = written(ratio, language)
    span, rows = spread(ratio, language), f"{ratio.epoch_rows:,}"
    if language == "zh":
        return (
            f"整轮训练（{rows} 条数据，批大小 {report.spec.batch}，本机）：{a} 用时是 "
            f"{b} 的 {ratio.ratio:.2f} 倍（{span}）："
            f"{ending(ratio, language)}。"
        )
    return (
        f"A whole epoch of {rows} rows takes {a} {ratio.ratio:.2f} times as long as "
        f"{b} ({span}), batch {report.spec.batch}, on this machine: "
        f"{ending(ratio, language)}."
    )


def overhead_sentence(one: Overhead, language: Language = "en") -> str:
    """What the documented way adds to the bare step of the same stack."""
    label, way = name(one.contender, language), WAYS[language][one.way]
    more, low, high, bare = (
        f"{seconds * 1000:.2g}"
        for seconds in (one.seconds, one.low, one.high, one.bare_s)
    )
    if language == "zh":
        return (
            f"{label}：{way}，每步比裸步骤（{bare} 毫秒）多用 {more} 毫秒"
            f"（95% 区间 {low} 至 {high}，每轮 {one.rows:,} 条数据）。"
        )
    return (
        f"{label}: {way} adds {more} ms to each bare step of {bare} ms "
        f"(95% interval {low} to {high}), in epochs of {one.rows:,} rows."
    )


def first_steps(report: ProbeReport, language: Language = "en") -> Iterator[str]:
    """First steps with an empty and with a warm cache, where a compiler keeps one."""
    for one in report.results:
        if not isinstance(one, Measured) or one.first_step_warm_s is None:
            continue
        label = name(one.contender, language)
        cold, warm = f"{one.first_step_s:.2g}", f"{one.first_step_warm_s:.2g}"
        if language == "zh":
            yield f"{label}：首步编译，缓存为空时 {cold} 秒，已有缓存时 {warm} 秒。"
        else:
            yield (
                f"{label}: the first step, compilation included, took {cold} s with an "
                f"empty cache and {warm} s with a warm one."
            )


def odd_rounds(report: ProbeReport, language: Language = "en") -> Iterator[str]:
    """How many rounds of each contender lie far from the others; they all count."""
    for one in report.results:
        if not isinstance(one, Measured) or not one.odd_rounds:
            continue
        label, odd = name(one.contender, language), len(one.odd_rounds)
        rounds = len(one.block_seconds)
        if language == "zh":
            yield f"{label}：{rounds} 轮计时中有 {odd} 轮与其余相差很远，仍计入。"
        else:
            yield (
                f"{label}: {odd} of {rounds} rounds lie far from the others of their "
                "launch; they are tagged and count all the same."
            )


def settings(report: ProbeReport, language: Language = "en") -> Iterator[str]:
    """The settings behind each contender's name, defaults too."""
    said = [
        f"{name(one.contender, language)}: "
        + ", ".join(f"{key}={value}" for key, value in one.settings.items())
        for one in report.results
        if isinstance(one, Measured) and one.settings
    ]
    if said:
        yield ("设置：" if language == "zh" else "Settings: ") + "; ".join(said)


def default_rows(
    report: ProbeReport, language: Language = "en"
) -> tuple[tuple[str, ...], ...]:
    """One row per way of each contender; none where no epoch was timed in rounds."""
    known = {(ratio.contender, ratio.way): ratio for ratio in report.default_ratios}
    bases = {(ratio.baseline, ratio.baseline_way) for ratio in report.default_ratios}
    rows: list[tuple[str, ...]] = []
    for one in report.results:
        for way in one.ways if isinstance(one, Measured) else ():
            place = (one.contender, way.way)
            ratio = known.get(place)
            verdict = WORDS[language]["baseline"] if place in bases else ""
            rows.append(
                (
                    f"{name(one.contender, language)}: {WAYS[language][way.way]}",
                    f"{median(way.seconds) / way.steps * 1000:.3g}",
                    f"{ratio.ratio:.2f}" if ratio else "",
                    f"{ratio.low:.2f}-{ratio.high:.2f}" if ratio else "",
                    WORDS[language][ratio.word] if ratio else verdict,
                )
            )
    return tuple(rows)


def default_lines(report: ProbeReport, language: Language = "en") -> list[str]:
    """The default track in sentences, none of which speaks of the matched one too."""
    return [
        *(default_sentence(one, report, language) for one in report.default_ratios),
        *(overhead_sentence(one, language) for one in report.overheads),
    ]
