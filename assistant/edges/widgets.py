"""Gradio components of the chat page that stand for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from assistant.edges.words import UI
from knowledge.records import Criterion, Language

EVENT: dict[str, Any] = {
    "queue": False,
    "api_visibility": "private",
    "show_progress": "hidden",
}
LATEST: dict[str, Any] = {**EVENT, "trigger_mode": "always_last"}
"""For what is dragged: only where it comes to rest is worth an answer."""


class Weights:
    """A closed drawer with one slider for each criterion."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self._criteria = criteria
        ui = UI[Language.EN]
        with gr.Accordion(ui["weights"], open=False, elem_id="kop-weights") as panel:
            self._note = gr.Markdown(ui["weights_note"], elem_classes="kop-note")
            self.sliders = [
                gr.Slider(
                    0,
                    2,
                    value=1,
                    step=0.1,
                    label=one.label.en,
                    buttons=[],
                    elem_id=f"kop-weight-{one.id}",
                )
                for one in criteria
            ]
            self.even = gr.Button(ui["even"], size="sm", elem_id="kop-even")
        self.shown = [panel, self._note, self.even, *self.sliders]

    def show(self, language: Language, weights: Mapping[str, float]) -> list[Any]:
        """Updates for ``shown``: its words in that language, its sliders in place."""
        ui = UI[language]
        return [
            gr.Accordion(label=ui["weights"]),
            gr.Markdown(ui["weights_note"]),
            gr.Button(ui["even"]),
            *(
                gr.Slider(label=one.label.get(language), value=weights.get(one.id, 1.0))
                for one in self._criteria
            ),
        ]

    def read(self, values: Sequence[float]) -> dict[str, float]:
        """The weights that are not neutral."""
        pairs = zip(self._criteria, values, strict=True)
        return {one.id: float(value) for one, value in pairs if value != 1}


def html(elem_id: str) -> Any:  # noqa: ANN401 - an untyped library
    """A place for our own HTML.

    Not ``gr.HTML``, which evaluates strings as script: our content policy forbids it.
    """
    return gr.Markdown(
        sanitize_html=False, latex_delimiters=[], visible=False, elem_id=elem_id
    )


def set_html(markup: str) -> Any:  # noqa: ANN401 - a Gradio update
    """The HTML on one line, for a blank line would end it for Markdown."""
    return gr.Markdown(" ".join(markup.split()), visible=bool(markup))


def title(language: Language) -> str:
    ui = UI[language]
    article = f"[{ui['whole_article']}](/article?language={language.value})"
    return f"# {ui['title']}\n{ui['tagline']} {article}"
