"""A worker without a framework: ``stub_worker.py BEHAVIOUR STEP_S``, times made up.

A thousand of them are started by the tests, so it imports nothing that takes long.
"""

import json
import os
import random
import signal
import sys
import time
from types import SimpleNamespace
from typing import Any, cast

from probes.answering import die_with_parent
from probes.cores import usable_cores
from probes.shapes import parameters_of, shape_of

GATE = {
    "passed": True,
    "outputs": 1e-7,
    "loss": 1e-7,
    "gradients": 1e-7,
    "after_three_sgd_steps": 1e-7,
    "after_three_adam_steps": 1e-7,
}
MIXED_GATE = GATE | {"outputs": 5e-3, "gradients": 1e-2, "way_of_biases": 0.1}
"""As bfloat16 leaves it; a stub that is ``exact`` computes in float32."""

BUILT = {
    "build_s": 0.1,
    "first_step_s": 0.1,
    "versions": {"stub": "1"},
    "device": "cpu",
    "threads": usable_cores(),
    "precision": "highest",
    "settings": {"jit_compile": "False"},
    "ways": ["fit"],
    "tuned": ["fit-16"],
    "cached": True,
    "step_flops": 1000,
    "matmul_flops": 1e12,
}
WRONG: dict[str, dict[str, Any]] = {
    "threads": {"threads": 99},
    "precision": {"precision": "high"},
    "device": {"device": "cuda"},
    "loops": {"ways": ["loader", "slices"], "tuned": []},
}
CHECKED = ("gate", "parameters", "threads", "precision")
"""What is told of the float32 gate that comes before one in bfloat16."""

WAYS = {"loader": 1.8, "slices": 1.2, "fit": 1.8, "fit-16": 1.2}
"""Steps of epochs as multiples of the bare step."""

PROOF = {"astray": 1e-3, "apart": 0.5, "taken": 4, "extras": []}
"""What is told of epochs that train."""

ONE_ROW = {"median": 0.001, "p95": 0.002, "p99": 0.003, "calls": 300}


def main(behaviour: str, step_s: float) -> None:
    dice = random.Random(behaviour + os.environ["PYTHONHASHSEED"])
    blocks = 0
    parameters: dict[str, int] = {}
    mixed = False
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
        elif behaviour == f"paths-{command['do']}":
            sys.exit(f"FileNotFoundError: no stub at {__file__} nor {os.getcwd()}")
        elif behaviour == f"killed-{command['do']}":
            os.kill(os.getpid(), signal.SIGKILL)
        elif behaviour == "dies-late" and blocks > 15:
            sys.exit("MemoryError: late")
        if command["do"] == "load":
            shape = shape_of(cast(Any, SimpleNamespace(**command["spec"])))
            mixed = command["spec"]["precision"] != "float32"
            parameters = {"parameters": parameters_of(shape)}
            answer |= {"import_s": 0.1, "import_bytes": 500, "installed_bytes": 9}
        elif command["do"] == "build":
            wrong = {"gradients": 0.5} if behaviour == "wrong" else {}
            answer["drawn"] = "other" if behaviour == "draws" else "these"
            gate = {**GATE, **parameters, **wrong}
            answer |= {**BUILT, **parameters, "gate": gate, **WRONG.get(behaviour, {})}
            if mixed:
                answer["float32"] = {n: answer[n] for n in CHECKED}
                gate = GATE if behaviour == "exact" else MIXED_GATE
                answer |= {"gate": {**gate, **parameters}, "precision": "bfloat16"}
                answer |= {"ways": [], "tuned": []}
            if behaviour == "unproven":
                answer["float32"] = None
        elif command["do"] == "block":
            blocks += 1
            seconds = command["steps"] * step_s * dice.lognormvariate(0, 0.02)
            seconds *= 1e-3 if behaviour == "roofline" else 1.0
            if behaviour == "restless-first" and os.environ["PYTHONHASHSEED"] == "1":
                seconds *= 1.0 + blocks // 5 % 2
            answer["threads"] = BUILT["threads"]
            answer["precision"] = "bfloat16" if mixed else BUILT["precision"]
            answer["taken"] = command["steps"] - (behaviour == "idle-step")
            answer["cpu_s"] = 0.75 * usable_cores() * seconds
            answer["seconds"] = -1.0 if behaviour == "backwards" else seconds
            answer |= {"compilations": 0 if behaviour == "discarded" else 1}
            answer["recompiled"] = behaviour == "recompiles" and blocks > 2
            answer["unsettled_s"] = seconds if behaviour == "unwaited" else 0.0
        elif command["do"] == "follow":
            answer["astray"] = 0.03 if mixed else 1e-4
            if behaviour == "strays" and blocks > 8:
                answer["astray"] = 1e-4 if mixed else 0.3
        elif command["do"] == "fit":
            answer["epochs"] = [
                {"rows": rows, "seconds": [0.01 + rows * 1e-4] * 2}
                for rows in (64, 128, 256, 512, 1024)
            ]
            answer["taken"] = [[rows // 32] * 3 for rows in (64, 128, 256, 512, 1024)]
            answer["proof"] = PROOF
        elif command["do"] == "epoch":
            each = step_s * WAYS[command["way"]] * dice.lognormvariate(0, 0.02)
            rows = 32 * command["steps"]
            answer |= {"rows": rows, "steps": command["steps"]}
            answer["steps"] += behaviour == "skips"
            answer["seconds"] = each * command["steps"]
            answer["proof"] = PROOF | ({"astray": 1.0} if behaviour == "idle" else {})
        elif command["do"] == "predict":
            answer |= {"predict_s": ONE_ROW, "predict_rows_per_s": 1e5}
        elif command["do"] == "footprint":
            answer |= {"steps": command["steps"], "peak_bytes": 3_000_000}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    die_with_parent()
    main(sys.argv[1], float(sys.argv[2]))
