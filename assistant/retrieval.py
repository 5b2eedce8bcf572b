"""Which of many texts a question is about: by its letters, and by what its words mean.

Letters alone (character n-grams) survive typos and mixed scripts but know no synonyms;
the concepts of ``knowledge/data/concepts.toml`` know synonyms and no typos. A text is
as near as both together say; where many wordings of the same question are known, a
model fitted on them has its say too.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.keeping import Arrays, kept
from assistant.meanings import Meanings
from assistant.softmax import FORM, Softmax, fit
from knowledge.records import Concept

CONCEPTS_WEIGH = 0.7
LEARNT_WEIGHS = 0.5
"""How much likeness of concepts and the fitted model count beside that of letters."""

NAME_WEIGHS = 1.5
"""Weight of a framework's name at least: rarer concepts weigh up to 5."""

MOST_FOREIGN_WORDS, MOST_FOREIGN_SIGNS = 0.3, 0.5
"""Shares of Latin words and of Chinese characters never met, from which a question that
names no framework is not ours. Chinese knows no gaps between words, so a character
counts as met with either neighbour."""

LEAST_WORDINGS, LEAST_OWNERS = 6, 2
"""Wordings of one owner, and such owners, from which a model can be fitted."""

SHORTEST_MENDED = 5
LIKE_ENOUGH = 0.8
"""Letters of a word that may be a slip, and how alike (0..1) it is to what was meant:
two letters that changed places in a word of five are 0.8."""

_LATIN = re.compile(r"[a-z][a-z0-9.+-]{2,}")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])\s*|\n+")
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A text's owner and how near it is to what was asked.

    ``letters`` and ``concepts`` are cosine similarities, ``learnt`` a probability; all
    lie in 0..1.
    """

    owner: str
    letters: float
    concepts: float
    learnt: float

    @property
    def score(self) -> float:
        return (
            self.letters + CONCEPTS_WEIGH * self.concepts + LEARNT_WEIGHS * self.learnt
        )


class Retrieval:
    """Texts by owner. Built at first use: scikit-learn is imported then, and a model
    that was not kept is fitted, which takes two seconds and more. From then on a
    question takes some milliseconds.
    """

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        concepts: Sequence[Concept],
        outside: Mapping[str, Sequence[str]] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Take the texts; nothing is built yet.

        Args:
            texts: by owner.
            outside: texts of what is not ours, by owner: to be told from the rest, and
                not taken for words that one of ours would use.
            folder: where the fitted model is kept; None: nowhere.
        """
        self._folder = folder
        self._ours = {owner: tuple(own) for owner, own in texts.items()}
        self._texts = self._ours | {
            owner: tuple(own) for owner, own in (outside or {}).items()
        }
        self._meanings = Meanings(concepts)
        self._words = [word for concept in concepts for word in concept.words]
        self._lock = Lock()

    def nearest(self, question: str) -> list[Near]:
        """All owners, the nearest first; none where the question is not ours.

        What somebody tells around a question hides it, so an owner is as near as the
        nearest sentence, or the whole.
        """
        with self._lock:
            index = self._index
            question = self._mended(question)
        meant = self._meanings.of(question)
        if not meant & self._meanings.ours and self._is_foreign(question):
            return []
        best = {one.owner: one for one in index.near(question, meant)}
        parts = _SENTENCE.split(question)
        for part in parts if len(parts) > 1 else ():
            for one in index.near(part, self._meanings.of(part)):
                if one.score > best[one.owner].score:
                    best[one.owner] = one
        return sorted(best.values(), key=lambda one: -one.score)

    def strangest(self, question: str) -> Near | None:
        """What is nearest to a question that names nothing of ours; None if it does."""
        with self._lock:
            index = self._index
            question = self._mended(question)
        meant = self._meanings.of(question)
        if meant & self._meanings.ours:
            return None
        return max(index.near(question, meant), key=lambda one: one.score)

    def _mended(self, question: str) -> str:
        """Latin words that nobody writes, as the nearest word that somebody does."""

        def mend(found: re.Match[str]) -> str:
            word = found[0]
            if len(word) < SHORTEST_MENDED or word in self._known:
                return word
            near = get_close_matches(word, self._spelt[word[0]], 1, LIKE_ENOUGH)
            return near[0] if near else word

        return _LATIN.sub(mend, _DRAWN_OUT.sub(r"\1", question.lower()))

    @cached_property
    def _spelt(self) -> defaultdict[str, list[str]]:
        """The words that are known, by their first letter."""
        found = defaultdict[str, list[str]](list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_MENDED and word.isascii():
                found[word[0]].append(word)
        return found

    def _is_foreign(self, question: str) -> bool:
        plain = question.lower()
        words = _LATIN.findall(plain)
        strange = sum(word not in self._known for word in words)
        if words and strange / len(words) > MOST_FOREIGN_WORDS:
            return True
        signs = met = 0
        for run in _CHINESE_RUN.findall(plain):
            pairs = [run[at : at + 2] in self._known for at in range(len(run) - 1)]
            signs += len(run)
            met += sum(map(any, zip([False, *pairs], [*pairs, False], strict=True)))
        if signs and 1 - met / signs > MOST_FOREIGN_SIGNS:
            return True
        return not words and not signs

    @cached_property
    def _known(self) -> frozenset[str]:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        known = set[str](ENGLISH_STOP_WORDS)
        for text in (*(t for own in self._ours.values() for t in own), *self._words):
            plain = text.lower()
            known.update(_LATIN.findall(plain))
            for run in _CHINESE_RUN.findall(plain):
                known.update(run[at : at + 2] for at in range(len(run) - 1))
        return frozenset(known)

    @cached_property
    def _index(self) -> _Index:
        return _Index(self._texts, self._meanings, self._folder)


class _Index:
    """What is made of the texts once, with scikit-learn."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        meanings: Meanings,
        folder: Path | None,
    ) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._owners = tuple(texts)
        flat = [(owner, text) for owner in texts for text in texts[owner]]
        self._owner_of = [owner for owner, _ in flat]
        meant = [meanings.of(text) for _, text in flat]
        told = {owner: Counter[str]() for owner in texts}
        for (owner, _), one in zip(flat, meant, strict=True):
            told[owner].update(one)
        spread = Counter(one for counts in told.values() for one in counts)
        self._idf = {
            one: max(
                NAME_WEIGHS if one in meanings.ours else 0.0,
                math.log((1 + len(told)) / (1 + count)),
            )
            for one, count in sorted(spread.items())
        }
        self._vectors = {
            owner: {
                one: math.sqrt(count) * self._idf[one] for one, count in counts.items()
            }
            for owner, counts in told.items()
        }
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True
        )
        self._matrix = self._letters.fit_transform(_plain(text) for _, text in flat)
        self._place = {one: number for number, one in enumerate(self._idf)}
        self._model = self._fitted(flat, meant, folder)

    def near(self, question: str, meant: frozenset[str]) -> list[Near]:
        row = self._letters.transform([_plain(question)])
        best = dict.fromkeys(self._owners, 0.0)
        likeness = (self._matrix @ row.T).toarray().ravel()
        for owner, one in zip(self._owner_of, likeness, strict=True):
            best[owner] = max(best[owner], float(one))
        learnt = self._chances(row, meant)
        asked = {one: self._idf.get(one, 0.0) for one in meant}
        return [
            Near(
                owner,
                best[owner],
                _cosine(asked, self._vectors[owner]),
                learnt.get(owner, 0.0),
            )
            for owner in self._owners
        ]

    def _chances(self, row: Any, meant: frozenset[str]) -> dict[str, float]:  # noqa: ANN401 - a SciPy row
        if self._model is None:
            return {}
        from scipy.sparse import hstack

        return self._model.chances(hstack([row, self._spoken([meant])], format="csr"))

    def _fitted(
        self,
        flat: Sequence[tuple[str, str]],
        meanings: Sequence[frozenset[str]],
        folder: Path | None,
    ) -> Softmax | None:
        wordings = Counter(owner for owner, _ in flat)
        rows = [
            number
            for number, (owner, _) in enumerate(flat)
            if wordings[owner] >= LEAST_WORDINGS
        ]
        owners = [flat[number][0] for number in rows]
        if len({*owners}) < LEAST_OWNERS:
            return None
        meant = [meanings[number] for number in rows]
        source = [FORM, flat, [sorted(one) for one in meant], self._idf]

        def work_out() -> Arrays:
            from scipy.sparse import hstack

            return fit(hstack([self._matrix[rows], self._spoken(meant)]), owners)

        return kept(folder, "facts", source, work_out, lambda known: Softmax(**known))

    def _spoken(self, meant: Sequence[frozenset[str]]) -> Any:  # noqa: ANN401 - a SciPy matrix
        """One row of length 1 for each set of concepts."""
        from scipy.sparse import csr_matrix

        rows = []
        for own in meant:
            row = [0.0] * len(self._place)
            for one in own & self._place.keys():
                row[self._place[one]] = self._idf[one]
            norm = math.hypot(*row) or 1.0
            rows.append([value / norm for value in row])
        return csr_matrix(rows)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = math.fsum(weight * other.get(name, 0.0) for name, weight in one.items())
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / norms if norms else 0.0


def _plain(text: str) -> str:
    """Lower case, with punctuation set apart from what it touches."""
    spaced = "".join(f" {c} " if c in "?？!！,，.。" else c for c in text.lower())
    return " ".join(spaced.split())
