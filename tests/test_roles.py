"""Who did it to whom: a summary that turns an attack round must not read like the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading.roles import roles
from briefer.types import Span

DOINGS = {
    "active": ("The rebels shelled the garrison on Monday.", "The rebels", "the garrison"),
    "passive": ("The garrison was shelled by the rebels on Monday.", "the rebels", "The garrison"),
    "passive without a doer": ("The garrison was shelled overnight.", None, "The garrison"),
    "the deed is the object": ("The navy launched an attack on the rebels.", "The navy", "the rebels"),
    "given to somebody": ("Ardania gave new firearms to the rebels.", "Ardania", "the rebels"),
    "no object": ("Protesters clashed with police in the square.", "Protesters", "police"),
    "reported": ("Residents said the rebels had shelled the garrison.", "the rebels", "the garrison"),
    "the speaker did it": ("The navy said it had sunk two boats.", "The navy", "two boats"),
    "intended": ("Ardania agreed to release the captives.", "Ardania", "the captives"),
    "somebody is blamed": ("The ministry accused the rebels of a breach.", "The ministry", "the rebels"),
    "two doers": ("The rebels and the militia seized the garrison.", "The rebels and the militia", "the garrison"),
}


def words(sentence: str, span: Span | None) -> str | None:
    return sentence[span.start : span.end] if span else None


@pytest.mark.parametrize(("sentence", "source", "target"), DOINGS.values(), ids=DOINGS.keys())
def test_source_and_target_of_the_main_happening(sentence: str, source: str | None, target: str | None) -> None:
    found = roles(sentence)
    assert found is not None
    assert (words(sentence, found.source), words(sentence, found.target)) == (source, target)


def test_a_swapped_paraphrase_is_told_from_a_faithful_one() -> None:
    told, faithful, swapped = (
        "The army captured the militia's base.",
        "The militia's base was captured by the army.",
        "The militia's base captured the army.",
    )
    sides = {sentence: roles(sentence) for sentence in (told, faithful, swapped)}
    doers = [(words(sentence, found.source) or "").lower() for sentence, found in sides.items() if found]
    assert doers == ["the army", "the army", "the militia's base"]


@pytest.mark.parametrize("sentence", ["", "   ", "Tanks.", "On Monday, in the town of Varesh."])
def test_a_sentence_without_a_doing_has_no_roles(sentence: str) -> None:
    assert roles(sentence) is None


@given(st.text(max_size=200))
def test_spans_lie_inside_any_text(text: str) -> None:
    found = roles(text)
    for span in (found.source, found.target) if found else ():
        assert span is None or 0 <= span.start < span.end <= len(text)
