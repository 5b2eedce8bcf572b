"""Wrong input to the JSON door: place, fault and way out, in plain words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.edges.faults import nearest
from assistant.edges.http import weights_named
from assistant.edges.problems import MOST_FAULTS

ADVICE, CHAT, PROBES = "/api/v1/recommendations", "/api/v1/chat", "/api/v1/probes"
PYTHON = re.compile(
    r"tuple|dictionary|dict_|instance of|valid |Input should|Value error|validation"
    r"|NoneType|model_",
    re.IGNORECASE,
)
"""Words of Python and its packages, of which a sender need know nothing."""


def profile(**told: Any) -> dict[str, Any]:
    return {"profile": told}


REFUSED: list[tuple[str, Any, str, str]] = [
    (ADVICE, profile(goals=[]), "profile.goals", "leave it out where nothing is known"),
    (
        ADVICE,
        profile(goals="learn"),
        "profile.goals",
        'a list is expected, as in ["learn"]',
    ),
    (ADVICE, {"profile": None}, "profile", "a JSON object is expected"),
    (ADVICE, {}, "profile", "is required"),
    (
        ADVICE,
        profile(datasetRows=5),
        "profile.datasetRows",
        "did you mean dataset_rows",
    ),
    (ADVICE, profile(Goals=["learn"]), "profile.Goals", "did you mean goals?"),
    (ADVICE, profile(zzz=1), "profile.zzz", "the fields are experience, background, "),
    (ADVICE, {**profile(), "wieghts": {}}, "wieghts", "did you mean weights?"),
    (
        ADVICE,
        {**profile(), "weights": {"sped": 1}},
        "weights.sped",
        "did you mean speed?",
    ),
    (
        ADVICE,
        {**profile(), "weights": {"charm": 1}},
        "weights.charm",
        "unknown criterion; the criteria are ",
    ),
    (
        ADVICE,
        {**profile(), "weights": {"speed": 3}},
        "weights.speed",
        "a number between 0 and 2 is expected",
    ),
    (
        ADVICE,
        {**profile(), "weights": {"speed": True}},
        "weights.speed",
        "a number between 0 and 2 is expected",
    ),
    (
        ADVICE,
        profile(dataset_rows=True),
        "profile.dataset_rows",
        "a whole number between 1 and 1,000,000,000,000 is expected",
    ),
    (
        ADVICE,
        profile(dataset_bytes=2.5),
        "profile.dataset_bytes",
        "a whole number between 1 and ",
    ),
    (
        ADVICE,
        profile(experience="begginer"),
        "profile.experience",
        "did you mean 'beginner'?",
    ),
    (
        ADVICE,
        profile(experience=3),
        "profile.experience",
        "'none', 'beginner', 'intermediate' or 'advanced' is expected",
    ),
    (ADVICE, {**profile(), "reports": [7]}, "reports.0", "a JSON object is expected"),
    (
        CHAT,
        {"message": "hi", "conversation": {"unsure": {"field": "os", "value": {}}}},
        "conversation.unsure.value",
        "a text is expected, or a whole number is expected, or a list is expected",
    ),
    (CHAT, {"message": "x" * 8_001}, "message", "at most 8000 characters are taken"),
    (CHAT, [], "body", "sent as Content-Type: application/json"),
    (
        PROBES,
        {"rows": False},
        "rows",
        "a whole number between 1 and 1,000,000,000,000 is expected",
    ),
    (PROBES, {"contenders": []}, "contenders", "at least 1 entry is needed"),
    (PROBES, {"contenders": ["pytorh"]}, "contenders.0", "did you mean 'pytorch'?"),
    (
        PROBES,
        {"rows": 1, "batch": 8_192, "side": 512, "workload": "cnn-image"},
        "body",
        "at most",
    ),
]


@pytest.mark.parametrize(("path", "body", "place", "words"), REFUSED)
def test_a_fault_is_named_with_its_place_and_what_would_do(
    client: TestClient, path: str, body: Any, place: str, words: str
) -> None:
    answer = client.post(path, json=body)
    said = {one["path"]: one["message"] for one in answer.json()["errors"]}

    assert answer.status_code == 422
    assert words in said[place]
    assert f"{place}: " in answer.json()["detail"]
    assert not PYTHON.search(answer.text), answer.text


QUERIES = [
    ("/api/v1/starters/pytorch-text?rowz=3", "rowz", "did you mean rows?"),
    ("/api/v1/starters/pytorch-text?rows=x", "rows", "a whole number between 1 and"),
    ("/api/v1/claims?statsu=wrong", "statsu", "did you mean status?"),
    ("/switch?kind=imge", "kind", "did you mean 'image'?"),
]


@pytest.mark.parametrize(("url", "place", "words"), QUERIES)
def test_a_query_is_refused_in_the_same_words(
    client: TestClient, url: str, place: str, words: str
) -> None:
    answer = client.get(url)

    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert answer.json()["errors"][0]["path"] == place
    assert not PYTHON.search(answer.text), answer.text


def test_a_wrong_entry_is_one_fault(client: TestClient) -> None:
    """A list of one wrong entry is not empty, too."""
    answer = client.post(ADVICE, json=profile(goals=["lern"])).json()

    assert [one["path"] for one in answer["errors"]] == ["profile.goals.0"]
    assert answer["detail"].endswith("did you mean 'learn'?")


@pytest.mark.parametrize(
    ("wrong", "end"), [(8, "; and 3 more"), (99, "; and many more")]
)
def test_the_first_of_many_faults_are_told(
    client: TestClient, wrong: int, end: str
) -> None:
    answer = client.post(ADVICE, json=profile(goals=["fame"] * wrong)).json()

    assert answer["detail"].endswith(end)
    assert len(answer["errors"]) == min(wrong, MOST_FAULTS)


def test_a_header_is_named(client: TestClient) -> None:
    answer = client.post(PROBES, json={}, headers={"Idempotency-Key": "two words"})

    assert answer.json()["errors"][0]["path"].casefold() == "idempotency-key"


def test_a_flag_of_a_query_is_true_or_false(client: TestClient) -> None:
    answer = client.post(f"{PROBES}?fresh=perhaps", json={})

    assert "fresh: true or false is expected" in answer.json()["detail"]


def test_what_is_no_json_is_shown_where_it_breaks(client: TestClient) -> None:
    answer = client.post(
        ADVICE, content=b'{"profile": ', headers={"content-type": "application/json"}
    )

    assert "body: not JSON at character 12" in answer.json()["detail"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-9, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["en", "kind", "é"]), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = st.sampled_from(
    [
        *("experience", "dataset_rows", "goals", "existing", "modality"),
        *("profile", "reports", "language", "weights", "unsure", "earlier", "declined"),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(FIELDS, JUNK, max_size=3), st.dictionaries(FIELDS, JUNK))
def test_no_refusal_speaks_python(
    client: TestClient, outer: dict[str, Any], inner: dict[str, Any]
) -> None:
    for path, body in (
        (ADVICE, {"profile": inner, **outer}),
        (CHAT, {"message": 0, "conversation": {**inner, **outer}}),
    ):
        answer = client.post(path, json=body)

        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert not PYTHON.search(answer.text), answer.text


def test_a_mistake_of_ours_is_not_laid_on_the_sender() -> None:
    with pytest.raises(ValueError, match="ours"), weights_named():
        raise ValueError("ours")


@pytest.mark.parametrize(
    ("word", "known"),
    [("DATASET_ROWS", "dataset_rows"), ("modalty", "modality"), ("colour", None)],
)
def test_the_nearest_name_is_looked_for_in_any_case(
    word: str, known: str | None
) -> None:
    assert nearest(word, ("dataset_rows", "modality", "os")) == known
