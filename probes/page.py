"""A report as one HTML file that needs nothing else, and cannot run anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from probes.chinese import in_chinese
from probes.curves import growth_svg, growth_table, training_svg, training_table
from probes.default_words import HEADS as DEFAULT_HEADS
from probes.default_words import (
    default_lines,
    default_rows,
    first_steps,
    odd_rounds,
    settings,
)
from probes.learning.words import learning_heads, learning_lines, learning_rows
from probes.pictures import ratio_svg, table_heads, table_rows
from probes.records import Measured, NotMeasured, ProbeReport
from probes.reports import to_json
from probes.words import Language, crossovers, in_precision, projection, sentence

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1b1f24;background:#fff}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #c8ccd1;padding:.3rem .5rem;text-align:left}
figure{margin:2rem 0 1rem}.wide{overflow-x:auto}svg{min-width:34rem}
pre{overflow:auto;background:#f5f6f8;padding:1rem}
@media(prefers-color-scheme:dark){body{color:#e6e8ea;background:#16191d}
pre{background:#1f2329}td,th{border-color:#444a52}}"""

TITLE = {"en": "Keras and PyTorch on this machine", "zh": "Keras 与 PyTorch 本机实测"}
STOPPED = {
    "en": "Stopped before the end; this is the verdict so far.",
    "zh": "提前停止；以上是目前的结论。",
}
OUT_OF_TIME = {
    "en": "The {seconds:.0f} s given were over before all was done; this is the "
    "verdict so far.",
    "zh": "给定的 {seconds:.0f} 秒用完时还没做完；以上是目前的结论。",
}
RAW = {"en": "The whole report, with raw times", "zh": "完整报告（含原始计时）"}


def report_html(report: ProbeReport, language: Language = "en") -> str:
    """Conditions, table, sentences, three pictures, warnings, and the JSON itself."""
    shown = "".join(_table(heads, rows) for heads, rows in tables(report, language))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines(report, language))
    pictures = "".join(
        _figure(picture(report, language), table)
        for picture, table in (
            (ratio_svg, []),
            (training_svg, training_table(report, language)),
            (growth_svg, growth_table(report, language)),
        )
    )
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(TITLE[language])}</title><style>{STYLE}</style>"
        f"<h1>{escape(TITLE[language])}</h1><p>{escape(conditions(report))}</p>"
        f"{shown}<ul>{items}</ul>{pictures}"
        f"<details><summary>{escape(RAW[language])}</summary>"
        f"<pre>{escape(to_json(report))}</pre></details></html>\n"
    )


def _figure(picture: str, rows: Sequence[Sequence[str]]) -> str:
    """A picture that scrolls where it would be too small, over its numbers."""
    numbers = _table(rows[0], rows[1:]) if rows else ""
    return f'<figure><div class="wide" tabindex="0">{picture}</div></figure>{numbers}'


def tables(
    report: ProbeReport, language: Language = "en"
) -> Iterator[tuple[Sequence[str], Sequence[Sequence[str]]]]:
    """Heads and rows: the matched track, the default track, what was learnt."""
    yield table_heads(language), table_rows(report, language)
    if rows := default_rows(report, language):
        yield DEFAULT_HEADS[language], rows
    if report.learning is not None and report.learning.learnt:
        known = report.learning
        yield learning_heads(known, language), learning_rows(known, language)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that scrolls by itself on a narrow screen; its first column is names."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell) or '–'}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def conditions(report: ProbeReport) -> str:
    """What was timed, where and when, in one line."""
    here, spec = report.environment, report.spec
    return (
        f"{report.started_at:%Y-%m-%d}: {spec.workload} {spec.size}, batch "
        f"{spec.batch}, {spec.rows:,} rows{in_precision(spec)}; "
        f"{here.processor}, {here.cores} cores, {here.memory_bytes / 2**30:.0f} GiB, "
        f"{here.system}, Python {here.python}"
        + "".join(f", {gpu}" for gpu in here.gpus)
    )


def lines(report: ProbeReport, language: Language = "en") -> list[str]:
    """Everything a report says, one sentence each: ratios first, warnings last."""
    said = [sentence(ratio, report, language) for ratio in report.ratios]
    said += default_lines(report, language)
    said += crossovers(report, language)
    said += [
        projection(result, report, language)
        for result in report.results
        if isinstance(result, Measured) and report.spec.precision == "float32"
    ]
    said += [*first_steps(report, language), *settings(report, language)]
    said += odd_rounds(report, language)
    said += learning_lines(report.learning, language)
    reasons = [
        f"{result.contender}: {result.reason}"
        for result in report.results
        if isinstance(result, NotMeasured)
    ]
    if language == "zh":
        said += [f"{in_chinese(reason)}。" for reason in reasons]
        said += [f"注意：{in_chinese(warning)}。" for warning in report.warnings]
    else:
        said += reasons
        said += [f"warning: {warning}" for warning in report.warnings]
    if report.stopped_early:
        given_s = report.spec.budget_s
        ending = OUT_OF_TIME if report.duration_s >= given_s else STOPPED
        said.append(ending[language].format(seconds=given_s))
    return said
