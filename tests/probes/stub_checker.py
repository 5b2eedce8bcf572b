"""A check worker without frameworks: ``stub_checker.py BEHAVIOUR STACK``."""

import json
import sys
import time

behaviour, stack = sys.argv[1:]
for line in sys.stdin:
    command = json.loads(line)
    number, program = command["number"], command["program"]
    answer: dict[str, object] = {"number": number, "seconds": 0.01}
    if behaviour == "hang":
        time.sleep(60)
    if behaviour == "crash" and stack == "pytorch":
        sys.stderr.write("it fell over\n")
        sys.exit(3)
    if behaviour == "problem":
        answer["problem"] = "ValueError: planted"
    elif behaviour == "nonsense":
        answer["facts"] = {"calls": None}
    else:
        answer["facts"] = {
            "calls": 10 if stack in ("pytorch", "keras-torch") else 1,
            "steps": 10,
            "eager": True,
            "says": "<script>alert(1)</script> | [b]",
        }
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
