"""What a probe is asked: which model, at whose numbers, in which frameworks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticKnownError

Contender = Literal[
    "pytorch",
    "pytorch-compile",
    "pytorch-fused",
    "keras-tensorflow",
    "keras-tensorflow-xla",
    "keras-torch",
    "keras-jax",
    "tensorflow-raw",
]
Workload = Literal["mlp-tabular", "cnn-image", "lstm-sequence", "transformer-text"]
Size = Literal["S", "M", "L"]
Precision = Literal["float32", "bfloat16"]
"""What matrix products are taken in; weights are float32 in both."""

Way = Literal[
    "fit",
    "fit-16",
    "fit-dataset",
    "fit-loader",
    "loader",
    "slices",
    "dataset",
]
"""How one epoch is written down: the variants of the default track."""
Short = Annotated[str, Field(max_length=300)]
Seconds = Annotated[float, Field(ge=1e-9, lt=1e6, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=2**60)]
"""Large enough for bytes and operations, small enough to be reckoned with as floats."""

Tally = Annotated[int, Field(ge=0, le=2**60)]
"""A count that may be nothing."""

MOST_AHEAD = timedelta(days=1)
"""How far the clock of another machine may be ahead of this one's."""


def _not_to_come(moment: datetime) -> datetime:
    if moment > datetime.now(UTC) + MOST_AHEAD:
        raise ValueError(
            f"{moment:%Y-%m-%d} is yet to come; set the clock of that machine, and "
            "measure again"
        )
    return moment


Begun = Annotated[AwareDatetime, AfterValidator(_not_to_come)]
"""When something was measured."""


VARIANTS: dict[Contender, Contender] = {
    "pytorch": "pytorch-fused",
    "keras-tensorflow": "keras-tensorflow-xla",
}
"""Contenders that are another one with a setting changed that needs a new process."""

MOST_VALUES = 2**27
"""Input values of one batch at most; half a GiB of float32."""


LOCAL = "local"
"""The hardware class of the asker's own machine."""

HOSTED = "hosted"
"""Class of hardware of a service that measures on its own machine for others."""


class ProbeRecord(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


NUMBERS = (
    *("rows", "features", "classes", "side", "channels", "length"),
    *("vocabulary", "batch", "zone", "budget_s", "seed"),
)
"""Fields of a question that are numbers."""


class ProbeSpec(ProbeRecord):
    """One comparison to run. The first contender is the baseline of all ratios.

    Attributes:
        size: layer widths, and the shape of an example where none is given: S is
            bound by overhead, L by computing.
        rows: the person's own rows; the epoch is projected to them.
        features: columns of a table, or numbers per step of a sequence.
        side, channels: of a picture; None: as the size has it.
        length: steps of a sequence or words of a text; None: as the size has it.
        vocabulary: different words of a text.
        batch: rows per optimizer step.
        zone: differences up to this fraction are of no interest, 0.03 to 0.15.
        control: also time the baseline against itself, in a process of its own.
        learn: also train each contender to the end on data that can be learnt, over
            several seeds; on a table, scikit-learn's boosted trees as well.
        variants: also time each stack as somebody in search of speed would set it up.
        precision: of everybody, so that no verdict is over two. In bfloat16, which is
            mixed precision, bare steps alone are compared, and no more.
        budget_s: hard deadline for the whole probe, in seconds.
        hardware_class: whose machine it is to run on: ``local`` is the asker's own.
    """

    workload: Workload = "mlp-tabular"
    size: Size = "S"
    rows: int = Field(default=10_000, ge=1, le=10**12)
    features: int = Field(default=20, ge=1, le=2_000)
    classes: int = Field(default=2, ge=2, le=1_000)
    side: int | None = Field(default=None, ge=16, le=512)
    channels: int | None = Field(default=None, ge=1, le=16)
    length: int | None = Field(default=None, ge=1, le=2_048)
    vocabulary: int = Field(default=10_000, ge=2, le=200_000)
    batch: int = Field(default=32, ge=1, le=8_192)
    contenders: tuple[Contender, ...] = Field(
        default=("pytorch", "keras-tensorflow", "keras-torch"),
        min_length=1,
        max_length=8,
    )
    zone: float = Field(default=0.05, ge=0.03, le=0.15)
    control: bool = False
    learn: bool = False
    variants: bool = False
    precision: Precision = "float32"
    budget_s: float = Field(default=90, ge=5, le=3_600)
    hardware_class: Short = LOCAL
    seed: int = Field(default=0, ge=0, lt=2**31)

    def everybody(self) -> tuple[Contender, ...]:
        """Each contender once, the baseline first; variants last, where asked for."""
        names = dict.fromkeys(self.contenders)
        if self.variants:
            names |= {VARIANTS[name]: None for name in names if name in VARIANTS}
        return tuple(names)

    @field_validator(*NUMBERS, mode="before")
    @classmethod
    def is_number(cls, value: object) -> object:
        """Refuse true and false, with which Python counts as 1 and 0."""
        if isinstance(value, bool):
            raise PydanticKnownError("int_type")
        return value

    @model_validator(mode="after")
    def learns_in_float32(self) -> Self:
        """Refuse to teach in bfloat16: losses would part by more than is told apart."""
        if self.learn and self.precision != "float32":
            raise ValueError("learning is compared in float32 alone; ask for it apart")
        return self

    @model_validator(mode="after")
    def fits_in_memory(self) -> Self:
        """Refuse a batch whose inputs alone would fill a machine."""
        values = {
            "mlp-tabular": self.features,
            "cnn-image": (self.side or 96) ** 2 * (self.channels or 3),
            "lstm-sequence": (self.length or 200) * self.features,
            "transformer-text": (self.length or 256) * 512,
        }[self.workload]
        most = MOST_VALUES // values
        if self.batch > most:
            raise ValueError(
                f"a batch of {self.batch} examples of this shape is too large; "
                f"at most {most} fit"
            )
        return self
