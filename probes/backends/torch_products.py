"""What PyTorch says of its products' precision, and of a device's memory."""

from __future__ import annotations

from typing import Any

import torch


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


def _products() -> tuple[Any, ...]:
    """Whatever has a precision of its own for products of float32 matrices."""
    cuda, one = torch.backends.cudnn, torch.backends.mkldnn
    return (
        torch.backends.cuda.matmul,
        *(cuda.conv, cuda.rnn),
        *(one.matmul, one.conv, one.rnn),
    )
