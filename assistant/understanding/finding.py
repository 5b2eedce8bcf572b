"""Find what a message tells: amounts, frameworks, phrases, each with its chance."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from assistant.moves import MANY
from assistant.understanding.amounts import Amounts
from assistant.understanding.classifier import Classifier
from assistant.understanding.clauses import Clause, clauses, really
from assistant.understanding.contrast import set_apart
from assistant.understanding.corrections import corrects
from assistant.understanding.frameworks import Told, asks, told
from assistant.understanding.holding import owned
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.ordering import left_free, strict
from assistant.understanding.persons import impersonal, meant, of_framework
from assistant.understanding.quantities import quantities
from assistant.understanding.quantities_zh import counted_kind
from assistant.understanding.records import IN_WORDS, Intent, Quantity
from assistant.understanding.referring import begun, given_up, left_open, referred
from assistant.understanding.snippets import from_code
from assistant.understanding.tellings import Tellings
from assistant.understanding.weighing import Reading, Weigh, amount_chance, around
from assistant.wire import Observation
from knowledge.records import as_many

COUNTED = ("dataset_rows", "dataset_size", "dataset_bytes")

HARDLY = 0.3
"""Chance below which an amount is not even asked about."""

PROBED = 0.8
"""The least chance of an amount in a wish for a measurement."""

LEAST = -6.0
"""Log odds below which one value is as good as told against as another."""

UNNAMED = ("existing", "mandated", "dataset_bytes")
"""Fields whose values are named, and nothing to be made out from other words."""


class Finder:
    """Finds by phrases and grammar, weighs by models."""

    def __init__(
        self,
        lexicon: Lexicon,
        classifier: Classifier,
        tellings: Tellings,
        amounts: Amounts,
        weigh: Weigh,
    ) -> None:
        self._lexicon = lexicon
        self._classifier = classifier
        self._tellings = tellings
        self._amounts = amounts
        self._weigh = weigh

    def told(
        self, text: str, asked: str | None, wants: frozenset[Intent]
    ) -> list[Observation]:
        """Every reading with its chance, in the order in which they stand.

        Args:
            asked: the field that a question before was about.
            wants: what is wanted beside telling something.
        """
        imagines = Intent.WHAT_IF in wants and not really(text)
        # What is supposed or put right stands in messages that speak against it.
        plainly = not (imagines or corrects(text))
        observations: list[Observation] = []
        parts = clauses(text)
        free = left_free(text)
        amounts = quantities(text, bare=asked in ("dataset_rows", "dataset_size"))
        if plainly and asked not in COUNTED:
            amounts = self._of_data(text, amounts, len(parts), Intent.PROBE in wants)
        starts = [one.start for one in amounts]
        weighed: dict[int, Reading] = {}
        for place, clause in enumerate(parts):
            if clause.supposed and not imagines:
                continue
            if not clause.about_others:
                first, last = (
                    bisect_left(starts, place) for place in (clause.start, clause.end)
                )
                observations += [_amount(one, text) for one in amounts[first:last]]
            question = asks(clause.text) and not imagines
            asked_about = question and of_framework(clause)
            probed = Intent.PROBE in wants and not owned(clause.text)
            if not asked_about and not probed:
                named = told(clause, question, begun(text, clause.start))
                gone = given_up(parts, place) or set_apart(parts, place)
                weak = left_open(parts, place) or (free and not strict(clause.text))
                observations += [
                    _named(one, clause.text)
                    for one in named
                    if not (weak if one.role == "mandated" else gone)
                ]
            if clause.about_others or impersonal(clause, wants):
                continue
            for one in self._phrases(clause):
                if plainly and one.field != asked:
                    weighed[len(observations)] = one
                observations.append(_observed(one))
        labels = [(one.field, one.value) for one in weighed.values()]
        spoken = self._tellings.evidence(text, labels)
        readings = [
            replace(one, spoken=said)
            for one, said in zip(weighed.values(), spoken, strict=True)
        ]
        sure = self._weigh(self._classifier, readings, len(parts))
        for place, chance in zip(weighed, sure, strict=True):
            before = observations[place]
            observations[place] = before.model_copy(update={"sure": chance})
        pasted = from_code(text)
        observations += pasted
        if Intent.PROBE not in wants and not imagines:
            code = [
                str(value)
                for one in pasted
                if one.field == "existing"
                for value in as_many(one.value)
            ]
            observations += [_named(one, text) for one in referred(parts, code)]
        if asked or corrects(text):
            return observations
        return observations + _counted(observations)

    def answer(self, text: str, asked: str) -> Observation | None:
        """The likeliest value of a field for what is said when it is asked about.

        One of them is meant, so words that tell little on their own tell them apart:
        the chance is a share of those of the field's values.
        """
        field = IN_WORDS.get(asked, asked)
        values = () if field in UNNAMED else self._classifier.values(field)
        if not values:
            return None
        labels = [(field, value) for value in values]
        leanings = self._classifier.leanings([text] * len(labels), labels)
        spoken = self._tellings.evidence(text, labels)
        weights = [
            math.exp(max(leaning, LEAST) + said / 2)
            for leaning, said in zip(leanings, spoken, strict=True)
        ]
        chance, value = max(zip(weights, values, strict=True), key=lambda one: one[0])
        told = (value,) if field in MANY else value
        sure = chance / sum(weights)
        return Observation(field=field, value=told, words=text[:200], sure=sure)

    def _of_data(
        self, text: str, found: Sequence[Quantity], clauses: int, probed: bool
    ) -> list[Quantity]:
        """Amounts with their chance, less those that plainly count something else.

        Args:
            probed: a measurement is wished for; what is counted then is measured on.
        """
        odds = self._amounts.odds(text, found)
        least = PROBED if probed else 0.0
        chances = [max(amount_chance(one, clauses), least) for one in odds]
        return [
            replace(one, sure=chance)
            for one, chance in zip(found, chances, strict=True)
            if chance >= HARDLY
        ]

    def _phrases(self, clause: Clause) -> list[Reading]:
        found = []
        for one in self._lexicon.find(clause.text):
            value = meant(one, clause)
            if value is None:
                continue
            words = clause.text[one.start : one.end]
            near = around(clause.text, one.start, one.end)
            found.append(Reading(one.field, value, words, near))
        return found


def _named(one: Told, text: str) -> Observation:
    return Observation(
        field=one.role,
        value=one.framework if one.role == "mandated" else (one.framework,),
        words=text[one.start : one.end].strip()[:200],
        sure=0.9,
    )


def _counted(found: Sequence[Observation]) -> list[Observation]:
    """The kind of data by what it is counted in, where nothing else was said of it."""
    if any(one.field == "modality" for one in found):
        return []
    kinds = [
        one.model_copy(update={"field": "modality", "value": kind, "sure": 0.85})
        for one in found
        if one.field == "dataset_rows" and (kind := counted_kind(one.words))
    ]
    return kinds[:1]


def _observed(one: Reading) -> Observation:
    value = (one.value,) if one.field in MANY else one.value
    return Observation(field=one.field, value=value, words=one.words, sure=0.9)


def _amount(one: Quantity, text: str) -> Observation:
    words = text[one.start : one.end].strip()
    return Observation(field=one.field, value=one.value, words=words, sure=one.sure)
