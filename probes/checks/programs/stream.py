"""Train from files on disk that grow: do memory and pace change with their size?"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from probes.checks.records import UNDECIDED, Facts, Value
from probes.resources import peak_bytes, resident_bytes

WIDTH, BATCH = 512, 256
SIZES = (4_096, 10_240, 25_600, 65_536)
"""Rows of each file: 8, 20, 50 and 128 MiB of float32."""

SHORT = 20_000
"""Files of fewer rows are gone through twice; the quicker pass counts."""

RISE = 0.1
"""Exponent of the pace by which tenfold data make each row a quarter slower."""


def gather(stack: str) -> Facts:
    """Microseconds per row for each file, their trend, and growth of memory."""
    path = Path("rows.f32")
    # All stacks of a run share the folder and so the file.
    if not path.is_file() or path.stat().st_size != SIZES[-1] * WIDTH * 4:
        _write(path)
    train = _torch(path) if stack == "pytorch" else _keras(path)
    # Python, pools and compiled code grow once; that belongs to no file.
    train(SIZES[0])
    start_s = min(_seconds(train, BATCH) for _ in range(3))
    seen: Facts = {"file_mib": SIZES[-1] * WIDTH * 4 / 2**20}
    pace: dict[int, float] = {}
    for rows in SIZES:
        before = resident_bytes()
        _forget_peak()
        seconds = min(_seconds(train, rows) for _ in range(1 + (rows < SHORT)))
        seen["growth_mib"] = max(0, peak_bytes() - before) / 2**20
        # What a call costs once would weigh on the rows of small files only.
        pace[rows] = max(1e-9, seconds - start_s) / (rows - BATCH)
        seen[f"us_per_row_{rows}"] = 1e6 * pace[rows]
    exponent, error = trend(pace)
    seen |= {"exponent": exponent, "slower_with_size": slower(exponent, error)}
    if stack == "pytorch":
        seen["hundred_rows_s"] = _seconds(train, 100)
    return seen


def trend(pace: Mapping[int, float]) -> tuple[float, float]:
    """The power of the number of rows with which seconds per row grow, and its error.

    Args:
        pace: seconds per row by number of rows, three sizes or more.

    Returns:
        slope of the logarithms by least squares, and its standard error.
    """
    x = np.log(list(pace))
    y = np.log(list(pace.values()))
    slope, offset = np.polyfit(x, y, 1)
    left = np.sum((y - slope * x - offset) ** 2) / (len(x) - 2)
    return float(slope), math.sqrt(left / np.sum((x - x.mean()) ** 2))


def slower(exponent: float, error: float) -> Value:
    """Whether more rows make each of them slower, where the error lets it be told."""
    if exponent - error > RISE:
        return True
    return UNDECIDED if exponent + error > RISE else False


def _seconds(train: Callable[[int], None], rows: int) -> float:
    started = time.perf_counter()
    train(rows)
    return time.perf_counter() - started


def _write(path: Path) -> None:
    dice = np.random.default_rng(0)
    with path.open("wb") as file:
        for _ in range(SIZES[-1] // 4_096):
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
