"""The terminal door to the live checks: the article row by row, as it is checked."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text as Line

from assistant.factpage import as_html, as_markdown
from assistant.factsheet import STATUSES, Ledger, Row, Sheet, counted, machine_says
from knowledge.records import Claim, Knowledge, Language, Status
from probes.checks.records import CheckProgress, CheckReport

INTERRUPTED = 130
COLOURS = {"confirmed": "green", "refuted": "red", "mixed": "yellow"}


class Run(Protocol):
    """Runs the checks of some statements, all that the set has time for."""

    def __call__(
        self,
        claims: Sequence[str],
        *,
        quick: bool,
        on_progress: Callable[[CheckProgress], None],
        stop: asyncio.Event,
    ) -> Awaitable[CheckReport]: ...


def factcheck_command(knowledge: Knowledge, run: Run, argv: list[str]) -> int:
    """Check the article here.

    Returns:
        The exit status: 0 something was checked, 1 nothing was, 130 Ctrl-C. Wrong
        arguments end the program with 2 and a sentence.
    """
    asked = _parser(knowledge).parse_args(argv)
    language = Language(asked.language)
    claims = [
        claim
        for claim in knowledge.claims
        if asked.topic in (None, claim.topic)
        and asked.status in (None, claim.status_today.value)
    ]
    for name in (asked.html, asked.markdown):
        if name is not None and not name.parent.is_dir():
            sys.stderr.write(f"{name}: there is no folder {name.parent}\n")
            return 2
    ledger = Ledger(knowledge)
    report, interrupted = asyncio.run(_checked(ledger, claims, run, asked))
    made = ledger.sheet(report, claims)
    if asked.json:
        sys.stdout.write(made.model_dump_json(indent=2) + "\n")
    else:
        _rest(made, language)
    if asked.html is not None:
        write_whole(asked.html, as_html(made, language))
    if asked.markdown is not None:
        write_whole(asked.markdown, as_markdown(made, language))
    if interrupted:
        return INTERRUPTED
    return 0 if report.results else 1


def write_whole(path: Path, content: str) -> None:
    """Put a file in place complete or not at all.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


async def _checked(
    ledger: Ledger, claims: Sequence[Claim], run: Run, asked: argparse.Namespace
) -> tuple[CheckReport, bool]:
    language = Language(asked.language)
    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    console = Console(highlight=False)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f}%"),
        console=Console(stderr=True),
        # Nothing animates by itself: this process shares the measured machine.
        auto_refresh=False,
        disable=asked.json,
    )
    with bar:
        task = bar.add_task("starting", total=1.0)

        def tell(progress: CheckProgress) -> None:
            if not asked.json:
                for claim in claims:
                    if any(claim.id in one.claims for one in progress.results):
                        _show(
                            console, ledger.row(claim, progress.results, {}), language
                        )
            bar.update(task, completed=progress.fraction, description=progress.phase)
            bar.refresh()

        names = [claim.id for claim in claims]
        report = await run(names, quick=asked.quick, on_progress=tell, stop=stop)
    return report, stop.is_set()


def _show(console: Console, one: Row, language: Language) -> None:
    """One row; built as text, so that nothing in it is read as markup."""
    status = STATUSES[one.status_today].get(language)
    console.print(Line(f"“{one.article.get(language)}”", style="bold"))
    colon, stop = ("：", "。") if language is Language.ZH else (": ", ". ")
    today = one.today.get(language)
    console.print(Line(f"  {_TODAY[language]}{colon}{status}{stop}{today}"))
    outcomes: list[str] = [seen.outcome for seen in one.verdicts] or ["unseen"]
    said = machine_says(one, language)
    for outcome, (word, says) in zip(outcomes, said, strict=True):
        line = Line(f"  {_HERE[language]}{colon}")
        line.append(word, style=COLOURS.get(outcome, "dim"))
        console.print(line.append(f"{stop}{says}"))
    console.print()


_TODAY = {Language.EN: "today", Language.ZH: "今天"}
_HERE = {Language.EN: "this machine", Language.ZH: "本机"}


def _rest(made: Sheet, language: Language) -> None:
    """What was not run, reason by reason, and the sum."""
    console = Console(highlight=False)
    groups: dict[str, list[str]] = {}
    for one in made.rows:
        if one.unseen is not None:
            groups.setdefault(one.unseen.get(language), []).append(one.claim)
    for reason, names in groups.items():
        console.print(Line(f"{len(names)} × {reason}: {', '.join(names)}", "dim"))
    console.print(Line(f"{counted(made.counts, language)}. {made.seconds:.0f} s"))


def _parser(knowledge: Knowledge) -> argparse.ArgumentParser:
    topics = sorted({claim.topic for claim in knowledge.claims})
    parser = argparse.ArgumentParser(
        prog="app.py factcheck",
        description="Check the article of 2022 on this machine, row by row.",
    )
    parser.add_argument(
        "--quick", action="store_true", help="within 2 minutes; else within 15"
    )
    parser.add_argument("--topic", choices=topics, help="only this topic")
    parser.add_argument(
        "--status", choices=[one.value for one in Status], help="as it stands today"
    )
    parser.add_argument("--language", choices=["en", "zh"], default="en")
    parser.add_argument("--json", action="store_true", help="print JSON, nothing else")
    parser.add_argument("--html", type=Path, help="also write a page to this file")
    parser.add_argument("--markdown", type=Path, help="also write Markdown")
    return parser
