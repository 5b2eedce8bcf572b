"""One program with a change laid over it: other cells, more settings, more imports.

A program with a training loop of its own, or with Lightning, is the plain one in all
but a few cells; so what it shares with the plain one is written once. Changes can be
laid over each other, so what two of them share is a change of its own.
"""

from __future__ import annotations

import ast
import re

ADDED_TO = ("Settings", "Imports")
"""Cells that a change adds to; every other cell of a change replaces one, or is new."""

NEW_BEFORE = "Training"
"""The cell before which a new one stands."""


def changed(program: str, change: str) -> str:
    """The program with the change laid over it.

    The first paragraph of the change, ``WHAT, in HOW.``, says what the title begins
    with and what it is written in; the others follow those of the program. A change
    without any text leaves that of the program as it is.

    >>> print(changed('''\"""A first model for all, in Keras: how?\"""
    ... # %% Settings
    ... A = 1
    ... # %% Training
    ... train(A)
    ... ''', '''\"""A loop, in Keras.
    ...
    ... It loops.
    ... \"""
    ... # %% Settings
    ... B = 2
    ... # %% Training
    ... loop(A, B)
    ... '''))
    \"""A loop for all, in Keras: how?
    <BLANKLINE>
    It loops.
    \"""
    # %% Settings
    A = 1
    B = 2
    # %% Training
    loop(A, B)
    <BLANKLINE>
    """
    cells, new = _cells(program), _cells(change)
    cells[""] = _introduced(program, change)
    for title, cell in new.items():
        if not title:
            continue
        if title in ADDED_TO:
            cells[title] = _added(cells[title], cell, title)
        elif title in cells:
            cells[title] = cell.rstrip() + _ending(cells[title])
        else:
            cells = _with_new(cells, title, cell)
    whole = "".join(cells.values())
    # Two empty lines before a definition, as elsewhere.
    whole = re.sub(r"(?<!\n)\n\n(# %% .*\n(?:def|class|@))", r"\n\n\n\1", whole)
    return _without_idle_imports(whole)


def _cells(program: str) -> dict[str, str]:
    """The text of each cell by its title; what is before the first has none."""
    parts = re.split(r"^(?=# %% )", program, flags=re.MULTILINE)
    return {_title(part): part for part in parts}


def _title(part: str) -> str:
    return part.splitlines()[0].removeprefix("# %% ") if part[:5] == "# %% " else ""


def _with_new(cells: dict[str, str], title: str, cell: str) -> dict[str, str]:
    """The cells with one more, which ends in a definition."""
    assert NEW_BEFORE in cells, f"a program has no cell {NEW_BEFORE!r}"
    told = list(cells.items())
    place = [name for name, _ in told].index(NEW_BEFORE)
    told.insert(place, (title, cell.rstrip() + "\n\n\n"))
    return dict(told)


def _ending(cell: str) -> str:
    return cell[len(cell.rstrip()) :]


def _introduced(program: str, change: str) -> str:
    head, own = (ast.get_docstring(ast.parse(one)) or "" for one in (program, change))
    if not own:
        return _cells(program)[""]
    first, *more = own.split("\n\n")
    what, _, how = first.rstrip(".").partition(", in ")
    title = head.replace("A first model", what, 1)
    title, times = re.subn(r", in [^:,]+:", f", in {how}:", title, count=1)
    assert times, "the title of a program says nowhere what it is written in"
    after = program.split('"""', 2)[2]
    return '"""' + "\n\n".join([title, *more]) + '\n"""' + after[: _head_end(after)]


def _head_end(after: str) -> int:
    found = re.search(r"^# %% ", after, flags=re.MULTILINE)
    return found.start() if found else len(after)


def _added(cell: str, more: str, title: str) -> str:
    lines = more.split("\n", 1)[1].strip("\n")
    if title == "Settings":
        return cell.rstrip() + f"\n{lines}" + _ending(cell)
    found = [one.span() for one in re.finditer(r"^(?:import|from) .*$", cell, re.M)]
    # The last block of imports is that of packages, in the order of their names.
    start = cell.rfind("\n\n", 0, found[-1][0]) + 2
    block = [*cell[start : found[-1][1]].split("\n"), *lines.split("\n")]
    block.sort(key=lambda line: (line.startswith("from"), line.lower()))
    return cell[:start] + "\n".join(block) + cell[found[-1][1] :]


def _without_idle_imports(program: str) -> str:
    """Without ``import NAME`` where the name is used nowhere."""
    used = {node.id for node in ast.walk(ast.parse(program)) if type(node) is ast.Name}
    for name in re.findall(r"^import (\w+)$", program, flags=re.MULTILINE):
        if name not in used:
            program = re.sub(rf"^import {name}\n\n?", "", program, flags=re.MULTILINE)
    return program
