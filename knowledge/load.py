"""Read the data files into records, reporting every fault of every file in one go."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.records import (
    Amount,
    AnnotatedMessage,
    Build,
    Caution,
    Claim,
    Command,
    Concept,
    Contradiction,
    Criterion,
    Difference,
    Fact,
    Knowledge,
    Language,
    LearningStep,
    Oldest,
    Outside,
    Phrase,
    Question,
    Record,
    Rule,
    Source,
    Topic,
    Utterance,
    Veto,
    Worth,
)

DATA = Path(__file__).parent / "data"
STARTERS = Path(__file__).parent / "starters"

R = TypeVar("R", bound=Record)


class KnowledgeError(Exception):
    """The knowledge files are wrong; ``problems`` says where, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("knowledge files are wrong:\n  " + "\n  ".join(problems))


class Tables:
    """The TOML files of one folder, and every fault found while reading them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._digest = hashlib.sha256()
        self._files = dict(self._parsed())

    def _parsed(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for path in sorted(self.folder.rglob("*.toml")):
            name = path.relative_to(self.folder).as_posix()
            content = path.read_bytes()
            self._digest.update(name.encode() + b"\0" + content + b"\0")
            try:
                yield name, tomllib.loads(content.decode("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
                self.problems.append(f"{name}: not TOML: {fault}")

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents of all files."""
        return self._digest.hexdigest()

    def named(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Files whose path below the folder starts so."""
        return ((n, t) for n, t in self._files.items() if n.startswith(prefix))

    def records(self, prefix: str, table: str, kind: type[R]) -> tuple[R, ...]:
        """Every entry of one kind, in file order, then in written order."""
        found: list[R] = []
        for name, content in self.named(prefix):
            self._strangers(name, content, table)
            for number, entry in enumerate(content.get(table, ()), start=1):
                record = self._record(name, number, entry, kind)
                if record is not None:
                    found.append(record)
        self._repeated(prefix, found)
        return tuple(found)

    def _strangers(self, name: str, content: dict[str, Any], table: str) -> None:
        for stranger in sorted(set(content) - {table}):
            self.problems.append(f"{name}: {stranger}: unknown; write [[{table}]]")

    def _record(
        self, name: str, number: int, entry: dict[str, Any], kind: type[R]
    ) -> R | None:
        title = entry.get("id") or entry.get("field") or f"entry {number}"
        try:
            return kind.model_validate(entry)
        except ValidationError as invalid:
            for fault in invalid.errors():
                field = ".".join(map(str, fault["loc"])) or "(entry)"
                self.problems.append(f"{name}: {title}: {field}: {fault['msg']}")
            return None

    def _repeated(self, prefix: str, found: Iterable[Record]) -> None:
        seen = set[str]()
        for record in found:
            name = getattr(record, "id", None) or getattr(record, "field", None)
            if name in seen:
                self.problems.append(f"{prefix}: {name}: written twice")
            if isinstance(name, str):
                seen.add(name)

    def phrases(self) -> tuple[Phrase, ...]:
        """Files ``phrases/FIELD.LANGUAGE.toml`` of ``[[value]]`` tables."""
        found: list[Phrase] = []
        for field, language, content in self._spoken("phrases", "value"):
            found += self._phrases_of(field, language, content)
        return tuple(found)

    def _phrases_of(
        self, field: str, language: Language, content: dict[str, Any]
    ) -> Iterator[Phrase]:
        name = f"phrases/{field}.{language}.toml"
        for entry in content.get("value", ()):
            value = entry.get("is")
            strangers = set(entry) - {"is", "phrases"}
            if value is None or strangers:
                wrong = ", ".join(sorted(strangers)) or "is: Field required"
                self.problems.append(f"{name}: {value}: {wrong}")
                continue
            for text in entry.get("phrases", ()):
                # Thousands of plain strings: shapes are checked by the types above.
                yield Phrase.model_construct(
                    text=str(text),
                    field=field,
                    value=value if value != "" else None,
                    language=language,
                )

    def utterances(self) -> tuple[Utterance, ...]:
        """Files ``utterances/INTENT.LANGUAGE.toml``, each a list of ``utterances``."""
        return tuple(
            Utterance(text=text, intent=intent, language=language)
            for intent, language, content in self._spoken("utterances")
            for text in content.get("utterances", ())
        )

    def amounts(self) -> tuple[Amount, ...]:
        """Files ``amounts/FIELD.LANGUAGE.toml``, each a list of ``amounts``."""
        found: list[Amount] = []
        for field, language, content in self._spoken("amounts"):
            for marked in content.get("amounts", ()):
                try:
                    found.append(Amount.of(marked, field, language))
                except ValueError:
                    name = f"amounts/{field}.{language}.toml"
                    self.problems.append(f"{name}: {marked}: mark one amount as ⟨12⟩")
        return tuple(found)

    def messages(self) -> tuple[AnnotatedMessage, ...]:
        """Files ``messages/HAND.LANGUAGE.toml`` of ``[[message]]`` tables."""
        found: list[AnnotatedMessage] = []
        for hand, language, content in self._spoken("messages", "message"):
            for number, entry in enumerate(content.get("message", ()), start=1):
                whole = entry | {"hand": hand, "language": language}
                name = f"messages/{hand}.{language}.toml"
                record = self._record(name, number, whole, AnnotatedMessage)
                found += [record] if record is not None else []
        return tuple(found)

    def _spoken(
        self, folder: str, table: str | None = None
    ) -> Iterator[tuple[str, Language, dict[str, Any]]]:
        """First name, language and content of each file of a folder."""
        for name, content in self.named(f"{folder}/"):
            self._strangers(name, content, table or folder)
            first, _, language = Path(name).stem.partition(".")
            if language in set(Language):
                yield first, Language(language), content
            else:
                self.problems.append(f"{name}: name it NAME.en.toml or NAME.zh.toml")

    def sections(self) -> tuple[str, ...]:
        """The article's sections in its order; a check wants every claim's there."""
        for name, content in self.named("sections.toml"):
            titles = content.get("sections")
            if isinstance(titles, list) and all(isinstance(t, str) for t in titles):
                return tuple(titles)
            self.problems.append(f"{name}: sections: a list of titles is required")
        return ()

    def reviewed_on(self) -> date:
        for name, content in self.named("reviewed.toml"):
            day = content.get("reviewed_on")
            if isinstance(day, date):
                return day
            self.problems.append(f"{name}: reviewed_on: a date is required")
        return date.min


def load_knowledge(folder: Path = DATA) -> Knowledge:
    """Everything we claim.

    Raises:
        KnowledgeError: one or more entries are malformed; all are listed, each with
            its file, entry and field.
    """
    tables = Tables(folder)
    sources = tables.records("sources", "source", Source)
    claims = tables.records("claims/", "claim", Claim)
    contradictions = tables.records(
        "contradictions.toml", "contradiction", Contradiction
    )
    facts = tables.records("facts/", "fact", Fact)
    criteria = tables.records("criteria.toml", "criterion", Criterion)
    rules = tables.records("rules/", "rule", Rule)
    vetoes = tables.records("vetoes.toml", "veto", Veto)
    cautions = tables.records("cautions.toml", "caution", Caution)
    questions = tables.records("questions.toml", "question", Question)
    path = tables.records("path.toml", "step", LearningStep)
    topics = tables.records("topics/", "topic", Topic)
    concepts = tables.records("concepts.toml", "concept", Concept)
    outside = tables.records("outside.toml", "outside", Outside)
    differences = tables.records("switching.toml", "difference", Difference)
    worth = tables.records("measured/worth.toml", "worth", Worth)
    oldest = tables.records("measured/versions.toml", "oldest", Oldest)
    builds = tables.records("builds.toml", "build", Build)
    commands = tables.records("commands.toml", "command", Command)
    phrases = tables.phrases()
    utterances = tables.utterances()
    messages = tables.messages()
    amounts = tables.amounts()
    sections = tables.sections()
    reviewed_on = tables.reviewed_on()
    if tables.problems:
        raise KnowledgeError(tuple(tables.problems))
    return Knowledge.model_construct(
        reviewed_on=reviewed_on,
        digest=tables.digest,
        sources=sources,
        sections=sections,
        claims=sorted_as_the_article(claims, sections),
        contradictions=contradictions,
        facts=facts,
        criteria=criteria,
        rules=rules,
        vetoes=vetoes,
        cautions=cautions,
        questions=questions,
        path=path,
        topics=topics,
        concepts=concepts,
        outside=outside,
        differences=differences,
        worth=worth,
        oldest=oldest,
        builds=builds,
        phrases=phrases,
        utterances=utterances,
        messages=messages,
        amounts=amounts,
        commands=commands,
    )


def sorted_as_the_article(
    claims: Iterable[Claim], sections: Sequence[str]
) -> tuple[Claim, ...]:
    """Claims by the section they stand in first; one whose section is lost is last."""
    place = {title: number for number, title in enumerate(sections)}
    return tuple(sorted(claims, key=lambda one: place.get(one.sections[0], len(place))))


def load_starters(folder: Path = STARTERS) -> dict[str, str]:
    """First programs as text, by ``FAMILY/NAME``. They are given away, never imported.

    Raises:
        KnowledgeError: there are none, so the package was not built whole.
    """
    found = {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in sorted(folder.glob("*/*.py"))
    }
    if not found:
        raise KnowledgeError((f"{folder.name}/: no program is there",))
    return found
