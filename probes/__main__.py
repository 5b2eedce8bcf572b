"""``python -m probes``: a probe in the terminal."""

from __future__ import annotations

import sys

from probes.terminal import probe_command

if __name__ == "__main__":
    sys.exit(probe_command(sys.argv[1:]))
