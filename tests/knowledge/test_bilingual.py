"""Chinese of ours is written with Chinese marks, in the data and in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.bilingual import half_width

ROOT = Path(__file__).parents[2]

PATTERNS = ("understanding", "asides.py", "depth.py")
"""Where Chinese is read, not written: there half-width marks are syntax."""

PAGE = "<!doctype html>"
"""Begins a page in both languages."""


@pytest.mark.parametrize(
    "sentence",
    [
        "到 LiteRT,另有",
        "用 TF;Keras 是",
        "看懂:甲",
        "（甲）?",
        "甲(乙)",
        "Keras(JAX/TF)甲",
    ],
)
def test_a_half_width_mark_is_found(sentence: str) -> None:
    assert half_width(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "没有 fit()，也没有 model(x, training=False)。",
        "运行 `pip install a, b; c`。",
        "见 https://pytorch.org/get-started，再试。",
        "[对照](/switch?language=zh)。",
        "共 3,500 名，12:30 开始。",
        "plain English, with (all) its marks: fine; is it?",
    ],
)
def test_code_addresses_and_numbers_keep_theirs(sentence: str) -> None:
    assert half_width(sentence) == ()


def test_no_chinese_sentence_in_the_code_has_half_width_marks() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}": marks
        for path in _written()
        for line, text in _strings(path)
        if (marks := half_width(text))
    }
    assert found == {}


def _written() -> Iterator[Path]:
    for folder in ("assistant", "probes"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not set(path.parts) & set(PATTERNS):
                yield path


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a file but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if not (
                id(node) in told or text.startswith(PAGE)
            ):
                yield node.lineno, text
