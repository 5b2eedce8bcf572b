"""A fitted model of what wordings say, as arrays: kept in a file and used at once.

scikit-learn fits it. What it then says of a text is worked out here from its numbers,
so that a model which was kept answers without scikit-learn being imported.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import keeping
from assistant.keeping import Arrays
from assistant.threads import one_thread

Floats = NDArray[np.float32]

Classes = Sequence[Collection[int]]
"""Of each text the classes that it is in, numbered from 0; none, one or several."""

MOST_FEATURES = 20_000
"""Runs of signs the model knows, the commonest first; they bound its memory."""

LONGEST_RUN = 4

FORM = 2
"""Number of the way in which a model is fitted and kept."""


@dataclass(frozen=True)
class Fitted:
    """Logistic regressions, one for each class, on runs of signs within words.

    A run weighs (1 + log of its count) times its rarity; a text has length 1.

    Attributes:
        place: of each run that is known.
        rarity: shape (runs,).
        slopes: shape (classes, runs).
        offsets: shape (classes,).
    """

    place: dict[str, int]
    rarity: Floats
    slopes: Floats
    offsets: Floats

    def odds(self, text: str, row: int) -> float:
        """Log odds of one class."""
        return float(self.all_odds(text)[row])

    def all_odds(self, text: str) -> Floats:
        """Log odds of every class, shape (classes,)."""
        places, weights = self._seen(text)
        return self.slopes[:, places] @ weights + self.offsets

    def likeliest(self, text: str) -> tuple[int, float] | None:
        """The likeliest class and its share of all chances; None where little is known.

        Fewer than three runs that were ever seen are too few to go by.
        """
        places, weights = self._seen(text)
        if len(places) < 3:
            return None
        odds = self.slopes[:, places] @ weights + self.offsets
        chances = 1 / (1 + np.exp(-odds.astype(np.float64)))
        best = int(chances.argmax())
        return best, float(chances[best] / chances.sum())

    def _seen(self, text: str) -> tuple[NDArray[np.intp], Floats]:
        known = self.place
        counts = Counter(known[run] for run in runs(text) if run in known)
        places = np.fromiter(counts, np.intp, len(counts))
        logs = [1 + math.log(count) for count in counts.values()]
        weights = np.array(logs, np.float32) * self.rarity[places]
        return places, weights / (float(np.linalg.norm(weights)) or 1.0)


def runs(text: str) -> Iterator[str]:
    """Up to four signs within a word and its borders, as ``char_wb`` has them."""
    for word in text.lower().split():
        padded = f" {word} "
        for length in range(1, LONGEST_RUN + 1):
            last = max(0, len(padded) - length)
            for at in range(last + 1):
                yield padded[at : at + length]
            if not last:
                break


def learnt(texts: Sequence[str], classes: Classes) -> tuple[Any, list[Any]]:
    """scikit-learn's vectorizer of texts, and a model for each class."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier

    vectorizer = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(1, LONGEST_RUN),
        sublinear_tf=True,
        max_features=MOST_FEATURES,
    )
    features = vectorizer.fit_transform(texts)
    with one_thread():
        models = [
            SGDClassifier(
                loss="log_loss", alpha=3e-5, max_iter=12, tol=None, random_state=number
            ).fit(features, [number in one for one in classes])
            for number in range(1 + max(max(one) for one in classes if one))
        ]
    return vectorizer, models


def kept(
    texts: Sequence[str], classes: Classes, folder: Path | None, name: str
) -> Fitted:
    """The model that was kept for these texts, or one that is fitted now, and kept.

    Args:
        name: of the model; one of each name is kept.
        folder: where models are kept; None: nowhere.
    """
    source = [FORM, list(texts), [sorted(one) for one in classes]]
    return keeping.kept(folder, name, source, lambda: _arrays(texts, classes), _model)


def fit(texts: Sequence[str], classes: Classes) -> Fitted:
    """A fitted model; each class has texts in it and texts without."""
    return _model(_arrays(texts, classes))


def _arrays(texts: Sequence[str], classes: Classes) -> Arrays:
    vectorizer, models = learnt(texts, classes)
    known = vectorizer.vocabulary_
    return {
        "runs": np.array(sorted(known, key=known.__getitem__)),
        "rarity": vectorizer.idf_.astype(np.float32),
        "slopes": np.concatenate([one.coef_ for one in models]).astype(np.float32),
        "offsets": np.concatenate([one.intercept_ for one in models]).astype(
            np.float32
        ),
    }


def _model(arrays: Arrays) -> Fitted:
    names = arrays["runs"].tolist()
    model = Fitted(
        place={run: at for at, run in enumerate(names)},
        rarity=arrays["rarity"],
        slopes=arrays["slopes"],
        offsets=arrays["offsets"],
    )
    if model.slopes.shape != (len(model.offsets), len(names)):
        raise ValueError(f"slopes of shape {model.slopes.shape}")
    return model
