"""What paired rounds say of two contenders, and how far launches differ. Data only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from probes.spec import Contender, Count, Finite, ProbeRecord, Tally, Way


class Ratio(ProbeRecord):
    """How many times as long a contender's step, or epoch, takes as the baseline's.

    ``low`` and ``high`` bound a 95% t interval on the mean of paired log ratios.

    Attributes:
        strict_low, strict_high: the wider interval that a directional word needs; 99%,
            and more where several contenders are compared (Holm).
        freedom: degrees of freedom behind the intervals.
        decides: whether the machine allowed any word: not beside others' work, nor
            where the baseline differed from itself. Without it even the intervals say
            nothing.
        leaning: where an undecided ratio points to.
        more_s: about how many more seconds would settle it, at this machine's spread.
        launches: fresh starts of each process that the rounds are spread over.
        track: ``matched`` is the same step for all; ``default`` is whole epochs as each
            framework's guide writes them. The two are never mixed in one sentence.
        way, baseline_way, epoch_rows: of the default track: how the two epochs were
            written, and the rows of each.
    """

    contender: Contender
    baseline: Contender
    ratio: Finite = Field(gt=0)
    low: Finite = Field(gt=0)
    high: Finite = Field(gt=0)
    rounds: int = Field(ge=2, le=2**60)
    word: Literal["slower", "faster", "no_difference", "undecided"]
    zone: Finite = Field(gt=0, lt=1)
    decides: bool = True
    freedom: int = Field(default=1, ge=1, le=1_000)
    launches: int = Field(default=1, ge=1, le=1_000)
    strict_low: Finite | None = Field(default=None, gt=0)
    strict_high: Finite | None = Field(default=None, gt=0)
    track: Literal["matched", "default"] = "matched"
    way: Way | None = None
    baseline_way: Way | None = None
    epoch_rows: Count | None = None
    leaning: Literal["slower", "faster"] | None = None
    more_s: Finite | None = Field(default=None, ge=0)


class Reach(ProbeRecord):
    """Rows of data that the timed epochs speak for; worked out, never believed.

    Attributes:
        low, high: fewest and most rows.
        limit: what ends it: epochs did not grow in proportion, so nothing beyond the
            sizes that were timed is projected; or more rows would not fit in memory.
    """

    low: Count
    high: Tally
    limit: Literal["not linear", "memory"]


class LaunchSd(ProbeRecord):
    """How far log ratios differ between launches on one machine.

    Attributes:
        sd: standard deviation of a log ratio between launches.
        freedom: degrees of freedom behind it.
    """

    sd: Finite = Field(ge=0.01, le=1)
    freedom: int = Field(ge=1, le=60)
