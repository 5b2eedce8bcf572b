"""Wordings written once: ``a {big|huge|} data set``, ``write … training loop``."""

from __future__ import annotations

import re
from math import prod

GAP = "…"
"""Stands for a few words."""

WORDY = "[0-9A-Za-zÀ-ÖØ-öø-ÿ]"
"""A sign that makes one word with its neighbours; Chinese ones do not.

Below 256 only: a class that reaches further takes ``re`` a millisecond to compile, and
there are thousands of patterns.
"""

_BORDER = rf"(?:(?<!{WORDY})|(?!{WORDY}))"
_END = rf"(?:(?<!{WORDY})|(?=s?(?!{WORDY})))"
_GAP = rf"{_BORDER}(.{{0,24}}?){_BORDER}"
_GROUP = re.compile(r"\{([^}]*)\}")


def parts(template: str) -> list[tuple[str, ...]]:
    """What may stand at each place; a fixed stretch is a place with one choice."""
    return [
        tuple(part.split("|")) if place % 2 else (part,)
        for place, part in enumerate(_GROUP.split(template))
    ]


def examples(template: str, most: int) -> list[str]:
    """At most so many wordings, spread evenly over all of them."""
    choices = parts(template)
    total = prod(len(one) for one in choices)
    found = []
    for index in range(0, total, -(-total // most)):
        words, rest = [], index
        for one in choices:
            rest, picked = divmod(rest, len(one))
            words.append(one[picked])
        found.append(_tidy("".join(words).replace(GAP, " ")))
    return list(dict.fromkeys(found))


def starts(template: str, size: int) -> set[str]:
    """The first signs of every wording, fewer where a wording is shorter."""
    found, growing = set[str](), {""}
    for choices in parts(template):
        heads = {one[: size + 2] for one in choices}
        grown = {
            _joined(start, head)[: size + 1] for start in growing for head in heads
        }
        growing = {start for start in grown if len(start) <= size and GAP not in start}
        found |= grown - growing
    found |= growing
    return {_tidy(start.partition(GAP)[0])[:size] for start in found}


def pattern(template: str) -> re.Pattern[str]:
    """Matches every wording, longer choices first; its groups are the gaps."""
    wanted = ""
    pieces = list(parts(template))
    for place, choices in enumerate(pieces):
        if len(choices) == 1:
            wanted += _literal(choices[0])
            continue
        either = "|".join(
            _literal(one) for one in sorted(choices, key=len, reverse=True) if one
        )
        if "" not in choices:
            wanted += f"(?:{either})"
        elif wanted.endswith(r"\ "):
            wanted = f"{wanted[:-2]}(?:\\ (?:{either}))?"
        elif pieces[place + 1 :] and pieces[place + 1][0].startswith(" "):
            wanted += f"(?:(?:{either})\\ )?"
            pieces[place + 1] = (pieces[place + 1][0][1:],)
        else:
            wanted += f"(?:{either})?"
    return re.compile(wanted + _END)


def _literal(text: str) -> str:
    stretches = [re.escape(one) for one in re.split(rf"\s*{GAP}\s*", text)]
    return _GAP.join(stretches)


def _joined(start: str, more: str) -> str:
    return " ".join(f"{start}{more}".split(" ")).replace("  ", " ").lstrip()


def _tidy(text: str) -> str:
    return " ".join(text.split())
