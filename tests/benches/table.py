"""What a benchmark prints: a table, its limit, and whether the limit was kept."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from probes.records import Ratio


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    wide = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, ["-" * width for width in wide], *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, wide, strict=True))
        say("  ".join(cells).rstrip())


def verdict(what: str, good: int, count: int, *, least: int, wanted: int) -> bool:
    """Print whether enough runs were right; too few runs are no verdict.

    Args:
        least: runs that must be right, out of ``wanted``.
    """
    start = f"{what}: {good} of {count} (limit: {least} of {wanted})"
    if count < wanted:
        # Already lost, however the rest comes out?
        lost = count - good > wanted - least
        say(f"{start}: {'NOT KEPT' if lost else f'{wanted - count} runs to go'}")
        return False
    is_kept = good * wanted >= least * count
    say(f"{start}: {'kept' if is_kept else 'NOT KEPT'}")
    return is_kept


def half_width(ratio: Ratio) -> float:
    """Half of the 95% interval, as a fraction of the ratio."""
    return math.expm1(math.log(ratio.high / ratio.low) / 2)


def shown(ratio: Ratio) -> list[str]:
    """Ratio, interval, half-width, word, launches."""
    return [
        f"{ratio.ratio:.3f}",
        f"{ratio.low:.3f}-{ratio.high:.3f}",
        f"{half_width(ratio):.1%}",
        ratio.word,
        str(ratio.launches),
    ]


RATIO_HEADS = ["ratio", "95% interval", "half-width", "word", "launches"]
