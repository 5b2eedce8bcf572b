"""Folders of killed probes are tidied up, those of living ones are left alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from probes.folder import ALIVE, PREFIX, YOUNG_S, remove_orphans, work_folder

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="an open file holds its folder there"
)
HOLD = (
    "import time\nfrom probes.folder import work_folder\n"
    "with work_folder() as folder:\n print(folder, flush=True)\n time.sleep(60)\n"
)


def test_a_killed_probe_leaves_no_folder_for_long(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    folder = Path(holder.stdout.readline().strip())
    (folder / "reference.npz").write_bytes(b"half")

    assert remove_orphans(tmp_path) == 0
    assert folder.is_dir()

    holder.kill()
    holder.communicate()
    assert remove_orphans(tmp_path) == 1
    assert not folder.exists()


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    young = tmp_path / f"{PREFIX}young"
    old = tmp_path / f"{PREFIX}old"
    for folder in (young, old, tmp_path / "unlike"):
        folder.mkdir()
    (tmp_path / f"{PREFIX}file").write_text("no folder")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ALIVE).touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    past = time.time() - 2 * YOUNG_S
    os.utime(old, (past, past))

    assert remove_orphans(tmp_path) == 1

    assert not old.exists()
    assert young.is_dir()
    assert (elsewhere / ALIVE).exists()


def test_a_folder_goes_with_its_probe() -> None:
    with work_folder() as folder:
        (folder / "some").write_text("thing")
    assert not folder.exists()
