"""In which role a framework is named: theirs, prescribed, or merely talked of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.understanding.reading import Reader
from assistant.understanding.spelling import mended

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "roles.toml").read_text("utf-8")
)


def _told(reader: Reader, text: str) -> dict[str, object]:
    return {one.field: one.value for one in reader.read(text).observations}


@pytest.mark.parametrize("text", CASES["existing"])
def test_what_is_in_use(reader: Reader, text: str) -> None:
    told = _told(reader, text)

    assert sorted(told.get("existing", ())) == CASES["existing"][text]  # type: ignore[call-overload]
    assert "mandated" not in told


@pytest.mark.parametrize("text", CASES["mandated"])
def test_what_is_prescribed(reader: Reader, text: str) -> None:
    told = _told(reader, text)

    assert told.get("mandated") == CASES["mandated"][text]
    assert "existing" not in told


@pytest.mark.parametrize("text", CASES["neither"])
def test_what_is_merely_talked_of(reader: Reader, text: str) -> None:
    told = _told(reader, text)

    assert not {"existing", "mandated"} & told.keys()


@pytest.mark.parametrize("text", CASES["both"])
def test_what_is_in_use_and_prescribed(reader: Reader, text: str) -> None:
    told = _told(reader, text)

    assert told.get("mandated") == CASES["both"][text]
    assert told.get("existing") == (CASES["both"][text],)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("our client insits on", "our client insists on"),
        ("I inherted it", "I inherited it"),
        ("a collegue has perscribed it", "a colleague has prescribed it"),
        ("the processor manages contacts", "the processor manages contacts"),
    ],
)
def test_slips_of_spelling_are_mended(written: str, meant: str) -> None:
    assert mended(written) == meant
