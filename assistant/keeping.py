"""Arrays that took long to work out: kept in a file, by what they were worked out from.

Nothing here raises for the disk: a folder that cannot be written to, and a file that
cannot be read, cost no more than the time to work them out.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Arrays = Mapping[str, NDArray[Any]]
Made = TypeVar("Made")


def kept(
    folder: Path | None,
    name: str,
    source: object,
    work_out: Callable[[], Arrays],
    use: Callable[[Arrays], Made],
) -> Made:
    """What ``use`` makes of the arrays that were kept, or that are worked out now.

    Args:
        folder: where arrays are kept; None: nowhere.
        name: of the arrays; those of one source are kept of each name.
        source: all that they depend on beside scikit-learn's version, as JSON can say.
        use: raises ValueError or KeyError where arrays do not fit together.
    """
    if folder is None:
        return use(work_out())
    path = folder / f"{name}-{_digest(source)}.npz"
    try:
        return use(_read(path))
    except FileNotFoundError:
        pass
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as fault:
        log.warning("a kept model cannot be read and is fitted anew: %s", fault)
    arrays = work_out()
    try:
        _write(arrays, path, name)
    except OSError as fault:
        log.warning("a fitted model cannot be kept: %s", fault)
    return use(arrays)


def _digest(source: object) -> str:
    whole = json.dumps([version("scikit-learn"), source])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _read(path: Path) -> Arrays:
    with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
        return dict(file)


def _write(arrays: Arrays, path: Path, name: str) -> None:
    """All of the file or none of it; what was kept of another source goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    for other in path.parent.glob(f"{name}-*.npz"):
        if other != path:
            other.unlink(missing_ok=True)
