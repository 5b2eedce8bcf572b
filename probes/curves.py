"""Two more pictures of a report: what a whole training costs, and how it grows."""

from __future__ import annotations

import math

from probes.pictures import LEFT, RIGHT, ROW, WIDTH, drawn_text, frame
from probes.projection import Projection, project
from probes.records import Measured, ProbeReport
from probes.words import Language, name

EPOCHS = 10
"""Epochs of the training whose cost is drawn."""

PLACES = 5
"""Numbers of rows in the table that goes with the growth of an epoch."""

Rows = list[tuple[str, ...]]
"""A table: its heads first, its first column names; empty where nothing is known."""

HEADS = {
    "en": (
        "contender",
        "import and build s",
        "first step s",
        "{epochs} epochs s",
        "in all s",
    ),
    "zh": ("框架", "导入与构建秒数", "首步秒数", "{epochs} 轮秒数", "合计秒数"),
}

SHADES = (1.0, 0.55, 0.3)
"""Opacity of start-up, compilation and epochs; the order of the bars says it too."""

TITLES = {
    "en": {
        "training": "Seconds until {epochs} epochs of {rows} rows are done",
        "parts": "import and build, first step, {epochs} epochs",
        "growth": "Seconds of one epoch against its rows (bands: its likely error)",
        "none": "No epoch could be estimated.",
    },
    "zh": {
        "training": "完成 {epochs} 轮（每轮 {rows} 条）所需秒数",
        "parts": "导入与构建、首步、{epochs} 轮训练",
        "growth": "一轮所需秒数随数据条数的变化（色带：估计误差）",
        "none": "没有可以估计的结果。",
    },
}


def training_svg(report: ProbeReport, language: Language = "en") -> str:
    """Stacked bars: start-up, first step, and ten epochs of the person's rows."""
    known = _projected(report)
    words = TITLES[language]
    if not known:
        return frame(60, words["none"], [drawn_text(8, 34, words["none"], "start")])
    title = words["training"].format(epochs=EPOCHS, rows=f"{report.spec.rows:,}")
    bars = [_parts(result, fit) for result, fit in known]
    longest = max(sum(bar) for bar in bars)
    parts = [drawn_text(8, 18, title, "start", bold=True)]
    for row, ((result, _), bar) in enumerate(zip(known, bars, strict=True)):
        y, x = 34 + ROW * row, float(LEFT)
        parts.append(drawn_text(8, y + 14, name(result.contender, language), "start"))
        for seconds, shade in zip(bar, SHADES, strict=True):
            width = seconds / longest * (WIDTH - LEFT - RIGHT)
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="18" '
                f'fill="currentColor" fill-opacity="{shade}"/>'
            )
            x += width
        total = f"{sum(bar):.3g} s"
        parts.append(drawn_text(WIDTH - 8, y + 14, total, "end", bold=True))
    foot = 44 + ROW * len(bars)
    legend = words["parts"].format(epochs=EPOCHS)
    parts.append(drawn_text(LEFT, foot, legend, "start"))
    spoken = "; ".join(
        f"{name(result.contender, language)} {sum(bar):.3g} s"
        for (result, _), bar in zip(known, bars, strict=True)
    )
    return frame(foot + 12, f"{title}. {spoken}", parts)


def growth_svg(report: ProbeReport, language: Language = "en") -> str:
    """Seconds of an epoch against rows, both on log scales, with bands."""
    known = _projected(report)
    words = TITLES[language]
    if not known:
        return frame(60, words["none"], [drawn_text(8, 34, words["none"], "start")])
    batch = report.spec.batch
    first, last = _reach(known, report)
    rows = _between(first, last, 24)
    lines = [[_seconds(fit, count, batch) for count in rows] for _, fit in known]
    low = min(min(line) for line in lines) / 1.3
    high = max(max(line) for line in lines) * 1.3

    def x(count: float) -> float:
        return 60 + math.log(count / first) / math.log(last / first) * (WIDTH - 250)

    def y(seconds: float) -> float:
        return 230 - math.log(seconds / low) / math.log(high / low) * 190

    parts = [drawn_text(8, 18, words["growth"], "start", bold=True)]
    parts += [
        drawn_text(x(10.0**power), 250, f"{10**power:,}", "middle")
        for power in range(math.ceil(math.log10(first)), int(math.log10(last)) + 1)
    ]
    parts += [
        drawn_text(54, y(10.0**power) + 4, f"{10.0**power:g} s", "end")
        for power in range(math.ceil(math.log10(low)), int(math.log10(high)) + 1)
    ]
    for number, ((result, fit), line) in enumerate(zip(known, lines, strict=True)):
        off = fit.off
        above = [f"{x(n):.1f},{y(s * (1 + off)):.1f}" for n, s in _pairs(rows, line)]
        below = [f"{x(n):.1f},{y(s * (1 - off)):.1f}" for n, s in _pairs(rows, line)]
        points = [f"{x(n):.1f},{y(s):.1f}" for n, s in _pairs(rows, line)]
        dash = f' stroke-dasharray="{DASHES[number % len(DASHES)]}"'
        parts += [
            f'<polygon points="{" ".join(above + below[::-1])}" fill="currentColor" '
            'fill-opacity="0.1"/>',
            f'<polyline points="{" ".join(points)}" fill="none" '
            f'stroke="currentColor" stroke-width="2"{dash}/>',
            drawn_text(
                x(rows[-1]) + 6,
                y(line[-1]) + 4,
                name(result.contender, language),
                "start",
            ),
        ]
    return frame(262, words["growth"], parts)


def training_table(report: ProbeReport, language: Language = "en") -> Rows:
    """The numbers of ``training_svg``: heads, then a row for each contender."""
    rows: list[tuple[str, ...]] = []
    for result, fit in _projected(report):
        bar = _parts(result, fit)
        cells = (f"{seconds:.3g}" for seconds in (*bar, sum(bar)))
        rows.append((name(result.contender, language), *cells))
    heads = (head.format(epochs=EPOCHS) for head in HEADS[language])
    return [tuple(heads), *rows] if rows else []


def growth_table(report: ProbeReport, language: Language = "en") -> Rows:
    """The numbers of ``growth_svg`` at some of its places, each with its band."""
    known = _projected(report)
    if not known:
        return []
    counts = _between(*_reach(known, report), PLACES - 1)
    unit = "rows" if language == "en" else "条"
    heads = (HEADS[language][0], *(f"{count:,} {unit}" for count in counts))
    rows: list[tuple[str, ...]] = []
    for result, fit in known:
        cells = []
        for count in counts:
            seconds = _seconds(fit, count, report.spec.batch)
            low, high = seconds * (1 - fit.off), seconds * (1 + fit.off)
            cells.append(f"{seconds:.3g} s ({low:.3g}-{high:.3g})")
        rows.append((name(result.contender, language), *cells))
    return [heads, *rows]


def _parts(result: Measured, fit: Projection) -> tuple[float, float, float]:
    """Seconds of import and build, of the first step, and of all epochs."""
    start_s = result.import_s + result.build_s
    return start_s, result.first_step_s, EPOCHS * (fit.epoch_s or 0.0)


def _reach(
    known: list[tuple[Measured, Projection]], report: ProbeReport
) -> tuple[int, int]:
    """The fewest and the most rows that are drawn."""
    first = min(epoch.rows for result, _ in known for epoch in result.epochs)
    return first, max(report.spec.rows, first * 10)


def _between(first: int, last: int, parts: int) -> list[int]:
    """Rows from the first to the last, evenly on a log scale."""
    places = (part / parts for part in range(parts + 1))
    return [round(first * (last / first) ** place) for place in places]


DASHES = ("none", "6 3", "2 3", "10 3 2 3", "1 5")


def _pairs(rows: list[int], line: list[float]) -> list[tuple[int, float]]:
    return list(zip(rows, line, strict=True))


def _projected(report: ProbeReport) -> list[tuple[Measured, Projection]]:
    timed = (r for r in report.results if isinstance(r, Measured))
    fits = ((result, project(result, report)) for result in timed)
    return [(result, fit) for result, fit in fits if fit.epoch_s is not None]


def _seconds(fit: Projection, rows: int, batch: int) -> float:
    return max(1e-6, fit.fixed_s + fit.step_s * math.ceil(rows / batch))
