"""A program with ``# %%`` cells taken apart, and put into a zip or a notebook."""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name; it stands for no time at all."""


def sections(program: str) -> list[tuple[str, str]]:
    """Titles and code of the cells, without the text before the first ``# %%``."""
    parts = re.split(r"^# %% (.+)\n", program, flags=re.MULTILINE)[1:]
    codes = (code.strip("\n") for code in parts[1::2])
    return list(zip(parts[::2], codes, strict=True))


def introduction(program: str) -> tuple[str, ...]:
    """The paragraphs of the text at the top, as Markdown; the first is the title."""
    text = ast.get_docstring(ast.parse(program)) or ""
    return tuple(
        " ".join(part.split()).replace("``", "`") for part in text.split("\n\n")
    )


def zipped(folder: str, files: Mapping[str, str]) -> bytes:
    """A zip archive of one folder; the same files give the same bytes."""
    held = io.BytesIO()
    # Stored as it is: what a compressor makes depends on its version.
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", EARLIEST)
            entry.create_system = 3  # Unix, whatever machine writes it
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return held.getvalue()


def notebook(cells: Sequence[tuple[str, str]]) -> str:
    """A Jupyter notebook, format 4.5, of pairs: ``markdown`` or ``code``, and text."""
    written = []
    for number, (kind, text) in enumerate(cells):
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": f"cell-{number:02}",
            "metadata": {},
            "source": text.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        written.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": written,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
