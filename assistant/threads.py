"""Threads that libraries start of their own accord."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """What fits a model does so in here, on one thread.

    OpenBLAS ends its threads when the process forks, as it does to start a probe: a
    call that waits for them then waits for ever.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
