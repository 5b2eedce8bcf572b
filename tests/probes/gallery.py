"""Faults planted one after the other in one process: ``gallery.py CONTENDER [FAULT]``.

A framework takes seconds to import; a fault then takes a moment to plant and to undo.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, cast

from probes import worker
from probes.answering import Answer, run_worker
from probes.arm import Arm
from probes.child import Child, WorkerError, surroundings
from probes.records import Contender, ProbeSpec, Workload
from tests.probes import common_faults
from tests.probes.real import PATIENT

LONG_BLOCKS = (*common_faults.CLOCKS, "late by some milliseconds")

MIXED = "mixed: "
"""How faults begin that are planted in a probe in bfloat16."""

CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None


def reasons(
    contender: Contender, faults: list[tuple[str, Workload]]
) -> dict[str, str | None]:
    """Why a probe would not compare each fault; None where it found nothing."""
    return asyncio.run(_reasons(contender, faults))


async def _reasons(
    contender: Contender, faults: list[tuple[str, Workload]]
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, __file__, contender]
        env = surroundings(contender, folder, launch=1) | PATIENT
        child = await Child.start(command, folder, env, contender)
        try:
            for fault, workload in faults:
                child.resume()
                await child.ask("plant", 120, fault=fault)
                # Another model each time: the reference is kept in the folder.
                for kept in folder.glob("*.npz"):
                    kept.unlink()
                spec = ProbeSpec(
                    workload=workload,
                    contenders=(contender,),
                    classes=3,
                    precision="bfloat16" if fault.startswith(MIXED) else "float32",
                )
                steps = 0 if fault in LONG_BLOCKS else 20
                arm = Arm(contender, spec, 120, child=child, steps=steps)
                try:
                    await arm.prepare()
                    await arm.block()
                    found[fault] = await _of_epochs(arm, fault)
                    continue
                except WorkerError as error:
                    if arm.failure is None:
                        arm.fail(error)
                        await child.kill()
                        child = await Child.start(command, folder, env, contender)
                found[fault] = arm.failure.reason if arm.failure else None
        finally:
            await child.kill()
    return found


async def _of_epochs(arm: Arm, fault: str) -> str | None:
    """What is wrong with epochs, asked where they are the matter or nothing is."""
    if not fault.startswith(("epochs", "no fault")):
        return None
    try:
        for way in (*arm.facts["ways"], *arm.facts["tuned"]):
            await arm.epoch(way, 4)
    except WorkerError as error:
        return f"{arm.phase}: {error}"
    return None


class Gallery:
    """Plants a fault in this process, after undoing the last one."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.bench = worker.Bench(contender)
        if contender.startswith("pytorch"):
            from tests.probes import torch_faults as known
            from tests.probes import torch_later, torch_mixed_faults

            self.faults = known.TORCH_FAULTS | torch_later.LATER_TORCH
            self.faults |= torch_mixed_faults.MIXED_TORCH
        elif contender == "tensorflow-raw":
            from tests.probes import tensorflow_faults, tensorflow_later

            self.faults = (
                tensorflow_faults.TENSORFLOW_FAULTS | tensorflow_later.LATER_TENSORFLOW
            )
        else:
            from tests.probes import keras_faults, keras_later, keras_mixed_faults

            self.faults = keras_faults.KERAS_FAULTS | keras_later.LATER_KERAS
            self.faults |= keras_mixed_faults.MIXED_KERAS
        patched = [*self._patched(), worker, worker.Bench]
        self._kept = [(one, dict(vars(one))) for one in patched]
        self._variables = dict(os.environ)

    def plant(self, fault: str) -> Answer:
        for place, before in self._kept:
            for name in [n for n in vars(place) if n not in before]:
                delattr(place, name)
            for name, value in before.items():
                if vars(place)[name] is not value:
                    setattr(place, name, value)
        if CORES is not None:
            os.sched_setaffinity(0, CORES)
        os.environ.clear()
        os.environ.update(self._variables)
        common_faults.undo()
        self._reset()
        self.bench.__init__(self.contender)  # type: ignore[misc]
        self.faults[fault]()
        return {}

    def _patched(self) -> list[Any]:
        """Whatever a fault may change: classes and modules."""
        if self.contender.startswith("pytorch"):
            from probes.backends import torch_mixed, torch_nets, torch_stack

            stacks = [torch_stack.TorchStack, torch_mixed.MixedTorchStack]
            return [*stacks, torch_nets, torch_stack]
        if self.contender == "tensorflow-raw":
            from probes.backends.tensorflow_stack import TensorFlowStack

            return [TensorFlowStack]
        import keras

        from probes.backends import (
            keras_backends,
            keras_mixed,
            keras_models,
            keras_on_jax,
            keras_stack,
        )

        kinds = [keras_stack.KerasStack, keras_backends.KerasOnTensorFlow]
        kinds += [keras_backends.KerasOnTorch, keras_on_jax.KerasOnJax]
        kinds += [keras_mixed.Mixed]
        places = [keras_models, keras_stack, keras_mixed]
        return [*kinds, *places, keras.layers, keras.optimizers]

    def _reset(self) -> None:
        """The settings of the frameworks themselves."""
        if "torch" in self.contender:
            import torch

            torch.set_num_threads(len(CORES or ()) or 1)
            torch.autograd.set_detect_anomaly(False)
            torch.use_deterministic_algorithms(False)
            torch.backends.mkldnn.set_flags(True)
        if self.contender.startswith("pytorch"):
            torch._dynamo.reset()
            torch._dynamo.utils.counters.clear()
            return
        if "tensorflow" in self.contender:
            import tensorflow as tf

            tf.config.run_functions_eagerly(False)
            tf.config.optimizer.set_jit(False)
            tf.config.optimizer.set_experimental_options(
                {"disable_meta_optimizer": False}
            )
        if self.contender == "tensorflow-raw":
            return
        import keras

        keras.config.set_dtype_policy("float32")
        if self.contender == "keras-jax":
            import jax

            jax.config.update("jax_default_matmul_precision", "highest")
            jax.config.update("jax_disable_jit", False)


def main(contender: str, fault: str | None = None) -> None:
    gallery = Gallery(cast(Contender, contender))
    if fault is not None:
        gallery.plant(fault)
    # Looked up anew with every command: a fault may sit in the worker itself.
    late = {
        name: partial(_told, gallery.bench, name)
        for name in worker.commands(gallery.bench)
    }
    run_worker({**late, "plant": gallery.plant})


def _told(bench: worker.Bench, name: str, **arguments: Any) -> Answer:
    answer: Answer = getattr(bench, name)(**arguments)
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
