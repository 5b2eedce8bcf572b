"""What many tests need: the shipped knowledge, loaded once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import Settings, create_app
from assistant.advisor import Advisor
from assistant.answers import Answers
from assistant.recommendation import Engine
from assistant.understanding.reading import Reader
from knowledge.load import load_knowledge
from knowledge.records import Knowledge
from probes.reports import judged
from tests.evaluation.measure import models_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that the quick tests fill up the end.

    Tests of pages stay together, in one process: they share a service and a browser.
    """
    pages = [item for item in items if item.get_closest_marker("browser")]
    for item in pages:
        item.add_marker(pytest.mark.xdist_group("browser"))
    long = [item for item in items if item.get_closest_marker("framework")]
    items[:] = dict.fromkeys([*pages, *long, *items])


@pytest.fixture(scope="session", autouse=True)
def reports_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[None]:
    """No test reads or writes the history of the machine it runs on.

    Services keep their fitted models beside it: those of this run, fitted once.
    """
    folder = tmp_path_factory.mktemp("reports")
    (folder / "models").symlink_to(models)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOP_REPORTS", str(folder))
        yield


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def engine(knowledge: Knowledge) -> Engine:
    return Engine(knowledge)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of this run keep fitted models, for each other too."""
    if shared := models_folder():
        return shared
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder = folder / "models"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge, models: Path) -> Reader:
    """One for all tests: fitting its models takes seconds, and it keeps nothing."""
    return Reader.of(knowledge, models)


@pytest.fixture(scope="session")
def answers(knowledge: Knowledge, models: Path) -> Answers:
    return Answers(knowledge, models)


@pytest.fixture(scope="session")
def advisor(knowledge: Knowledge, models: Path) -> Advisor:
    """One for all tests, which keeps nothing."""
    return Advisor(knowledge, judged, models)


@pytest.fixture(scope="session")
def client() -> TestClient:
    """The service, for all tests: it has a model of its own, and keeps nothing.

    Without the lifespan: the chat page is tested in a real browser.
    """
    return TestClient(create_app(Settings()), raise_server_exceptions=False)
