"""Every export format of Keras, tried: written or not, and what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from probes.checks.records import Facts

FORMATS = {
    "keras-tensorflow": ("tf_saved_model", "onnx", "litert", "openvino"),
    "keras-torch": ("torch", "onnx", "openvino"),
    "keras-jax": ("tf_saved_model", "onnx"),
}


def gather(stack: str) -> Facts:
    """One small trained model in each format that this backend is said to write."""
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.zeros((8, 4), "float32")
    model.fit(x, x[:, :1], verbose=0)
    written, refused = [], []
    for number, kind in enumerate(FORMATS[stack]):
        path = Path(f"{stack}-{kind}-{number}")
        suffix = {"onnx": ".onnx", "litert": ".tflite", "torch": ".pt2"}.get(kind, "")
        try:
            model.export(f"{path}{suffix}", format=kind, verbose=False)
        except Exception as error:
            refused.append(f"{kind} ({type(error).__name__})")
        else:
            written.append(kind)
    return {
        "written": tuple(written) or ("-",),
        "refused": tuple(refused) or ("-",),
        "count": len(written),
    }
