"""The same programs as files: run, then counted. Nothing is counted that fails."""

from __future__ import annotations

import ast
import runpy
import time
from pathlib import Path

from probes.checks.records import Facts

FOLDER = Path(__file__).parents[1] / "samples"
OURS = {
    "pytorch": ("pytorch",),
    "keras-tensorflow": ("keras", "tensorflow"),
    "keras-torch": ("keras",),
    "keras-jax": ("keras",),
}
FRAMEWORKS = ("torch", "tensorflow", "keras", "jax")


def gather(stack: str) -> Facts:
    """Lines, names and result of every program written for this stack."""
    seen: Facts = {}
    for path in sorted(FOLDER.glob("*.py")):
        task, _, written_for = path.stem.partition("_")
        if written_for not in OURS[stack]:
            continue
        place = f"{task}_{written_for}"
        started = time.perf_counter()
        left = runpy.run_path(str(path))
        seen[f"{place}_s"] = time.perf_counter() - started
        seen[f"{place}_accuracy"] = 100 * float(left["accuracy"])
        lines, names = counted(path.read_text("utf-8"))
        seen[f"{place}_lines"], seen[f"{place}_names"] = lines, names
    return seen


def counted(program: str) -> tuple[int, int]:
    """Lines that hold code, and different names taken from a framework.

    Docstrings, comments, blank lines and imports are no lines; ``torch.nn.Linear``
    and ``nn.Linear`` are one name.
    """
    tree = ast.parse(program)
    aliases: dict[str, str] = {}
    lines: set[int] = set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                aliases[one.asname or one.name.split(".")[0]] = one.name
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                aliases[one.asname or one.name] = f"{node.module}.{one.name}"
    skipped = (ast.Import, ast.ImportFrom)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, skipped):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            last = node.lineno if hasattr(node, "body") else node.end_lineno
            lines |= set(range(node.lineno, (last or node.lineno) + 1))
        if isinstance(node, ast.Attribute) and (path := _path(node, aliases)):
            names.add(path)
    whole = {one for one in names if not any(o.startswith(f"{one}.") for o in names)}
    return len(lines), len(whole)


def _path(node: ast.Attribute, aliases: dict[str, str]) -> str | None:
    parts: list[str] = []
    place: ast.expr = node
    while isinstance(place, ast.Attribute):
        parts.append(place.attr)
        place = place.value
    if not isinstance(place, ast.Name) or place.id not in aliases:
        return None
    path = ".".join([aliases[place.id], *reversed(parts)])
    return path if path.split(".")[0] in FRAMEWORKS else None
