"""What was read too long ago."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.records import Knowledge

STALE_AFTER = timedelta(days=365)
"""Age at which a page has to be read again."""


def stale(knowledge: Knowledge, today: date) -> tuple[str, ...]:
    """Pages to be read again, and whether all of it is to be gone through.

    A calendar never breaks a build, so this is apart from the faults.
    """
    since = today - knowledge.reviewed_on
    whole = f"the whole was last reviewed {since.days} days ago"
    return (whole,) * (since > STALE_AFTER) + tuple(
        f"{kind} {page.id} was last read {(today - page.read_on).days} days ago"
        for kind, pages in (("source", knowledge.sources), ("step", knowledge.path))
        for page in pages
        if today - page.read_on > STALE_AFTER
    )
