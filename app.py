"""Put the parts together and give them commands. No advice is decided in this file."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

from fastapi import FastAPI

from assistant.advisor import Advisor
from assistant.edges.docs import add_docs
from assistant.edges.factcheck import factcheck_command
from assistant.edges.http import router
from assistant.edges.pages import Pages, PagesMiddleware
from assistant.edges.ports import Services
from assistant.edges.problems import BodyLimit, add_problems
from assistant.edges.terminal import ask_command
from assistant.starters import Starters
from knowledge.load import KnowledgeError, load_knowledge, load_starters
from knowledge.records import Language
from probes.checks.catalog import load_checks
from probes.checks.jobs import CheckJobs, ChecksFullError, NoCheckError
from probes.checks.records import CheckProgress, CheckReport
from probes.checks.runner import run_checks
from probes.environment import environment
from probes.frameworks import installed
from probes.jobs import ProbeConflictError, ProbeJobs, QueueFullError
from probes.pictures import ratio_svg, table_heads, table_rows
from probes.records import ProbeReport
from probes.runner import run_probe
from probes.store import ReportStore, reports_folder
from probes.terminal import probe_command

P = ParamSpec("P")
R = TypeVar("R")

MOST_BYTES = 2**20
"""Largest request body: a conversation with two probe reports fits many times."""


OWN = ("127.0.0.1", "localhost", "::1")
"""Addresses that only the machine itself can reach."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, read from the environment once."""

    embed_parents: tuple[str, ...] = ()
    state_secret: str = "keras-or-pytorch"
    hosted: bool = False

    @classmethod
    def from_environment(cls, host: str = "127.0.0.1") -> Settings:
        """Read ``KOP_EMBED_PARENTS``, ``KOP_STATE_SECRET`` and ``KOP_HOSTED``.

        Args:
            host: address that is listened on; one that others reach makes the service
                a hosted one where ``KOP_HOSTED`` does not say.

        Raises:
            ValueError: a parent is no origin, or ``KOP_HOSTED`` neither 0 nor 1.
        """
        parents = tuple(os.environ.get("KOP_EMBED_PARENTS", "").split())
        for parent in parents:
            if not parent.startswith(("https://", "http://")) or ";" in parent:
                raise ValueError(
                    f"KOP_EMBED_PARENTS: {parent!r} is no origin; write "
                    "https://learn.example.org"
                )
        secret = os.environ.get("KOP_STATE_SECRET") or "keras-or-pytorch"
        hosted = os.environ.get("KOP_HOSTED") or str(int(host not in OWN))
        if hosted not in ("0", "1"):
            raise ValueError(
                f"KOP_HOSTED: {hosted!r}; write 1 where people use this service from "
                "other machines, else 0"
            )
        return cls(parents, secret, hosted == "1")


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service.

    Raises:
        KnowledgeError: rather than serve wrong advice; every fault is listed.
    """
    settings = settings or Settings.from_environment()
    # One measurement at a time, whoever asked: side by side they would disturb.
    alone = asyncio.Lock()
    store = ReportStore(reports_folder())
    jobs = ProbeJobs(
        store=store,
        runner=_alone(alone, run_probe),
        hosted=settings.hosted,
    )
    checks = CheckJobs(
        load_checks, _alone(alone, run_checks), reports_folder() / "checks"
    )
    knowledge = load_knowledge()
    services = Services(
        advisor=Advisor(knowledge, store.judge, _models()),
        jobs=jobs,
        checks=checks,
        starters=Starters(load_starters(), knowledge.builds),
        judge=store.judge,
        installed=installed,
        environment=environment,
        picture=_picture,
        table=_table,
        conflict=ProbeConflictError,
        full=QueueFullError,
        no_check=NoCheckError,
        checks_full=ChecksFullError,
        embed_parents=settings.embed_parents,
        state_secret=settings.state_secret,
    )
    return _served(services, (jobs, checks))


def _served(services: Services, queues: Sequence[ProbeJobs | CheckJobs]) -> FastAPI:
    """The routes, and around them the pages, which load after the start."""

    def build() -> FastAPI:
        from assistant.edges.chat import chat_app

        return chat_app(services)

    pages = Pages(build, services.embed_parents)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=services.advisor.warm, daemon=True).start()
        async with pages.running(lambda: setattr(app.state, "chat_ready", True)):
            yield
        for queue in queues:
            await queue.close()

    app = FastAPI(
        title="Keras or PyTorch?",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    add_problems(app)
    app.include_router(router(services))
    add_docs(app)
    app.add_middleware(BodyLimit, most_bytes=MOST_BYTES)
    app.add_middleware(PagesMiddleware, pages=pages)
    return app


def _alone(
    lock: asyncio.Lock, run: Callable[P, Awaitable[R]]
) -> Callable[P, Awaitable[R]]:
    """``run``, waiting for its turn."""

    async def waiting(*given: P.args, **named: P.kwargs) -> R:
        async with lock:
            return await run(*given, **named)

    return waiting


def _check(
    claims: Sequence[str],
    *,
    quick: bool,
    on_progress: Callable[[CheckProgress], None],
    stop: asyncio.Event,
) -> Awaitable[CheckReport]:
    """Every check that speaks to one of ``claims``."""
    asked = [one for one in load_checks() if set(one.claims) & set(claims)]
    return run_checks(asked, quick=quick, on_progress=on_progress, stop=stop)


def _picture(report: ProbeReport, language: Language) -> str:
    return ratio_svg(report, _word(language))


def _table(report: ProbeReport, language: Language) -> tuple[tuple[str, ...], ...]:
    """One column for each contender, which even a phone has room for."""
    word = _word(language)
    return tuple(zip(table_heads(word), *table_rows(report, word), strict=True))


def _word(language: Language) -> Literal["en", "zh"]:
    return "zh" if language is Language.ZH else "en"


def serve(argv: Sequence[str]) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="app.py serve", description="Serve.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    given = parser.parse_args(argv)
    import uvicorn

    sys.stderr.write(f"http://{given.host}:{given.port}/ (Ctrl-C ends it)\n")
    uvicorn.run(
        create_app(Settings.from_environment(given.host)),
        host=given.host,
        port=given.port,
        log_level="warning",
        workers=1,
    )
    return 0


def _models() -> Path:
    """Where what is fitted to the phrases is kept, beside what was measured."""
    return reports_folder() / "models"


def main(argv: Sequence[str] | None = None) -> int:
    """``serve`` (the default) or another command; a fault is one clear message."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = given.pop(0) if given and not given[0].startswith("-") else "serve"
    try:
        if command == "serve":
            return serve(given)
        if command == "ask":
            judge = ReportStore(reports_folder()).judge
            return ask_command(Advisor(load_knowledge(), judge, _models()), given)
        if command == "probe":
            return probe_command(given)
        if command == "factcheck":
            return factcheck_command(load_knowledge(), _check, given)
    except (KnowledgeError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stderr.write(
        f"app.py: {command!r} is no command; use serve, ask, probe or factcheck\n"
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
