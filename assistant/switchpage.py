"""The way from Keras to PyTorch and back: one model in both, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import zip_longest

from assistant.factpage import linked
from assistant.packing import sections
from assistant.wire import SourceLink
from knowledge.records import Difference, Language, Text

TITLE = Text(en="From Keras to PyTorch, and back", zh="从 Keras 到 PyTorch，再回来")
CHANGES = Text(en="What changes", zh="哪些地方要改")
BOTH = Text(en="The same model in both", zh="同一个模型的两种写法")
SAME_DATA = Text(
    en="Two whole programs for the same data, part by part; both run as they are.",
    zh="同一份数据的两个完整程序，逐段对照；都可以直接运行。",
)
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 90rem;
  margin: 2rem auto; padding: 0 1rem; }
pre { font: .85rem/1.4 ui-monospace, monospace; overflow-x: auto; margin: 0;
  padding: .6rem; border: 1px solid #8884; border-radius: .5rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; margin: 0 0 1rem; }
.pair > div { min-width: 0; }
h3 { margin: 1.4rem 0 .4rem; }
small { opacity: .8; }
@media (max-width: 700px) { .pair { grid-template-columns: 1fr; } }
"""


def as_html(
    differences: Sequence[tuple[Difference, Sequence[SourceLink]]],
    keras: str,
    pytorch: str,
    language: Language,
    above: str = "",
) -> str:
    """The whole page; every text in it is escaped.

    Args:
        keras, pytorch: two programs for the same data, in cells.
        above: what stands under the title, as HTML.
    """
    title = escape(TITLE.get(language))
    changes = "".join(_change(one, links, language) for one, links in differences)
    programs = "".join(
        f"<h3>{escape(head)}</h3>{_pair(left, right)}"
        for head, left, right in _side_by_side(keras, pytorch)
    )
    return f"""<!doctype html>
<html lang="{language.value}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{STYLE}</style></head><body><h1>{title}</h1>{above}
<h2>{escape(CHANGES.get(language))}</h2>{changes}
<h2>{escape(BOTH.get(language))}</h2>
<p>{escape(SAME_DATA.get(language))}</p>{programs}
</body></html>
"""


def _change(one: Difference, links: Sequence[SourceLink], language: Language) -> str:
    note = escape(one.note.get(language)).split("`")
    spoken = "".join(
        f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(note)
    )
    return (
        f'<h3 id="{escape(one.id)}">{escape(one.what.get(language))}</h3>'
        f"{_pair(one.keras, one.pytorch)}"
        f"<p>{spoken}<br><small>{linked(links)}</small></p>"
    )


def _pair(keras: str, pytorch: str) -> str:
    cells = "".join(
        f"<div><b>{name}</b><pre tabindex=0>{escape(code.strip())}</pre></div>"
        for name, code in (("Keras", keras), ("PyTorch", pytorch))
        if code.strip()
    )
    return f'<div class="pair">{cells}</div>'


def _side_by_side(keras: str, pytorch: str) -> list[tuple[str, str, str]]:
    """Cells of both programs under the same titles, in the order of the first."""
    left, right = dict(sections(keras)), dict(sections(pytorch))
    titles = dict.fromkeys(
        title
        for pair in zip_longest(left, right)
        for title in pair
        if title is not None
    )
    return [(title, left.get(title, ""), right.get(title, "")) for title in titles]
