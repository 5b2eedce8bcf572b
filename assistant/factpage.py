"""A fact sheet as one HTML page that needs nothing else, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.factsheet import STATUSES, HeadToHead, Row, Sheet, counted, machine_says
from assistant.labels import TABLE_LINES, TOPICS
from assistant.wire import SourceLink
from knowledge.records import Language, Text

HEADS = (
    Text(en="The article of 2022 said", zh="2022 年的文章说"),
    Text(en="Today", zh="今天"),
    Text(en="This machine", zh="本机"),
)
TITLE = Text(
    en="Keras or PyTorch: the article, checked on this machine",
    zh="Keras 还是 PyTorch：在本机核对这篇文章",
)
TABLE = Text(en="The closing table, rebuilt", zh="重建文末的对比表")
ROWS = Text(en="Every statement", zh="逐条陈述")
UNCHECKED = Text(en="Nothing was checked here yet.", zh="本机尚未核对任何一项。")
CONTRADICTED = Text(en="The article contradicts itself:", zh="文章前后不一：")
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 75rem;
  margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-bottom: 1px solid #8886; padding: .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th[scope=rowgroup] { background: #8882; text-transform: capitalize; }
.confirmed { border-left: .4rem solid #2a7d46; }
.refuted { border-left: .4rem solid #b3261e; }
.mixed { border-left: .4rem solid #b58900; }
small { opacity: .8; }
p { margin: 0 0 .5rem; }
@media (max-width: 640px) {
  thead { position: absolute; left: -999rem; }
  tr, td, th[scope=rowgroup] { display: block; }
  tr { border-bottom: 1px solid #8886; padding-bottom: .5rem; }
  td { border: 0; }
  td::before { content: attr(data-head); display: block; font-size: .8rem;
    opacity: .8; }
}
"""


def as_html(
    sheet: Sheet, language: Language, *, head: str = "", above: str = ""
) -> str:
    """The whole page; every text in it is escaped.

    Args:
        head: further elements of the page's head, as HTML.
        above: what stands between title and tables, as HTML.
    """
    title = escape(TITLE.get(language))
    heads = "".join(f'<th scope="col">{escape(h.get(language))}</th>' for h in HEADS)
    table = "".join(_group(group, language) for group in sheet.table)
    rows = "".join(_row(one, language) for one in sheet.rows)
    closing = (
        f"<h2>{escape(TABLE.get(language))}</h2>"
        f"<table><thead><tr>{heads}</tr></thead>{table}</table>"
        if table
        else ""
    )
    return f"""<!doctype html>
<html lang="{language.value}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style>{head}</head>
<body><h1>{title}</h1>{above}
<main id="sheet"><p>{escape(_about(sheet, language))}</p>
{closing}
<h2>{escape(ROWS.get(language))}</h2>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></main>
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
        lines += [f"## {_plain(TABLE_LINES[group.heading].get(language))}", "", *head]
        lines += [*_lines(group.rows, language), ""]
    lines += [f"## {ROWS.get(language)}", "", *head, *_lines(sheet.rows, language)]
    return "\n".join(lines) + "\n"


def linked(sources: Iterable[SourceLink]) -> str:
    """Links to pages with the days they were read, as HTML."""
    return " · ".join(
        f'<a href="{escape(link.url)}">{escape(link.title)}</a>, {link.read_on}'
        for link in sources
    )


def _about(sheet: Sheet, language: Language) -> str:
    versions = ", ".join(f"{name} {one}" for name, one in sheet.versions.items())
    day = sheet.made_at.strftime("%Y-%m-%d %H:%M UTC")
    machine = f"{sheet.machine}; {versions}"
    if not sheet.counts:
        return f"{machine}. {UNCHECKED.get(language)}"
    said = counted(sheet.counts, language)
    # A set that has not ended, or single checks, took no time that could be told.
    took = f"; {sheet.seconds:.0f} s" if sheet.seconds else ""
    return f"{day}; {machine}{took}. {said}."


def _group(group: HeadToHead, language: Language) -> str:
    line = TABLE_LINES[group.heading].get(language)
    head = f'<th scope="rowgroup" colspan="3">{escape(line)}</th>'
    rows = "".join(_row(one, language, named=False) for one in group.rows)
    return f"<tbody><tr>{head}</tr>{rows}</tbody>"


def _row(one: Row, language: Language, *, named: bool = True) -> str:
    """A row; ``named`` where links lead to it, once on a page."""
    outcome = one.verdicts[0].outcome if one.verdicts else "unseen"
    status = STATUSES[one.status_today].get(language)
    seen = "".join(
        f"<p><b>{escape(word)}</b> {escape(says)}</p>"
        for word, says in machine_says(one, language)
    )
    against = "".join(
        f"<p><small>{escape(CONTRADICTED.get(language))} "
        f"{escape(says.get(language))}</small></p>"
        for says in one.contradicted
    )
    cells = (
        f"<p>{escape(one.article.get(language))}</p>{against}"
        f"<small>{escape(TOPICS[one.topic].get(language))} · "
        f"{escape(one.claim)}</small>",
        f"<p><b>{escape(status)}</b> {escape(one.today.get(language))}</p>"
        f"<small>{linked(one.sources)}</small>",
        seen,
    )
    check = f' data-check="{escape(one.claim)}"' if one.can_be_checked else ""
    kinds = ("", "", f' class="{outcome}"{check}')
    name = f' id="{escape(one.claim)}"' if named else ""
    return (
        f"<tr{name}>"
        + "".join(
            f'<td{kind} data-head="{escape(head.get(language))}">{cell}</td>'
            for kind, head, cell in zip(kinds, HEADS, cells, strict=True)
        )
        + "</tr>\n"
    )


def _lines(rows: Iterable[Row], language: Language) -> list[str]:
    comma, semicolon = ("，", "；") if language is Language.ZH else (", ", "; ")
    lines = []
    for one in rows:
        status = STATUSES[one.status_today].get(language)
        seen = "<br>".join(
            f"**{_plain(word)}** {_plain(says)}"
            for word, says in machine_says(one, language)
        )
        said = "<br>".join(
            _plain(text.get(language)) for text in (one.article, *one.contradicted)
        )
        pages = semicolon.join(
            f"[{_plain(link.title)}]({link.url}){comma}{link.read_on}"
            for link in one.sources
        )
        today = f"{_plain(one.today.get(language))}<br>{pages}"
        lines.append(f"| {said} | **{status}** {today} | {seen} |")
    return lines


def _plain(text: str) -> str:
    """Without what would be markup or end a cell."""
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, instead)
    for sign in "\\|`*_[]":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
