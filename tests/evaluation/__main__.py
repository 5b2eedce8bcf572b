"""``python -m tests.evaluation``: how well messages are read; ``-v`` the misses."""

from __future__ import annotations

import sys

from tests.evaluation.measure import MESSAGES, Score, measured

OUTCOMES = ("right", "wrong", "invented", "missed")


def main() -> int:
    """Print the table. Thresholds are held by the test beside this file."""
    write = sys.stdout.write
    for language in MESSAGES:
        score = measured(language)
        write(
            f"{language}: {score.messages} messages, F1 {score.f1:.3f} "
            f"(precision {score.precision:.3f}, recall {score.recall:.3f}), "
            f"not what was said {score.wrong_rate:.1%}, "
            f"whole profile right {score.exact / score.messages:.0%}\n"
        )
        _by_field(score)
        if "-v" in sys.argv:
            write("\n".join(score.examples) + "\n")
    return 0


def _by_field(score: Score) -> None:
    for name in sorted({field for field, _ in score.by_field}):
        counts = " ".join(
            f"{outcome} {score.by_field[name, outcome]:>3}" for outcome in OUTCOMES
        )
        sys.stdout.write(f"  {name:16} {counts}\n")


if __name__ == "__main__":
    sys.exit(main())
