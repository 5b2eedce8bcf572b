"""The article row by row: what it said, how that stands today, what this machine says.

Rows join statements with the results of their live checks; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assistant.wire import SourceLink, source_links
from knowledge.records import Claim, Knowledge, Language, Record, Status, Text
from probes.checks.records import CheckReport, CheckResult, Outcome, Says

BY_DOCUMENTS = Text(
    en="by documents only; no program can tell",
    zh="只能依文献核对，程序无法判断",
)
NOT_RUN = Text(en="was not run", zh="未运行")
OUTCOMES: dict[Outcome, Text] = {
    "confirmed": Text(en="confirmed", zh="证实"),
    "refuted": Text(en="refuted", zh="推翻"),
    "mixed": Text(en="mixed", zh="部分属实"),
    "not_applicable": Text(en="not applicable here", zh="本机无法判断"),
}
STATUSES: dict[Status, Text] = {
    Status.HOLDS: Text(en="holds", zh="仍成立"),
    Status.OUTDATED: Text(en="outdated", zh="已过时"),
    Status.WRONG: Text(en="wrong", zh="有误"),
    Status.CONTESTED: Text(en="contested", zh="有争议"),
    Status.OPINION: Text(en="opinion", zh="观点"),
    Status.DEPENDS_ON_HARDWARE: Text(en="depends on hardware", zh="取决于硬件"),
}


TABLE = "table: "
"""Begins the name of a section that is a line of the article's closing table."""


class Verdict(Record):
    """What one check saw here."""

    check: str
    outcome: Outcome
    says: Text


class Row(Record):
    """One statement of the article. ``verdicts`` is empty where ``unseen`` says why.

    Attributes:
        contradicted: what else the article says of it that pulls the other way.
        can_be_checked: whether a program can tell.
    """

    claim: str
    subject: str
    topic: str
    sections: tuple[str, ...]
    article: Text
    status_today: Status
    today: Text
    sources: tuple[SourceLink, ...]
    contradicted: tuple[Text, ...]
    verdicts: tuple[Verdict, ...]
    unseen: Text | None
    can_be_checked: bool


class HeadToHead(Record):
    """One line of the article's closing table, with the rows that it rests on."""

    heading: str
    rows: tuple[Row, ...]


class Sheet(Record):
    """The whole article on one machine, and the conditions."""

    made_at: datetime
    set: str
    seconds: float
    machine: str
    versions: dict[str, str]
    counts: dict[str, int]
    rows: tuple[Row, ...]
    table: tuple[HeadToHead, ...]


class Ledger:
    """The article's statements, ready to be joined with what a machine saw."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.claims = knowledge.claims
        self._sources = source_links(knowledge)
        self._contradictions = knowledge.contradictions
        self._sections = knowledge.sections

    def row(
        self, claim: Claim, results: Iterable[CheckResult], why: Mapping[str, Says]
    ) -> Row:
        """One statement with what its checks saw.

        Args:
            results: of any checks; those of other statements are left out.
            why: reasons of skipped checks, by statement.
        """
        verdicts = tuple(
            Verdict(
                check=one.id,
                outcome=one.outcome,
                says=Text(en=one.sentence.en, zh=one.sentence.zh),
            )
            for one in results
            if claim.id in one.claims
        )
        return Row(
            claim=claim.id,
            subject=claim.subject,
            topic=claim.topic,
            sections=claim.sections,
            article=claim.claim,
            status_today=claim.status_today,
            today=claim.today,
            sources=tuple(self._sources[one] for one in claim.sources),
            contradicted=tuple(
                one.says for one in self._contradictions if claim.id in one.claims
            ),
            verdicts=verdicts,
            unseen=None if verdicts else _unseen(claim, why),
            can_be_checked=claim.check != "cite",
        )

    def sheet(
        self, report: CheckReport, claims: Sequence[Claim] | None = None
    ) -> Sheet:
        """Statements in the article's order: ``claims``, or all of them."""
        chosen = self.claims if claims is None else claims
        why = {claim: one.reason for one in report.skipped for claim in one.claims}
        rows = tuple(self.row(claim, report.results, why) for claim in chosen)
        here = report.environment
        return Sheet(
            made_at=report.started_at,
            set=report.set,
            seconds=report.duration_s,
            machine=f"{here.processor}, {here.cores} cores, {here.system}",
            versions={
                "python": here.python,
                **{name: v for name, v in report.versions.items() if v},
            },
            counts=dict(Counter(one.outcome for one in report.results)),
            rows=rows,
            table=_table(rows, self._sections),
        )


def counted(counts: Mapping[str, int], language: Language) -> str:
    """``12 confirmed, 3 refuted``."""
    return ", ".join(
        f"{counts[name]} {word.get(language)}"
        for name, word in OUTCOMES.items()
        if counts.get(name)
    )


def machine_says(one: Row, language: Language) -> tuple[tuple[str, str], ...]:
    """Outcome and sentence of every check, or a dash and the reason for none."""
    if one.unseen is not None:
        return (("–", one.unseen.get(language)),)
    return tuple(
        (OUTCOMES[seen.outcome].get(language), seen.says.get(language))
        for seen in one.verdicts
    )


def _unseen(claim: Claim, why: Mapping[str, Says]) -> Text:
    if claim.check == "cite":
        return BY_DOCUMENTS
    if reason := why.get(claim.id):
        return Text(en=reason.en, zh=reason.zh)
    return NOT_RUN


def _table(rows: Sequence[Row], sections: Sequence[str]) -> tuple[HeadToHead, ...]:
    """Rows of the article's closing table, as it was ordered; lines without any not."""
    lines = {one: [row for row in rows if one in row.sections] for one in sections}
    return tuple(
        HeadToHead(heading=section.removeprefix(TABLE), rows=tuple(found))
        for section, found in lines.items()
        if section.startswith(TABLE) and found
    )
