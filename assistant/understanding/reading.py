"""Read one message: what it tells about the person, and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.moves import MANY
from assistant.understanding.amounts import OF_DATA, Amounts
from assistant.understanding.answering import LONGEST, Answer, answer_to
from assistant.understanding.classifier import Classifier
from assistant.understanding.clauses import (
    Clause,
    clauses,
    denied,
    language_of,
    normal,
)
from assistant.understanding.commands import Commands, language_named
from assistant.understanding.corrections import corrects, instead, put_right
from assistant.understanding.deciding import Decide, Signs, decided
from assistant.understanding.finding import Finder
from assistant.understanding.frameworks import asks, mentions
from assistant.understanding.intents import fact_query, intents, questions
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.merging import (
    RIVALLED,
    contested,
    lone,
    merged,
    opposed,
    still_open,
)
from assistant.understanding.persons import FIRST_PERSON, of_asker
from assistant.understanding.purposes import Purposes, overruled, purpose
from assistant.understanding.quantities import quantities
from assistant.understanding.records import Intent, Understanding
from assistant.understanding.scope import only_asks, strange
from assistant.understanding.tellings import Tellings
from assistant.understanding.traditional import quoting, simplified
from assistant.understanding.weighing import Weigh, chances
from assistant.wire import Observation
from knowledge.records import (
    Amount,
    AnnotatedMessage,
    Command,
    Knowledge,
    Language,
    Phrase,
    Utterance,
    Value,
)

SURE = 0.8
"""Probability from which a reading is acted on without asking.

Of first readings of strangers 18% lie under it, and 72% of the wrong ones (2026-11-30,
``python -m tests.evaluation.weighing``).
"""

SURE_AMOUNT = 0.6
"""The same of an amount: of first readings 23% lie under it, 72% of the wrong ones."""

DOUBTFUL = 0.55
"""Probability from which a guess is worth asking about."""

MOST_CLAUSES_GUESSED = 8


class _Found(NamedTuple):
    """What a message tells: taken, doubted, withdrawn, and what stays dark."""

    kept: tuple[Observation, ...] = ()
    doubtful: tuple[Observation, ...] = ()
    retracted: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class Reader:
    """Reads messages by the shipped phrases. Holds no conversation."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        commands: Iterable[Command] = (),
        weigh: Weigh = chances,
        folder: Path | None = None,
        *,
        decide: Decide = decided,
        messages: Iterable[AnnotatedMessage] = (),
        utterances: Iterable[Utterance] = (),
        amounts: Iterable[Amount] = (),
    ) -> None:
        """Take what people say; ``folder`` is where models fitted to it are kept."""
        known, spoken = tuple(phrases), tuple(messages)
        self._commands = Commands(commands)
        self._lexicon = Lexicon(known)
        self._classifier = Classifier(known, folder)
        tellings = Tellings(spoken, folder)
        counted = Amounts(amounts, spoken, folder)
        self._finder = Finder(self._lexicon, self._classifier, tellings, counted, weigh)
        self._decide = decide
        self._purposes = Purposes(utterances, spoken, folder)

    @classmethod
    def of(cls, knowledge: Knowledge, folder: Path | None = None) -> Reader:
        """A reader of everything that ships."""
        return cls(
            knowledge.phrases,
            knowledge.commands,
            folder=folder,
            messages=knowledge.messages,
            utterances=knowledge.utterances,
            amounts=knowledge.amounts,
        )

    def warm(self) -> None:
        """Have the models ready now, not at the first message that needs them."""
        self.read("Hello, I am a student, a beginner, and have a few photos.")

    def read(
        self,
        message: str,
        *,
        asked: str | None = None,
        asked_options: Sequence[Value] = (),
        asked_labels: Sequence[Sequence[str]] = (),
        unsure: Observation | None = None,
        language: Language | None = None,
    ) -> Understanding:
        """What the message tells.

        Args:
            asked: the field the last question was about, with the values on offer in
                the order shown, and for each how it is called.
            unsure: the reading the last answer asked to confirm.
            language: taken where the message itself does not show one.
        """
        written = normal(message)
        text = simplified(written)
        spoken = language_of(text, language or Language.EN)
        answered = answer_to(text, asked, asked_options, unsure, asked_labels)
        alone = None if answered.complete else self._commands.alone(text)
        if alone is not None:
            return _command(alone, spoken)
        heard = quoting(self._read(text, asked, answered, spoken), text, written)
        guessed = all(one.words == text.strip()[:200] for one in heard.unsure)
        if heard.observations or answered.complete or not guessed:
            return heard
        alike = None if mentions(text) else self._commands.like(text)
        return _command(alike, spoken) if alike is not None else heard

    def _read(
        self, text: str, asked: str | None, answered: Answer, spoken: Language
    ) -> Understanding:
        ordered, text = self._commands.among(text)
        orders = {intent for intent, _ in ordered}
        rules, whole = intents(text), None
        wants = rules - {Intent.OUT_OF_SCOPE} | orders
        found = self._found(text, asked, wants, answered)
        if not (ordered or answered.complete):
            whole = self._purpose(text, asked, rules, found)
        judged = overruled(rules, whole) | orders
        if judged != wants:
            wants, found = judged, self._found(text, asked, judged, answered)
        found = found._replace(kept=of_asker(found.kept, text, whole))
        settled = whole or answered.complete or asked
        if not settled and strange(text, wants, found.kept):
            wants, found = frozenset({Intent.OUT_OF_SCOPE}), _Found()
        rivalled = tuple(one for one in found.kept if one.sure <= RIVALLED)
        languages = [language_named(name) for _, name in ordered]
        asks_fact = Intent.FACT_QUESTION in wants
        return Understanding(
            language=spoken,
            observations=found.kept,
            unsure=(*found.doubtful, *rivalled),
            declined=answered.declined,
            unclear=answered.unclear,
            retracted=found.retracted,
            instead=instead(text),
            intents=wants,
            fact_query=_query(text, bool(found.kept)) if asks_fact else None,
            not_understood=found.missed,
            switch_to=next((one for one in languages if one), None),
            purpose=whole,
        )

    def _purpose(
        self,
        text: str,
        asked: str | None,
        rules: frozenset[Intent],
        found: _Found,
    ) -> str | None:
        """What the whole message is plainly for."""
        if Intent.ADVICE in rules and only_asks(text):
            return Intent.ADVICE
        signs = Signs(
            text=text,
            odds=self._purposes.odds(text),
            wants=rules,
            told=len(found.kept),
            doubted=len(found.doubtful),
            dark=len(found.missed),
            asked=asked is not None,
        )
        return purpose(signs, self._decide) if signs.odds else None

    def _found(
        self, text: str, asked: str | None, wants: frozenset[Intent], answered: Answer
    ) -> _Found:
        """What is told in it, where that is wanted."""
        observations = list(answered.observations)
        if not answered.complete and Intent.OUT_OF_SCOPE not in wants:
            observations += self._finder.told(text, asked, wants)
        observations = put_right(observations, instead(text), text)
        taken = [one for one in observations if _is_sure(one)] or lone(observations)
        corrected = corrects(text)
        odd = [] if corrected else opposed(taken)
        taken = [one for one in taken if one not in odd]
        doubted = [one for one in observations if one not in taken]
        kept, retracted = merged(taken, corrected)
        torn = [] if corrected else contested(kept, doubted)
        kept, doubted = [one for one in kept if one not in torn], [*torn, *doubted]
        guesses, missed = self._guessed(text, wants, kept, answered.complete)
        if asked and not (answered.complete or kept or torn) and _answers(text, wants):
            meant = self._finder.answer(text.strip(), asked)
            guesses = [meant] if meant and meant.sure >= DOUBTFUL else guesses
        sure = [one for one in guesses if one.sure >= SURE]
        kept, more = merged([*kept, *sure], False)
        weak = [*doubted, *(one for one in guesses if one.sure < SURE)]
        withdrawn = tuple(dict.fromkeys((*retracted, *more)))
        return _Found(tuple(kept), still_open(weak, kept), withdrawn, missed)

    def _guessed(
        self,
        text: str,
        wants: frozenset[Intent],
        kept: Sequence[Observation],
        complete: bool,
    ) -> tuple[list[Observation], tuple[str, ...]]:
        """Readings of the clauses in which nothing was found, and what stays dark."""
        guesses: list[Observation] = []
        missed: list[str] = []
        if complete or wants - {Intent.ADVICE, Intent.CODE}:
            return guesses, ()
        for clause in clauses(text)[:MOST_CLAUSES_GUESSED]:
            if not self._is_dark(clause, wants):
                continue
            guess = self._classifier.guess(clause.text.strip())
            words = clause.text.strip()[:200]
            if guess is None or guess[2] < DOUBTFUL or denied(clause.text):
                missed.append(words)
                continue
            field, value, sure = guess
            if any(one.field == field for one in kept):
                continue
            many = field in MANY
            told_so = (value,) if many else value
            guesses.append(
                Observation(field=field, value=told_so, words=words, sure=sure)
            )
        return guesses, tuple(missed)

    def _is_dark(self, clause: Clause, wants: frozenset[Intent]) -> bool:
        if clause.about_others or clause.past or mentions(clause.text):
            return False
        personal = FIRST_PERSON.search(clause.text)
        if asks(clause.text) and (Intent.ADVICE in wants or not personal):
            return False
        content = re.findall(r"[A-Za-z]{3,}|[\u3400-\u9fff]", clause.text)
        return bool(content) and not (
            self._lexicon.find(clause.text) or quantities(clause.text)
        )


def _is_sure(one: Observation) -> bool:
    return one.sure >= (SURE_AMOUNT if one.field in OF_DATA else SURE)


def _answers(text: str, wants: frozenset[Intent]) -> bool:
    """Whether it may be an answer: short, no question, and nothing else is wanted."""
    if len(text) > LONGEST or asks(text):
        return False
    return not wants - {Intent.ADVICE, Intent.FACT_QUESTION}


def _query(text: str, told: bool) -> str:
    """What is asked of the facts: beside news only what asks, otherwise all of it."""
    return fact_query(text) or (told and questions(text)) or text


def _command(found: tuple[Intent, str], spoken: Language) -> Understanding:
    """A message that asks one thing of the conversation, and tells nothing."""
    intent, name = found
    return Understanding(
        language=spoken, intents=frozenset({intent}), switch_to=language_named(name)
    )
