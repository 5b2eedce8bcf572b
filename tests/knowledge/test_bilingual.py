"""Chinese of ours has Chinese marks and its spaces, in the data and in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.bilingual import half_width, spaced, touching
from probes.checks.catalog import load_checks
from probes.checks.records import Check

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


@pytest.mark.parametrize(
    "sentence", ["说Keras", "第3 条", "约 3%的", "{a}更快", "`x`是"]
)
def test_chinese_that_touches_latin_is_found_and_set_apart(sentence: str) -> None:
    assert touching(sentence)
    assert touching(spaced(sentence)) == ()


@pytest.mark.parametrize(
    "sentence", ["说 Keras，即", "（Keras）", "“3D”：是", "甲乙", "ab3"]
)
def test_what_is_set_apart_stays_as_it_is(sentence: str) -> None:
    assert spaced(sentence) == sentence


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.id)
def test_what_a_check_says_has_chinese_marks_and_spaces(check: Check) -> None:
    assert half_width(check.says.zh) == ()
    assert touching(check.says.zh) == ()


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
