"""What many tests need: the shipped knowledge, loaded once."""

import pytest

from assistant.recommendation import Engine
from knowledge.load import load_knowledge
from knowledge.records import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def engine(knowledge: Knowledge) -> Engine:
    return Engine(knowledge)
