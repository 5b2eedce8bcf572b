"""What PyTorch says of its products' precision, its switches and a device's memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

UNWANTED = (
    *("weight_decay", "amsgrad", "maximize"),
    *("foreach", "differentiable", "capturable"),
)
"""What an ordinary program leaves alone in its optimizer: all false, or not chosen."""


def exact_products() -> None:
    """Let no product of float32 matrices be rounded to TF32 or bfloat16."""
    for place in _products():
        place.fp32_precision = "ieee"


def torch_precision(device: str) -> str:
    """``highest``, or what any of the switches says: there is no common one."""
    found = {str(place.fp32_precision) for place in _products()} - {"ieee"}
    if torch.is_autocast_enabled(device):
        found.add(str(torch.get_autocast_dtype(device)))
    return ", ".join(sorted(found)) or "highest"


def torch_device_bytes(device: str) -> int | None:
    """Most memory that tensors took on a graphics processor; None on a processor."""
    if device == "cuda":
        return int(torch.cuda.max_memory_allocated())
    # Apple's driver tells what is taken now, and gives little of it back.
    return int(torch.mps.driver_allocated_memory()) if device == "mps" else None


def optimizer_oddities(group: Mapping[str, Any]) -> list[str]:
    """What is set in an optimizer's group that an ordinary program leaves alone."""
    return [
        f"its optimizer has {name}={group[name]}"
        for name in UNWANTED
        if group.get(name)
    ]


def torch_oddities() -> tuple[str, ...]:
    """What is switched in PyTorch that an ordinary program leaves alone."""
    one, cuda = torch.backends.mkldnn, torch.backends.cudnn
    found = {
        "oneDNN is off": one.is_available() and not one.enabled,
        "it looks for anomalies in gradients": torch.is_anomaly_enabled(),
        "it asks for deterministic algorithms": one.deterministic
        or torch.are_deterministic_algorithms_enabled(),
        "cuDNN is not as it comes": cuda.is_available()
        and (not cuda.enabled or cuda.deterministic or cuda.benchmark),
    }
    return tuple(words for words, is_so in found.items() if is_so)


def _products() -> tuple[Any, ...]:
    """Whatever has a precision of its own for products of float32 matrices."""
    cuda, one = torch.backends.cudnn, torch.backends.mkldnn
    return (
        torch.backends.cuda.matmul,
        *(cuda.conv, cuda.rnn),
        *(one.matmul, one.conv, one.rnn),
    )
