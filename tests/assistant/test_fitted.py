"""A model that was kept says what scikit-learn says, and is there at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from threadpoolctl import threadpool_info

from assistant.answers import Answers
from assistant.softmax import Softmax, fit
from assistant.understanding import fitted
from assistant.understanding.classifier import Classifier
from knowledge.records import Knowledge, Language

TEXTS = ("photos", "a student", "照片 and a nurse", "a student discount", "nurses")
NUMBERS = (0, 1, 2, 3, 2)
CLASSES = [(number,) for number in NUMBERS]
UNSEEN = ("photos", "a  student of\tphotos", "照片 photos", "zzz", "")


@given(st.text(max_size=40))
def test_runs_are_those_of_scikit_learn(text: str) -> None:
    whole = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, fitted.LONGEST_RUN))

    assert list(fitted.runs(text)) == whole.build_analyzer()(text)


@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize("text", UNSEEN)
def test_odds_and_chances_are_those_of_scikit_learn(text: str, classes: int) -> None:
    numbers = [{number % classes} for number in NUMBERS]
    vectorizer, models = fitted.learnt(TEXTS, numbers)
    seen = vectorizer.transform([text])
    ours = fitted.fit(TEXTS, numbers)

    odds = [ours.odds(text, row) for row in range(classes)]
    found = ours.likeliest(text)

    theirs = [one.decision_function(seen)[0] for one in models]
    assert odds == pytest.approx(theirs, rel=1e-4, abs=1e-4)
    chances = [one.predict_proba(seen)[0, 1] for one in models]
    if seen.nnz < 3:
        assert found is None
    else:
        assert found is not None
        assert found[0] == chances.index(max(chances))
        assert found[1] == pytest.approx(max(chances) / sum(chances), rel=1e-4)


def test_a_text_may_be_of_several_classes_or_of_none() -> None:
    ours = fitted.fit(TEXTS, [(0, 1), (1,), (), (), ()])

    assert ours.odds("photos", 0) > 0 < ours.odds("photos", 1)
    assert ours.odds("a student", 0) < 0 < ours.odds("a student", 1)
    assert ours.odds("nurses", 0) < 0 > ours.odds("nurses", 1)


def test_what_is_kept_says_the_same(tmp_path: Path) -> None:
    first = fitted.kept(TEXTS, CLASSES, tmp_path / "new", "texts")
    again = fitted.kept(TEXTS, CLASSES, tmp_path / "new", "texts")

    assert len(list((tmp_path / "new").iterdir())) == 1
    assert first.place == again.place
    for name in ("rarity", "slopes", "offsets"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))


def test_other_phrases_have_another_model_and_the_old_one_goes(tmp_path: Path) -> None:
    fitted.kept(TEXTS, CLASSES, tmp_path, "texts")
    (before,) = tmp_path.iterdir()
    other = fitted.kept((*TEXTS, "films"), (*CLASSES, (0,)), tmp_path, "texts")

    (after,) = tmp_path.iterdir()
    assert before.name != after.name
    assert "films"[:4] in other.place


@pytest.mark.parametrize("damage", [b"", b"PK no archive", None])
def test_a_damaged_file_is_fitted_anew(tmp_path: Path, damage: bytes | None) -> None:
    whole = fitted.kept(TEXTS, CLASSES, tmp_path, "texts")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-200] if damage is None else damage)

    again = fitted.kept(TEXTS, CLASSES, tmp_path, "texts")

    assert again.odds("photos", 0) == whole.odds("photos", 0)
    assert fitted.kept(TEXTS, CLASSES, tmp_path, "texts").place == whole.place


def test_where_nothing_can_be_kept_it_is_fitted_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    model = fitted.kept(TEXTS, CLASSES, tmp_path / "file" / "models", "texts")

    assert model.odds("photos", 0) > model.odds("a nurse", 0)


def test_a_kept_model_needs_no_scikit_learn(models: Path, knowledge: Knowledge) -> None:
    Classifier(knowledge.phrases, models).leanings(["photos"], [("modality", "image")])
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.understanding.classifier import Classifier\n"
        "from knowledge.load import load_knowledge\n"
        f"made = Classifier(load_knowledge().phrases, Path({str(models)!r}))\n"
        "assert made.guess('I have photos')[1] == 'image'\n"
        "assert 'sklearn' not in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.fixture(scope="module")
def few(knowledge: Knowledge) -> Knowledge:
    """A part of what answers are found in, whose model is fitted in a moment."""
    less = {"topics": knowledge.topics[:30], "facts": ()}
    return knowledge.model_copy(update=less)


def test_kept_facts_are_found_as_by_scikit_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: Knowledge
) -> None:
    asked = ("does keras still need tensorflow", "torch能导出onnx吗", "hello")
    unkept, kept = Answers(few), Answers(few, tmp_path)
    fresh = [unkept._retrieval.nearest(one) for one in asked]
    kept.find(asked[0], Language.EN)
    monkeypatch.setattr(LogisticRegression, "fit", None)

    later = Answers(few, tmp_path)
    again = [later._retrieval.nearest(one) for one in asked]

    assert any(fresh)
    assert again == fresh


def test_a_softmax_is_the_one_of_scikit_learn() -> None:
    features = csr_matrix(np.eye(6) + np.diag([0.5] * 5, 1))
    owners = ["b", "a", "c", "b", "a", "c"]
    theirs = LogisticRegression(C=10, max_iter=500, tol=1e-3).fit(features, owners)

    ours = Softmax(**fit(features, owners)).chances(features[1])

    expected = theirs.predict_proba(features[1])[0]
    assert list(ours) == list(theirs.classes_)
    assert list(ours.values()) == pytest.approx(list(expected), abs=1e-5)


@pytest.mark.parametrize("model", [SGDClassifier, LogisticRegression])
def test_one_thread_fits_for_a_fork_would_hang_several(
    model: Any, monkeypatch: pytest.MonkeyPatch, few: Knowledge
) -> None:
    """OpenBLAS ends its threads at a fork, in the middle of a call that waits."""
    plain, threads = model.fit, set[int]()

    def fit(self: Any, *data: Any) -> Any:
        pools = threadpool_info()
        threads.update(one["num_threads"] for one in pools if one["user_api"] == "blas")
        return plain(self, *data)

    monkeypatch.setattr(model, "fit", fit)
    fitted.fit(TEXTS, CLASSES)
    Answers(few).find("Does Keras need TensorFlow?", Language.EN)

    assert threads == {1}
