"""Train from a file on disk, twice: does memory or pace change with its size?"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from probes.checks.records import Facts
from probes.resources import peak_bytes, resident_bytes

WIDTH, BATCH = 512, 256
SMALL, LARGE = 8_192, 65_536
"""Rows of each file: 16 MiB and 128 MiB of float32."""


def gather(stack: str) -> Facts:
    """Microseconds per row and growth of memory for both files, and for 100 rows."""
    path = Path("rows.f32")
    # All stacks of a run share the folder and so the file.
    if not path.is_file() or path.stat().st_size != LARGE * WIDTH * 4:
        _write(path)
    train = _torch(path) if stack == "pytorch" else _keras(path)
    # Python, pools and compiled code grow once; that belongs to neither file.
    train(SMALL)
    seen: Facts = {"file_mib": LARGE * WIDTH * 4 / 2**20}
    for name, rows in (("small", SMALL), ("large", LARGE)):
        before, started = resident_bytes(), time.perf_counter()
        _forget_peak()
        train(rows)
        seconds = time.perf_counter() - started
        seen[f"{name}_us_per_row"] = 1e6 * seconds / rows
        seen[f"{name}_growth_mib"] = max(0, peak_bytes() - before) / 2**20
    started = time.perf_counter()
    train(100)
    seen["hundred_rows_s"] = time.perf_counter() - started
    return seen


def _write(path: Path) -> None:
    dice = np.random.default_rng(0)
    with path.open("wb") as file:
        for _ in range(LARGE // 4_096):
            file.write(dice.random((4_096, WIDTH), np.float32).tobytes())


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return


def _rows(path: Path, start: int, stop: int) -> tuple[Any, Any]:
    """Rows read from the file by position; a mapping's pages would count as ours."""
    count = (stop - start) * WIDTH
    x = np.fromfile(path, np.float32, count, offset=start * WIDTH * 4)
    x = x.reshape(-1, WIDTH)
    return x, (x[:, :1] > 0.5).astype("float32")


def _torch(path: Path) -> Callable[[int], None]:
    import torch
    from torch.utils.data import DataLoader, Dataset

    class OnDisk(Dataset):
        def __init__(self, rows: int) -> None:
            self._rows = rows

        def __len__(self) -> int:
            return -(-self._rows // BATCH)

        def __getitem__(self, number: int) -> Any:
            start = number * BATCH
            return _rows(path, start, min(start + BATCH, self._rows))

    net = torch.nn.Sequential(
        torch.nn.Linear(WIDTH, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1)
    )
    optimizer = torch.optim.SGD(net.parameters(), 0.01)

    def train(rows: int) -> None:
        for x, y in DataLoader(OnDisk(rows), batch_size=None, shuffle=True):
            loss = torch.nn.functional.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return train


def _keras(path: Path) -> Callable[[int], None]:
    import keras

    class OnDisk(keras.utils.PyDataset):
        def __init__(self, rows: int) -> None:
            super().__init__()
            self._rows = rows

        def __len__(self) -> int:
            return -(-self._rows // BATCH)

        def __getitem__(self, number: int) -> Any:
            start = number * BATCH
            return _rows(path, start, min(start + BATCH, self._rows))

    model = keras.Sequential(
        [
            keras.Input((WIDTH,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(0.01), "mse")

    def train(rows: int) -> None:
        model.fit(OnDisk(rows), verbose=0)

    return train
