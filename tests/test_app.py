"""The JSON door and the terminal, through the real application."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import Settings

ROOT = Path(__file__).parent.parent

PHYSICIST = (
    "I'm a PhD student in physics, comfortable with maths, and need custom training "
    "loops"
)
FRONT_END = "我是前端开发,没学过机器学习,想用几百张图片快速做个原型"


def chat(client: TestClient, message: str, **more: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/chat", json={"message": message, **more})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def by_terminal(message: str) -> dict[str, Any]:
    asked = subprocess.run(
        [sys.executable, "app.py", "ask", message, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(asked.stdout)
    return answer


EXPECTED = [
    (PHYSICIST, "recommendation", "pytorch"),
    (FRONT_END, "recommendation", "keras"),
    ("which is better?", "question", None),
    ("哪个好?", "question", None),
    ("does Keras need TensorFlow?", "fact", None),
    ("Keras 需要 TensorFlow 吗", "fact", None),
    ("asdf qwer zxcv", "clarify", None),
    ("what's the weather in Paris?", "out_of_scope", None),
    ("hello", "greeting", None),
    ("谢谢", "thanks", None),
]


@pytest.mark.parametrize(
    ("message", "kind", "framework"), EXPECTED, ids=[e[0] for e in EXPECTED]
)
def test_a_message_gets_the_kind_of_answer_it_asks_for(
    client: TestClient, message: str, kind: str, framework: str | None
) -> None:
    answer = chat(client, message)

    assert answer["kind"] == kind
    advice = answer["recommendation"]
    assert (advice["framework"] if advice else None) == framework


@pytest.mark.parametrize("message", [PHYSICIST, FRONT_END], ids=["en", "zh"])
def test_terminal_and_json_give_the_same_answer(
    client: TestClient, message: str
) -> None:
    assert by_terminal(message) == chat(client, message)


def test_every_reason_has_a_source_and_a_day(client: TestClient) -> None:
    advice = chat(client, PHYSICIST)["recommendation"]

    assert advice["reasons"]
    for reason in advice["reasons"]:
        assert reason["sources"]
        assert all(s["url"] and s["read_on"] for s in reason["sources"])


def test_a_fact_names_its_sources_and_corrects_a_stale_premise(
    client: TestClient,
) -> None:
    answer = chat(client, "how do I run keras on theano?")

    assert answer["reply"].startswith("Keras can no longer run on Theano")
    assert answer["facts"][0]["sources"]


def test_the_conversation_travels_with_the_client(client: TestClient) -> None:
    first = chat(client, "I want to train on images")
    asked = first["question"]

    second = chat(client, "the second", conversation=first["conversation"])

    assert second["understood"][0]["field"] == asked["field"]
    assert second["profile"]["modality"] == "image"


def test_a_correction_wins_and_keeps_the_rest(client: TestClient) -> None:
    first = chat(client, "I have 5k photos and a GPU")

    second = chat(client, "actually it's 2 million", conversation=first["conversation"])

    assert second["profile"]["dataset_rows"] == 2_000_000
    assert second["profile"]["hardware"] == "gpu"


def test_start_over_forgets_everything(client: TestClient) -> None:
    first = chat(client, PHYSICIST)

    second = chat(client, "start over", conversation=first["conversation"])

    assert not any(second["profile"].values())


def test_a_supposition_is_not_remembered(client: TestClient) -> None:
    first = chat(client, "I have 5k photos")

    second = chat(client, "what if I had a TPU?", conversation=first["conversation"])

    assert second["recommendation"]["stack"] == "keras-jax"
    assert second["profile"]["hardware"] is None


def test_the_same_request_gets_the_same_bytes_and_304(client: TestClient) -> None:
    body = {"profile": {"experience": "none", "goals": ["prototype"]}}
    first = client.post("/api/v1/recommendations", json=body)

    again = client.post("/api/v1/recommendations", json=body)
    unchanged = client.post(
        "/api/v1/recommendations",
        json=body,
        headers={"If-None-Match": first.headers["etag"]},
    )

    assert first.content == again.content
    assert unchanged.status_code == 304


WRONG: list[tuple[str, Any, str]] = [
    ("/api/v1/recommendations", {"profile": {"experiense": "none"}}, "experiense"),
    ("/api/v1/recommendations", {"profile": {"dataset_rows": 0}}, "dataset_rows"),
    ("/api/v1/recommendations", {"profile": {}, "weights": {"charm": 1}}, "charm"),
    ("/api/v1/recommendations", {}, "profile"),
    ("/api/v1/chat", {"message": "x" * 8_001}, "message"),
    ("/api/v1/chat", {"message": "hi", "conversation": {"askd": 1}}, "askd"),
    ("/api/v1/probes", {"contenders": ["mxnet"]}, "contenders"),
]


@pytest.mark.parametrize(("path", "body", "named"), WRONG, ids=[w[2] for w in WRONG])
def test_wrong_input_is_refused_with_the_path_of_the_field(
    client: TestClient, path: str, body: Any, named: str
) -> None:
    answer = client.post(path, json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.text


@pytest.mark.parametrize(
    "path", ["/api/v1/claims/no-such", "/api/v1/probes/0123", "/api/v1/nothing"]
)
def test_what_is_not_there_is_a_404_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_claims_can_be_filtered_and_paged(client: TestClient) -> None:
    page = client.get("/api/v1/claims", params={"limit": 100}).json()
    rest = client.get(
        "/api/v1/claims", params={"limit": 100, "cursor": page["next"]}
    ).json()
    wrong = client.get("/api/v1/claims", params={"status": "wrong"}).json()

    assert len(page["items"]) + len(rest["items"]) == 123
    assert rest["next"] is None
    assert {claim["status_today"] for claim in wrong["items"]} == {"wrong"}


def test_openapi_names_every_operation(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    operations = [
        operation["operationId"]
        for path in paths.values()
        for operation in path.values()
    ]
    assert len(operations) == len(set(operations))
    assert "recommend" in operations


def test_every_route_and_setting_is_in_the_readme(client: TestClient) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    for path in client.get("/openapi.json").json()["paths"]:
        assert path in readme
    assert "KOP_EMBED_PARENTS" in readme
    assert "KOP_STATE_SECRET" in readme
    assert "KOP_HOSTED" in readme


@pytest.mark.parametrize(
    ("said", "host", "hosted"),
    [
        (None, "127.0.0.1", False),
        (None, "0.0.0.0", True),
        ("0", "0.0.0.0", False),
        ("1", "127.0.0.1", True),
    ],
)
def test_a_service_that_others_reach_is_hosted_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, said: str | None, host: str, hosted: bool
) -> None:
    monkeypatch.delenv("KOP_HOSTED", raising=False)
    if said is not None:
        monkeypatch.setenv("KOP_HOSTED", said)

    assert Settings.from_environment(host).hosted is hosted


def test_a_wrong_setting_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOP_HOSTED", "yes")

    with pytest.raises(ValueError, match="KOP_HOSTED: 'yes'; write 1"):
        Settings.from_environment()
