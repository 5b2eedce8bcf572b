"""Find the answer to a factual question among our topics and the article's claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.explanation import cited
from assistant.retrieval import Retrieval
from assistant.wire import Fact, SourceLink, source_links
from knowledge.records import Claim, Knowledge, Language, Status, Text, Topic
from knowledge.records import Fact as Known

FLOOR = 0.55
"""Score under which a question is not taken as answered."""

DOUBTFUL_FLOOR = 0.9
"""The same for words of which it is not plain that they ask for a fact."""

ASIDE_FLOOR = 1.3
"""The same for news about the person, beside which a fact may be worth telling."""

SURE, NEVER_SURE = 0.6, 1.0
"""Probability above which an answer at ``FLOOR`` is given even so."""

STRANGE, VERY_STRANGE = 0.45, 0.8
"""Probability, and score, above which what is nearest to a message is its subject."""

TOPIC = "topic:"
OUTSIDE = "outside:"

MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer in Markdown with what it rests on, best first.

    ``topic`` is None where a statement of the article or a fact answered by itself.
    """

    topic: str | None
    text: str
    facts: tuple[Fact, ...]


class Answers:
    """Finds and words answers out of topics, the article's statements and facts."""

    def __init__(self, knowledge: Knowledge, folder: Path | None = None) -> None:
        """Take what is known; ``folder`` is where the fitted model is kept."""
        self._topics = {topic.id: topic for topic in knowledge.topics}
        self._claims = {claim.id: claim for claim in knowledge.claims}
        self._facts = {fact.id: fact for fact in knowledge.facts}
        self._contradictions = knowledge.contradictions
        self._sources = source_links(knowledge)
        texts = {
            f"{TOPIC}{topic.id}": (*topic.asked, topic.title.en, topic.title.zh)
            for topic in knowledge.topics
        }
        texts |= {
            f"claim:{one.id}": (one.claim.en, one.claim.zh) for one in knowledge.claims
        }
        texts |= {
            f"fact:{one.id}": (one.says.en, one.says.zh, *one.asked)
            for one in knowledge.facts
        }
        outside = {f"{OUTSIDE}{one.id}": one.asked for one in knowledge.outside}
        self._retrieval = Retrieval(texts, knowledge.concepts, outside, folder)

    def find(
        self,
        question: str,
        language: Language,
        floor: float = FLOOR,
        sure: float = NEVER_SURE,
    ) -> FoundAnswer | None:
        """The best answer in that language.

        None where nothing scores ``floor``, or what is not ours is nearer. One that is
        ``sure`` to the fitted model need not be so near.
        """
        nearest = self._retrieval.nearest(question)
        if not nearest:
            return None
        best = nearest[0]
        if best.score < (FLOOR if best.learnt >= sure else floor):
            return None
        kind, _, id = best.owner.partition(":")
        if kind == "outside":
            return None
        if kind == "topic":
            return self._by_topic(self._topics[id], language)
        if kind == "claim":
            return self._by_claim(self._claims[id], language)
        return self.by_fact(self._facts[id], language)

    def is_outside(self, message: str, told: bool = False) -> bool:
        """Whether a message names nothing of ours and is about something else.

        Mere noise is not: nobody knows what that is about. Where it seems to have
        ``told`` something of a person, it must be plain.
        """
        nearest = self._retrieval.strangest(message)
        if nearest is None or not nearest.owner.startswith(OUTSIDE):
            return False
        if nearest.owner == f"{OUTSIDE}noise":
            return False
        signs = (nearest.learnt >= STRANGE, nearest.score >= VERY_STRANGE)
        return all(signs) if told else any(signs)

    def _by_topic(self, topic: Topic, language: Language) -> FoundAnswer:
        links = [self._sources[one] for one in topic.sources]
        blocks = [topic.answer.get(language)]
        if topic.article is not None:
            blocks.append(_article_said(topic.article, language))
        else:
            blocks += self._otherwise(topic.claims, language)
        blocks += self._disagreeing(language, topic=topic.id)
        blocks += [_cited(links, language), *self._offered(topic.claims, language)]
        facts = tuple(self._fact(self._claims[one], language) for one in topic.claims)
        return FoundAnswer(topic.id, "\n\n".join(blocks), facts[:MOST_FACTS])

    def _by_claim(self, claim: Claim, language: Language) -> FoundAnswer:
        fact = self._fact(claim, language)
        blocks = [fact.today, _article_said(claim.claim, language)]
        blocks += self._disagreeing(language, claim=claim.id)
        blocks += [
            _cited(fact.sources, language),
            *self._offered((claim.id,), language),
        ]
        return FoundAnswer(None, "\n\n".join(blocks), (fact,))

    def by_fact(self, known: Known, language: Language) -> FoundAnswer:
        """The answer that a fact gives, with the statement that it bears on."""
        links = tuple(self._sources[one] for one in known.sources)
        said = known.says.get(language)
        fact = Fact(
            id=known.id,
            topic=known.topic,
            claim=said,
            status_today=Status.HOLDS,
            today=said,
            sources=links,
        )
        blocks = [said, *self._otherwise(known.claims, language)]
        for one in known.claims[:1]:
            blocks += self._disagreeing(language, claim=one)
        blocks += [_cited(links, language), *self._offered(known.claims, language)]
        related = [self._fact(self._claims[one], language) for one in known.claims]
        return FoundAnswer(None, "\n\n".join(blocks), (fact, *related)[:MOST_FACTS])

    def _otherwise(self, claims: Sequence[str], language: Language) -> list[str]:
        """What the article said of the same, where that is not simply so today."""
        return [
            _article_said(self._claims[one].claim, language)
            for one in claims[:1]
            if self._claims[one].status_today is not Status.HOLDS
        ]

    def _disagreeing(
        self, language: Language, *, topic: str = "", claim: str = ""
    ) -> list[str]:
        """Where the article says two things of what was asked."""
        zh = language is Language.ZH
        head = "文章在此前后不一：" if zh else "Here the article contradicts itself. "
        gap = "" if zh else " "
        return [
            head + one.says.get(language) + gap + one.today.get(language)
            for one in self._contradictions
            if topic in one.topics or claim in one.claims
        ]

    def _offered(self, claims: Sequence[str], language: Language) -> list[str]:
        """Where a statement that the answer rests on can be checked live."""
        said = "在本机核对这一点" if language is Language.ZH else "Check this here"
        return [
            f"[{said}](/article?language={language.value}#{one})"
            for one in claims
            if self._claims[one].check != "cite"
        ][:1]

    def _fact(self, claim: Claim, language: Language) -> Fact:
        return Fact(
            id=claim.id,
            topic=claim.topic,
            claim=claim.claim.get(language),
            status_today=claim.status_today,
            today=claim.today.get(language),
            sources=tuple(self._sources[one] for one in claim.sources),
        )


def _article_said(words: Text, language: Language) -> str:
    title = (
        "2022 年的文章说：" if language is Language.ZH else "The 2022 article said: "
    )
    return title + words.get(language)


def _cited(links: Sequence[SourceLink], language: Language) -> str:
    title = "来源：" if language is Language.ZH else "Sources: "
    return title + cited(links, language)
