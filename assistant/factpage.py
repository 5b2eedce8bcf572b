"""A fact sheet as one HTML page that needs nothing else, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.factsheet import STATUSES, HeadToHead, Row, Sheet, counted, machine_says
from knowledge.records import Language, Text

HEADS = (
    Text(en="The article of 2022 said", zh="2022 年的文章说"),
    Text(en="Today", zh="今天"),
    Text(en="This machine", zh="本机"),
)
TITLE = Text(
    en="Keras or PyTorch: the article, checked on this machine",
    zh="Keras 还是 PyTorch:在本机核对这篇文章",
)
TABLE = Text(en="The closing table, rebuilt", zh="重建文末的对比表")
ROWS = Text(en="Every statement", zh="逐条陈述")
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto;
  padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8886; padding: .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
.confirmed { border-left: .4rem solid #2a7d46; }
.refuted { border-left: .4rem solid #b3261e; }
.mixed { border-left: .4rem solid #b58900; }
small { opacity: .75; }
"""


def as_html(sheet: Sheet, language: Language) -> str:
    """The whole page; every text in it is escaped."""
    title = escape(TITLE.get(language))
    heads = "".join(f'<th scope="col">{escape(h.get(language))}</th>' for h in HEADS)
    table = "".join(_group(group, language) for group in sheet.table)
    rows = "".join(_row(one, language) for one in sheet.rows)
    return f"""<!doctype html>
<html lang="{language.value}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style></head>
<body><h1>{title}</h1>
<p>{escape(_about(sheet, language))}</p>
<h2>{escape(TABLE.get(language))}</h2>
<table><thead><tr>{heads}</tr></thead>{table}</table>
<h2>{escape(ROWS.get(language))}</h2>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
</body></html>
"""


def as_markdown(sheet: Sheet, language: Language) -> str:
    """The same tables for a text editor."""
    head = [
        "| " + " | ".join(one.get(language) for one in HEADS) + " |",
        "|---|---|---|",
    ]
    lines = [f"# {TITLE.get(language)}", "", _plain(_about(sheet, language)), ""]
    for group in sheet.table:
        lines += [f"## {_plain(group.heading)}", "", *head]
        lines += [*_lines(group.rows, language), ""]
    lines += [f"## {ROWS.get(language)}", "", *head, *_lines(sheet.rows, language)]
    return "\n".join(lines) + "\n"


def _about(sheet: Sheet, language: Language) -> str:
    versions = ", ".join(f"{name} {one}" for name, one in sheet.versions.items())
    day = sheet.made_at.strftime("%Y-%m-%d %H:%M UTC")
    said = counted(sheet.counts, language)
    return f"{day}; {sheet.machine}; {versions}; {sheet.seconds:.0f} s. {said}."


def _group(group: HeadToHead, language: Language) -> str:
    head = f'<th scope="rowgroup" colspan="3">{escape(group.heading)}</th>'
    rows = "".join(_row(one, language) for one in group.rows)
    return f"<tbody><tr>{head}</tr>{rows}</tbody>"


def _row(one: Row, language: Language) -> str:
    outcome = one.verdicts[0].outcome if one.verdicts else "unseen"
    status = STATUSES[one.status_today].get(language)
    seen = "".join(
        f"<p><b>{escape(word)}</b> {escape(says)}</p>"
        for word, says in machine_says(one, language)
    )
    return (
        f"<tr><td>{escape(one.article.get(language))}<br>"
        f"<small>{escape(one.topic)} · {escape(one.claim)}</small></td>"
        f"<td><b>{escape(status)}</b> {escape(one.today.get(language))}</td>"
        f'<td class="{outcome}">{seen}</td></tr>\n'
    )


def _lines(rows: Iterable[Row], language: Language) -> list[str]:
    lines = []
    for one in rows:
        status = STATUSES[one.status_today].get(language)
        seen = "<br>".join(
            f"**{_plain(word)}** {_plain(says)}"
            for word, says in machine_says(one, language)
        )
        said = _plain(one.article.get(language))
        today = _plain(one.today.get(language))
        lines.append(f"| {said} | **{status}** {today} | {seen} |")
    return lines


def _plain(text: str) -> str:
    """Without what would be markup or end a cell."""
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, instead)
    for sign in "\\|`*_[]":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
