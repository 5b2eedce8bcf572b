"""Find the answer to a factual question among our topics and the article's claims."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

from assistant.wire import Fact, SourceLink
from knowledge.records import Claim, Knowledge, Language, Topic

TOPIC_FLOOR = 0.36
CLAIM_FLOOR = 0.42
"""Cosine similarity under which a question is not taken as answered.

A claim is a statement, not a question, so it must resemble what was asked more closely.
"""

MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer in Markdown with what it rests on, best first.

    ``topic`` is None where a claim answered by itself; ``likeness`` is the cosine
    similarity, 0..1, of the question to what was found.
    """

    topic: str | None
    text: str
    facts: tuple[Fact, ...]
    likeness: float


class Answers:
    """Retrieval by character n-grams, over questions and claims in both languages.

    scikit-learn is imported and the index built at first use; from then on a question
    takes about a millisecond.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._claims = {claim.id: claim for claim in knowledge.claims}
        self._contradictions = knowledge.contradictions
        self._sources = {
            source.id: SourceLink(
                title=source.title, url=source.url, read_on=source.read_on
            )
            for source in knowledge.sources
        }
        self._entries: list[tuple[str, Topic | Claim]] = [
            (text, topic)
            for topic in knowledge.topics
            for text in (*topic.asked, topic.title.en, topic.title.zh)
        ]
        self._entries += [
            (text, claim)
            for claim in knowledge.claims
            for text in (claim.claim.en, claim.claim.zh)
        ]
        self._lock = Lock()
        self._index: tuple[Any, Any] | None = None

    def find(self, question: str, language: Language) -> FoundAnswer | None:
        """The best answer in that language, None where nothing is close enough."""
        likeness = self._likeness(question)
        best = int(likeness.argmax())
        found = self._entries[best][1]
        score = float(likeness[best])
        if isinstance(found, Topic) and score >= TOPIC_FLOOR:
            return self._by_topic(found, score, language)
        if isinstance(found, Claim) and score >= CLAIM_FLOOR:
            return self._by_claim(found, score, language)
        return self._best_topic(likeness, language)

    def _best_topic(
        self,
        likeness: Any,  # noqa: ANN401 - a NumPy row
        language: Language,
    ) -> FoundAnswer | None:
        topics = [
            (float(likeness[place]), entry)
            for place, (_, entry) in enumerate(self._entries)
            if isinstance(entry, Topic)
        ]
        if not topics:
            return None
        score, topic = max(topics, key=lambda pair: pair[0])
        if score < TOPIC_FLOOR:
            return None
        return self._by_topic(topic, score, language)

    def _likeness(self, question: str) -> Any:  # noqa: ANN401 - a NumPy row
        with self._lock:
            if self._index is None:
                self._index = self._built()
        vectorizer, matrix = self._index
        asked = vectorizer.transform([_plain(question)])
        return (matrix @ asked.T).toarray().ravel()

    def _built(self) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True
        )
        matrix = vectorizer.fit_transform(_plain(text) for text, _ in self._entries)
        return vectorizer, matrix

    def _by_topic(self, topic: Topic, score: float, language: Language) -> FoundAnswer:
        links = [self._sources[one] for one in topic.sources]
        zh = language is Language.ZH
        blocks = [topic.answer.get(language)]
        if topic.article is not None:
            said = "2022 年的文章说：" if zh else "The 2022 article said: "
            blocks.append(said + topic.article.get(language))
        blocks += self._disagreeing(language, topic=topic.id)
        blocks.append(_cited(links, zh))
        facts = tuple(self._fact(self._claims[one], language) for one in topic.claims)
        return FoundAnswer(topic.id, "\n\n".join(blocks), facts[:MOST_FACTS], score)

    def _by_claim(self, claim: Claim, score: float, language: Language) -> FoundAnswer:
        fact = self._fact(claim, language)
        zh = language is Language.ZH
        said = "2022 年的文章说：" if zh else "The 2022 article said: "
        blocks = [fact.today, f"{said}{fact.claim}"]
        blocks += self._disagreeing(language, claim=claim.id)
        blocks.append(_cited(fact.sources, zh))
        return FoundAnswer(None, "\n\n".join(blocks), (fact,), score)

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

    def _fact(self, claim: Claim, language: Language) -> Fact:
        return Fact(
            id=claim.id,
            topic=claim.topic,
            claim=claim.claim.get(language),
            status_today=claim.status_today,
            today=claim.today.get(language),
            sources=tuple(self._sources[one] for one in claim.sources),
        )


def _plain(text: str) -> str:
    """Lower case, with a space between Latin words and Chinese characters."""
    spaced = "".join(f" {c} " if c in "?？!！,，.。" else c for c in text.lower())
    return " ".join(spaced.split())


def _cited(links: list[SourceLink] | tuple[SourceLink, ...], zh: bool) -> str:
    title, read = ("来源：", "查阅于") if zh else ("Sources: ", "read")
    return title + "; ".join(
        f"[{one.title}]({one.url}), {read} {one.read_on}" for one in links
    )
