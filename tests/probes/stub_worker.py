"""A worker without a framework: ``stub_worker.py BEHAVIOUR``, times made up."""

import json
import os
import random
import signal
import sys
import time
from typing import Any

GATE = {
    "passed": True,
    "outputs": 1e-7,
    "loss": 1e-7,
    "gradients": 1e-7,
    "after_three_sgd_steps": 1e-7,
    "after_three_adam_steps": 1e-7,
    "parameters": 10,
}
BUILT = {
    "build_s": 0.1,
    "first_step_s": 0.1,
    "gate": GATE,
    "parameters": 10,
    "versions": {"stub": "1"},
    "device": "cpu",
    "threads": 2,
}


def main(behaviour: str, step_s: float) -> None:
    dice = random.Random(behaviour + os.environ["PYTHONHASHSEED"])
    blocks = 0
    for line in sys.stdin:
        command = json.loads(line)
        answer: dict[str, Any] = {"number": command["number"]}
        if behaviour == f"hang-{command['do']}":
            time.sleep(3600)
        elif behaviour == f"garbage-{command['do']}":
            sys.stdout.write("Loading model... 100%\n")
        elif behaviour == f"endless-{command['do']}":
            sys.stdout.write("x" * 200_000)
        elif behaviour == f"raise-{command['do']}":
            sys.exit("OutOfCheese: the third line says why")
        elif behaviour == f"killed-{command['do']}":
            os.kill(os.getpid(), signal.SIGKILL)
        elif behaviour == "dies-late" and blocks > 15:
            sys.exit("MemoryError: late")
        if command["do"] == "load":
            answer["import_s"] = 0.1
        elif command["do"] == "build":
            wrong = {"gradients": 0.5} if behaviour == "wrong" else {}
            answer |= {**BUILT, "gate": {**GATE, **wrong}}
        elif command["do"] == "block":
            blocks += 1
            seconds = command["steps"] * step_s * dice.lognormvariate(0, 0.02)
            answer["seconds"] = -1.0 if behaviour == "backwards" else seconds
        elif command["do"] == "fit":
            answer |= {"seconds": 0.2, "rows": 100}
        else:
            answer["peak_bytes"] = 1000
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
