"""No host, user or path in what leaves the machine."""

import getpass
import platform
import tempfile
from pathlib import Path

import pytest

from probes.privacy import PUBLIC, nameless
from probes.records import ProbeReport
from probes.reports import to_json
from tests.probes.stubs import run_stub


def leaks(text: str) -> list[str]:
    """Names of this machine and its user, and folders of it, that stand in a text."""
    folders = {str(Path.home()), str(Path.cwd()), tempfile.gettempdir() + "/"}
    names = {platform.node(), getpass.getuser()} - PUBLIC
    looked = {*folders, *(name for name in names if len(name) > 2), "site-packages"}
    return [name for name in looked if name != "/" and name in text]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("No such file: '/home/ada/data/x.npz'", "No such file: '…/x.npz'"),
        ("cannot open C:\\Users\\Ada\\t.dll now", "cannot open …/t.dll now"),
        ("loaded ~/keras/config.json", "loaded …/config.json"),
        ("in /tmp/", "in …"),
        ("0.5/0.2 is keras/tensorflow, and/or not", None),
        ("ValueError: bad", None),
    ],
)
def test_paths_are_cut_to_their_last_part(said: str, left: str | None) -> None:
    assert nameless(said) == (left or said)


def test_names_of_this_machine_are_left_out() -> None:
    said = f"{Path.home()}/a b/c on {platform.node()} by {getpass.getuser()}"

    assert leaks(said)
    assert not leaks(nameless(said))


def test_a_workers_last_words_do_not_tell_where_it_ran() -> None:
    report: ProbeReport = run_stub(keras_torch="paths-build")

    assert "no stub at …/stub_worker.py" in to_json(report)
    assert not leaks(to_json(report))
