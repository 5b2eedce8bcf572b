"""What Keras offers, on the backend that this process was started with."""

from __future__ import annotations

import importlib
import re
from typing import Any

import keras
import numpy as np

from probes.checks.programs.names import documented, pretrained, weight_files
from probes.checks.records import Facts

SUBMODULES = ("layers", "losses", "optimizers", "metrics", "callbacks", "applications")


def gather(stack: str) -> Facts:
    """Levels of the API, relatives, exports, tools, and docstrings."""
    seen = _levels() | _tools()
    if stack == "keras-tensorflow":
        seen |= _with_tensorflow()
    if stack == "keras-torch":
        torch: Any = importlib.import_module("torch")
        seen["is_torch_module"] = isinstance(_model(), torch.nn.Module)
        seen["variable_is_native"] = isinstance(
            _model().trainable_variables[0].value, torch.nn.Parameter
        )
    return seen


def _levels() -> Facts:
    methods = ("fit", "evaluate", "predict", "train_step", "stateless_call", "export")
    return {
        "version": str(keras.__version__),
        "ops": len([name for name in dir(keras.ops) if not name.startswith("_")]),
        "layers": len(_classes(keras.layers, keras.layers.Layer)),
        "methods": tuple(name for name in methods if hasattr(keras.Model, name)),
        "has_fit": hasattr(keras.Model, "fit"),
        "submodules": tuple(name for name in SUBMODULES if hasattr(keras, name)),
        "submodule_count": len([1 for name in SUBMODULES if hasattr(keras, name)]),
        "applications": len(
            [
                name
                for name in dir(keras.applications)
                if name[0].isupper() and callable(getattr(keras.applications, name))
            ]
        ),
        "pretrained": pretrained(keras.applications),
        "weight_files": weight_files(keras),
        "ways_to_build": _ways(),
        "documented": documented(keras, keras.layers, keras.ops, keras.optimizers),
        "documented_layers": documented(keras.layers),
    }


def _tools() -> Facts:
    said = keras.Model.export.__doc__ or ""
    formats = dict.fromkeys(re.findall(r'"(\w+)"', said.split("Raises")[0]))
    known = ("tf_saved_model", "onnx", "openvino", "litert", "torch")
    return {
        "export_formats": tuple(name for name in known if name in formats) or ("-",),
        "export_count": len([name for name in known if name in formats]),
        "distribution": tuple(
            name for name in dir(keras.distribution) if name.endswith("Parallel")
        ),
        "mixed_precision": hasattr(keras, "mixed_precision"),
        "has_export": hasattr(keras.Model, "export"),
        "has_distribution": hasattr(keras, "distribution"),
        "plots": hasattr(keras.utils, "plot_model"),
        "tensorboard_callback": _tensorboard(),
    }


def _tensorboard() -> str:
    try:
        model = _model()
        model.compile("sgd", "mse")
        monitor = keras.callbacks.TensorBoard(log_dir="logs")
        x = np.zeros((8, 4), "float32")
        model.fit(x, x[:, :1], verbose=0, callbacks=[monitor])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "works"


def _ways() -> int:
    """Sequential, functional, subclassed: how many of the three give an answer."""

    class Own(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(1)

        def call(self, x: Any) -> Any:
            return self.dense(x)

    one = keras.Input((4,))
    models = (_model(), keras.Model(one, keras.layers.Dense(1)(one)), Own())
    row = keras.ops.ones((1, 4))
    return sum(tuple(model(row).shape) == (1, 1) for model in models)


def _with_tensorflow() -> Facts:
    tensorflow: Any = importlib.import_module("tensorflow")
    tools = (
        "debugging.check_numerics",
        "debugging.enable_check_numerics",
        "profiler.experimental.start",
        "config.run_functions_eagerly",
    )
    found = [name for name in tools if _reach(tensorflow, name) is not None]
    strategies = [n for n in dir(tensorflow.distribute) if n.endswith("Strategy")]
    return {
        "tf_keras_version": str(tensorflow.keras.__version__),
        "tf_keras_is_keras": tensorflow.keras.__version__ == keras.__version__
        and tensorflow.keras.layers.Dense is keras.layers.Dense,
        "variable_is_native": isinstance(
            _model().trainable_variables[0].value, tensorflow.Variable
        ),
        "debug_tools": tuple(found),
        "debug_tool_count": len(found),
        "eager_by_default": bool(tensorflow.executing_eagerly()),
        "strategies": tuple(strategies),
        "lite": hasattr(tensorflow, "lite"),
    }


def _reach(place: Any, path: str) -> Any:
    for part in path.split("."):
        place = getattr(place, part, None)
    return place


def _model() -> Any:
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])


def _classes(place: Any, kind: type) -> list[str]:
    return [
        name
        for name, one in vars(place).items()
        if isinstance(one, type) and issubclass(one, kind)
    ]
