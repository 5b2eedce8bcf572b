"""The chat page. The only module that knows Gradio: parse, call, render.

The visitor's browser carries the conversation, so that any replica can take any turn;
no event goes through Gradio's queue. A probe is a job that a timer looks at.
"""

from __future__ import annotations

from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.edges import panels
from assistant.edges.ports import Services
from assistant.edges.turns import (
    State,
    conversation_in,
    language_in,
    measured,
    told,
)
from assistant.edges.words import EXAMPLES, UI, language_from
from knowledge.records import Language
from probes.records import ProbeSpec

TICK_S = 1.0
DEFAULT_ROWS = 10_000

HEAD = """<script>
(() => {
  if (window.parent === window) return;
  let last = 0;
  const tell = () => {
    const root = document.querySelector('.gradio-container') || document.body;
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (!height || height === last) return;
    last = height;
    window.parent.postMessage({type: 'kop:height', height}, '*');
    window.parent.postMessage({subject: 'lti.frameResize', height}, '*');
  };
  const begin = () => {
    new ResizeObserver(tell).observe(document.body);
    setInterval(tell, 1000);
    tell();
  };
  if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})();
</script>"""


def chat_app(services: Services) -> FastAPI:
    """The pages ``/chat`` and ``/embed`` as an application of their own."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for path, embedded in (("/embed", True), ("/chat", False)):
        gr.mount_gradio_app(
            app,
            Page(services, embedded=embedded).blocks,
            path=path,
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            max_file_size="1kb",
            enable_monitoring=False,
            theme=gr.themes.Soft(
                primary_hue="indigo",
                neutral_hue="slate",
                font=["system-ui", "Noto Sans CJK SC", "sans-serif"],
                font_mono=["ui-monospace", "monospace"],
            ),
            css=panels.CSS,
            head=HEAD if embedded else None,
        )
    return app


class Page:
    """One page: its components, and what happens when they are used."""

    def __init__(self, services: Services, *, embedded: bool) -> None:
        self._services = services
        self._advisor = services.advisor
        with gr.Blocks(
            title="Keras or PyTorch?", analytics_enabled=False, fill_width=embedded
        ) as self.blocks:
            self._layout(embedded)
            self._wire()

    def _layout(self, embedded: bool) -> None:
        ui = UI[Language.EN]
        self.state = gr.BrowserState(
            {}, storage_key="kop-chat", secret=self._services.state_secret
        )
        with gr.Row(elem_classes="kop-top"):
            self.title = gr.Markdown(ui["title"], visible=not embedded)
            self.language = gr.Radio(
                [("English", "en"), ("中文", "zh")],
                value="en",
                show_label=False,
                container=False,
                elem_id="kop-language",
            )
        self.chatbot = gr.Chatbot(
            height=460 if embedded else 540,
            label=ui["chat"],
            show_label=False,
            buttons=["copy"],
            allow_tags=False,
            feedback_options=None,
            layout="bubble",
            placeholder=ui["placeholder"],
            elem_id="kop-chatbot",
        )
        with gr.Row():
            self.message = gr.Textbox(
                placeholder=ui["message"],
                label=ui["label"],
                show_label=False,
                scale=8,
                lines=1,
                max_lines=6,
                max_length=8_000,
                autofocus=not embedded,
                elem_id="kop-message",
            )
            self.send = gr.Button(ui["send"], variant="primary", scale=1, min_width=90)
        with gr.Row(elem_classes="kop-examples"):
            self.examples = [
                gr.Button(text, size="sm", variant="secondary")
                for text in EXAMPLES[Language.EN]
            ]
        with gr.Row():
            self.measure = gr.Button(ui["measure"], elem_id="kop-measure")
            self.stop = gr.Button(
                ui["stop"], variant="stop", visible=False, elem_id="kop-stop"
            )
            self.restart = gr.Button(ui["restart"])
        self.note = gr.Markdown(ui["note"], elem_classes="kop-note")
        self.progress = gr.HTML(elem_id="kop-progress")
        self.result = gr.HTML(elem_id="kop-result")
        with gr.Row():
            self.before, self.after = (
                gr.Markdown(elem_id=name, elem_classes="kop-verdict", visible=False)
                for name in ("kop-before", "kop-after")
            )
        self.timer = gr.Timer(TICK_S, active=False)

    def _wire(self) -> None:
        plain: dict[str, Any] = {
            "queue": False,
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        shown = [self.state, self.chatbot, self.message]
        self.message.submit(self._say, [self.message, self.state], shown, **plain)
        self.send.click(self._say, [self.message, self.state], shown, **plain)
        for example in self.examples:
            example.click(self._say, [example, self.state], shown, **plain)
        self.chatbot.option_select(self._choose, [self.state], shown, **plain)
        job = [self.progress, self.stop, self.timer, self.state]
        self.measure.click(self._measure, [self.state], job, **plain)
        self.stop.click(self._cancel, [self.state], [self.stop], **plain)
        results = [self.result, self.before, self.after, self.chatbot]
        self.timer.tick(self._tick, [self.state], [*job, *results], **plain)
        labels = self._labelled()
        self.language.change(
            self._speak, [self.language, self.state], [self.state, *labels], **plain
        )
        fresh = [*shown, self.progress, self.result, self.before, self.after]
        self.restart.click(self._restart, [self.state], fresh, **plain)
        self.chatbot.clear(self._restart, [self.state], fresh, **plain)
        opened = [self.state, self.chatbot, self.language, self.timer, *labels]
        self.blocks.load(self._open, [self.state], opened, **plain)

    def _labelled(self) -> list[Any]:
        buttons = [self.send, self.measure, self.stop, self.restart]
        texts = [self.title, self.note, self.message, *self.examples]
        return [*buttons, *texts]

    async def _open(self, state: State, request: gr.Request) -> tuple[Any, ...]:
        """A visitor comes, or comes back: what the browser kept is shown again."""
        language = language_from(
            dict(request.query_params).get("language"),
            state.get("language"),
            request.headers.get("accept-language"),
        )
        state = {**state, "language": language.value}
        return (
            state,
            state.get("history", []),
            language.value,
            gr.Timer(active=bool(state.get("job"))),
            *self._texts(language),
        )

    async def _speak(self, language: str, state: State) -> tuple[Any, ...]:
        return {**state, "language": language}, *self._texts(Language(language))

    def _texts(self, language: Language) -> list[Any]:
        ui = UI[language]
        buttons = [ui["send"], ui["measure"], ui["stop"], ui["restart"]]
        examples = [gr.Button(text) for text in EXAMPLES[language]]
        return [
            *(gr.Button(text) for text in buttons),
            gr.Markdown(ui["title"]),
            gr.Markdown(ui["note"]),
            gr.Textbox(placeholder=ui["message"], label=ui["label"]),
            *examples,
        ]

    async def _say(self, message: str, state: State) -> tuple[State, Any, str]:
        return self._turn(message, message, state)

    async def _choose(
        self, state: State, chosen: gr.SelectData
    ) -> tuple[State, Any, str]:
        value = str(chosen.value)
        label = value
        for one in reversed(state.get("history", [])):
            for option in one.get("options") or ():
                if option["value"] == value:
                    label = option["label"]
                    break
        return self._turn(value, label, state)

    def _turn(self, message: str, shown: str, state: State) -> tuple[State, Any, str]:
        after = told(self._advisor, message, shown, state)
        return after, after.get("history", []), ""

    async def _measure(self, state: State) -> tuple[Any, ...]:
        """Start a probe at the person's own rows, or say why none can start."""
        language = language_in(state)
        profile = conversation_in(state).profile
        spec = ProbeSpec(rows=profile.dataset_rows or DEFAULT_ROWS)
        try:
            job = self._services.jobs.submit(spec)
        except self._services.full as fault:
            stop = gr.Button(visible=False)
            return panels.problem(str(fault)), stop, gr.Timer(active=False), state
        bar = panels.progress(job, language)
        stop = gr.Button(visible=True)
        return bar, stop, gr.Timer(active=True), {**state, "job": job.id}

    async def _cancel(self, state: State) -> Any:  # noqa: ANN401 - a Gradio update
        self._services.jobs.cancel(str(state.get("job", "")))
        return gr.Button(visible=False)

    async def _tick(self, state: State) -> tuple[Any, ...]:
        language = language_in(state)
        job = self._services.jobs.get(str(state.get("job", "")))
        same = [gr.skip(), gr.skip(), gr.skip(), gr.skip()]
        if job is not None and job.state in ("queued", "running"):
            bar = panels.progress(job, language)
            return bar, gr.Button(visible=True), gr.skip(), gr.skip(), *same
        ended = {**state, "job": None}
        stop, timer = gr.Button(visible=False), gr.Timer(active=False)
        if job is None or job.report is None:
            why = job.problem if job and job.problem else UI[language]["lost"]
            return panels.problem(why), stop, timer, ended, *same
        ended, shown = measured(self._services, ended, job.report, language)
        sides = [gr.Markdown(one, visible=True) for one in (shown.before, shown.after)]
        results = [shown.result, *sides, ended["history"]]
        return panels.progress(job, language), stop, timer, ended, *results

    async def _restart(self, state: State) -> tuple[Any, ...]:
        self._services.jobs.cancel(str(state.get("job") or ""))
        hidden = [gr.Markdown("", visible=False), gr.Markdown("", visible=False)]
        return {"language": state.get("language", "en")}, [], "", "", "", *hidden
