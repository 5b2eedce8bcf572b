"""What to do first, as records of the wire contract."""

from __future__ import annotations

from datetime import date

from knowledge.records import Record


class PathStep(Record):
    """A page to read; ``minutes`` is an estimate, ``read_on`` when it was looked at."""

    title: str
    url: str
    minutes: int
    level: str
    read_on: date | None = None


class NextSteps(Record):
    """``install`` fits the person's system; None where no stack is named, or where
    ``install_page`` is all there is.

    ``starter`` is the id of a first program, None where there is none for this stack
    and data; ``starter_url`` is where this service gives it, fitted to the person.
    Where hard rules collide, all of it is for the first part of the suggested split.

    Attributes:
        install_page: what gives the command for the framework underneath on this
            machine, where plain pip would bring, or might bring, a build that leaves
            the accelerator idle; it comes before ``install``.
        switch_url: the guide from one framework to the other, on this service, for a
            person whose present work is in the other one.
    """

    starter: str | None
    starter_url: str | None = None
    switch_url: str | None = None
    install: str | None
    install_page: str | None = None
    path: tuple[PathStep, ...]
