"""A learner without a framework: ``stub_learner.py NAME BEHAVIOUR``, made-up runs."""

import json
import os
import random
import signal
import sys
import time
from typing import Any

from probes.answering import die_with_parent

LESSON = {
    "name": "stub",
    "made": True,
    "values": 4,
    "classes": 2,
    "train_rows": 300,
    "test_rows": 100,
    "epochs": 4,
    "batch": 32,
    "target": 0.8,
}


def run(seed: int, behaviour: str) -> dict[str, Any]:
    dice = random.Random(seed)
    end = 0.9 + 0.01 * dice.randint(-2, 2)
    if behaviour == "worse":
        end -= 0.2
    return {
        "seed": seed,
        "seconds": [0.1 + dice.random() / 100] * 4,
        "accuracies": [0.5, end - 0.05, end, end],
        "first_loss": 0.7 * (1.2 if behaviour == "elsewhere" else 1.0),
        "loss": 0.3,
    }


def main(behaviour: str) -> None:
    for line in sys.stdin:
        command = json.loads(line)
        do, answer = command["do"], {"number": command["number"]}
        if behaviour == f"hang-{do}":
            time.sleep(3600)
        elif behaviour == f"raise-{do}":
            sys.exit("OutOfCheese: no more")
        elif behaviour == f"killed-{do}":
            os.kill(os.getpid(), signal.SIGKILL)
        elif behaviour == f"garbage-{do}":
            answer["accuracies"] = [7]
        elif do == "load":
            answer["lesson"] = LESSON
        else:
            answer |= run(command["seed"], behaviour)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    die_with_parent()
    main(sys.argv[2])
