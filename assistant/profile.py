"""What we know about the person. None means unknown: not asked, said or understood."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from knowledge.records import Answers, Framework, Record


class Experience(StrEnum):
    NONE = "none"
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Background(StrEnum):
    DEVELOPER = "developer"
    SCIENTIST_MATH = "scientist_math"
    DATA_SCIENTIST = "data_scientist"
    STUDENT = "student"
    RESEARCHER = "researcher"
    BUSINESS = "business"


class MathComfort(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class DatasetSize(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Modality(StrEnum):
    TABULAR = "tabular"
    IMAGE = "image"
    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"
    TIMESERIES = "timeseries"
    GRAPH = "graph"
    RL = "rl"


class Goal(StrEnum):
    LEARN = "learn"
    PROTOTYPE = "prototype"
    RESEARCH = "research"
    PRODUCTION = "production"
    JOB = "job"
    CUSTOM_MODELS = "custom_models"
    MOBILE = "mobile"
    SPEED = "speed"
    DEBUGGING = "debugging"
    SCALE = "scale"


class Control(StrEnum):
    STANDARD = "standard"
    CUSTOM_LAYERS = "custom_layers"
    CUSTOM_LOOP = "custom_loop"


class Hardware(StrEnum):
    CPU = "cpu"
    GPU = "gpu"
    TPU = "tpu"
    MOBILE = "mobile"


class Accelerator(StrEnum):
    NVIDIA = "nvidia"
    APPLE = "apple"
    AMD = "amd"
    INTEL = "intel"
    GOOGLE = "google"


class OperatingSystem(StrEnum):
    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"


class Existing(StrEnum):
    KERAS = "keras"
    TENSORFLOW = "tensorflow"
    PYTORCH = "pytorch"
    JAX = "jax"
    HUGGINGFACE = "huggingface"
    SKLEARN = "sklearn"
    NUMPY = "numpy"
    NONE = "none"


class Deployment(StrEnum):
    SERVER = "server"
    MOBILE = "mobile"
    BROWSER = "browser"
    EMBEDDED = "embedded"
    NOTEBOOK = "notebook"


class Mandated(StrEnum):
    KERAS = "keras"
    TENSORFLOW = "tensorflow"
    PYTORCH = "pytorch"


class TimeToResult(StrEnum):
    TODAY = "today"
    WEEKS = "weeks"
    MONTHS = "months"


T = TypeVar("T", bound=StrEnum)


def _sorted_set(values: tuple[T, ...]) -> tuple[T, ...]:
    """Order and repetition carry no meaning, so equal profiles compare equal."""
    return tuple(sorted(set(values)))


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


NUMBER = BeforeValidator(_number)
"""Refuses true and false, with which Python counts as 1 and 0."""

Goals = Annotated[tuple[Goal, ...], Field(min_length=1), AfterValidator(_sorted_set)]
Stacks = Annotated[
    tuple[Existing, ...], Field(min_length=1), AfterValidator(_sorted_set)
]


class Profile(Record):
    """The fields of the wire contract; every one of them may be unknown.

    Attributes:
        dataset_rows: examples; one image, one document or one table row each.
        dataset_bytes: volume in bytes, when the person gave one.
        dataset_size: what the person said; derived from rows where they gave those.
    """

    experience: Experience | None = None
    background: Background | None = None
    math_comfort: MathComfort | None = None
    dataset_rows: Annotated[int, Field(ge=1, le=10**12), NUMBER] | None = None
    dataset_size: DatasetSize | None = None
    dataset_bytes: Annotated[int, Field(ge=1, le=10**18), NUMBER] | None = None
    modality: Modality | None = None
    goals: Goals | None = None
    control: Control | None = None
    hardware: Hardware | None = None
    accelerator: Accelerator | None = None
    os: OperatingSystem | None = None
    existing: Stacks | None = None
    deployment: Deployment | None = None
    mandated: Mandated | None = None
    time_to_result: TimeToResult | None = None

    def answers(self) -> Answers:
        """Known fields only, by field name, plain values."""
        known: Answers = {}
        for name, value in vars(self).items():
            if value is None:
                continue
            if isinstance(value, StrEnum):
                known[name] = value._value_
            elif isinstance(value, tuple):
                known[name] = tuple([one._value_ for one in value])
            else:
                known[name] = value
        return known


class Past(Record):
    """What a conversation can be taken back to: all that one message may change."""

    profile: Profile
    declined: tuple[str, ...] = Field(default=(), max_length=40)


NAMES = {Framework.KERAS: "Keras", Framework.PYTORCH: "PyTorch"}
"""How the two frameworks write their own names."""
