"""Words of others, such as a worker's last ones, without paths, hosts and users."""

from __future__ import annotations

import contextlib
import getpass
import platform
import re
from functools import cache
from pathlib import Path

PATH = re.compile(
    r"""(?:(?<=^)|(?<=[\s'"`(=<\[:,]))   # a path begins a word
        (?:[A-Za-z]:|~\w*)?[\\/]         # / or C:\ or ~/
        (?:[^\s'"`<>|:,;()\[\]]*[\\/])*  # its folders
        ([^\s'"`<>|:,;()\[\]\\/]*)       # its last part, which stays
    """,
    re.VERBOSE,
)

PUBLIC = frozenset({"", "root", "user", "localhost"})
"""Names that name nobody."""


def nameless(text: str) -> str:
    """The same words; of a path its last part, of a host or user nothing."""
    for name, instead in _names():
        text = text.replace(name, instead)
    return PATH.sub(lambda found: f"…/{found[1]}" if found[1] else "…", text)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """What names this machine and its user, longest first, and what to say instead."""
    found = {str(Path.home()): "~", platform.node(): "(host)"}
    with contextlib.suppress(OSError, KeyError, ImportError):
        found[getpass.getuser()] = "(user)"
    named = (pair for pair in found.items() if pair[0] not in PUBLIC)
    long_enough = (pair for pair in named if len(pair[0]) > 2)
    return tuple(sorted(long_enough, key=lambda pair: -len(pair[0])))
