"""Which of many owners a row of features belongs to: a logistic regression over them.

scikit-learn fits it. What it then says is worked out here from its numbers, so that
they can be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.keeping import Arrays
from assistant.threads import one_thread

FORM = 1
"""Number of the way in which the model is fitted and kept."""


@dataclass(frozen=True)
class Softmax:
    """A logistic regression over owners.

    Attributes:
        owners: shape (owners,).
        slopes: shape (owners, features).
        offsets: shape (owners,).
    """

    owners: NDArray[np.str_]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def __post_init__(self) -> None:
        if not len(self.owners) == len(self.slopes) == len(self.offsets):
            raise ValueError("a row of slopes and an offset belong to each owner")

    def chances(self, row: Any) -> dict[str, float]:  # noqa: ANN401 - a SciPy row
        """By owner, from a row of one text; they add up to 1."""
        odds = self.slopes[:, row.indices] @ row.data + self.offsets
        return dict(zip(map(str, self.owners), softmax(odds), strict=True))


def softmax(odds: NDArray[np.floating]) -> list[float]:
    """Chances that add up to 1, of log odds."""
    powers = np.exp(odds - odds.max())
    return [float(one) for one in powers / powers.sum()]


def fit(features: Any, owners: Sequence[str]) -> Arrays:  # noqa: ANN401 - a SciPy matrix
    """The arrays of a model fitted to rows of features, each with its owner."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10, max_iter=500, tol=1e-3)
    with one_thread():
        model.fit(features, owners)
    return {
        "owners": model.classes_.astype(str),
        "slopes": model.coef_.astype(np.float32),
        "offsets": model.intercept_.astype(np.float32),
    }
