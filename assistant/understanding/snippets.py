"""What pasted code tells: its imports the stack, its shapes the kind of data."""

from __future__ import annotations

import re

from assistant.understanding.patterns import CJK
from assistant.wire import Observation
from knowledge.records import Value

_SHAPE = re.compile(
    r"\(?\s*(?:None, *)?\d{2,4} *[,x×] *\d{2,4} *[,x×] *[134]\b|"
    r"(?:输入|分辨率|尺寸|大小|resize|像素)[^，。,\d]{0,6}\d{2,4} ?[x×*] ?\d{2,4}\b",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"\b(?:df\w*|x\w*|data\w*|train\w*|table|features|frame)\.shape\b\s*(?:=+|->|:|#|is|"
    r"gives)?\s*\((?P<rows>\d{2,9}), *\d{1,4}\)",
    re.IGNORECASE,
)
"""Rows and columns of a table: ``x.shape`` and behind it ``(48210, 37)``."""

_CALL = re.compile(
    r"\b(keras|tf|torch)(?:\.\w+)*\.(?:Sequential|Model|Module|layers?|nn|Linear|Dense|"
    r"optim\w*|losses|utils|data)\b[.\w]*\("
)
_LINE = re.compile(
    r"^\s*(?:[a-z_][\w., \[\]]{0,40}= ?|with |for \w+ in |return |@)?"
    r"(keras|tf|torch|jax)(\.keras)?(?:\.\w+){1,4}\(.*[)\](:,{]?\s*$",
    re.MULTILINE | re.ASCII,
)
"""A line that is code and nothing else: ``model = keras.Sequential([...])``."""

_IMPORT = re.compile(
    r"^\s*(?:import|from)\s+(\w+)(\.keras\b| import keras\b)?", re.MULTILINE
)
_IMPORTED: dict[str, Value] = {
    "keras": "keras", "tensorflow": "tensorflow", "torch": "pytorch", "jax": "jax",
    "transformers": "huggingface", "sklearn": "sklearn", "numpy": "numpy",
}  # fmt: skip


def from_code(message: str) -> list[Observation]:
    """Imports tell the stack, and the shape of a picture tells pictures."""
    found = [
        Observation(
            field="existing",
            value=_libraries(_IMPORTED[match[1]], match[2], message),
            words=match[0].strip(),
            sure=0.9,
        )
        for match in _IMPORT.finditer(message)
        if match[1] in _IMPORTED
    ]
    call = not found and (_LINE.search(message) or _fenced(message))
    if call:
        names = {"tf": "tensorflow", "torch": "pytorch"}
        part = call[2] if call.re is _LINE else None
        used = _libraries(names.get(call[1], call[1]), part, message)
        words = call[0].strip()[:200]
        found.append(Observation(field="existing", value=used, words=words, sure=0.9))
    shape = _SHAPE.search(message)
    if shape:
        found.append(
            Observation(
                field="modality", value="image", words=shape[0].strip(), sure=0.85
            )
        )
    table = _TABLE.search(message)
    if table:
        told: tuple[tuple[str, Value], ...] = (
            ("modality", "tabular"),
            ("dataset_rows", int(table["rows"])),
        )
        words = table[0].strip()
        found += [
            Observation(field=field, value=value, words=words, sure=0.85)
            for field, value in told
        ]
    return found


def _fenced(message: str) -> re.Match[str] | None:
    return _CALL.search(message) if "```" in message else None


def _libraries(name: Value, part: str | None, message: str) -> tuple[Value, ...]:
    """``tf.keras`` is Keras; who writes Chinese counts TensorFlow with it."""
    if not part:
        return (name,)
    return (name, "keras") if CJK.search(message) else ("keras",)
