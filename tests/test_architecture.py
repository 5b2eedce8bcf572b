"""The import rules of README.md, checked rather than remembered."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "knowledge": set[str](),
    "probes": set[str](),
    "assistant": {"knowledge", "probes.records", "probes.checks.records"},
}
OURS = {"app", *MAY_IMPORT}
FRAMEWORKS = {"torch", "tensorflow", "keras", "jax", "lightning"}
WORKERS = {"probes/backends/", "probes/checks/programs/", "probes/checks/samples/"}
"""Folders whose files run in worker processes only."""

ONLY_IN = {
    "gradio": {"assistant/edges/chat.py", "assistant/edges/widgets.py"},
    "fastapi": {"app.py", "assistant/edges/"},
    "starlette": {"app.py", "assistant/edges/"},
    "sklearn": {
        "assistant/understanding/",
        "assistant/retrieval.py",
        "assistant/softmax.py",
        "probes/learning/shipped.py",
    },
    **dict.fromkeys(FRAMEWORKS, WORKERS),
}


GIVEN_AWAY = ROOT / "knowledge" / "starters"
"""Programs that are data here: read as text, never imported."""


def product_files() -> list[Path]:
    inside = [
        path
        for name in MAY_IMPORT
        for path in (ROOT / name).rglob("*.py")
        if not path.is_relative_to(GIVEN_AWAY)
    ]
    return [ROOT / "app.py", *sorted(inside)]


def imports(path: Path) -> set[str]:
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_what_they_may(package: str) -> None:
    allowed = {package, *MAY_IMPORT[package]}
    for path in (ROOT / package).rglob("*.py"):
        strays = {
            name
            for name in imports(path)
            if name.split(".")[0] in OURS
            and not any(name == ok or name.startswith(f"{ok}.") for ok in allowed)
        }
        assert not strays, f"{path.relative_to(ROOT)} may not import {strays}"


@pytest.mark.parametrize("path", product_files(), ids=lambda path: path.name)
def test_heavy_packages_stay_in_their_place(path: Path) -> None:
    here = str(path.relative_to(ROOT))
    for name in imports(path):
        places = ONLY_IN.get(name.split(".")[0])
        assert places is None or any(here.startswith(place) for place in places), (
            f"{here} may not import {name}; only {places} may"
        )


@pytest.mark.parametrize("path", product_files(), ids=lambda path: path.name)
def test_files_stay_small_enough_to_read(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")

    assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines"


@pytest.mark.parametrize(
    "package", ["assistant.edges", "assistant.understanding"], ids=str
)
def test_doors_and_reading_are_used_from_above_only(package: str) -> None:
    inside = ROOT / package.replace(".", "/")
    users = {
        str(path.relative_to(ROOT))
        for path in product_files()
        if not path.is_relative_to(inside)
        and any(name.startswith(f"{package}.") for name in imports(path))
    }

    allowed = {
        "assistant.edges": {"app.py"},
        "assistant.understanding": {
            "assistant/advisor.py",
            "assistant/asides.py",
            "assistant/conversation.py",
            "assistant/kinds.py",
            "assistant/openings.py",
            "assistant/replies.py",
            "assistant/turn.py",
        },
    }
    assert users <= allowed[package]


def test_importing_the_application_loads_nothing_heavy() -> None:
    assert not loaded_by("app") & {*FRAMEWORKS, "gradio", "sklearn"}


def test_what_a_stub_worker_needs_loads_nothing_that_takes_long() -> None:
    loaded = loaded_by("probes.answering, probes.shapes")

    assert not loaded & {"numpy", "psutil", "pydantic"}


def loaded_by(modules: str) -> set[str]:
    """Names of all modules in a process that has imported these alone."""
    listing = subprocess.run(
        [sys.executable, "-c", f"import {modules}, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(listing.stdout.split())


def test_files_of_data_are_in_a_wheel_too() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = settings["tool"]["setuptools"]["package-data"]["*"]
    data = [
        path
        for name in MAY_IMPORT
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]

    assert data
    assert not [one for one in data if not any(one.match(kind) for kind in packed)]


def test_programs_that_are_given_away_are_no_part_of_the_product() -> None:
    assert not list(GIVEN_AWAY.rglob("__init__.py"))
    for path in GIVEN_AWAY.rglob("*.py"):
        assert not {name.split(".")[0] for name in imports(path)} & OURS
    for path in product_files():
        assert not any(name.startswith("knowledge.starters") for name in imports(path))
