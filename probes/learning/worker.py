"""Child process that is taught: one framework, or scikit-learn, and one lesson.

Run as ``python -m probes.learning.worker LEARNER`` in the probe's folder; commands and
answers as in ``probes.answering``. ``scikit-learn`` prepares the lesson for all others,
which read it from a file and never import scikit-learn.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from probes.answering import Answer, Teller, run_worker
from probes.backends.contract import open_stack
from probes.learning.lessons import Data, lesson_of, model_of, split
from probes.spec import ProbeSpec
from probes.workloads import Batch, Floats

LESSON = Path("lesson.npz")

SETTLING_STEPS = 2
"""Untimed steps before the first epoch: compiling is a cost of its own."""


class Pupil:
    """Learns the lesson from freshly drawn weights, once for each seed."""

    def __init__(self, learner: str) -> None:
        self.learner = learner
        self.stack: Any = None
        self.is_built = False

    def load(self, spec: dict[str, Any]) -> Answer:
        """Import what is needed; the first process also lays out the lesson."""
        self.spec = ProbeSpec.model_validate_json(json.dumps(spec))
        if self.learner == "scikit-learn":
            from probes.learning.shipped import data_for

            self.data = data_for(self.spec)
            _write(self.data)
        else:
            self.data = _read()
            self.stack = open_stack(self.learner)
        self.lesson = lesson_of(self.data, self.spec)
        return {"lesson": self.lesson.model_dump(mode="json")}

    def learn(self, seed: int) -> Answer:
        """One run, in the form of a report."""
        if self.stack is None:
            from probes.learning.shipped import boosted

            return boosted(split(self.data, self.lesson, seed), seed)
        stack, lesson = self.stack, self.lesson
        model = model_of(self.data, lesson, self.spec.workload, seed)
        test = split(self.data, lesson, seed).test
        (stack.adopt if self.is_built else stack.build)(model)
        self.is_built = True
        stack.block(SETTLING_STEPS)
        stack.restart("adam")
        seconds: list[float] = []
        seen: list[tuple[float, float]] = []
        for _ in range(lesson.epochs):
            started = time.perf_counter()
            stack.block(len(model.batches))
            seconds.append(time.perf_counter() - started)
            seen.append(graded(stack.outputs(test), test))
        return {
            "seed": seed,
            "seconds": seconds,
            "accuracies": [accuracy for accuracy, _ in seen],
            "first_loss": seen[0][1],
            "loss": seen[-1][1],
        }


def graded(logits: Floats, test: Batch) -> tuple[float, float]:
    """Accuracy and mean cross-entropy, in float64, the same for every stack."""
    scores = np.asarray(logits, np.float64)
    scores = scores - scores.max(1, keepdims=True)
    of_true = scores[np.arange(len(test.y)), test.y]
    loss = np.log(np.exp(scores).sum(1)) - of_true
    return float((scores.argmax(1) == test.y).mean()), float(loss.mean())


def _write(data: Data) -> None:
    facts = {
        "name": data.name,
        "made": data.made,
        "epochs": data.epochs,
        "target": data.target,
        "words": data.words,
    }
    part = LESSON.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, x=data.x, y=data.y, facts=np.array(json.dumps(facts)))
    os.replace(part, LESSON)


def _read() -> Data:
    with np.load(LESSON, allow_pickle=False) as kept:
        return Data(x=kept["x"], y=kept["y"], **json.loads(str(kept["facts"])))


def commands(pupil: Pupil) -> dict[str, Teller]:
    return {"load": pupil.load, "learn": pupil.learn}


if __name__ == "__main__":
    run_worker(commands(Pupil(sys.argv[1])))
