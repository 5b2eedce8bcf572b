"""Pieces of the chat page as HTML. Everything that came in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from assistant.edges.words import PHASES, UI
from knowledge.records import Language
from probes.records import Job

_ASSETS = Path(__file__).parent / "assets"
CSS = (_ASSETS / "chat.css").read_text("utf-8")
EMBED = (_ASSETS / "embed.html").read_text("utf-8")


def plain(text: str) -> str:
    """A person's own words, shown as they are and never as markup."""
    flat = text.strip()[:2_000]
    for mark in "\\`*_[]<>|#~!&$":
        flat = flat.replace(mark, f"&#{ord(mark)};" if mark in "<>&" else f"\\{mark}")
    return flat


def progress(job: Job, language: Language) -> str:
    """A bar with the phase and the time left; says how it ended when it has."""
    percent = round(100 * job.progress)
    running = job.state in ("queued", "running")
    ui = UI[language]
    left = ui["left"].format(seconds=round(job.remaining_s)) if running else ""
    phase = job.phase
    if language is Language.ZH:
        for english, chinese in PHASES.items():
            phase = phase.replace(english, chinese)
    said = escape(" · ".join(part for part in (f"{percent}%", phase, left) if part))
    return (
        f'<div class="kop-bar" role="progressbar" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{percent}" aria-valuetext="{said}" '
        f'aria-label="{escape(ui["progress"])}">'
        f'<div style="width:{percent}%"></div></div>'
        f'<p class="kop-quiet">{said}</p>'
    )


def problem(words: str) -> str:
    return f'<div class="kop-problem" role="alert">{escape(words)}</div>'


def result(
    said: str, picture: str, table: Sequence[Sequence[str]], notes: Sequence[str]
) -> str:
    """Picture and table hold the same numbers; the table's first row is its head."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table[0])
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell) or '–'}</td>" for cell in row[1:])
        + "</tr>"
        for row in table[1:]
    )
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        f'<section class="kop-card"><p class="kop-outcome" role="status">'
        f'{escape(said)}</p><div class="kop-picture">{picture}</div>'
        f'<div class="kop-scroll" tabindex="0" role="group"><table><thead>'
        f"<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        + (f'<ul class="kop-quiet">{lines}</ul>' if lines else "")
        + "</section>"
    )
