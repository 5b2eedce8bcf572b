"""Operations of one step's matrix products, counted in what each framework runs.

A product of ``(m, k)`` and ``(k, n)`` counts ``2 m k n``, a convolution as much as its
products, attention as much as its two; whatever works element by element counts
nothing. Where a kernel hides its products, as a recurrent layer's may, less is counted
than is done, never more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Sizes = Sequence[int]

COUNTED_STEPS = 3
"""Steps that are counted where they are run for it."""

ATTENTION = (
    "_scaled_dot_product_flash_attention_for_cpu",
    "_scaled_dot_product_flash_attention",
    "_scaled_dot_product_efficient_attention",
    "_scaled_dot_product_cudnn_attention",
)
"""PyTorch's kernels of it; each has its own way to reckon its products anew."""


def torch_operations(block: Callable[[int], object]) -> int:
    """What PyTorch dispatches for a step while a block of some runs eagerly.

    Source: ``torch.utils.flop_counter``, which knows products and convolutions,
    forward and backward. What it says of attention holds for single kernels.
    """
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    aten = torch.ops.aten
    counts: dict[Any, Callable[..., int]] = {}
    for name in ATTENTION:
        if hasattr(aten, name):
            counts[getattr(aten, name)] = _attention
            counts[getattr(aten, f"{name}_backward")] = _attention_backward
    with FlopCounterMode(display=False, custom_mapping=counts) as counter:
        block(COUNTED_STEPS)
    return int(counter.get_total_flops()) // COUNTED_STEPS


def _attention(query: Sizes, key: Sizes, value: Sizes, *_: Any, **__: Any) -> int:
    batch, heads, rows, width = query
    return 2 * batch * heads * rows * key[-2] * (width + value[-1])


def _attention_backward(out: Sizes, *rest: Any, **__: Any) -> int:
    """Two products for each one forward; what a kernel reckons anew is its own way."""
    del out
    return 2 * _attention(*rest[:3])


def jax_operations(program: Any) -> int:
    """Of a traced program, the ``jaxpr`` of ``jax.jit(step).trace(...)``."""
    return sum(_of_equation(one) for one in program.eqns)


def _of_equation(equation: Any) -> int:
    name, how = equation.primitive.name, equation.params
    if name in JAX_PRODUCTS:
        made = math.prod(equation.outvars[0].aval.shape)
        return int(2 * made * JAX_PRODUCTS[name](equation))
    times = int(how["length"]) if name == "scan" else 1
    return times * sum(jax_operations(one) for one in inside(how))


def _contracted(equation: Any) -> int:
    (axes, _), _ = equation.params["dimension_numbers"]
    first = equation.invars[0].aval.shape
    return math.prod(first[axis] for axis in axes)


def _convolved(equation: Any) -> int:
    kernel = equation.invars[1].aval.shape
    _, *places = equation.params["dimension_numbers"].rhs_spec
    return math.prod(kernel[at] for at in places)


JAX_PRODUCTS = {"dot_general": _contracted, "conv_general_dilated": _convolved}
"""What multiplies in a JAX program, and how many products make one of its numbers."""


def inside(how: dict[str, Any]) -> Iterator[Any]:
    """The programs among the parameters of an equation: a loop's, or a call's."""
    for value in how.values():
        for one in value if isinstance(value, list | tuple) else (value,):
            program = getattr(one, "jaxpr", one)
            if hasattr(program, "eqns"):
                yield program


def tensorflow_operations(function: Any, *arguments: Any) -> int | None:
    """Of what is run of a ``tf.function``'s graph; None where it was never traced.

    A gradient that nobody asks for is in the graph and not run. A loop counts nothing.
    """
    if not function.experimental_get_tracing_count():
        return None
    graph = function.get_concrete_function(*arguments).graph
    wanted = [one.op for one in graph.outputs] + list(graph.control_outputs)
    run = set()
    while wanted:
        node = wanted.pop()
        if node not in run:
            run.add(node)
            wanted += [one.op for one in node.inputs] + list(node.control_inputs)
    return sum(_of_node(one) for one in run)


def _of_node(node: Any) -> int:
    return GRAPH_PRODUCTS[node.type](node) if node.type in GRAPH_PRODUCTS else 0


def _of_matmul(node: Any) -> int:
    axis = 0 if node.get_attr("transpose_a") else 1
    return 2 * _size(node.outputs[0]) * int(node.inputs[0].shape[axis])


def _of_batched(node: Any) -> int:
    axis = -2 if node.get_attr("adj_x") else -1
    return 2 * _size(node.outputs[0]) * int(node.inputs[0].shape[axis])


def _of_convolution(node: Any) -> int:
    return 2 * _size(node.outputs[0]) * _window(node.inputs[1])


def _of_input_gradient(node: Any) -> int:
    return 2 * _size(node.inputs[2]) * _window(node.inputs[1])


def _of_filter_gradient(node: Any) -> int:
    return 2 * _size(node.inputs[2]) * _window(node.outputs[0])


def _window(kernel: Any) -> int:
    """Numbers of one place that a convolution with this kernel multiplies."""
    return int(math.prod(kernel.shape[:3]))


def _size(tensor: Any) -> int:
    return int(math.prod(tensor.shape))


def _of_einsum(node: Any) -> int:
    """Two tensors are multiplied along every letter; one alone is only summed."""
    entering = node.get_attr("equation").decode().split("->")[0].split(",")
    if len(entering) < 2:
        return 0
    sizes: dict[str, int] = {}
    for letters, tensor in zip(entering, node.inputs, strict=True):
        sizes |= dict(zip(letters, tensor.shape, strict=True))
    return 2 * math.prod(sizes.values())


GRAPH_PRODUCTS = {
    "MatMul": _of_matmul,
    "BatchMatMul": _of_batched,
    "BatchMatMulV2": _of_batched,
    "BatchMatMulV3": _of_batched,
    "Einsum": _of_einsum,
    "Conv2D": _of_convolution,
    "Conv2DBackpropInput": _of_input_gradient,
    "Conv2DBackpropFilter": _of_filter_gradient,
}
"""What multiplies in TensorFlow's graphs, and how each is counted."""
