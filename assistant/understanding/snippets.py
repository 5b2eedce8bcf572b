"""What pasted code tells: its imports the stack, its shapes the kind of data."""

from __future__ import annotations

import re

from assistant.wire import Observation
from knowledge.records import Value

_SHAPE = re.compile(
    r"\(?\s*(?:None, *)?\d{2,4} *[,x×] *\d{2,4} *[,x×] *[134]\b|"
    r"(?:输入|分辨率|尺寸|大小|resize|像素)[^，。,\d]{0,6}\d{2,4} ?[x×*] ?\d{2,4}\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(keras|tf|torch)(?:\.\w+)*\.(?:Sequential|Model|Module|layers?|nn|Linear|Dense|"
    r"optim\w*|losses|utils|data)\b[.\w]*\("
)
_IMPORT = re.compile(r"^\s*(?:import|from)\s+(\w+)(\.keras\b)?", re.MULTILINE)
_IMPORTED: dict[str, Value] = {
    "keras": "keras", "tensorflow": "tensorflow", "torch": "pytorch", "jax": "jax",
    "transformers": "huggingface", "sklearn": "sklearn", "numpy": "numpy",
}  # fmt: skip


def from_code(message: str) -> list[Observation]:
    """Imports tell the stack, and the shape of a picture tells pictures."""
    found = [
        Observation(
            field="existing",
            value=(_IMPORTED[match[1]], *(("keras",) if match[2] else ())),
            words=match[0].strip(),
            sure=0.9,
        )
        for match in _IMPORT.finditer(message)
        if match[1] in _IMPORTED
    ]
    fenced = "```" in message and not found and _CALL.search(message)
    if fenced:
        names = {"tf": "tensorflow", "torch": "pytorch"}
        used = names.get(fenced[1], fenced[1])
        found.append(
            Observation(field="existing", value=(used,), words=fenced[0], sure=0.9)
        )
    shape = _SHAPE.search(message)
    if shape:
        found.append(
            Observation(
                field="modality", value="image", words=shape[0].strip(), sure=0.85
            )
        )
    return found
