"""What the doors need from the rest, as shapes; ``app.py`` hands over the real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.advisor import Advisor
from assistant.starters import Starters
from knowledge.records import Language
from probes.checks.records import CheckJob, CheckReport, Set
from probes.records import Environment, Job, ProbeReport, ProbeSpec


class Jobs(Protocol):
    """Probe jobs: one runs at a time, the others wait."""

    def submit(
        self,
        spec: ProbeSpec,
        idempotency_key: str | None = None,
        *,
        fresh: bool = False,
    ) -> Job: ...
    def get(self, id: str) -> Job | None: ...
    def cancel(self, id: str) -> Job | None: ...
    def events(self, id: str) -> AsyncIterator[Job]: ...


class Checks(Protocol):
    """Live checks of statements: one runs at a time, the others wait."""

    def submit(self, claim: str) -> CheckJob: ...
    def submit_set(self, which: Set) -> CheckJob: ...
    def get(self, id: str) -> CheckJob | None: ...
    def cancel(self, id: str) -> CheckJob | None: ...
    def seen(self) -> CheckReport: ...
    def under_way(self) -> CheckJob | None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a door may call.

    ``conflict`` and ``full`` are the exceptions that ``jobs.submit`` raises when a key
    was used for another probe, and when too many are waiting; ``no_check`` and
    ``checks_full`` those of ``checks.submit``.
    """

    advisor: Advisor
    jobs: Jobs
    checks: Checks
    starters: Starters
    judge: Callable[[ProbeReport], ProbeReport]
    installed: Callable[[], dict[str, str | None]]
    environment: Callable[[], Environment]
    picture: Callable[[ProbeReport, Language], str]
    table: Callable[[ProbeReport, Language], tuple[tuple[str, ...], ...]]
    conflict: type[Exception]
    full: type[Exception]
    no_check: type[Exception]
    checks_full: type[Exception]
    embed_parents: tuple[str, ...] = ()
    state_secret: str = "keras-or-pytorch"
