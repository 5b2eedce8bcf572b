"""What PyTorch offers, looked up by name and called where a call is cheap."""

from __future__ import annotations

import importlib
import importlib.util

import torch
from torch import nn

from probes.checks.programs.names import documented, pretrained, weight_files
from probes.checks.records import NOT_INSTALLED, Facts


def gather(stack: str) -> Facts:
    """Levels of the API, ways down to the arithmetic, tools, and docstrings."""
    del stack
    modules = {
        name
        for name, one in vars(nn).items()
        if isinstance(one, type) and issubclass(one, nn.Module)
    }
    high = [
        name
        for name in ("nn", "optim", "utils.data", "compile", "export", "profiler")
        if _has(f"torch.{name}")
    ]
    return _models() | {
        "version": str(torch.__version__),
        "nn_modules": len(modules),
        "higher_levels": tuple(high),
        "has_layers": len(modules) > 50,
        "module_has_fit": hasattr(nn.Module, "fit"),
        "has_tensors": _has("torch.Tensor"),
        "compilers": tuple(torch.compiler.list_backends()),
        "compiler_count": len(torch.compiler.list_backends()),
        "devices": tuple(
            name
            for name in ("cuda", "mps", "xpu", "mkldnn", "openmp", "cudnn")
            if hasattr(torch.backends, name) or hasattr(torch, name)
        ),
        "device_count": len(
            [name for name in ("cuda", "mps", "xpu", "cpu") if hasattr(torch, name)]
        ),
        "has_sharding": _has("torch.distributed.fsdp.fully_shard"),
        "custom_gradient": _custom_gradient(),
        "hooks": _hooks(),
        "custom_operators": _has("torch.library.custom_op"),
        "exports_onnx": _has("torch.onnx.export"),
        "profiles": _profiles(),
        "monitoring_in_core": importlib.util.find_spec("torch.utils.tensorboard")
        is not None,
        "tensorboard_writer": _importing("torch.utils.tensorboard"),
        "anomaly_detection": _has("torch.autograd.detect_anomaly"),
        "documented_nn": documented(nn),
        "documented": documented(torch, torch.Tensor),
    }


def _models() -> Facts:
    """Ready models of the package itself, and of the one that PyTorch's are in."""
    seen: Facts = {
        "pretrained": pretrained(torch, nn, nn.functional, torch.hub),
        "weight_files": weight_files(torch),
        "torchvision": NOT_INSTALLED,
    }
    if importlib.util.find_spec("torchvision"):
        found = len(importlib.import_module("torchvision.models").list_models())
        seen |= {"torchvision": found, "torchvision_models": found}
    return seen


def _has(path: str) -> bool:
    head, *parts = path.split(".")
    place: object = importlib.import_module(head)
    for number, part in enumerate(parts, 1):
        if not hasattr(place, part):
            try:
                place = importlib.import_module(".".join([head, *parts[:number]]))
            except ImportError:
                return False
        else:
            place = getattr(place, part)
    return True


def _importing(name: str) -> str:
    try:
        importlib.import_module(name)
    except ImportError as error:
        return f"{type(error).__name__}: {error}"
    return "works"


def _custom_gradient() -> bool:
    """A function of our own whose gradient we state as ten times the true one."""

    class Tenfold(torch.autograd.Function):
        @staticmethod
        def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:
            del ctx
            return x.clone()

        @staticmethod
        def backward(ctx: object, *gradients: torch.Tensor) -> torch.Tensor:
            del ctx
            return 10 * gradients[0]

    x = torch.ones(3, requires_grad=True)
    Tenfold.apply(x).sum().backward()
    return x.grad is not None and bool((x.grad == 10).all())


def _hooks() -> bool:
    seen: list[object] = []
    layer = nn.Linear(2, 2)
    layer.register_forward_hook(lambda *_: seen.append(1))
    layer(torch.zeros(1, 2))
    return bool(seen)


def _profiles() -> bool:
    with torch.profiler.profile() as profiled:
        torch.ones(64, 64) @ torch.ones(64, 64)
    return len(profiled.key_averages()) > 0
