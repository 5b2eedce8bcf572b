"""Whatever the probes say of themselves is said in Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from probes.chinese import SAID, in_chinese
from probes.page import lines
from tests.probes.stubs import run_stub

PROBES = Path(__file__).parents[2] / "probes"
TOLD = ("_refuse", "WorkerError", "_untimed", "_tell", "tell", "append")
"""Calls whose words end up before the reader."""


def sentence(node: ast.expr) -> str | None:
    """A text as it is written, a ``7`` for all that varies in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = (p.value if isinstance(p, ast.Constant) else "7" for p in node.values)
    return "".join(str(part) for part in parts)


def told(path: Path) -> Iterator[str]:
    """Every sentence in a module that is yielded, refused with or raised."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        words: list[ast.expr] = []
        if isinstance(node, ast.Yield) and node.value is not None:
            value = node.value
            words = [value.value if isinstance(value, ast.Subscript) else value]
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else ""
            name = called.id if isinstance(called, ast.Name) else name
            words = list(node.args) if name in TOLD else []
        for word in words:
            found = sentence(word)
            if found is not None and " " in found:
                yield found


FILES = (
    "remarks.py",
    "arm.py",
    "child.py",
    "runner.py",
    "crew.py",
    "comparable.py",
    "proofs.py",
    "default_track.py",
    "backends/keras_stack.py",
    "backends/keras_backends.py",
    "backends/keras_on_jax.py",
    "backends/torch_stack.py",
    "backends/tensorflow_stack.py",
)


@pytest.mark.parametrize("name", FILES)
def test_every_sentence_has_a_chinese_one(name: str) -> None:
    known = {text for text in told(PROBES / name) if in_chinese(text) == text}

    assert not known, "add them to probes/chinese.py"


def test_sentences_are_found_at_all() -> None:
    assert len(list(told(PROBES / "remarks.py"))) > 7
    assert len(list(told(PROBES / "arm.py"))) > 6


def test_a_reason_inside_a_reason_is_chinese_too() -> None:
    said = in_chinese("warm-up: not comparable: it uses 1 threads, the others 2")

    assert said == "预热：不可比较：它用 1 个线程，其他用 2 个"


@pytest.mark.parametrize("what", ["weights", "inputs", "labels"])
def test_what_is_held_otherwise_is_said_in_chinese(what: str) -> None:
    said = in_chinese(f"not comparable: its {what} are held as float64 of NumPy")

    assert said.endswith("以 float64 of NumPy 存放")
    assert "its" not in said


def test_every_launch_of_a_list_is_chinese() -> None:
    said = in_chinese("other programs ran beside launch 1 (1.7 cores), 3 (0.4 cores)")

    assert said == "第 1（1.7 核）、3（0.4 核） 次启动时有其他程序在运行"


def test_what_a_program_said_last_is_left_alone() -> None:
    assert "OutOfCheese: line 3" in in_chinese("import: exited 1: OutOfCheese: line 3")
    assert in_chinese("Dear all") == "Dear all"


def test_english_and_chinese_hold_the_same_places() -> None:
    for english, chinese in SAID:
        assert {p for p in english.split("{")[1:] if p} or "{" not in chinese
        chinese.format(**{p.split("}")[0]: "" for p in english.split("{")[1:]})


def test_a_report_in_chinese_has_no_english_sentence() -> None:
    report = run_stub(keras_torch="raise-build")
    said = lines(report, "zh")

    assert any("OutOfCheese" in line for line in said)
    assert not any("warning" in line or "exited" in line for line in said)
