"""What a report says, in sentences: English and Chinese."""

from __future__ import annotations

from typing import Literal

from probes.comparable import comparable
from probes.projection import Projection, crossover, project
from probes.records import Contender, Measured, ProbeReport, ProbeSpec, Ratio

Language = Literal["en", "zh"]

NAMES: dict[Contender, str] = {
    "pytorch": "PyTorch",
    "pytorch-compile": "PyTorch (torch.compile)",
    "pytorch-fused": "PyTorch (fused Adam)",
    "keras-tensorflow": "Keras on TensorFlow",
    "keras-tensorflow-xla": "Keras on TensorFlow (XLA)",
    "keras-torch": "Keras on PyTorch",
    "keras-jax": "Keras on JAX",
    "tensorflow-raw": "TensorFlow without Keras",
}
ZH_NAMES: dict[Contender, str] = {
    "pytorch": "PyTorch",
    "pytorch-compile": "PyTorch（torch.compile）",
    "pytorch-fused": "PyTorch（融合 Adam）",
    "keras-tensorflow-xla": "Keras（TensorFlow 后端，XLA）",
    "keras-tensorflow": "Keras（TensorFlow 后端）",
    "keras-torch": "Keras（PyTorch 后端）",
    "keras-jax": "Keras（JAX 后端）",
    "tensorflow-raw": "TensorFlow（不用 Keras）",
}


def name(contender: Contender, language: Language) -> str:
    return (NAMES if language == "en" else ZH_NAMES)[contender]


def sentence(ratio: Ratio, report: ProbeReport, language: Language = "en") -> str:
    """One ratio in words, with its interval and what it holds for."""
    a, b = name(ratio.contender, language), name(ratio.baseline, language)
    batch, span = report.spec.batch, spread(ratio, language)
    end, kind = ending(ratio, language), in_precision(report.spec, language)
    if language == "zh":
        return (
            f"在这台机器上，批大小 {batch}{kind}，{a} 每步用时是 {b} 的 "
            f"{ratio.ratio:.2f} 倍（{span}）：{end}。"
        )
    return (
        f"{a} takes {ratio.ratio:.2f} times as long per step as {b} "
        f"({span}), batch {batch}{kind}, on this machine: {end}."
    )


def in_precision(spec: ProbeSpec, language: Language = "en") -> str:
    """A precision that is not the usual one, to come after something in a sentence."""
    if spec.precision == "float32":
        return ""
    said = {"en": f", in {spec.precision}", "zh": f"，{spec.precision} 精度"}
    return said[language]


def spread(ratio: Ratio, language: Language) -> str:
    """A ratio's interval, and the wider one that a direction rests on."""
    said = f"{INTERVAL[language].format(95)} {ratio.low:.2f}-{ratio.high:.2f}"
    low, high = ratio.strict_low, ratio.strict_high
    if ratio.word not in ("slower", "faster") or low is None or high is None:
        return said
    strict = f"{low:.2f}-{high:.2f}"
    if language == "zh":
        return f"{said}；就全部对比而言 99% 的区间 {strict}"
    return f"{said}; at 99% over all contenders {strict}"


INTERVAL = {"en": "{}% interval", "zh": "{}% 区间"}

RESTLESS = {
    "en": "nothing is decided, for the machine was not left alone",
    "zh": "机器受到干扰，什么都不能判定",
}
"""Where not even a leaning may be said; the warnings tell what was seen."""


def ending(ratio: Ratio, language: Language) -> str:
    """A ratio's word, and what would settle it where it is undecided."""
    wide = f"{ratio.zone:.0%}"
    if not ratio.decides:
        return RESTLESS[language]
    if language == "zh":
        said = {
            "slower": "更慢",
            "faster": "更快",
            "no_difference": f"没有实际差别（{wide} 以内）",
            "undecided": f"在给定时间内无法判定（界限为 {wide}）",
        }[ratio.word]
        leaning = {"slower": "，偏向更慢", "faster": "，偏向更快", None: ""}
        more = f"，大约再测 {ratio.more_s:.0f} 秒可以判定" if ratio.more_s else ""
        return said + leaning[ratio.leaning] + more
    said = {
        "slower": "slower",
        "faster": "faster",
        "no_difference": f"no practical difference (within {wide})",
        "undecided": f"undecided in the time given (the line is drawn at {wide})",
    }[ratio.word]
    leans = f", leaning {ratio.leaning}" if ratio.leaning else ""
    more = f", about {ratio.more_s:.0f} s more would settle it" if ratio.more_s else ""
    return said + leans + more


def projection(result: Measured, report: ProbeReport, language: Language = "en") -> str:
    """An epoch of the person's rows in words, or why nothing is said of it."""
    found = project(result, report)
    label, rows = name(result.contender, language), f"{report.spec.rows:,}"
    if found.epoch_s is None:
        why = REFUSED[language][found.refused or "too few sizes"]
        why = why.format(error=f"{found.error:.0%}")
        if language == "zh":
            return f"{label}：不估计 {rows} 条数据一轮的用时，{why}。"
        return f"{label}: no estimate for {rows} rows: {why}."
    low, high = f"{found.low_s:.3g}", f"{found.high_s:.3g}"
    if language == "zh":
        return (
            f"估计：{label} 训练 {rows} 条数据一轮约需 {found.epoch_s:.3g} 秒"
            f"（{low}-{high}；每轮固定 {found.fixed_s * 1000:.3g} 毫秒，"
            f"每步 {found.step_s * 1000:.3g} 毫秒；留出检验误差 {found.error:.0%}）。"
        )
    return (
        f"Estimate: one epoch of {rows} rows takes {label} about {found.epoch_s:.3g} s "
        f"({low}-{high}; {found.fixed_s * 1000:.3g} ms an epoch and "
        f"{found.step_s * 1000:.3g} ms a step; off by {found.error:.0%} on the largest "
        "size, held out)."
    )


REFUSED = {
    "en": {
        "too few sizes": "too few epochs were timed",
        "busy": "other programs ran while whole epochs were timed",
        "not linear": "the line missed the largest size, held out, by {error}",
        "memory": "they would fill more than half of this machine's memory, and "
        "reading from disk was not timed",
    },
    "zh": {
        "too few sizes": "计时的轮数太少",
        "busy": "整轮计时期间有其他程序在运行",
        "not linear": "在留出的最大规模上误差达 {error}",
        "memory": "数据会占去本机一半以上的内存，而从磁盘读取没有计时",
    },
}


def crossovers(report: ProbeReport, language: Language = "en") -> list[str]:
    """From how many rows on another contender's epoch is the shorter one."""
    if not all(ratio.decides for ratio in report.ratios):
        return []
    timed = [one for one in comparable(report) if one.epochs]
    fits: list[tuple[Measured, Projection]] = [(r, project(r, report)) for r in timed]
    said: list[str] = []
    for number, (one, first) in enumerate(fits):
        for other, second in fits[number + 1 :]:
            met = crossover(first, second, report)
            if met is None or not report.spec.batch <= met.rows <= MOST_ROWS:
                continue
            later = other if second.fixed_s > first.fixed_s else one
            earlier = one if later is other else other
            a, b = name(later.contender, language), name(earlier.contender, language)
            span = f"{met.low:,}-{met.high:,}"
            if language == "zh":
                said.append(
                    f"每轮超过约 {met.rows:,} 条数据（{span}）后，{a} 一轮比 {b} 快。"
                )
            else:
                said.append(
                    f"From about {met.rows:,} rows an epoch on ({span}), "
                    f"an epoch takes {a} less time than {b}."
                )
    return said


MOST_ROWS = 10**8
"""Crossovers beyond this are of no use to anybody with one machine."""
