"""The switch guide: what changes, and one model in both frameworks side by side."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.fitting import UNITS
from knowledge.records import Knowledge, Language


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", UNITS)
def test_every_model_stands_in_both_frameworks(
    client: TestClient, knowledge: Knowledge, kind: str, language: Language
) -> None:
    page = client.get("/switch", params={"kind": kind, "language": language.value}).text

    assert "import keras" in page
    assert "loss.backward()" in page
    for one in knowledge.differences:
        assert f'id="{one.id}"' in page
    assert "<script" not in page


def test_an_unknown_model_is_refused_with_its_place(client: TestClient) -> None:
    answer = client.get("/switch?kind=video")

    assert answer.status_code == 422
    assert "kind" in answer.json()["detail"]
