"""The chat page. It and its widgets alone know Gradio: parse, call, render.

The visitor's browser carries the conversation, so that any replica can take any turn;
no event goes through Gradio's queue. A probe is a job that a timer looks at. Nothing
can be said before what the browser kept is shown, which would take its place.
"""

from __future__ import annotations

from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from assistant.edges import panels
from assistant.edges.ports import Services
from assistant.edges.turns import (
    State,
    chosen,
    conversation_in,
    language_in,
    restarted,
    state_in,
    told,
    view,
    weighed,
    with_report,
)
from assistant.edges.widgets import EVENT, LATEST, Weights, html, set_html, title
from assistant.edges.words import EXAMPLES, UI, language_from
from assistant.probing import asked_before, probe_for
from knowledge.records import Language
from probes.records import Job

TICK_S = 2.0
"""Seconds between two looks at a running probe: it shares the measured machine."""


def chat_app(services: Services) -> FastAPI:
    """The pages ``/chat`` and ``/embed`` as an application of their own."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # Gradio lets every origin in unless the application around it says whom.
    app.add_middleware(CORSMiddleware, allow_origins=[])
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
            head=panels.EMBED if embedded else None,
        )
    return app


class Page:
    """One page: its components, and what happens when they are used."""

    def __init__(self, services: Services, *, embedded: bool) -> None:
        self._services = services
        with gr.Blocks(
            title="Keras or PyTorch?", analytics_enabled=False, fill_width=True
        ) as self.blocks:
            self.state = gr.BrowserState(
                {}, storage_key="kop-chat", secret=services.state_secret
            )
            self.timer = gr.Timer(TICK_S, active=False)
            self._lay_top(embedded)
            with gr.Row(equal_height=False):
                with gr.Column(scale=5, min_width=320):
                    self._lay_talk(embedded)
                with gr.Column(scale=3, min_width=300, elem_id="kop-side"):
                    self.verdict = html("kop-verdict")
                    self.weights = Weights(services.advisor.knowledge.criteria)
                    self._lay_measuring()
                    self.known = html("kop-known")
            self.result = html("kop-result")
            with gr.Row(equal_height=True):
                self.before, self.after = html("kop-before"), html("kop-after")
            self._wire()

    def _lay_top(self, embedded: bool) -> None:
        with gr.Row(elem_classes="kop-top"):
            self.title = gr.Markdown(title(Language.EN), visible=not embedded)
            self.language = gr.Radio(
                [("English", "en"), ("中文", "zh")],
                value="en",
                label=f"{UI[Language.EN]['language']} · {UI[Language.ZH]['language']}",
                show_label=False,
                container=False,
                interactive=False,
                elem_id="kop-language",
            )

    def _lay_talk(self, embedded: bool) -> None:
        ui = UI[Language.EN]
        self.chatbot = gr.Chatbot(
            height=480 if embedded else 580,
            label=ui["chat"],
            show_label=False,
            buttons=["copy"],
            allow_tags=False,
            layout="bubble",
            placeholder=ui["placeholder"],
            elem_id="kop-chatbot",
        )
        with gr.Row():
            self.message = gr.Textbox(
                placeholder=ui["message"],
                label=ui["label"],
                show_label=False,
                container=False,
                scale=8,
                min_width=160,
                lines=1,
                max_lines=6,
                max_length=8_000,
                # The focus comes with the box: one that is there but off gets none.
                autofocus=not embedded,
                visible=False,
                elem_id="kop-message",
            )
            self.send = gr.Button(
                ui["send"], variant="primary", scale=1, min_width=84, interactive=False
            )
        with gr.Row(elem_classes="kop-examples"):
            self.examples = [
                gr.Button(text, size="sm", min_width=150, interactive=False)
                for text in EXAMPLES[Language.EN]
            ]

    def _lay_measuring(self) -> None:
        ui = UI[Language.EN]
        self.measure = gr.Button(
            ui["measure"], variant="primary", interactive=False, elem_id="kop-measure"
        )
        self.stop = gr.Button(
            ui["stop"], variant="stop", visible=False, elem_id="kop-stop"
        )
        self.progress = html("kop-progress")
        self.note = gr.Markdown(ui["note"], elem_classes="kop-note")
        self.restart = gr.Button(ui["restart"], size="sm", elem_id="kop-restart")

    def _wire(self) -> None:
        talk = [self.state, self.message, *self._viewed()]
        self.message.submit(self._say, [self.message, self.state], talk, **EVENT)
        self.send.click(self._say, [self.message, self.state], talk, **EVENT)
        for example in self.examples:
            example.click(self._say, [example, self.state], talk, **EVENT)
        self.chatbot.option_select(self._choose, [self.state], talk, **EVENT)
        self.restart.click(self._restart, [self.state], talk, **EVENT)
        self.chatbot.clear(self._restart, [self.state], talk, **EVENT)
        job = [self.state, *self._measuring()]
        self.measure.click(self._measure, [self.state], job, **EVENT)
        self.stop.click(self._cancel, [self.state], [self.stop], **EVENT)
        self.timer.tick(self._tick, [self.state], [*job, *self._viewed()], **EVENT)
        moved = [self.state, *self._viewed()]
        for slider in self.weights.sliders:
            given = [self.state, *self.weights.sliders]
            slider.input(self._weigh, given, moved, **LATEST)
        shown = [*self.weights.shown, *moved]
        self.weights.even.click(self._even, [self.state], shown, **EVENT)
        spoken = [*self._labelled(), *shown]
        self.language.input(self._speak, [self.language, self.state], spoken, **EVENT)
        opened = [self.language, *self._measuring(), *spoken]
        self.blocks.load(self._open, [self.state], opened, **EVENT)

    def _viewed(self) -> list[Any]:
        cards = [self.known, self.verdict, self.result, self.before, self.after]
        return [self.chatbot, *cards]

    def _view(self, state: State) -> list[Any]:
        shown = view(self._services, state)
        cards = (shown.known, shown.verdict, shown.result, shown.before, shown.after)
        return [shown.history, *(set_html(card) for card in cards)]

    def _measuring(self) -> list[Any]:
        return [self.progress, self.measure, self.stop, self.timer]

    def _job(self, job: Job | None, words: str, state: State) -> list[Any]:
        """The measuring controls; ``words`` where there is a fault to tell."""
        language = language_in(state)
        running = job is not None and job.state in ("queued", "running")
        shown = panels.problem(words) if words else ""
        if job is not None and not words:
            shown = panels.progress(job, language)
        text = UI[language]["busy" if running else "measure"]
        return [
            set_html(shown),
            gr.Button(text, interactive=not running),
            gr.Button(visible=running),
            gr.Timer(active=running),
        ]

    def _labelled(self) -> list[Any]:
        buttons = [self.send, self.stop, self.restart, *self.examples]
        return [*buttons, self.title, self.note, self.message, self.chatbot]

    def _labels(self, language: Language) -> list[Any]:
        ui = UI[language]
        texts = (ui["send"], ui["stop"], ui["restart"], *EXAMPLES[language])
        return [
            *(gr.Button(text, interactive=True) for text in texts),
            gr.Markdown(title(language)),
            gr.Markdown(ui["note"]),
            gr.Textbox(placeholder=ui["message"], label=ui["label"], visible=True),
            gr.Chatbot(placeholder=ui["placeholder"], label=ui["chat"]),
        ]

    def _open(self, kept: object, request: gr.Request) -> list[Any]:
        """A visitor comes, or comes back: what the browser kept is shown again."""
        state = state_in(kept)
        language = language_from(
            dict(request.query_params).get("language"),
            str(state.get("language", "")),
            request.headers.get("accept-language"),
        )
        state["language"] = language.value
        job = self._services.jobs.get(str(state.get("job") or ""))
        controls = self._job(job, "", state)
        switch = gr.Radio(value=language.value, interactive=True)
        return [switch, *controls, *self._spoken(state, language)]

    def _speak(self, language: str, kept: object) -> list[Any]:
        state = {**state_in(kept), "language": language}
        return self._spoken(state, language_in(state))

    def _spoken(self, state: State, language: Language) -> list[Any]:
        return [*self._labels(language), *self._weighed(state)]

    def _weighed(self, state: State) -> list[Any]:
        weights = conversation_in(state).weights
        sliders = self.weights.show(language_in(state), weights)
        return [*sliders, state, *self._view(state)]

    def _weigh(self, kept: object, *values: float) -> list[Any]:
        state = weighed(state_in(kept), self.weights.read(values))
        return [state, *self._view(state)]

    def _even(self, kept: object) -> list[Any]:
        return self._weighed(weighed(state_in(kept), {}))

    def _say(self, message: str, kept: object) -> list[Any]:
        state = told(self._services.advisor, message, state_in(kept))
        return [state, "", *self._view(state)]

    def _choose(self, kept: object, option: gr.SelectData) -> list[Any]:
        state = chosen(self._services.advisor, str(option.value), state_in(kept))
        return [state, gr.skip(), *self._view(state)]

    def _restart(self, kept: object) -> list[Any]:
        state = restarted(state_in(kept))
        return [state, "", *self._view(state)]

    # The queue of probes belongs to the event loop, so what follows are coroutines.
    async def _measure(self, kept: object) -> list[Any]:
        """Start a probe at the person's own rows, or say why none can start."""
        state = state_in(kept)
        conversation = conversation_in(state)
        spec = probe_for(conversation.profile.answers())
        # Whoever has seen the answer and asks again wants a new one.
        seen = asked_before(spec, conversation.reports)
        try:
            job = self._services.jobs.submit(spec, fresh=seen)
        except self._services.full as fault:
            return [state, *self._job(None, str(fault), state)]
        state["job"] = job.id
        return [state, *self._job(job, "", state)]

    async def _cancel(self, kept: object) -> Any:  # noqa: ANN401 - a Gradio update
        self._services.jobs.cancel(str(state_in(kept).get("job") or ""))
        return gr.Button(visible=False)

    async def _tick(self, kept: object) -> list[Any]:
        state = state_in(kept)
        job = self._services.jobs.get(str(state.get("job") or ""))
        if job is not None and job.state in ("queued", "running"):
            same = [gr.skip() for _ in self._viewed()]
            return [gr.skip(), *self._job(job, "", state), *same]
        words = ""
        if job is None or job.report is None or job.state == "failed":
            lost = UI[language_in(state)]["lost"]
            words = job.problem or job.phase if job is not None else lost
        if job is None or job.report is None:
            state["job"] = None
        else:
            state = with_report(self._services, state, job.report)
        return [state, *self._job(job, words, state), *self._view(state)]
