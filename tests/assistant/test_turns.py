"""Whole conversations: each turn's reply, and what is known after it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.wire import ChatRequest

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "turns.toml").read_text("utf-8")
)["conversation"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_conversation_goes_as_written(advisor: Advisor, case: dict[str, Any]) -> None:
    conversation = None
    for turn in case["turns"]:
        answer = advisor.take_turn(
            ChatRequest(message=turn["says"], conversation=conversation)
        )
        conversation = answer.conversation

        known = {
            field: list(value) if isinstance(value, tuple) else value
            for field, value in answer.profile.answers().items()
        }
        assert (turn["says"], answer.kind) == (turn["says"], turn["kind"])
        assert (turn["says"], known) == (turn["says"], turn["known"])
        assert answer.reply.startswith(turn.get("first", ""))
        if "language" in turn:
            assert answer.language == turn["language"]
        if "declined" in turn:
            assert len(conversation.declined) == turn["declined"]
