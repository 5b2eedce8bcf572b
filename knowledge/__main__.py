"""``python -m knowledge``: load everything, check it, say what is wrong or old."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime

from knowledge.checks import faults
from knowledge.load import KnowledgeError, load_knowledge
from knowledge.records import Knowledge
from knowledge.staleness import stale


def main() -> int:
    """Print counts, faults and stale sources; 1 when there is a fault."""
    try:
        knowledge = load_knowledge()
    except KnowledgeError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(_counts(knowledge))
    for old in stale(knowledge, datetime.now(UTC).date()):
        sys.stdout.write(f"stale: {old}\n")
    found = faults(knowledge)
    for fault in found:
        sys.stderr.write(f"fault: {fault}\n")
    return bool(found)


def _counts(knowledge: Knowledge) -> str:
    status = Counter(claim.status_today.value for claim in knowledge.claims)
    counted = (
        "facts",
        "sources",
        "contradictions",
        "rules",
        "vetoes",
        "cautions",
        "topics",
        "questions",
    )
    lines = [
        f"reviewed on {knowledge.reviewed_on}, digest {knowledge.digest[:12]}",
        f"{len(knowledge.claims)} claims: "
        + ", ".join(f"{count} {name}" for name, count in status.most_common()),
        ", ".join(f"{len(getattr(knowledge, name))} {name}" for name in counted),
        f"{len(knowledge.phrases)} phrases",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
