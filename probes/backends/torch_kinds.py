"""In what kinds of numbers PyTorch takes the matrix products of a step."""

from __future__ import annotations

from collections.abc import Callable

import torch

PRODUCTS = frozenset(
    {
        *("aten::mm", "aten::addmm", "aten::bmm", "aten::baddbmm"),
        *("aten::convolution", "aten::convolution_backward"),
        *("aten::mkldnn_rnn_layer_backward", "aten::_cudnn_rnn_backward"),
    }
)
"""Operations below autocast, which changes its arguments before it calls them. What
calls a product under its public name, as ``linear`` does, shows what it was given."""

KINDS = {
    "float": "float32",
    "double": "float64",
    "c10::BFloat16": "bfloat16",
    "c10::Half": "float16",
}
"""What the profiler calls numbers with a point, and everybody else."""


def product_kinds(run: Callable[[], object]) -> set[str]:
    """Kinds of the numbers that products are given while ``run`` runs.

    As the profiler sees them, which sees what compiled code calls too.
    """
    kinds = [torch.profiler.ProfilerActivity.CPU]
    with torch.profiler.profile(activities=kinds, record_shapes=True) as seen:
        run()
    assert seen.profiler is not None
    found: set[str] = set()
    for event in seen.profiler.kineto_results.events():
        if event.name() in PRODUCTS:
            found |= {KINDS[kind] for kind in event.dtypes() if kind in KINDS}
    return found
