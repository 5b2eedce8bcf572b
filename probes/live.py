"""A probe while it runs: a table whose intervals narrow, and what Ctrl-C does."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

import psutil
from rich.console import Console
from rich.live import Live
from rich.table import Table

from probes.chinese import in_chinese
from probes.pictures import WORDS
from probes.records import ProbeSpec, Progress, Ratio
from probes.schedule import half_width
from probes.words import Language, name

INTERRUPTED = 130

HEADS = {
    "en": ("contender", "times the baseline", "95% interval", "±", "so far"),
    "zh": ("框架", "相对基准倍数", "95% 区间", "±", "目前"),
}

STOPPING = {
    "en": "Stopping: the verdict so far follows. Ctrl-C again ends at once.",
    "zh": "正在停止，稍后给出目前的结论；再按一次 Ctrl-C 立即结束。",
}


def live_table(spec: ProbeSpec, progress: Progress, language: Language) -> Table:
    """Ratios so far, one row for each contender, over phase and seconds left."""
    known = {ratio.contender: ratio for ratio in progress.ratios}
    phase = progress.phase if language == "en" else in_chinese(progress.phase)
    left = "s left" if language == "en" else "秒剩余"
    foot = f"{phase} · {progress.fraction:.0%} · {progress.remaining_s:.0f} {left}"
    table = Table(*HEADS[language], caption=foot, caption_justify="left")
    base = next((ratio.baseline for ratio in progress.ratios), spec.contenders[0])
    for contender in spec.everybody():
        label = name(contender, language)
        if contender == base:
            table.add_row(label, "1", "", "", WORDS[language]["baseline"])
        elif ratio := known.get(contender):
            table.add_row(label, *_cells(ratio, language))
        else:
            table.add_row(label, "…", "", "", "")
    return table


def _cells(ratio: Ratio, language: Language) -> tuple[str, ...]:
    return (
        f"{ratio.ratio:.2f}",
        f"{ratio.low:.2f}-{ratio.high:.2f}",
        f"{half_width(ratio):.0%}",
        WORDS[language][ratio.word],
    )


@contextlib.contextmanager
def shown_live(
    spec: ProbeSpec, language: Language, *, quiet: bool
) -> Iterator[Callable[[Progress], None]]:
    """Draw anew at every progress, on stderr; nothing where that is no terminal.

    Nothing animates by itself: this process shares the measured machine.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with Live(console=console, auto_refresh=False, transient=True) as screen:

        def tell(progress: Progress) -> None:
            screen.update(live_table(spec, progress, language), refresh=True)

        yield tell


@contextlib.contextmanager
def interruptible(stop: Callable[[], object], language: Language) -> Iterator[None]:
    """The first Ctrl-C calls ``stop``, the second ends this process and its children.

    Args:
        stop: called in the main thread, between two instructions.
    """
    seen = 0

    def interrupt(_: int, __: FrameType | None) -> None:
        nonlocal seen
        seen += 1
        if seen > 1:
            end_at_once()
        sys.stderr.write(f"\n{STOPPING[language]}\n")
        stop()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end_at_once() -> NoReturn:
    """Kill all children, suspended ones too, and leave without tidying up."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()
    Console(stderr=True).show_cursor()
    os._exit(INTERRUPTED)
