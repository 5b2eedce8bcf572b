"""The command that installs a stack, on every kind of machine that we ask for."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.installing import PACKAGES, Builds
from assistant.profile import Accelerator, Hardware, OperatingSystem, Profile
from assistant.recommendation import Engine
from assistant.rendering import recommendation_markdown
from knowledge.records import Answers, Knowledge, Stack

CHOOSE = "https://pytorch.org/get-started/locally"
TPU = "https://docs.cloud.google.com/tpu/docs/pytorch-on-tpu"
TENSORFLOW = "https://www.tensorflow.org/install/pip"
JAX = "https://docs.jax.dev/en/latest/installation.html"
WHEELS = "https://download.pytorch.org/whl"

MACHINES = [
    # os, accelerator, hardware, stack: command, page
    ("linux", "nvidia", None, "pytorch", "pip install torch", None),
    (
        *("linux", "nvidia", None, "keras-tensorflow"),
        *('pip install "keras>=3" "tensorflow[and-cuda]"', None),
    ),
    (
        *("linux", "nvidia", None, "keras-jax"),
        *('pip install "keras>=3" "jax[cuda13]"', None),
    ),
    (
        *("linux", None, "cpu", "keras-torch"),
        f'pip install torch --index-url {WHEELS}/cpu && pip install "keras>=3"',
        None,
    ),
    ("linux", None, "tpu", "keras-jax", 'pip install "keras>=3" "jax[tpu]"', None),
    ("linux", "google", None, "pytorch", None, TPU),
    (None, None, "tpu", "pytorch-lightning", "pip install lightning", TPU),
    ("linux", "amd", None, "pytorch", None, CHOOSE),
    ("linux", "amd", None, "keras-torch", 'pip install "keras>=3"', CHOOSE),
    (
        *("linux", "amd", None, "keras-jax"),
        *('pip install "keras>=3" "jax[rocm7-local]"', None),
    ),
    (
        *("linux", "amd", None, "keras-tensorflow"),
        *('pip install "keras>=3" tensorflow', None),
    ),
    (
        *("linux", "intel", "gpu", "pytorch-lightning"),
        f"pip install torch --index-url {WHEELS}/xpu && pip install lightning",
        None,
    ),
    ("windows", "nvidia", None, "pytorch-lightning", "pip install lightning", CHOOSE),
    ("windows", "nvidia", "cpu", "pytorch", "pip install torch", None),
    (
        *("windows", "intel", "gpu", "pytorch"),
        *(f"pip install torch --index-url {WHEELS}/xpu", None),
    ),
    ("macos", None, "gpu", "pytorch", "pip install torch", None),
    ("macos", "apple", "gpu", "keras-torch", 'pip install "keras>=3" torch', None),
    (None, None, None, "pytorch", "pip install torch", None),
    ("windows", None, "gpu", "pytorch", None, CHOOSE),
    ("linux", None, "gpu", "pytorch", "pip install torch", None),
    (None, None, "gpu", "keras-torch", 'pip install "keras>=3"', CHOOSE),
    (None, "nvidia", None, "keras-torch", 'pip install "keras>=3"', CHOOSE),
    (None, "nvidia", None, "keras-tensorflow", 'pip install "keras>=3"', TENSORFLOW),
    ("linux", None, "gpu", "keras-tensorflow", 'pip install "keras>=3"', TENSORFLOW),
    (None, None, "gpu", "keras-jax", 'pip install "keras>=3"', JAX),
    (None, "amd", None, "keras-jax", 'pip install "keras>=3"', JAX),
    ("macos", None, "gpu", "keras-jax", 'pip install "keras>=3" jax', None),
    (
        *("macos", None, "gpu", "keras-tensorflow"),
        *('pip install "keras>=3" tensorflow', None),
    ),
    ("macos", None, "tpu", "pytorch", None, TPU),
    (None, "apple", "gpu", "pytorch", "pip install torch", None),
    (None, "amd", None, "pytorch", None, CHOOSE),
]


@pytest.mark.parametrize(
    ("os", "maker", "hardware", "stack", "command", "page"), MACHINES
)
def test_each_machine_gets_its_own_command(
    knowledge: Knowledge,
    os: str | None,
    maker: str | None,
    hardware: str | None,
    stack: str,
    command: str | None,
    page: str | None,
) -> None:
    said = {"os": os, "accelerator": maker, "hardware": hardware}
    told: Answers = {field: one for field, one in said.items() if one is not None}
    builds = Builds(knowledge.builds)

    assert builds.command(Stack(stack), told) == command
    assert builds.page(Stack(stack), told) == page


def test_amd_on_windows_is_sent_to_the_maker(knowledge: Knowledge) -> None:
    page = Builds(knowledge.builds).page(
        Stack.PYTORCH, {"os": "windows", "accelerator": "amd"}
    )

    assert page is not None
    assert page.startswith("https://rocm.docs.amd.com/")


@pytest.mark.parametrize("stack", Stack)
def test_nobody_is_left_without_a_way(knowledge: Knowledge, stack: Stack) -> None:
    builds = Builds(knowledge.builds)
    for os in (*OperatingSystem, None):
        for maker in (*Accelerator, None):
            for hardware in (*Hardware, None):
                said: Any = {"os": os, "accelerator": maker, "hardware": hardware}
                told = {field: one.value for field, one in said.items() if one}

                named = f"{builds.command(stack, told)} {builds.page(stack, told)}"
                # The address of a page names the package too.
                assert all(package in named for package in PACKAGES[stack])


@pytest.mark.parametrize("os", ["windows", "linux"])
def test_the_page_is_among_the_next_steps(engine: Engine, os: str) -> None:
    person = Profile.model_validate({"os": os, "accelerator": "amd"})

    given = engine.recommend(person)
    said = recommendation_markdown(given)

    assert given.next_steps.install is None
    assert given.next_steps.install_page is not None
    assert given.next_steps.install_page in said
    assert "Next steps" in said
    assert "`pip install torch`\n" not in said
