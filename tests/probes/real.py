"""What tests with real frameworks need first."""

import pytest

from probes.frameworks import missing
from probes.records import Contender


def need(*contenders: Contender) -> tuple[Contender, ...]:
    """The same contenders; the test is skipped where one of them cannot run here."""
    for contender in contenders:
        if reason := missing(contender):
            pytest.skip(reason)
    return contenders
