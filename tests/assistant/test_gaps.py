"""Phrases with a gap: what stands in it may be anything but a denial, or nothing."""

import pytest

from assistant.understanding.lexicon import Lexicon
from knowledge.records import Language, Phrase


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("photos", True),
        ("pictures of old photos", True),
        ("pictures not photos", False),
    ],
)
def test_a_gap_inside_an_alternative_may_stay_empty(text: str, is_found: bool) -> None:
    phrase = Phrase(
        field="modality",
        value="image",
        language=Language.EN,
        text="{pictures … photos|photos}",
    )

    found = Lexicon([phrase]).find(text)

    assert (text in [text[one.start : one.end] for one in found]) == is_found
