"""Pieces of the chat page as HTML and Markdown. Everything that came in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.explanation import CHOICES
from assistant.rendering import Labels, recommendation_markdown
from assistant.wire import Recommendation
from knowledge.records import Language
from probes.records import Job

CSS = """
.gradio-container {max-width: 1020px !important; margin: 0 auto !important;}
.kop-top {align-items: center;}
.kop-top h1 {margin: 0; font-size: 1.6rem;}
#kop-language {flex: 0 0 auto; min-width: 170px; margin-left: auto;}
.kop-examples button {white-space: normal; text-align: left; font-weight: 400;}
.kop-note {opacity: .75; font-size: .86rem;}
.kop-bar {height: 14px; border-radius: 7px; overflow: hidden;
  background: var(--border-color-primary);}
.kop-bar > div {height: 100%; background: var(--primary-500); transition: width .6s;}
.kop-scroll {overflow-x: auto;}
.kop-scroll table {border-collapse: collapse; width: 100%; font-size: .9rem;}
.kop-scroll th, .kop-scroll td {padding: 6px 10px; text-align: left;
  border-bottom: 1px solid var(--border-color-primary); white-space: nowrap;}
.kop-picture svg {max-width: 100%; height: auto;}
.kop-problem {padding: 8px 12px; border-left: 4px solid #d97706;}
.kop-verdict:has(*) {border: 1px solid var(--border-color-primary);
  border-radius: 10px; padding: 12px;}
"""


def plain(text: str) -> str:
    """A person's own words, shown as they are and never as markup."""
    flat = text.strip()[:2_000]
    for mark in "\\`*_[]<>|#~!&":
        flat = flat.replace(mark, f"&#{ord(mark)};" if mark in "<>&" else f"\\{mark}")
    return flat


def progress(job: Job, language: Language) -> str:
    """A bar with the phase and the time left; says how it ended when it has."""
    percent = round(100 * job.progress)
    left = f"{job.remaining_s:.0f} s"
    zh = language is Language.ZH
    words = f"还需约 {left}" if zh else f"about {left} left"
    if job.state not in ("queued", "running"):
        words = ""
    return (
        f'<div role="status"><div class="kop-bar" role="progressbar" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}" '
        f'aria-label="{"进度" if zh else "progress"}">'
        f'<div style="width:{percent}%"></div></div>'
        f"<p>{percent}% · {escape(job.phase)} {words}</p></div>"
    )


def problem(words: str) -> str:
    return f'<div class="kop-problem" role="alert">{escape(words)}</div>'


def result(
    picture: str, table: Sequence[Sequence[str]], warnings: Sequence[str]
) -> str:
    """Picture and table hold the same numbers; the table's first row is its head."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table[0])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table[1:]
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in warnings)
    return (
        f'<div class="kop-picture">{picture}</div>'
        f'<div class="kop-scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>" + (f"<ul>{notes}</ul>" if notes else "")
    )


def verdict(given: Recommendation, title: str, labels: Labels) -> str:
    """One of the two verdicts that stand side by side."""
    choice = CHOICES[given.framework].get(given.language)
    return f"### {title}: {choice}\n\n{recommendation_markdown(given, labels)}"
