"""``python -m tests.evaluation [SET|FILE ...] [-v] [--all]``: how messages are read.

SET is one of ``measure.SETS``, FILE a set at any path (``more/en.toml``); ``-v`` lists
the misses, except of closed sets; ``--all`` adds how many questions a verdict takes,
how readings are weighed, the learning curve and the three designs of model.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.evaluation import asking, learning, weighing
from tests.evaluation.measure import (
    BINS,
    CLOSED,
    LANGUAGES,
    SETS,
    Message,
    Score,
    measured,
    messages,
    new_advisor,
    written,
)

OUTCOMES = ("right", "wrong", "invented", "missed")


def main() -> int:
    """Print the tables. Thresholds are held by the test beside this file."""
    advisor = new_advisor()
    for title, closed, asked in _wanted(sys.argv[1:]):
        score = measured(advisor, asked)
        _summary(title, score)
        _by_field(score)
        _kinds(score)
        _reliability(score)
        if "-v" in sys.argv and not closed:
            _write(*score.examples)
    if "--all" in sys.argv:
        sys.argv = sys.argv[:1]
        return asking.main() or weighing.main() or learning.main()
    return 0


def _wanted(words: Sequence[str]) -> Iterator[tuple[str, bool, list[Message]]]:
    """Title, whether it is closed, and messages of every set that was named, or of all.

    Raises:
        SystemExit: a word is no set, no file and no option.
    """
    named = [one for one in words if not one.startswith("-")]
    for name in named or SETS:
        path = Path(name)
        if name in SETS:
            for language in LANGUAGES:
                if asked := messages(name, language):
                    yield f"{name} {language}", name in CLOSED, asked
        elif path.is_file():
            yield name, path.resolve().parent.name in CLOSED, written(path)
        else:
            sets = ", ".join(SETS)
            raise SystemExit(f"{name}: no such set or file; sets are {sets}")


def _summary(title: str, score: Score) -> None:
    kinds = f", kind of reply right {score.kind_rate:.1%}" if score.kinds else ""
    _write(
        f"{title}: {score.messages} messages, F1 {score.f1:.3f} "
        f"(precision {score.precision:.3f}, recall {score.recall:.3f}), "
        f"not what was said {score.wrong_rate:.1%}, "
        f"whole profile right {score.exact / score.messages:.0%}{kinds}"
    )
    asks = f"asks when it should {score.ask_rate:.1%}, " if score.asks else ""
    _write(
        f"  {asks}verdict as if all had been understood {score.verdict_rate:.1%}, "
        f"sureness off by {score.calibration_error:.3f}"
    )


def _by_field(score: Score) -> None:
    for name in sorted({field for field, _ in score.by_field}):
        right, wrong, invented, missed = (
            score.by_field[name, outcome] for outcome in OUTCOMES
        )
        precision = right / max(1, right + wrong + invented)
        recall = right / max(1, right + wrong + missed)
        f1 = 2 * right / max(1, 2 * right + 2 * wrong + invented + missed)
        _write(
            f"  {name:16} right {right:>3}  wrong {wrong:>2}  invented {invented:>2}  "
            f"missed {missed:>2}  P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}"
        )


def _kinds(score: Score) -> None:
    for (expected, given), count in sorted(score.kinds.items()):
        if expected != given:
            _write(f"  {expected} became {given}: {count}")


def _reliability(score: Score) -> None:
    """How often a reading was right, by how sure the reader said it was."""
    for bound in BINS:
        right, wrong = score.sure[bound, True], score.sure[bound, False]
        if right + wrong:
            _write(
                f"  sure < {min(bound, 1):.2f}: right {right / (right + wrong):.0%} "
                f"of {right + wrong}"
            )


def _write(*lines: str) -> None:
    sys.stdout.write("".join(line + "\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
