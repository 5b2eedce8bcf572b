"""What contenders learnt, in numbers that anybody can judge again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from probes.spec import Contender, Count, Finite, ProbeRecord, Seconds, Short

Learns = Contender | Literal["scikit-learn"]
"""Who is taught: a contender, or gradient boosting, the thing to beat on a table."""

Part = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]

MOST_EPOCHS = 200


class Lesson(ProbeRecord):
    """The data that all were taught with, split anew for each seed.

    Attributes:
        name: of the data set, or ``made`` and what it holds.
        made: whether it was drawn from a formula; such data shows whether stacks
            agree and how long they take, not who would win on a person's own.
        values: numbers or words of one example.
        batch: rows per optimizer step.
        target: accuracy on the test rows whose reaching is timed.
    """

    name: Short
    made: bool
    values: Count
    classes: Count
    train_rows: Count
    test_rows: Count
    epochs: int = Field(ge=1, le=MOST_EPOCHS)
    batch: Count
    target: Part


class Run(ProbeRecord):
    """One training from freshly drawn weights.

    Attributes:
        seconds: of each epoch's steps alone, without start-up, compiling or testing.
        accuracies: on the test rows after each epoch, as many.
        first_loss, loss: mean cross-entropy on the test rows after the first epoch
            and after the last.
    """

    seed: int = Field(ge=0, lt=2**31)
    seconds: tuple[Seconds, ...] = Field(min_length=1, max_length=MOST_EPOCHS)
    accuracies: tuple[Part, ...] = Field(min_length=1, max_length=MOST_EPOCHS)
    first_loss: Finite = Field(ge=0)
    loss: Finite = Field(ge=0)


class Learner(ProbeRecord):
    """One of those that were taught; ``problem`` says why there are no more runs."""

    contender: Learns
    runs: tuple[Run, ...] = Field(max_length=20)
    problem: Short | None = None


class Learnt(ProbeRecord):
    """What a learner reached over its runs; worked out, never believed.

    Attributes:
        accuracy: mean after the last epoch, with its 95% t interval, cut to 0..1.
        reached: runs that came to the target.
        seconds: median training time until then; None where half did not get there.
        seconds_low, seconds_high: of the quickest and the slowest run; no high where
            a run did not get there.
        sure: probability that these two enclose the median of all such runs.
    """

    contender: Learns
    runs: Count
    accuracy: Part
    low: Part
    high: Part
    reached: int = Field(ge=0, le=20)
    seconds: Seconds | None = None
    seconds_low: Seconds | None = None
    seconds_high: Seconds | None = None
    sure: Part


class Agreement(ProbeRecord):
    """Whether a learner ends where the first one does; worked out, never believed.

    Attributes:
        difference: accuracy minus that of the baseline, mean over seeds, with a 95%
            t interval; both had the same split, weights and order of rows.
        zone: differences that are of no interest.
        first_gap: largest relative difference of test losses after one epoch, before
            rounding has had time to grow; None for what is no network.
    """

    contender: Learns
    baseline: Learns
    seeds: int = Field(ge=2, le=20)
    difference: Finite = Field(ge=-1, le=1)
    low: Finite
    high: Finite
    zone: Part
    first_gap: Finite | None = Field(default=None, ge=0)
    word: Literal["same", "another_training", "better", "worse", "undecided"]


class Learning(ProbeRecord):
    """All that was learnt in one probe."""

    lesson: Lesson
    learners: tuple[Learner, ...] = Field(max_length=10)
    learnt: tuple[Learnt, ...] = Field(default=(), max_length=10)
    agreements: tuple[Agreement, ...] = Field(default=(), max_length=10)
