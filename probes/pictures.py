"""A report as a small picture and as rows with the same numbers. No plot library."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape
from statistics import median

from probes.parts import Latencies
from probes.projection import project
from probes.records import Measured, NotMeasured, ProbeReport, Ratio
from probes.ways import Overhead
from probes.words import Language, name

WIDTH, LEFT, RIGHT, ROW = 640, 190, 90, 34
TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)

WORDS = {
    "en": {
        "title": "Seconds per step as a multiple of {base}, with 95% intervals",
        "none": "No contender could be compared.",
        "slower": "slower",
        "faster": "faster",
        "no_difference": "no practical difference",
        "undecided": "undecided",
        "not_installed": "not installed",
        "crashed": "crashed",
        "gate_failed": "computes something else",
        "out_of_time": "out of time",
        "baseline": "baseline",
    },
    "zh": {
        "title": "每步用时相对于 {base} 的倍数（95% 区间）",
        "none": "没有可比较的结果。",
        "slower": "更慢",
        "faster": "更快",
        "no_difference": "没有实际差别",
        "undecided": "无法判定",
        "not_installed": "未安装",
        "crashed": "运行崩溃",
        "gate_failed": "计算结果不一致",
        "out_of_time": "时间用尽",
        "baseline": "基准",
    },
}

HEADS = {
    "en": (
        "contender",
        "ms per step",
        "processor ms per step",
        "times the baseline",
        "95% interval",
        "verdict",
        "start-up s",
        "peak MB",
        "epoch beyond a step ms",
        "one answer ms (99%)",
        "one epoch of your rows s (estimate)",
    ),
    "zh": (
        "框架",
        "每步毫秒",
        "每步处理器毫秒",
        "相对基准倍数",
        "95% 区间",
        "结论",
        "启动秒数",
        "峰值内存 MB",
        "整轮每步额外毫秒",
        "单条预测毫秒（99%）",
        "你的数据一轮秒数（估计）",
    ),
}


def ratio_svg(report: ProbeReport, language: Language = "en") -> str:
    """Points with interval bars on a log scale, against the shaded zone around 1."""
    words = WORDS[language]
    if not report.ratios:
        return frame(
            60, words["none"], [drawn_text(WIDTH / 2, 34, words["none"], "middle")]
        )
    title = words["title"].format(base=name(report.ratios[0].baseline, language))
    low = min(0.8, *(ratio.low for ratio in report.ratios))
    high = max(1.25, *(ratio.high for ratio in report.ratios))
    low, high = max(low / 1.1, 1e-4), min(high * 1.1, 1e4)

    def x(value: float) -> float:
        part = math.log(value / low) / math.log(high / low)
        return LEFT + min(1.0, max(0.0, part)) * (WIDTH - LEFT - RIGHT)

    height = 70 + ROW * len(report.ratios)
    foot = height - 26
    zone = max(ratio.zone for ratio in report.ratios)
    left, right = x(1 / (1 + zone)), x(1 + zone)
    parts = [
        drawn_text(8, 18, title, "start", bold=True),
        f'<rect x="{left:.1f}" y="28" width="{right - left:.1f}" '
        f'height="{foot - 28}" fill="currentColor" fill-opacity="0.12"/>',
        f'<line x1="{x(1):.1f}" x2="{x(1):.1f}" y1="28" y2="{foot}" '
        'stroke="currentColor" stroke-dasharray="3 3"/>',
    ]
    ticks = [tick for tick in TICKS if low <= tick <= high]
    parts += [drawn_text(x(tick), height - 8, f"{tick:g}×", "middle") for tick in ticks]
    for row, ratio in enumerate(report.ratios):
        parts += _bar(ratio, 46 + ROW * row, x, language)
    return frame(height, f"{title}. {_spoken(report, language)}", parts)


def _bar(
    ratio: Ratio, y: int, x: Callable[[float], float], language: Language
) -> list[str]:
    word = WORDS[language][ratio.word]
    return [
        drawn_text(8, y + 4, name(ratio.contender, language), "start"),
        f'<line x1="{x(ratio.low):.1f}" x2="{x(ratio.high):.1f}" y1="{y}" y2="{y}" '
        'stroke="currentColor" stroke-width="3" stroke-opacity="0.6"/>',
        f'<circle cx="{x(ratio.ratio):.1f}" cy="{y}" r="5" fill="currentColor"/>',
        drawn_text(WIDTH - 8, y - 2, f"{ratio.ratio:.2f}×", "end", bold=True),
        drawn_text(WIDTH - 8, y + 12, word, "end"),
    ]


def _spoken(report: ProbeReport, language: Language) -> str:
    return "; ".join(
        f"{name(r.contender, language)} {r.ratio:.2f} ({r.low:.2f}-{r.high:.2f}), "
        f"{WORDS[language][r.word]}"
        for r in report.ratios
    )


def drawn_text(
    x: float, y: float, text: str, anchor: str, *, bold: bool = False
) -> str:
    """Text in a picture; ``anchor`` is ``start``, ``middle`` or ``end``."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor"'
        f"{weight}>{escape(text)}</text>"
    )


def frame(height: int, title: str, parts: list[str]) -> str:
    """A picture of ``WIDTH`` by ``height``; ``title`` is what a screen reader says."""
    said = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="100%" role="img" aria-label="{escape(title, quote=True)}" '
        f'font-family="sans-serif" font-size="12"><title>{said}</title>'
        + "".join(parts)
        + "</svg>"
    )


def table_heads(language: Language = "en") -> tuple[str, ...]:
    return HEADS[language]


def table_rows(
    report: ProbeReport, language: Language = "en"
) -> tuple[tuple[str, ...], ...]:
    """One row per contender, as many cells as ``table_heads``; unknown is empty."""
    by_name = {ratio.contender: ratio for ratio in report.ratios}
    base = report.ratios[0].baseline if report.ratios else None
    rows: list[tuple[str, ...]] = []
    for result in report.results:
        label = name(result.contender, language)
        if isinstance(result, NotMeasured):
            empty = ("",) * (len(HEADS[language]) - 6)
            rows.append((label, "", "", "", "", WORDS[language][result.status], *empty))
            continue
        ratio = by_name.get(result.contender)
        verdict = WORDS[language]["baseline"] if result.contender == base else ""
        rows.append((label, *_cells(result, report, ratio, verdict, language)))
    return tuple(rows)


def _cells(
    result: Measured,
    report: ProbeReport,
    ratio: Ratio | None,
    verdict: str,
    language: Language,
) -> tuple[str, ...]:
    start = result.import_s + result.build_s + result.first_step_s
    extra = [one for one in report.overheads if one.contender == result.contender]
    epoch = project(result, report)
    return (
        f"{median(result.block_seconds) * 1000:.3g}",
        "" if result.cpu_step_s is None else f"{result.cpu_step_s * 1000:.3g}",
        f"{ratio.ratio:.2f}" if ratio else "",
        f"{ratio.low:.2f}-{ratio.high:.2f}" if ratio else "",
        WORDS[language][ratio.word] if ratio else verdict,
        f"{start:.1f}",
        _memory(result),
        _extra(extra[0]) if extra else "",
        _answer(result.predict_s),
        f"{epoch.epoch_s:.3g} ({epoch.low_s:.3g}-{epoch.high_s:.3g})"
        if epoch.epoch_s is not None
        else "",
    )


def _extra(one: Overhead) -> str:
    more, low, high = (f"{s * 1000:.2g}" for s in (one.seconds, one.low, one.high))
    return f"{more} ({low} … {high})"


def _memory(result: Measured) -> str:
    """Peak megabytes of the process, and of the graphics processor where one is."""
    seen = result.footprint
    if seen is None:
        return "" if result.peak_bytes is None else f"{result.peak_bytes / 1e6:.0f}"
    device = "" if seen.device_bytes is None else f" + {seen.device_bytes / 1e6:.0f}"
    return f"{seen.peak_bytes / 1e6:.0f}{device}"


def _answer(seen: Latencies | None) -> str:
    if seen is None:
        return ""
    return f"{seen.median * 1000:.2g} ({seen.p99 * 1000:.2g})"
